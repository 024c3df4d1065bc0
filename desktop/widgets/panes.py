"""Panes side by side with a hair line between them: shared out by the window until a person moves a border."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import apply_to_children

Share = Callable[[int], Sequence[int]]
"""All pixels there are → those of each pane."""


class Panes(QSplitter):
    """`growing` = place of the pane that takes what is over; None where all grow alike. No pane can be pushed shut."""

    def __init__(
        self,
        theme: Theme,
        panes: Sequence[QWidget],
        growing: int | None = None,
        share: Share | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._share, self._by_hand = share, False
        for place, pane in enumerate(panes):
            self.addWidget(pane)
            self.setStretchFactor(place, int(growing in (None, place)))
            self.setCollapsible(place, False)
        self.setHandleWidth(round(theme.pen("hair")))
        self.splitterMoved.connect(self._on_moved)

    def share_out(self) -> None:
        """The widths as the window wants them; those that a person chose stay."""
        if self._share is not None and not self._by_hand:
            self.setSizes(list(self._share(self.width())))

    def apply_theme(self, theme: Theme) -> None:
        self.setHandleWidth(round(theme.pen("hair")))
        apply_to_children(self, theme)
        self.share_out()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.share_out()

    def _on_moved(self) -> None:
        self._by_hand = True


def in_shares(shares: Sequence[float]) -> Share:
    """Each pane its part of the whole."""
    return lambda total: [round(total * share) for share in shares]
