"""The command line at work: `/` gives commands on the selected ticket with a sentence before Enter, anything else searches."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.views.queue.command_line import PROPOSES, Spoken, complete, parse
from desktop.views.queue.competence import proposal_text, proposed_units
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.views.words import command_word, filled
from desktop.widgets.command_bar import CommandBar
from desktop.widgets.values import Run

SEARCH_DELAY_MS = 150


class CommandControl(QObject):
    """`search_changed` carries the words to search for; `left` says that the table should have the keyboard again."""

    search_changed = Signal(str)
    left = Signal()

    def __init__(self, bar: CommandBar, feed: TicketFeed, desk: TicketDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar, self._feed, self._desk = bar, feed, desk
        self._typed, self._steps, self._completing = "", 0, False
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(SEARCH_DELAY_MS)
        self._search.timeout.connect(self._on_search_due)
        bar.text_changed.connect(self._on_text_changed)
        bar.submitted.connect(self._on_submitted)
        bar.cancelled.connect(self._on_cancelled)
        bar.completion_requested.connect(self._on_completion_requested)

    def start_command(self) -> None:
        """/ : the line takes the keyboard and starts a command."""
        self._bar.set_text("/")
        self._bar.focus_input("/")

    def start_search(self) -> None:
        """Ctrl K: the line takes the keyboard, to search or to command."""
        if self._bar.text().startswith("/"):
            self._bar.clear()
        self._bar.focus_input("")

    def search(self, text: str) -> None:
        """Words from elsewhere: found at once, the table keeps the keyboard."""
        self._bar.set_text(text)
        self._on_search_due()

    def clear(self) -> None:
        """Empty line, no search."""
        self._bar.clear()
        self.search_changed.emit("")
        self.left.emit()

    def _on_text_changed(self, text: str) -> None:
        if not self._completing:
            self._typed, self._steps = text, 0
        if text.startswith("/"):
            self._show_sentence(self._parse(text))
            return
        self._search.start()
        words = self.tr("按单号、事项、地点、单位查找") if text else ""
        self._bar.set_sentence((Run(words),), self.tr("Enter 到第一行") if text else "")

    def _parse(self, line: str) -> Spoken:
        names, ticket = self._feed.names, self._desk.ticket
        proposed = proposed_units(names, ticket) if ticket is not None else ()
        return parse(line, names, self._desk.offered(), proposed)

    def _on_search_due(self) -> None:
        if not self._bar.text().startswith("/"):
            self.search_changed.emit(self._bar.text().strip())

    def _on_completion_requested(self) -> None:
        spoken = self._parse(self._typed)
        self._completing = True
        self._bar.set_text(complete(self._typed, spoken, self._steps))
        self._completing = False
        self._steps += 1

    def _on_submitted(self, text: str) -> None:
        if not text.startswith("/"):
            self._on_search_due()
            self.left.emit()
            return
        spoken = self._parse(text)
        if not spoken.command or self._desk.ticket_id is None:
            return
        if spoken.missing or self._desk.why_not(spoken.command):
            self._show_sentence(spoken, insisting=True)
            return
        if spoken.opens_form:
            self._bar.clear()
            self._desk.run(spoken.command)
            return
        if self._desk.give(spoken.command, spoken.answers()):
            self._bar.clear()
            self.left.emit()

    def _on_cancelled(self) -> None:
        self.clear()

    def _show_sentence(self, spoken: Spoken, insisting: bool = False) -> None:
        """What Enter would do, or what is still missing."""
        ticket_id = self._desk.ticket_id
        if ticket_id is None:
            self._bar.set_sentence((Run(self.tr("先选中一张工单，再输入命令")),))
            return
        if not spoken.command:
            verbs = self.tr("、").join(choice.strip() for choice in spoken.choices[:9])
            text = filled(self.tr("可用：{verbs}"), {"verbs": verbs}) if verbs else self.tr("没有这个命令")
            self._bar.set_sentence((Run(text),))
            return
        why = self._desk.why_not(spoken.command)
        if why:
            verb = command_word(spoken.command)
            self._bar.set_sentence(
                (Run(filled(self.tr("{verb}未放开：{why}"), {"verb": verb, "why": why}), insisting),)
            )
            return
        if spoken.opens_form:
            words = {"verb": command_word(spoken.command)}
            self._bar.set_sentence((Run(filled(self.tr("Enter 打开“{verb}”的表单"), words)),))
            return
        if spoken.missing == "unit":
            self._show_units(spoken)
            return
        if spoken.missing == "text":
            self._bar.set_sentence((Run(self.tr("还须写明原因"), insisting),))
            return
        self._show_effect(spoken, ticket_id)

    def _show_units(self, spoken: Spoken) -> None:
        names = self.tr("、").join(unit.name for unit in spoken.candidates[:6])
        ticket, typed = self._desk.ticket, len(self._bar.text().split()) > 1
        why = proposal_text(ticket, self._feed.names) if ticket is not None and not typed else ""
        if why and spoken.command in PROPOSES:
            self._bar.set_sentence((Run(why),), self.tr("Tab 填入"))
            return
        text = filled(self.tr("哪个单位？{names}"), {"names": names}) if names else self.tr("没有这样的单位")
        self._bar.set_sentence((Run(text),))

    def _show_effect(self, spoken: Spoken, ticket_id: str) -> None:
        verb = command_word(spoken.command)
        runs = [
            Run(self.tr("将对 ")),
            Run(ticket_id, strong=True),
            Run(filled(self.tr(" 发出 {verb}"), {"verb": verb})),
        ]
        if spoken.unit is not None:
            runs += [Run(self.tr("，单位 ")), Run(spoken.unit.name, strong=True)]
        if spoken.text:
            runs.append(Run(filled(self.tr("，“{text}”"), {"text": spoken.text})))
        undo = self.tr("可撤回 10 秒 · 记入日志") if spoken.command == "dispatch" else self.tr("记入日志")
        self._bar.set_sentence(runs, undo)
