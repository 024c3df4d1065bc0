"""The plan form's helper: fills it, says while typing what the plan would be, sends it, and tells when the new inspection is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.services.checklists import Template
from desktop.views.inspection.action_specs import AnswerError
from desktop.views.inspection.desk import InspectionDesk
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.plan_form import PlanForm
from desktop.views.inspection.plan_values import PlanWords, plan_of, summary, words_for, words_of
from desktop.views.inspection.texts import Texts
from domain.ids import TicketId
from domain.inspection.values import Inspection
from protocol.messages import Outcome


class PlanControl(QObject):
    """`sent` when a plan went out, `made` with the id once the server has numbered it and it is here."""

    sent = Signal()
    made = Signal(str)

    def __init__(
        self,
        feed: InspectionFeed,
        form: PlanForm,
        desk: InspectionDesk,
        templates: Sequence[Template],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._feed, self._form, self._desk, self._templates = feed, form, desk, tuple(templates)
        self._before: Inspection | None = None
        self._awaited = ""
        self._planned = 0
        form.submitted.connect(self._on_submitted)
        form.edited.connect(self._on_edited)
        feed.bridge.outcome_arrived.connect(self._on_outcome)
        feed.changed.connect(self._on_changed)

    def start(self, tickets: Sequence[TicketId]) -> None:
        """A new plan. A ticket that is not in the working set stays as its number."""
        feed = self._feed
        known = [ticket for one in tickets if (ticket := feed.bridge.mirror.tickets.get(one)) is not None]
        actor = feed.bridge.actor
        own = actor.unit if actor is not None and actor.unit is not None else ""
        words = words_for(known, feed.names, feed.site, feed.now(), own)
        words.tickets = " ".join(tickets)
        self._before = None
        self._open(words, self.tr("发起联合检查"), self.tr("发起"))

    def revise(self, inspection: Inspection, texts: Texts) -> None:
        feed = self._feed
        self._before = inspection
        words = words_of(inspection, feed.names, feed.site, texts.purpose, texts.meeting_point)
        self._open(words, self.tr("修改联合检查"), self.tr("保存"))

    def _open(self, words: PlanWords, title: str, verb: str) -> None:
        feed = self._feed
        reference = feed.reference
        towns = [area for area in reference.areas if len(area.code) <= 9] if reference else []
        areas = [(str(area.code), area.name) for area in towns]
        if words.area and words.area not in {code for code, _ in areas}:
            areas.insert(0, (words.area, feed.names.place(words.area)))
        self._form.open_plan(words, title, verb, areas, [unit.name for unit in feed.names.units])

    def _on_edited(self, words: PlanWords) -> None:
        self._form.show_summary(summary(words, self._templates, self._feed.names))

    def _on_submitted(self, words: PlanWords) -> None:
        feed = self._feed
        try:
            command = plan_of(words, self._templates, feed.names, feed.site, self._before)
        except AnswerError as error:
            self._form.show_error(str(error))
            return
        new = self._before is None
        self._planned += new
        refused = self._desk.plan(command)
        self._form.show_error(refused)
        if refused:
            self._planned -= new
        else:
            self.sent.emit()

    def _on_outcome(self, outcome: Outcome) -> None:
        """The first outcome with a number of ours after a plan went out tells how it is called."""
        if not self._planned or outcome.ticket_id is None or not outcome.ticket_id.startswith("LJ-"):
            return
        if outcome.status == "applied" and outcome.version == 1:
            self._planned -= 1
            self._awaited = outcome.ticket_id
            self._on_changed()

    def _on_changed(self) -> None:
        if self._awaited and self._feed.get(self._awaited) is not None:
            awaited, self._awaited = self._awaited, ""
            self.made.emit(awaited)
