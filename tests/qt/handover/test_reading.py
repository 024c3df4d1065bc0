"""Reading aloud, through Qt's mock engine: a voice that takes its time, as a real one does, and has no Chinese."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtTextToSpeech import QTextToSpeech

from desktop.media import voice as voices
from desktop.media.voice import NO_ENGINE, NO_LANGUAGE, Voice
from desktop.theme.theme import Theme
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.reading import spoken
from desktop.views.handover.window import HandoverWindow
from domain.handover import commands
from tests.qt.handover.scene import GIVER, HandoverBridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Error loading text-to-speech plug-in")


@pytest.fixture
def no_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices.QTextToSpeech, "availableEngines", staticmethod(lambda: ["mock"]))


def opened(qtbot, bridge: HandoverBridge, voice: Voice) -> HandoverWindow:
    window = HandoverWindow(Theme.load(), bridge, HandoverFeed(bridge))
    qtbot.addWidget(window)
    window.reading.voice.setParent(None)
    window.reading.voice = voice
    window.resize(1920, 1080)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_it_speaks_to_the_end_and_says_so(qtbot) -> None:
    voice = Voice("en", "mock")
    with qtbot.waitSignal(voice.ended):
        assert voice.speak("Three words only") == ""
        assert voice.is_speaking()
        assert voice.engine() == "mock"
    assert not voice.is_speaking()


def test_it_is_stopped_in_the_middle(qtbot) -> None:
    voice = Voice("en", "mock")
    voice.speak("many words " * 200)
    with qtbot.waitSignal(voice.ended):
        voice.stop()
    assert not voice.is_speaking()


def test_an_engine_without_the_language_of_the_windows_is_no_voice() -> None:
    voice = Voice("zh", "mock")
    assert voice.speak("危急") == NO_LANGUAGE
    assert not voice.is_speaking()


def test_without_an_engine_it_says_so_and_never_takes_the_mock_for_one(no_engines: None) -> None:
    assert QTextToSpeech.availableEngines() == ["mock"]
    voice = Voice("zh")
    assert voice.speak("危急") == NO_ENGINE
    assert voice.engine() == ""


def test_v_reads_the_selected_item_and_v_again_is_silence(qtbot) -> None:
    window = opened(qtbot, HandoverBridge(), Voice("en", "mock"))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_V)
    assert window.reading.voice.is_speaking()
    assert window.report.pending_line.text() == "正在朗读，V 停止"
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_V)
    qtbot.waitUntil(lambda: not window.reading.voice.is_speaking())


@pytest.mark.parametrize(
    ("voice", "sentence"),
    [
        (("zh", ""), "本机没有语音引擎，不能朗读；装好系统的语音合成后再按 V"),
        (("zh", "mock"), "本机的语音引擎没有中文语音，不能朗读；装好中文语音后再按 V"),
    ],
    ids=["engine", "language"],
)
def test_a_desk_that_cannot_speak_says_what_is_missing(
    qtbot, no_engines: None, voice: tuple[str, str], sentence: str
) -> None:
    window = opened(qtbot, HandoverBridge(), Voice(*voice))
    qtbot.mouseClick(window.talk.card.speak, Qt.MouseButton.LeftButton)
    assert window.report.pending_line.text() == f"未执行：{sentence}"


def test_what_is_said_is_what_stands_in_the_report(qtbot) -> None:
    bridge = HandoverBridge(GIVER)
    item = bridge.handover.to_read_back()[0]
    edit = commands.Edit(item=item.id, summary="水位 12 厘米", condition="21:00 仍高于 15 厘米", response="封闭通道")
    bridge.carry_out(edit, GIVER)
    window = opened(qtbot, bridge, Voice("en", "mock"))
    qtbot.waitUntil(lambda: window._feed.texts.version == bridge.handover.version)
    text = spoken(bridge.handover.items[item.id], 1, window._feed.speech())
    words = window.report.list._entry(item.id).words
    assert text.startswith(f"危急，第 1 项。{words.title}。水位 12 厘米。谁：")
    assert text.endswith("若 21:00 仍高于 15 厘米，就封闭通道。")
    assert words.action in text
