"""A ranking with those that have too few cases to be ranked, in words below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.labels import plain_label
from desktop.widgets.ranking import Ranking, RankRow


class RankingBody(ThemedWidget):
    """The ranking, and below it those with too few cases to rank."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.ranking = Ranking(theme)
        self._apart = plain_label(theme, "", "caption", "text.tertiary", elide=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("xs"))
        column.addWidget(self.ranking, 1)
        column.addWidget(self._apart)
        self._apart.hide()

    def set_rows(self, rows: Sequence[RankRow], apart: str, target: float | None, unit: str = "%") -> None:
        """Those that are ranked, and the others in words."""
        self.ranking.set_rows(rows, target=target, unit=unit)
        self._apart.set_text(apart)
        self._apart.setToolTip(apart)
        self._apart.setVisible(bool(apart))

    def set_dimmed(self, dimmed: bool) -> None:
        self.ranking.set_dimmed(dimmed)
