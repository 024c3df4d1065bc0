"""The window of shift handover (F5): report, read-back, since I left, two signatures; keys of screens.md §4f."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.media.voice import Voice
from desktop.theme.theme import Theme
from desktop.views.handover import forms, values
from desktop.views.handover.desk import HandoverDesk
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.figure_words import counts_sentence, rates_sentence
from desktop.views.handover.key_list import key_list
from desktop.views.handover.papers_out import PapersOut
from desktop.views.handover.reading import Reading
from desktop.views.handover.report_pane import ReportPane
from desktop.views.handover.roster_sheet import RosterSheet
from desktop.views.handover.sign_bar import SideCard, SignCard
from desktop.views.handover.signing import Signing
from desktop.views.handover.since_control import SinceControl
from desktop.views.handover.since_pane import SincePane
from desktop.views.handover.talk_control import TalkControl
from desktop.views.handover.talk_pane import TalkPane
from desktop.views.handover.words import shift_word
from desktop.views.keys import KeyLine
from desktop.views.link_words import not_yet, not_yet_status
from desktop.views.reports.words import span_words
from desktop.views.shell import HANDOVER, DeskWindow
from desktop.views.words import filled
from desktop.widgets.even_heights import EvenHeights
from desktop.widgets.inline_form import FormField
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.panes import Panes, in_shares
from domain.handover import commands
from domain.handover.values import Handover, Item
from domain.handover.words import CheckName, HandoverState, Severity

if TYPE_CHECKING:
    from desktop.bridge import Bridge

REFRESH_MS = 33
SHARES = (0.385, 0.305, 0.31)


class HandoverWindow(DeskWindow):
    def __init__(self, theme: Theme, bridge: Bridge, feed: HandoverFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, HANDOVER, self.tr("交接班"), parent)
        self._feed = feed
        self._item = ""
        self._all_changes = False
        self._form = ""
        self.report, self.talk, self.since = ReportPane(theme), TalkPane(theme), SincePane(theme)
        self.out_side, self.in_side, self.sign_card = SideCard(theme), SideCard(theme), SignCard(theme)
        self.message = PanelMessage(theme)
        self.desk = HandoverDesk(bridge, feed, self.report.pending_line, self)
        self.signing = Signing(bridge, feed, self.desk, self)
        self.say = TalkControl(feed, self.desk, self.signing, self.talk, self)
        self.reading = Reading(Voice(feed.language), self.desk, self)
        self.papers = PapersOut(theme, bridge, feed, self.desk, self)
        self._since_control = SinceControl(feed, self.since, self)
        self.roster = RosterSheet(theme, bridge, feed, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._lay_out_panes()
        self._connect_panes()
        self.refresh()
        feed.ask_since()

    def _lay_out_panes(self) -> None:
        cards = (self.out_side, self.in_side, self.sign_card)
        columns = []
        for pane, card in zip((self.report, self.talk, self.since), cards, strict=True):
            columns.append(QWidget())
            column = QVBoxLayout(columns[-1])
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(pane, 1)
            column.addWidget(card)
        self._foot = EvenHeights(cards, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(Panes(self.theme, columns, share=in_shares(SHARES)))
        self._stack.addWidget(self.message)
        self.set_central(self._stack)

    def _connect_panes(self) -> None:
        self.report.list.selected.connect(self.select)
        self.report.list.opened.connect(self.say.proceed)
        self.report.action.connect(self.run)
        self.report.form.submitted.connect(self._on_form)
        self.report.form.cancelled.connect(self._focus_list)
        self.talk.chosen.connect(self.select)
        self.talk.card.read.connect(self.read_aloud)
        self.talk.check_toggled.connect(self.toggle_check)
        self.sign_card.clicked.connect(self.sign)
        self.say.select_requested.connect(self.select)
        self.say.list_requested.connect(self._focus_list)
        self.message.action_requested.connect(self.begin)
        self._feed.changed.connect(self._schedule)
        self._feed.since_changed.connect(self._schedule)
        self.bridge.freshness_changed.connect(self._schedule)
        self.bridge.tickets_changed.connect(self._schedule)
        self.bridge.clock_ticked.connect(self._schedule)

    # -- what others may ask ----------------------------------------------------------------------

    @property
    def handover(self) -> Handover | None:
        return self._feed.current()

    @property
    def item(self) -> Item | None:
        handover = self.handover
        return handover.items.get(self._item) if handover is not None else None

    def select(self, item: str) -> None:
        """Show this item; what is half typed for another one waits there."""
        if item:
            self._item = item
            self.refresh()
            self.report.show_current()
            self.talk.show_card()

    def begin(self) -> None:
        """B: the handover of the shift that ends next, or of the one before where that was never begun."""
        gone, on_duty, _ = self._feed.shifts()
        known = {(one.shift.day, one.shift.code) for one in self._feed.all()}
        soon = (on_duty.ends_at - self._feed.now()).total_seconds() < 3600
        shift = on_duty if soon or (gone.day, gone.code) in known else gone
        self.desk.give(commands.Begin(day=shift.day, code=shift.code), None)

    def sign(self) -> None:
        """Ctrl Enter."""
        if self.handover is not None:
            self.signing.sign(self.handover)

    def read_aloud(self) -> None:
        """V: the selected item, or silence."""
        handover = self.handover
        if handover is not None:
            number = values.numbers(handover).get(self._item, 0)
            self.reading.toggle(self.item, number, self._feed.speech())

    def toggle_check(self, name: str) -> None:
        handover = self.handover
        if handover is None:
            return
        done = name not in handover.checks
        note = self._known_notes().get(name, "") if done else ""
        self.desk.give(commands.DoCheck(name=CheckName(name), done=done, text=note), handover)

    def run(self, action: str) -> None:
        """edit · add · remove · restore · redraft · print · all · begin."""
        handover, item = self.handover, self.item
        if action == "all":
            self._all_changes = not self._all_changes
            self.refresh()
        elif action == "begin":
            self.begin()
        elif handover is None:
            return
        elif action == "print":
            self.papers.show(handover)
        elif action == "redraft":
            self.desk.give(commands.Redraft(), handover)
        elif action == "add" or (action in ("edit", "remove") and item is not None):
            self._open_form(action, item if action != "add" else None)
        elif action == "restore" and item is not None:
            self.desk.give(commands.Restore(item=item.id), handover)

    # -- forms ------------------------------------------------------------------------------------

    def _open_form(self, action: str, item: Item | None) -> None:
        handover, speech = self.handover, self._feed.speech()
        why = self._why_no_form(action, item)
        if why:
            self.desk.say(why, good=False)
            return
        titles = {
            "add": self.tr("添加一项"),
            "edit": self.tr("编辑这一项"),
            "remove": self.tr("移除这一项（仍会列出，注明由谁）"),
        }
        reason = (FormField("text", self.tr("原因")),)
        fields = reason if action == "remove" else forms.edit_fields(item, speech)
        hint = self.tr("签后改动会使签名作废") if handover is not None and handover.signed_out is not None else ""
        self._form = action
        kind = "danger" if action == "remove" else "primary"
        self.report.form.open_form(titles[action], fields, self.tr("确定"), kind, hint)

    def _why_no_form(self, action: str, item: Item | None) -> str:
        """ "" = the rules take such a change now."""
        probe = {
            "add": commands.Add(severity=Severity.WATCH, summary="?"),
            "edit": commands.Edit(item=self._item, seen=item.edits if item else 0, summary="?"),
            "remove": commands.Remove(item=self._item, text="?"),
        }[action]
        return self.desk.why_not(probe, self.handover)

    def _on_form(self, answers: dict[str, str]) -> None:
        handover, item, speech = self.handover, self.item, self._feed.speech()
        try:
            if self._form == "add":
                command: commands.Command = forms.add_command(answers, speech)
            elif item is None:
                return
            elif self._form == "edit":
                command = forms.edit_command(item, answers, speech)
            else:
                command = commands.Remove(item=item.id, text=answers["text"])
        except forms.AnswerError as error:
            self.report.form.set_error(str(error))
            return
        why = self.desk.give(command, handover)
        if why:
            self.report.form.set_error(why)
            return
        self.report.form.close_form()
        self._focus_list()

    # -- showing ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Everything from what is known now."""
        self._timer.stop()
        handover = self.handover
        if not self.desk.may_act:
            self._say_no_permission()
        elif handover is None or handover.state is HandoverState.DRAFTING:
            self._say_empty(handover)
        else:
            self._stack.setCurrentIndex(0)
            self._feed.show(handover.id)
            self._show(handover)
            self.signing.keep_papers(handover)

    def _show(self, handover: Handover) -> None:
        speech = self._feed.speech()
        ids = list(handover.items)
        if self._item not in ids:
            first = handover.to_read_back()
            self._item = first[0].id if first else ids[0] if ids else ""
        sides = {"out": shift_word(handover, "out"), "into": shift_word(handover, "in")}
        self.top_bar.set_title(self.tr("交接班"), filled(self.tr("{out} 交 {into}"), sides))
        drafted = "" if handover.as_of is None else speech.site.stamp(handover.as_of, speech.now)
        words = {"at": drafted, "n": values.edits(handover), "late": self._age_note()}
        self.report.set_note(filled(self.tr("由数据起草 {at}，改过 {n} 处{late}"), words))
        self.report.set_figures(f"{counts_sentence(handover)}\n{rates_sentence(handover)}")
        what, then = self.tr("报告里手写的话没有取到"), self.tr("报告有变化时重取。")
        self.report.trouble.set_text(self._feed.texts_trouble.text(what, then, speech.site))
        self.report.list.set_groups(values.groups(handover, speech), self._item)
        self.report.set_reasons({action: self._why_no_form(action, self.item) for action in ("edit", "add")})
        done, _ = values.agreed_count(handover)
        self.talk.set_rows(values.talk_rows(handover, speech), self._item, done)
        self.talk.set_checks(values.check_rows(handover, speech, self._known_notes()), can_tick=handover.is_open)
        self.say.show(handover, handover.items.get(self._item), speech)
        self._since_control.show(everything=self._all_changes)
        self._show_foot(handover)

    def _age_note(self) -> str:
        """A draft does not change by itself; a line that is down is said here, too."""
        link = self.freshness()
        if link.state in ("offline", "stale", "never"):
            return self.tr("；离线，签名待联机")
        return ""

    def _show_foot(self, handover: Handover) -> None:
        speech, now = self._feed.speech(), self._feed.now()
        late = handover.is_late(now)
        out_text, out_note = values.signature_words(handover, "out", speech)
        in_text, in_note = values.signature_words(handover, "in", speech)
        if late:
            age = span_words((now - handover.shift.ends_at).total_seconds())
            in_note = filled(self.tr("交班未签，班已结束 {age}"), {"age": age})
        elif handover.signed_in is None:
            in_note = self._missing(handover)
        signed_out, signed_in = handover.signed_out is not None, handover.signed_in is not None
        self.out_side.set_side(
            values.side_title(handover, "out"),
            out_text,
            out_note,
            signed=signed_out,
            late=late and not signed_out,
        )
        self.in_side.set_side(
            values.side_title(handover, "in"),
            in_text,
            in_note,
            signed=signed_in,
            late=late,
        )
        if handover.state is HandoverState.SIGNED:
            self.sign_card.set_done(self.tr("双方已签"), self.tr("不能再改"), values.signed_note(handover))
            return
        command = self.signing.command(handover)
        gives = isinstance(command, commands.SignOut)
        note = self.tr("签名前，告警与派遣仍由上一班负责")
        self.sign_card.set_action(
            self.tr("签名交班") if gives else self.tr("签名接班"), self.desk.why_not(command, handover), note
        )

    def _missing(self, handover: Handover) -> str:
        done, total = values.agreed_count(handover)
        words = {"items": total - done, "checks": len(handover.open_checks())}
        return filled(self.tr("还差：复述 {items} 项、核对 {checks} 项"), words)

    def _known_notes(self) -> dict[str, str]:
        """What this desk can say about a check by itself."""
        pending = self.bridge.commander.pending.queued
        return {CheckName.UNSENT: filled(self.tr("{n} 条"), {"n": pending})}

    def _say_no_permission(self) -> None:
        self._stack.setCurrentIndex(1)
        if self.bridge.actor is None and (unknown := not_yet(self.bridge.freshness.of())):
            self.message.set_message(unknown, status=not_yet_status(self.bridge.freshness.of()))
            return
        text = self.tr("本席无权查看交接班") if self.bridge.actor is not None else self.tr("正在登录")
        status = ("camera", "restricted") if self.bridge.actor is not None else None
        self.message.set_message(text, self.tr("可查看的角色：值班长、派遣员"), status=status)

    def _say_empty(self, handover: Handover | None) -> None:
        self._stack.setCurrentIndex(1)
        link = self.bridge.freshness.of()
        if unknown := not_yet(link):
            self.message.set_message(unknown, status=not_yet_status(link))
            return
        _, on_duty, following = self._feed.shifts()
        words = {"shift": on_duty.name, "end": self.site.minute(on_duty.ends_at), "next": following.name}
        if handover is not None:
            self.message.set_message(self.tr("报告正在由日志起草"), self.tr("起草好后自动显示"))
            return
        text = filled(self.tr("现在没有待交接的班。{shift}到 {end}，交给{next}。"), words)
        self.message.set_message(
            text, self.tr("班次结束前 30 分钟自动起草；也可现在开始"), action=self.tr("现在起草 B")
        )

    def _schedule(self, _what: object = None) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _focus_list(self) -> None:
        self.report.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Qt ---------------------------------------------------------------------------------------

    def own_keys(self) -> tuple[KeyLine, ...]:
        return key_list()

    def home(self) -> QWidget:
        return self.report.list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that the focused pane did not take itself; text fields keep theirs."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        letters = {"E": "edit", "N": "add", "U": "restore", "D": "redraft", "P": "print", "A": "all", "B": "begin"}
        text = event.text().upper()
        if control and enter:
            self.sign()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif enter:
            self.say.proceed()
        elif event.key() == Qt.Key.Key_Delete:
            self.run("remove")
        elif text == "Q":
            self.say.ask()
        elif text in letters:
            self.run(letters[text])
        elif text.isdigit() and 0 < int(text) <= len(CheckName):
            self.toggle_check(list(CheckName)[int(text) - 1])
        elif text == "R":
            self.roster.toggle()
        elif text == "V":
            self.read_aloud()
        elif text in ("?", "？"):
            self.toggle_keys()
        else:
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        if self.keys_sheet.isVisible():
            self.keys_sheet.hide()
        elif not self.report.form.isHidden():
            self.report.form.cancel()
        self._focus_list()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.focusWidget() is None or isinstance(self.focusWidget(), QPlainTextEdit):
            self._focus_list()
