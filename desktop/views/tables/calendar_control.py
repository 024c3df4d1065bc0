"""Changing working days and office hours: the form, the dry run that the server counts, and only then the revision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.services.values import Answer
from desktop.views.alive import while_alive
from desktop.views.refusal_words import reason_text
from desktop.views.tables.calendar_values import effect_facts, effect_listing
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.list_values import Listing
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField
from domain.ids import TicketId
from domain.tables.calendar_effect import Effect
from domain.tables.office_hours import hours_text, read_hours
from domain.tables.values import Rows, WorkDay

if TYPE_CHECKING:
    from desktop.bridge import Bridge

SET_DAY, SET_HOURS = "set_day", "set_hours"
WORKS = {"off": False, "on": True, "statutory": None}
_effect = msgspec.json.Decoder(Effect).decode


class CalendarControl(QObject):
    """One change at a time. `counted` when its dry run has come, `failed(why)` when it has not."""

    counted = Signal()
    failed = Signal(str)

    def __init__(self, bridge: Bridge, feed: TablesFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed = bridge, feed
        self.rows = Rows()
        self.reason = ""
        self.effect: Effect | None = None
        self._at = ""

    def fields(self, command: str, day: str) -> tuple[FormField, ...]:
        """What is asked for before the dry run, without the reason. `day`: the one under the cursor."""
        if command == SET_HOURS:
            known = hours_text(self._feed.tables().hours)
            return (FormField("hours", self.tr("每个工作日的上班时段"), value=known),)
        choices = (
            ("off", self.tr("放假")),
            ("on", self.tr("上班")),
            ("statutory", self.tr("按法定安排")),
        )
        return (
            FormField("day", self.tr("日期"), "date", value=day),
            FormField("works", self.tr("安排"), "choice", options=choices),
        )

    def start(self, command: str, answers: dict[str, str]) -> str:
        """Ask the server what the change would do; "" or the sentence why it is no change."""
        tables = self._feed.tables()
        if command == SET_HOURS:
            hours = read_hours(answers["hours"])
            if hours is None:
                return self.tr("请写成 08:30-12:00 13:30-17:30 这样的时段：从早到晚，不重叠，不过 24:00")
            rows, same = Rows(hours=(hours,)), hours == tables.hours
        else:
            day, works = date.fromisoformat(answers["day"].strip()), WORKS[answers["works"]]
            rows, same = Rows(days=(WorkDay(day, works),)), tables.days.get(day) is works
        if same:
            return self.tr("没有变化")
        self.rows, self.reason, self.effect = rows, answers["reason"].strip(), None
        body = msgspec.to_builtins(rows, builtin_types=())
        self._bridge.ask_then("calendar_effect", {"rows": body}, self._on_answered)
        return ""

    def forget(self) -> None:
        self.rows, self.reason, self.effect = Rows(), "", None

    def listing(self, text: str) -> Listing:
        """The dry run; `text`: only rows with it."""
        assert self.effect is not None
        return effect_listing(self.effect, self.rows, self._feed.site, self._feed.now(), self._matter, text)

    def facts(self) -> list[tuple[str, str]]:
        return [] if self.effect is None else effect_facts(self.effect, self._at)

    def _matter(self, ticket_id: TicketId) -> str:
        ticket = self._bridge.mirror.tickets.get(ticket_id)
        return "" if ticket is None else self._feed.names.matter(ticket.item, ticket.item_version)[1]

    @while_alive
    def _on_answered(self, answer: Answer) -> None:
        if not self.rows:
            return  # given up meanwhile
        if answer.error or answer.body is None:
            self.forget()
            why = {"too_far": self.tr("这样改后没有工作日可算时限")}.get(answer.error) or reason_text(answer.error)
            self.failed.emit(filled(self.tr("试算没有完成：{why}"), {"why": why}))
            return
        self.effect, self._at = _effect(answer.body), self._feed.site.stamp(self._feed.now())
        self.counted.emit()
