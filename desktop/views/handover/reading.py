"""V: reads the selected item aloud, or stops; where this computer has no voice, says so and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from desktop.media.voice import NO_ENGINE, NO_LANGUAGE, Voice
from desktop.views.handover.desk import HandoverDesk
from desktop.views.handover.words import Speech, item_words, severity_word
from desktop.views.words import filled
from domain.handover.values import Item

translate = QCoreApplication.translate


class Reading(QObject):
    def __init__(self, voice: Voice, desk: HandoverDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.voice, self._desk = voice, desk
        voice.setParent(self)
        voice.failed.connect(self._on_failed)

    def toggle(self, item: Item | None, number: int, speech: Speech) -> None:
        """`number` = its place among those read back, 0 = none."""
        if self.voice.is_speaking():
            self.voice.stop()
            return
        if item is None:
            return
        reason = self.voice.speak(spoken(item, number, speech))
        if reason:
            self._desk.say(_why_not(reason), good=False)
        else:
            self._desk.say(translate("handover", "正在朗读，V 停止"), good=True)

    def _on_failed(self, text: str) -> None:
        words = {"text": text}
        self._desk.say(filled(translate("handover", "朗读不了，语音引擎说：{text}"), words), good=False)


def spoken(item: Item, number: int, speech: Speech) -> str:
    """One item in the order of the report: how serious, what, how it stands, who does what by when, if … then …"""
    words = item_words(item, speech)
    head = severity_word(item.severity)
    if number:
        head = filled(translate("handover", "{severity}，第 {n} 项"), {"severity": head, "n": number})
    who = filled(translate("handover", "谁：{who}"), {"who": words.who}) if words.who else ""
    action = filled(translate("handover", "做什么：{action}"), {"action": words.action}) if words.action else ""
    stop = translate("handover", "。")
    parts = (head, words.title, words.state.removesuffix(stop), who, action, words.response)
    return "".join(part + stop for part in parts if part)


def _why_not(reason: str) -> str:
    words = {
        NO_ENGINE: translate("handover", "本机没有语音引擎，不能朗读；装好系统的语音合成后再按 V"),
        NO_LANGUAGE: translate("handover", "本机的语音引擎没有中文语音，不能朗读；装好中文语音后再按 V"),
    }
    return words[reason]
