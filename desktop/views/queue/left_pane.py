"""The left pane: saved views with counts, then facets whose counts add up to the view."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.models.ticket_filter import SAVED_VIEWS
from desktop.theme.theme import Theme
from desktop.views.words import clock_word, row_words, source_word, view_word
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.facet_list import FacetItem, FacetList
from desktop.widgets.labels import plain_label
from desktop.widgets.saved_view_list import SavedView, SavedViewList
from desktop.widgets.scrolled import scrolled


class LeftPane(ThemedWidget):
    """`facet_changed` carries the facet and the ids taken out of it."""

    view_selected = Signal(str)
    facet_changed = Signal(str, object)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._views = SavedViewList(theme, self.tr("视图"), can_add=False)
        self._views.selected.connect(self.view_selected)
        self._facets = {
            "urgency": FacetList(theme, self.tr("紧急程度")),
            "clock": FacetList(theme, self.tr("时限")),
            "source": FacetList(theme, self.tr("来源")),
            "town": FacetList(theme, self.tr("街道")),
        }
        self._shown: dict[str, tuple[str, ...]] = {}
        self._order: dict[str, list[str]] = {}
        for facet in self._facets.values():
            facet.changed.connect(self._on_facet_changed)
        self._no_facets = plain_label(
            theme, self.tr("有工单后，在这里按紧急程度、时限、来源、街道筛选。"), "small", "text.tertiary", wrap=True
        )
        self._lay_out()
        self.setAccessibleName(self.tr("视图与筛选"))

    def _lay_out(self) -> None:
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        column.setSpacing(0)
        column.addWidget(self._views)
        self._rule = _Rule(self._theme)
        column.addWidget(self._rule)
        column.addWidget(self._no_facets)
        for facet in self._facets.values():
            column.addWidget(facet)
        column.addStretch(1)
        scroll = scrolled(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.restyle()

    def set_counts(self, views: Mapping[str, int], current: str) -> None:
        """Counts of all saved views, always in the same order: key 1 opens the first."""
        self._views.set_views(
            [SavedView(spec.id, view_word(spec.id), views.get(spec.id), spec.status) for spec in SAVED_VIEWS]
        )
        self._views.set_current(current)

    def set_facets(
        self, counts: Mapping[str, Mapping[str, int]], excluded: Mapping[str, frozenset[str]], names: Names
    ) -> None:
        """Counts of the current view, by facet. Order: urgency and clock as in the queue, the others by their first count.

        Where nothing is counted and nothing is hidden, a sentence stands in place of the zeros.
        """
        useful = any(count for known in counts.values() for count in known.values()) or any(excluded.values())
        for facet, widget in self._facets.items():
            known = counts.get(facet, {}) if useful else {}
            out = excluded.get(facet, frozenset())
            keys = self._ordered(facet, {**known, **dict.fromkeys(out - set(known), 0)})
            self._shown[facet] = tuple(keys)
            widget.set_items(
                [FacetItem(key, _word(facet, key, names), known.get(key, 0), key not in out) for key in keys]
            )
            widget.setHidden(not keys)
        set_shown(self._no_facets, not any(self._shown.get(facet) for facet in self._facets))

    def _ordered(self, facet: str, counts: Mapping[str, int]) -> list[str]:
        """A fixed order: what was listed keeps its place, so that nothing moves under the pointer."""
        if facet in ("urgency", "clock"):
            return list(counts)
        order = self._order.setdefault(facet, [])
        order += sorted((key for key in counts if key not in order), key=lambda key: -counts[key])
        return [key for key in order if key in counts]

    def focus_facets(self) -> None:
        """F: the first facet takes the keyboard."""
        self._facets["urgency"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget_order(self) -> None:
        """Another view: order by its own counts."""
        self._order.clear()

    def restyle(self) -> None:
        self._column.setContentsMargins(0, self._theme.space("xs"), 0, self._theme.space("s"))
        pad = self._theme.space("l")
        self._no_facets.setContentsMargins(pad, self._theme.space("s"), pad, 0)

    def _on_facet_changed(self, checked: tuple[str, ...]) -> None:
        for facet, widget in self._facets.items():
            if widget is self.sender():
                self.facet_changed.emit(facet, frozenset(self._shown[facet]) - frozenset(checked))
                return

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 8.8), self._theme.space("xl") * 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 7.5), 0)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        painter.end()


class _Rule(ThemedWidget):
    """The line between views and facets."""

    def sizeHint(self) -> QSize:
        return QSize(1, self._theme.space("m"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        hair = round(self._theme.pen("hair"))
        painter.fillRect(0, self.height() // 2, self.width(), hair, self._theme.color("line.hair"))
        painter.end()


def _word(facet: str, key: str, names: Names) -> str:
    if facet == "clock":
        return clock_word(key)
    if facet == "urgency":
        return row_words().urgency[key]
    return source_word(key) if facet == "source" else names.area(key)
