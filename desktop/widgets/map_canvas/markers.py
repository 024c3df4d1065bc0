"""The visible marks as children of the canvas for screen readers: empty widgets with a name, where the marks are painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

MOST = 40


@dataclass(frozen=True, slots=True)
class Spoken:
    """One visible mark: what is said of it, and where it is."""

    name: str
    x: float
    y: float


class MarkerList:
    """A pool of at most MOST child widgets; they take no mouse and paint nothing."""

    def __init__(self, canvas: QWidget, side: int) -> None:
        self._canvas = canvas
        self._side = side
        self._pool: list[QWidget] = []

    def show(self, marks: Sequence[Spoken]) -> None:
        """Name the first MOST marks, in the order given."""
        shown = marks[:MOST]
        while len(self._pool) < len(shown):
            child = QWidget(self._canvas)
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            child.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
            child.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._pool.append(child)
        half = self._side // 2
        for child, mark in zip(self._pool, shown, strict=False):
            child.setAccessibleName(mark.name)
            child.setGeometry(QRect(round(mark.x) - half, round(mark.y) - half, self._side, self._side))
            child.show()
        for child in self._pool[len(shown) :]:
            child.setAccessibleName("")
            child.hide()

    def names(self) -> tuple[str, ...]:
        return tuple(child.accessibleName() for child in self._pool if not child.isHidden())
