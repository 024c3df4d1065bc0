"""What Enter and Q do on the selected item: say it in own words, confirm the other's, ask, answer. One card for all."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from desktop.views.handover.desk import HandoverDesk
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.signing import Signing
from desktop.views.handover.talk_pane import TalkPane
from desktop.views.handover.words import Speech, item_words, refusal_text
from domain.documents import DocCommand
from domain.handover import commands
from domain.handover.values import Handover, Item

translate = QCoreApplication.translate
SAY, ASK, ANSWER, AGREE, WAIT = "say", "ask", "answer", "agree", "wait"


class TalkControl(QObject):
    """`select_requested` goes on to the next item that wants this person; `list_requested` gives the keys back."""

    select_requested = Signal(str)
    list_requested = Signal()

    def __init__(
        self, feed: HandoverFeed, desk: HandoverDesk, signing: Signing, pane: TalkPane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._feed, self._desk, self._signing, self._pane = feed, desk, signing, pane
        self._item = ""
        self._asking = False
        self._drafts: dict[tuple[str, bool], str] = {}
        """Half-typed words by item and by whether they are a question."""
        pane.card.sent.connect(self._on_sent)
        pane.card.left.connect(self._on_left)
        pane.card.asked.connect(self.ask)

    def mode(self, handover: Handover, item: Item) -> str:
        """What this person could do with the item now."""
        mark = self._feed.mark(handover)
        gives = self._signing.gives(handover)
        if item.question is not None and item.question.answered is None:
            return WAIT if item.question.by.mark == mark else ANSWER
        if self._asking and not gives:
            return ASK
        if item.read_back is None:
            return WAIT if gives else SAY
        if item.agreed:
            return WAIT if gives else SAY
        return WAIT if item.read_back.by.mark == mark else AGREE

    def show(self, handover: Handover, item: Item | None, speech: Speech) -> None:
        """The card for the selected item; what is typed for another one is kept."""
        card = self._pane.card
        if item is None:
            return
        if item.id != self._item:
            self._keep()
            self._item, self._asking = item.id, False
            card.set_error("")
            card.input.setPlainText(self._drafts.get((item.id, False), ""))
        mode = self.mode(handover, item) if item.wants_read_back else WAIT
        why = self._why_not(mode, handover, item)
        closed = not handover.is_open
        title = item_words(item, speech).title
        button = {
            SAY: translate("handover", "复述一致"),
            ASK: translate("handover", "提出疑问"),
            ANSWER: translate("handover", "回答"),
            AGREE: translate("handover", "确认一致"),
        }.get(mode, "")
        gives = self._signing.gives(handover)
        card.show_for(
            title,
            why or self._note(mode, item, gives=gives),
            button,
            can_type=mode in (SAY, ASK, ANSWER) and not closed,
            can_ask=not gives and mode == SAY,
            why_not=why,
        )

    def _why_not(self, mode: str, handover: Handover, item: Item) -> str:
        """Why the rules would refuse now what the card offers; the words are looked at when they are sent."""
        probe: DocCommand | None = {
            SAY: commands.GiveReadBack(item=item.id, seen=item.edits, text="?"),
            ASK: commands.Ask(item=item.id, text="?"),
            ANSWER: commands.AnswerQuestion(item=item.id, text="?"),
            AGREE: commands.Agree(item=item.id),
        }.get(mode)
        return self._desk.why_not(probe, handover) if probe is not None else ""

    def _note(self, mode: str, item: Item, *, gives: bool) -> str:
        notes = {
            SAY: translate("handover", "用自己的话说：是什么、谁、几点前做什么、若…就…"),
            ASK: translate("handover", "疑问未答之前不能签名"),
            ANSWER: translate("handover", "接班人有疑问"),
            AGREE: translate("handover", "接班人已复述，与报告一致就确认"),
        }
        if mode == SAY and item.agreed:
            return translate("handover", "已复述并确认；再说一遍会替换前一遍")
        if mode != WAIT:
            return notes[mode]
        if not item.wants_read_back:
            return ""
        if item.asks:
            return translate("handover", "等对方回答")
        if item.agreed:
            return translate("handover", "已确认一致")
        return translate("handover", "等接班人复述") if gives else translate("handover", "等交班人确认")

    # -- hands ------------------------------------------------------------------------------------

    def proceed(self, _item: str = "") -> None:
        """Enter in the list: into the card, or confirm at once where nothing is typed."""
        handover, item = self._feed.current(), self._selected()
        if handover is not None and item is not None and not handover.is_open:
            self._desk.say(self._why_not(ASK, handover, item), good=False)
            return
        if handover is None or item is None or not item.wants_read_back:
            self._on_to_next()
            return
        mode = self.mode(handover, item)
        if mode == AGREE:
            if not self._give(commands.Agree(item=item.id), handover):
                self._on_to_next()
        elif mode == WAIT or (mode == SAY and item.agreed):
            self._on_to_next()
        else:
            self._pane.card.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Q."""
        handover, item = self._feed.current(), self._selected()
        if handover is None or item is None:
            return
        why = self._why_not(ASK, handover, item)
        if not why and not item.wants_read_back:
            why = translate("handover", "汇总的一项不逐项复述；疑问请写在有关的危急或关注项上")
        if why:
            self._desk.say(why, good=False)
            return
        self._keep()
        self._asking = True
        self._pane.card.input.setPlainText(self._drafts.get((item.id, True), ""))
        self.show(handover, item, self._feed.speech())
        self._pane.card.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sent(self, text: str) -> None:
        handover, item = self._feed.current(), self._selected()
        if handover is None or item is None:
            return
        mode = self.mode(handover, item)
        if mode == SAY and text.strip() == item_words(item, self._feed.speech()).state.strip():
            self._pane.card.set_error(refusal_text("own_words"))
            return
        command: DocCommand = {
            ASK: commands.Ask(item=item.id, text=text),
            ANSWER: commands.AnswerQuestion(item=item.id, text=text),
            AGREE: commands.Agree(item=item.id),
        }.get(mode, commands.GiveReadBack(item=item.id, seen=item.edits, text=text))
        if self._give(command, handover):
            return
        self._drafts.pop((item.id, self._asking), None)
        self._pane.card.input.setPlainText("")
        self._asking = False
        self._on_to_next()

    def _give(self, command: DocCommand, handover: Handover) -> str:
        why = self._desk.give(command, handover)
        self._pane.card.set_error(why)
        return why

    def _on_left(self) -> None:
        self._keep()
        self._asking = False
        self.list_requested.emit()

    def _keep(self) -> None:
        text = self._pane.card.input.toPlainText()
        if self._item:
            self._drafts[self._item, self._asking] = text

    def _selected(self) -> Item | None:
        handover = self._feed.current()
        return handover.items.get(self._item) if handover is not None else None

    def _on_to_next(self) -> None:
        """The next item behind this one, and around, that wants something of this person."""
        handover = self._feed.current()
        if handover is None or not handover.is_open:
            return
        items = handover.to_read_back()
        place = next((n for n, item in enumerate(items) if item.id == self._item), -1)
        for item in (*items[place + 1 :], *items[: max(place, 0)]):
            mode = self.mode(handover, item)
            if mode in (ANSWER, AGREE) or (mode == SAY and item.read_back is None):
                self.select_requested.emit(item.id)
                return
        self.list_requested.emit()
