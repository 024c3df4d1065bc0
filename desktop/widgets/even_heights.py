"""Cards of several columns at one height: that of the tallest, whose words may wrap as its column becomes narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class EvenHeights(QObject):
    """Watches `cards`: what they say and how wide they are."""

    def __init__(self, cards: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._cards = tuple(cards)
        for card in self._cards:
            card.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            tallest = max(_height(card) for card in self._cards)
            for card in self._cards:
                card.setFixedHeight(tallest)
        return super().eventFilter(watched, event)


def _height(card: QWidget) -> int:
    return card.heightForWidth(card.width()) if card.hasHeightForWidth() else card.sizeHint().height()
