"""The site's register of components for the map: the published revisions, once there are any; until then the package's table stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from desktop.views.tables.feed import TablesFeed
from desktop.views.words import filled
from domain.components import Component, ComponentState
from domain.tables.words import Progress, Table

Take = Callable[[Sequence[Component], str], None]
"""Components, and where they come from in words."""


class ComponentRegister(QObject):
    """Hands them on whenever another revision is in force. What is retired is not on the map."""

    def __init__(self, tables: TablesFeed, take: Take, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tables, self._take = tables, take
        self._shown = 0
        tables.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        published = [one for one in self._tables.revisions(Table.COMPONENTS) if one.progress is Progress.PUBLISHED]
        newest = max((one.number for one in published), default=0)
        if newest == self._shown or self._tables.reference is None:
            return
        self._shown = newest
        known = self._tables.tables().components.values()
        shown = [each for each in known if each.state is not ComponentState.RETIRED]
        self._take(shown, filled(self.tr("部件登记 第 {n} 版"), {"n": newest}))
