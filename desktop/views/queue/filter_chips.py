"""The chips of the header: street, stage, order, and what narrows the view. Their menus open below them, never as a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.models.ticket_filter import FACETS, QueueFilter
from desktop.models.ticket_order import SORTS
from desktop.theme.theme import Theme
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.queue_header import QueueHeader
from desktop.views.words import clock_word, filled, row_words, sort_word, source_word, state_word
from desktop.widgets.chip import ChipValue
from domain.vocabulary import OPEN_STATES, State

_NOTHING: dict[str, dict[str, Any]] = {"stage": {"states": None}, "ids": {"ids": None}, "query": {"query": ""}}
"""Chip → the filter's field without it."""


class FilterChips(QObject):
    """Turns clicks into filters; the window applies them."""

    filter_changed = Signal(object)
    sort_requested = Signal(str)
    views_requested = Signal()

    def __init__(self, theme: Theme, header: QueueHeader, feed: TicketFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._header, self._feed = header, feed
        self._filter, self._sort = QueueFilter(), SORTS[0]
        self._origin, self._folded = "", False
        self._menu = QMenu(header)
        self._menu.triggered.connect(self._on_chosen)
        self._kind = ""
        header.chip_clicked.connect(self._on_chip_clicked)
        header.chip_removed.connect(self.remove)

    def set_origin(self, text: str) -> None:
        """From which figure the tickets come (反查)."""
        self._origin = text

    def set_folded(self, folded: bool) -> None:
        """Whether the left pane stands behind a chip."""
        if folded != self._folded:
            self._folded = folded
            self._show()

    def show_filter(self, chosen: QueueFilter, sort: str) -> None:
        """What is applied now."""
        self._filter, self._sort = chosen, sort
        self._show()

    def _show(self) -> None:
        translate = QCoreApplication.translate
        chips = [ChipValue("views", translate("queue", "视图"), icon="panel-left")] if self._folded else []
        chips += [
            ChipValue("town", self._town_text()),
            ChipValue("stage", self._stage_text()),
            ChipValue("sort", f"{sort_word(self._sort)} ↑", selected=True),
        ]
        # What the left pane took out is said here, too: the pane may be folded, and a list that hides tickets must say so.
        chips += [chip for chip in self.removable() if chip.id not in ("town", "stage")]
        self._header.set_chips(chips)

    def removable(self) -> tuple[ChipValue, ...]:
        """What narrows the view, each as a chip that `remove` takes away."""
        chosen, translate = self._filter, QCoreApplication.translate
        out = chosen.excluded or {}
        texts = {"town": self._town_text().replace(" ⌄", "")} if out.get("town") else {}
        if chosen.states is not None:
            texts["stage"] = self._stage_text().replace(" ⌄", "")
        for facet, name, word in (
            ("urgency", translate("queue", "紧急程度"), _urgency_word),
            ("clock", translate("queue", "时限"), clock_word),
            ("source", translate("queue", "来源"), source_word),
        ):
            if left_out := out.get(facet):
                words = {"facet": name, "what": _some(sorted(left_out), True, word)}
                texts[facet] = filled(translate("queue", "{facet}：不含 {what}"), words)
        if chosen.ids is not None:
            texts["ids"] = filled(translate("queue", "来自 {origin}"), {"origin": self._origin})
        if chosen.query:
            texts["query"] = f"“{chosen.query}”"
        return tuple(ChipValue(chip, text, removable=True) for chip, text in texts.items())

    def remove(self, chip: str) -> None:
        """Without this one; the others stay."""
        chosen = self._filter
        cleared = chosen.without(chip, frozenset()) if chip in FACETS else replace(chosen, **_NOTHING[chip])
        self.filter_changed.emit(cleared)

    def filters_in_words(self) -> tuple[str, ...]:
        """What narrows the list, as the chips and facets say it; the words searched for are not among them."""
        chosen, translate = self._filter, QCoreApplication.translate
        texts = [self._town_text().replace(" ⌄", "")] if (chosen.excluded or {}).get("town") else []
        texts += [self._stage_text().replace(" ⌄", "")] if chosen.states is not None else []
        for facet, word in (("urgency", _urgency_word), ("clock", clock_word), ("source", source_word)):
            out = (chosen.excluded or {}).get(facet)
            if out:
                comma = translate("queue", "、")
                texts.append(
                    filled(translate("queue", "不含 {what}"), {"what": comma.join(word(key) for key in sorted(out))})
                )
        if chosen.ids is not None:
            texts.append(filled(translate("queue", "来自 {origin}"), {"origin": self._origin}))
        return tuple(texts)

    def _town_text(self) -> str:
        out = (self._filter.excluded or {}).get("town", frozenset())
        towns = [code for code in self._feed.book.towns.texts() if code not in out]
        return QCoreApplication.translate("queue", "街道：{what} ⌄").format(
            what=_some(towns, bool(out), self._feed.names.area)
        )

    def _stage_text(self) -> str:
        states = self._filter.states
        return QCoreApplication.translate("queue", "阶段：{what} ⌄").format(
            what=_some(list(states or ()), states is not None, state_word)
        )

    def _on_chip_clicked(self, chip: str) -> None:
        if chip == "views":
            self.views_requested.emit()
        elif chip in ("town", "stage", "sort"):
            self._open_menu(chip)

    def _open_menu(self, kind: str) -> None:
        self._kind = kind
        self._menu.clear()
        for value, text, checked in self._choices(kind):
            action = QAction(text, self._menu)
            action.setCheckable(True)
            action.setChecked(checked)
            action.setData(value)
            self._menu.addAction(action)
        chip = self._header.chip(kind)
        self._menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _choices(self, kind: str) -> list[tuple[str, str, bool]]:
        everything = QCoreApplication.translate("queue", "全部")
        if kind == "sort":
            return [(sort, sort_word(sort), sort == self._sort) for sort in SORTS]
        if kind == "stage":
            chosen = self._filter.states
            states = [state for state in State if state in OPEN_STATES]
            return [
                ("", everything, chosen is None),
                *((state.value, state_word(state), chosen is not None and state in chosen) for state in states),
            ]
        out = (self._filter.excluded or {}).get("town", frozenset())
        towns = sorted(self._feed.book.towns.texts())
        return [
            ("", everything, not out),
            *((code, self._feed.names.area(code), bool(out) and code not in out) for code in towns),
        ]

    def _on_chosen(self, action: QAction) -> None:
        value = str(action.data())
        if self._kind == "sort":
            self.sort_requested.emit(value)
        elif self._kind == "stage":
            states = frozenset({State(value)}) if value else None
            self.filter_changed.emit(replace(self._filter, states=states))
        else:
            others = frozenset(self._feed.book.towns.texts()) - {value} if value else frozenset()
            self.filter_changed.emit(self._filter.without("town", others))


def _some(chosen: Sequence[Any], narrowed: bool, name: Callable[[Any], str]) -> str:
    translate = QCoreApplication.translate
    if not narrowed:
        return translate("queue", "全部")
    if len(chosen) == 1:
        return name(chosen[0])
    return translate("queue", "{n} 个").format(n=len(chosen))


def _urgency_word(urgency: str) -> str:
    return row_words().urgency[urgency]
