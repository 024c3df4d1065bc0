"""The selected alarm at work: keeps the detail pane true, asks for the record, gives commands, says what became of them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.alarms.local import is_local
from desktop.services.values import Answer
from desktop.views.alarms import words
from desktop.views.alarms.detail_pane import AlarmDetail, AlarmWords
from desktop.views.alarms.feed import AlarmFeed
from desktop.views.alarms.shelve_bar import ShelfChoice
from desktop.views.alive import while_alive
from desktop.views.trouble import Trouble
from desktop.views.words import filled
from desktop.widgets.action_button import Action
from desktop.widgets.inline_form import FormField
from desktop.widgets.record_list import Record
from desktop.widgets.step_list import CardStep
from domain.alarms import commands as c
from domain.alarms import events as e
from domain.alarms.kind import NAME
from domain.alarms.values import Alarm, state_of
from domain.alarms.words import AlarmState, Severity, ShelveReason
from domain.documents import DocumentState
from domain.ids import SeatId
from domain.lifecycle.core import Rejection
from protocol.messages import Event

if TYPE_CHECKING:
    from protocol.messages import Outcome

REFUSED_S = 8.0
ASK_AFTER_MS = 200
HISTORY = timedelta(days=30)
MOST_HISTORY = 2000
_events = msgspec.json.Decoder(e.Event)


class AlarmDesk(QObject):
    """`shelve_asked` when a form for the time is wanted; `ticket_asked(id)`, `wall_asked(alarm id)`."""

    shelve_asked = Signal()
    ticket_asked = Signal(str)
    wall_asked = Signal(str)

    def __init__(self, feed: AlarmFeed, pane: AlarmDetail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._pane = feed, pane
        self._id = ""
        self._form = ""
        self._refused: tuple[str, float] | None = None
        self._records: tuple[Record, ...] = ()
        self._record_trouble = Trouble()
        self._version = 0
        self._history: list[Alarm] | None = None
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.setInterval(ASK_AFTER_MS)
        self._ask_timer.timeout.connect(self._ask)
        pane.chosen.connect(self.run)
        pane.ticked.connect(self.tick)
        pane.ticket_requested.connect(self.open_ticket)
        pane.answered.connect(self._on_answered)
        pane.form_left.connect(self._on_form_left)
        feed.bridge.outcome_arrived.connect(self._on_outcome)

    @property
    def alarm(self) -> Alarm | None:
        return self._feed.get(self._id)

    def show(self, alarm_id: str) -> None:
        if alarm_id != self._id:
            self._id, self._version = alarm_id, 0
            self._records, self._refused = (), None
            self._record_trouble.clear()
            self.close_form()
        self.refresh()

    # -- showing --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        alarm = self.alarm
        if alarm is None:
            self._pane.clear("")
            self._pane.pending_line.clear()
            return
        if alarm.version != self._version:
            self._version = alarm.version
            self._ask_timer.start()
        self._pane.show_alarm(self._words(alarm))
        self._pane.set_actions(self._actions(alarm))
        trouble = self._record_trouble.text(
            self.tr("经过没有取到"), self.tr("告警有变化或再选中时重取。"), self._feed.site
        )
        self._pane.set_records(self._records, trouble)
        self._show_pending(alarm)

    def _words(self, alarm: Alarm) -> AlarmWords:
        feed, now = self._feed, self._feed.now()
        theme = self._pane.theme
        state = theme.status("alarm_state", state_of(alarm).value).word if alarm.is_open else self.tr("已结束")
        card, steps = words.card_of(feed.rules, alarm, feed.language)
        rule = filled(self.tr("规则 {rule} 第 {version} 版"), {"rule": alarm.rule, "version": alarm.rule_version})
        ticket_text = filled(self.tr("工单 {id}"), {"id": alarm.ticket}) if alarm.ticket else ""
        return AlarmWords(
            severity=alarm.severity.value,
            severity_word=theme.status("alarm", alarm.severity.value).word,
            state=f"{state} {words.span_word(now - alarm.raised_at)}",
            rule="" if is_local(alarm) else rule,
            title=words.title(alarm, feed.names),
            place=feed.names.place(alarm.area) if alarm.area else "",
            ticket=alarm.ticket or "",
            ticket_text=ticket_text,
            card=filled(self.tr("处置卡 {name}"), {"name": card}) if card else "",
            steps=tuple(self._step(alarm, n, text) for n, text in enumerate(steps)),
            why=self._why(alarm),
        )

    def _step(self, alarm: Alarm, n: int, text: str) -> CardStep:
        mark = alarm.steps.get(n)
        by = words.mark_word(mark, self._feed.site, self._feed.now()) if mark is not None else ""
        return CardStep(text, mark is not None, by)

    def _why(self, alarm: Alarm) -> str:
        """Rule in words, its figures, how often it rang in thirty days and how often nobody needed it."""
        feed = self._feed
        if is_local(alarm):
            return self.tr("本机自己发现，只在本机响。")
        detail = {
            "name": words.rule_name(feed.rules, alarm, feed.language),
            "hits": alarm.hits,
            "begin": feed.site.stamp(alarm.raised_at, feed.now()),
        }
        once = self.tr("{name}。{begin} 起成立。")
        text = filled(self.tr("{name}。{begin} 起成立，已合并 {hits} 条。") if alarm.hits > 1 else once, detail)
        if self._history is None:
            return text + self.tr("近 30 天次数：正在查。")
        # The history was asked for once; what was raised since is in the feed.
        known = {one.id for one in (*self._history, *feed.alarms()) if one.rule == alarm.rule}
        count = len(known)
        return text + filled(self.tr("近 30 天本规则产生 {n} 条（本机所存）。"), {"n": count})

    def _show_pending(self, alarm: Alarm) -> None:
        line = self._pane.pending_line
        if self._refused is not None and time.monotonic() - self._refused[1] > REFUSED_S:
            self._refused = None
        pending = self._feed.pending_word(alarm)
        if self._refused is not None:
            line.show_rejected(self._refused[0])
        elif pending:
            line.show_pending(pending)
        else:
            line.clear()

    def _actions(self, alarm: Alarm) -> list[Action]:
        state = state_of(alarm)
        shelved = state is AlarmState.SHELVED
        probes: list[tuple[str, str, c.Command]] = [
            ("acknowledge", "A", c.Acknowledge(ring=alarm.ring)),
            ("hand_over", "T", c.HandOver(seat=SeatId("?"))),
            ("unshelve", "S", c.Unshelve()) if shelved else ("shelve", "S", self._probe_shelf()),
            ("note", "N", c.AddNote(text="?")),
        ]
        made = []
        for name, key, command in probes:
            refused = self._feed.refusal(command, alarm)
            reason = words.refusal_text(refused.code, refused.detail) if refused is not None else ""
            if name == "acknowledge" and alarm.ack is not None:
                reason = words.refusal_text("acked_already")
            kind = "primary" if name == "acknowledge" and not reason else "plain"
            made.append(Action(name, words.command_word(name), key, kind, not reason, reason))
        no_ticket = "" if alarm.ticket else words.refusal_text("no_ticket_here")
        no_place = "" if alarm.camera else no_ticket
        wall = Action("wall", words.command_word("wall"), "W", "plain", not no_place, no_place)
        ticket = Action("open", words.command_word("open"), "Enter", "plain", not no_ticket, no_ticket)
        return [made[0], made[1], wall, made[2], ticket, made[3]]

    def _probe_shelf(self) -> c.Shelve:
        return c.Shelve(until=self._feed.now() + timedelta(minutes=30), reason=ShelveReason.KNOWN)

    # -- doing ----------------------------------------------------------------------------------------

    def run_key(self, key: str) -> bool:
        """Whether the letter means something for the selected alarm."""
        names = {"A": "acknowledge", "T": "hand_over", "S": "shelve", "N": "note", "W": "wall"}
        if key not in names or self.alarm is None:
            return False
        self.run(names[key])
        return True

    def run(self, name: str) -> None:
        alarm = self.alarm
        if alarm is None:
            return
        if name in ("shelve", "unshelve"):
            self._shelve_or_back(alarm)
        elif name == "acknowledge":
            self.acknowledge(alarm)
        elif name == "hand_over":
            self._hand_over_or_why_not(alarm)
        elif name == "note":
            self._open_form("note", [FormField("text", self.tr("备注"), "lines")])
        elif name == "wall":
            self.wall_asked.emit(alarm.id)
        elif name == "open":
            self.open_ticket()

    def acknowledge(self, alarm: Alarm) -> None:
        """The ring that is shown; a second time does nothing more."""
        if alarm.ack is None or state_of(alarm) is AlarmState.UNACKED:
            self._give(c.Acknowledge(ring=alarm.ring), alarm)

    def shelve(self, until: datetime, reason: str, text: str) -> str:
        """ "" or why not, for the form."""
        alarm = self.alarm
        if alarm is None:
            return words.refusal_text("alarm_ended")
        command = c.Shelve(until=until, reason=ShelveReason(reason), text=text)
        refused = self._feed.give(command, alarm)
        return "" if refused is None else words.refusal_text(refused.code, refused.detail)

    def shelf_choices(self) -> list[ShelfChoice]:
        """30 min, 1 h, to the end of the shift where that is no more than four hours away."""
        now = self._feed.now()
        made = [
            ShelfChoice(self.tr("30 分"), now + timedelta(minutes=30)),
            ShelfChoice(self.tr("1 小时"), now + timedelta(hours=1)),
        ]
        end = self._shift_end(now)
        if end - now <= timedelta(hours=4):
            text = filled(self.tr("到 {time} 交班"), {"time": self._feed.site.minute(end)})
            made.append(ShelfChoice(text, end))
        else:
            made.append(ShelfChoice(self.tr("4 小时"), now + timedelta(hours=4)))
        return made

    def _shift_end(self, now: datetime) -> datetime:
        local = self._feed.site.local(now)
        ends = []
        for text in self._feed.rules.settings.shift_ends:
            hour, minute = (int(part) for part in text.split(":")[:2])
            at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
            ends.append(at if at > local else at + timedelta(days=1))
        return min(ends, default=local + timedelta(hours=12)).astimezone(now.tzinfo)

    def tick(self, step: int, done: bool) -> None:
        alarm = self.alarm
        if alarm is not None:
            self._give(c.Tick(step=step, done=done), alarm)

    def hand_to(self, seat: str) -> None:
        alarm = self.alarm
        if alarm is not None:
            self._give(c.HandOver(seat=SeatId(seat.strip())), alarm)

    def open_ticket(self) -> None:
        alarm = self.alarm
        if alarm is not None and alarm.ticket:
            self.ticket_asked.emit(alarm.ticket)

    def _shelve_or_back(self, alarm: Alarm) -> None:
        if alarm.shelf is not None:
            self._give(c.Unshelve(), alarm)
        elif alarm.severity is Severity.CRITICAL:
            self._say(Rejection("critical_shelve"))
        else:
            refused = self._feed.refusal(self._probe_shelf(), alarm)
            if refused is not None:
                self._say(refused)
            else:
                self.shelve_asked.emit()

    def _hand_over_or_why_not(self, alarm: Alarm) -> None:
        refused = self._feed.refusal(c.HandOver(seat=SeatId("?")), alarm)
        if refused is not None:
            self._say(refused)
        else:
            self._open_form("hand_over", [self._seat_field()])

    def _seat_field(self) -> FormField:
        seats = [seat for seat in self._feed.seats() if seat != self._feed.seat]
        if not seats:
            return FormField("seat", self.tr("席位，例如 2"))
        options = tuple((seat, words.who(self._feed.seats()[seat], seat)) for seat in seats)
        return FormField("seat", self.tr("席位"), "choice", options=options)

    def _open_form(self, name: str, fields: list[FormField]) -> None:
        self._form = name
        word = words.command_word(name)
        self._pane.form.open_form(word, fields, word)

    def form_is_open(self) -> bool:
        return bool(self._form)

    def close_form(self) -> None:
        if self._form:
            self._form = ""
            self._pane.form.close_form()

    def _on_form_left(self) -> None:
        self._form = ""

    def _on_answered(self, answers: dict[str, str]) -> None:
        alarm = self.alarm
        if alarm is None:
            return
        if self._form == "note":
            command: c.Command = c.AddNote(text=answers["text"])
        else:
            command = c.HandOver(seat=SeatId(answers["seat"].strip()))
        refused = self._feed.give(command, alarm)
        if refused is not None:
            self._pane.form.set_error(words.refusal_text(refused.code, refused.detail))
            return
        self.close_form()
        self._pane.form_left.emit()

    def _give(self, command: c.Command, alarm: Alarm) -> None:
        refused = self._feed.give(command, alarm)
        if refused is not None:
            self._say(refused)
        else:
            self._refused = None
            self.refresh()

    def _say(self, refused: Rejection) -> None:
        self._refused = (words.refusal_text(refused.code, refused.detail), time.monotonic())
        self.refresh()

    def _on_outcome(self, outcome: Outcome) -> None:
        if outcome.status != "applied" and outcome.ticket_id == self._id:
            self._say(Rejection(outcome.code or outcome.status, outcome.detail))

    # -- asking ---------------------------------------------------------------------------------------

    def _ask(self) -> None:
        alarm = self.alarm
        if alarm is None or is_local(alarm):
            return
        self._feed.bridge.ask_then("document_record", {"kind": NAME, "id": self._id}, self._on_record)
        if self._history is None:
            self._feed.bridge.document_page_then(NAME, 0, MOST_HISTORY, self._on_history)

    @while_alive
    def _on_history(self, found: list[DocumentState]) -> None:
        begin = self._feed.now() - HISTORY
        self._history = [one for one in found if isinstance(one, Alarm) and one.raised_at >= begin]
        self.refresh()

    @while_alive
    def _on_record(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self._record_failed(answer.error)
            return
        try:
            entries = msgspec.json.decode(answer.body, type=list[Event])
        except msgspec.DecodeError:
            self._record_failed("unreadable")
            return
        if any(entry.id != self._id for entry in entries):
            return  # a late answer about another one
        self._records = tuple(self._record(entry) for entry in reversed(entries))
        self._record_trouble.clear()
        self.refresh()

    def _record_failed(self, code: str) -> None:
        self._record_trouble.failed(code, self._feed.now())
        self.refresh()

    def _record(self, entry: Event) -> Record:
        feed, now = self._feed, self._feed.now()
        try:
            event = _events.decode(entry.body)
        except msgspec.ValidationError:
            # A newer server's event, which this desk cannot read.
            return Record(feed.site.stamp(entry.at, now), "…")
        text = words.event_text(event, entry.private.get("text", ""), feed.site, now)
        actor = words.actor_word(entry.actor)
        return Record(feed.site.stamp(entry.at, now), f"{actor} {text}".strip())
