"""The bell: sounds what calls this seat, is silent once it is acknowledged, and a machine without a device says so."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from scene import AlarmBridge, alarm_feed, bridge_of

from desktop.media import speaker as speaker_module
from desktop.media.speaker import Speaker
from desktop.views.alarms.bell import AlarmBell, SoundState, sound_text
from desktop.views.alarms.feed import AlarmFeed
from domain.alarms import commands as c
from domain.alarms.words import Severity, Trigger
from tests.unit.domain.alarms.cases import Hall, cause


class Silent:
    """A loudspeaker that writes down what it was asked to play."""

    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.played: list[Severity] = []
        self.said: list[str] = []
        self.reads = False

    def available(self) -> bool:
        return self.works

    def play(self, severity: Severity, volume: float) -> bool:
        if self.works:
            self.played.append(severity)
        return self.works

    def stop(self) -> None:
        self.played.append(Severity.INFO)

    def speak(self, text: str, language: str, volume: float) -> None:
        self.said.append(text)

    def busy(self) -> bool:
        return self.reads


class Desk:
    """One alarm on a desk with a bell and a clock by hand."""

    def __init__(self, player: Silent, *, speaks: bool = False, severity: Severity = Severity.CRITICAL) -> None:
        hall = Hall()
        (self.id,) = hall.raised(
            cause("R-01", "t", severity, trigger=Trigger.URGENT_ITEM, area="440310001", facts={"urgency": "top"})
        )
        self.feed: AlarmFeed = alarm_feed(hall=hall)
        self.bridge: AlarmBridge = bridge_of(self.feed)
        self.player, self.now = player, 0.0
        self.bell = AlarmBell(self.feed, player, monotonic=lambda: self.now, speaks=speaks)

    def after(self, seconds: float) -> list[Severity]:
        self.player.played.clear()
        for _ in range(round(seconds)):
            self.now += 1
            self.bell.tick()
        return self.player.played


def test_it_sounds_until_it_is_acknowledged(qapp) -> None:
    desk = Desk(Silent())
    assert desk.after(21) == [Severity.CRITICAL] * 3
    assert desk.bell.state.word == "ringing"
    alarm = desk.feed.get(desk.id)
    assert alarm is not None
    assert desk.feed.give(c.Acknowledge(ring=1), alarm) is None
    assert desk.after(60) == []
    assert desk.bell.state == SoundState("quiet")


def test_an_acknowledgement_by_another_seat_ends_it_too(qapp) -> None:
    desk = Desk(Silent())
    desk.after(1)
    desk.bridge.carry_out(c.Acknowledge(ring=1), desk.id)
    assert desk.after(30) == []


def test_mute_counts_down_and_acknowledges_nothing(qapp) -> None:
    desk = Desk(Silent())
    desk.bell.mute()
    assert desk.after(119) == []
    assert desk.bell.state.word == "muted"
    assert sound_text(desk.bell.state) == "静音 0:01"
    assert desk.after(2) == [Severity.CRITICAL]
    assert [alarm.id for alarm in desk.feed.unacknowledged()] == [desk.id]


def test_without_a_device_the_bar_says_so_and_a_major_alarm_of_this_machine_stands(qapp) -> None:
    desk = Desk(Silent(works=False))
    assert desk.after(3) == []
    assert sound_text(desk.bell.state) == "无声音"
    (own,) = [alarm for alarm in desk.feed.open() if alarm.trigger is Trigger.NO_SOUND]
    assert own.severity is Severity.MAJOR
    desk.player.works = True
    desk.bell.device_changed()
    assert desk.player.played == [Severity.CRITICAL]
    assert not any(alarm.active for alarm in desk.feed.open() if alarm.trigger is Trigger.NO_SOUND)


def test_the_self_test_plays_every_rhythm_and_remembers_the_outcome(qapp) -> None:
    desk = Desk(Silent(), severity=Severity.MINOR)
    desk.bell.test()
    assert desk.after(6)[:3] == [Severity.MAJOR, Severity.CRITICAL]
    assert (desk.bell.state.test_passed, desk.bell.state.tested) == (True, desk.bridge.clock.now)
    dumb = Desk(Silent(works=False), severity=Severity.MINOR)
    dumb.bell.test()
    assert dumb.bell.state.test_passed is False


@pytest.mark.parametrize("speaks", [True, False])
def test_a_critical_alarm_is_read_aloud_only_where_that_is_switched_on(qapp, speaks: bool) -> None:
    desk = Desk(Silent(), speaks=speaks)
    desk.after(1)
    assert bool(desk.player.said) is speaks


def test_the_night_is_quiet(qapp) -> None:
    desk = Desk(Silent())
    desk.bridge.clock.now += timedelta(hours=14)
    assert desk.bell.is_night()


def test_an_answer_ends_the_sound_that_is_under_way(qapp) -> None:
    desk = Desk(Silent())
    desk.after(1)
    desk.player.played.clear()
    desk.bridge.carry_out(c.Acknowledge(ring=1), desk.id)
    assert desk.player.played == [Severity.INFO]


def test_nothing_sounds_over_a_sentence(qapp) -> None:
    desk = Desk(Silent())
    desk.after(1)
    desk.player.reads = True
    assert desk.after(30) == []
    desk.player.reads = False
    assert desk.after(1) == [Severity.CRITICAL]


def test_mute_ends_the_self_test_too(qapp) -> None:
    desk = Desk(Silent())
    desk.bell.test()
    desk.bell.mute()
    assert desk.after(10) == []


def test_what_rang_while_no_device_played_rings_again_from_its_beginning(qapp) -> None:
    desk = Desk(Silent(), severity=Severity.MAJOR)
    desk.after(1)
    desk.player.works = False
    desk.bell.device_changed()
    assert desk.after(200) == []
    desk.player.works = True
    desk.bell.device_changed()
    assert desk.player.played == [Severity.MAJOR]
    assert desk.after(300) == [Severity.MAJOR] * 2


@pytest.mark.parametrize(("code", "why"), [("print('none', flush=True); input()", "says none"), ("1 / 0", "dies")])
def test_a_speaker_whose_process_finds_no_device_plays_nothing_and_says_so(qapp, qtbot, code: str, why: str) -> None:
    speaker = Speaker(process=(sys.executable, "-c", code))
    with qtbot.waitSignal(speaker.changed):
        speaker.play(Severity.CRITICAL, 1.0)
    assert not speaker.available()
    assert not speaker.play(Severity.CRITICAL, 1.0)
    speaker.stop()
    speaker.close()


@pytest.mark.qt_log_ignore("never ended it", "process ended")
def test_a_device_that_never_ends_a_sound_counts_as_none(qapp, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_module, "STUCK_MS", 10)
    speaker = Speaker(process=(sys.executable, "-c", "print('ready', flush=True); input(); input()"))
    with qtbot.waitSignal(speaker.changed):
        assert speaker.play(Severity.CRITICAL, 1.0)
        assert speaker.busy()
    assert not speaker.available()
    assert not speaker.busy()
    speaker.close()


def test_a_sentence_is_read_after_its_sound_and_cut_off_by_silence(
    qapp, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an engine of the test's own: it writes down how it was called, and reads for ever."""
    engine = tmp_path / "espeak-ng"
    engine.write_text(
        f'#!/bin/sh\nprintf "%s|" "$@" > {tmp_path}/said.part; mv {tmp_path}/said.part {tmp_path}/said; exec sleep 600\n'
    )
    engine.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    code = "import sys\nprint('ready', flush=True)\nfor line in sys.stdin:\n    if line.startswith('stop'): print('silent', flush=True)"
    speaker = Speaker(process=(sys.executable, "-c", code))
    assert speaker.play(Severity.CRITICAL, 0.3)
    speaker.speak("严重，石浦街道", "zh", 0.3)
    assert speaker.busy()
    assert speaker._speech is None
    speaker._tell("stop")  # this loudspeaker says then that the sound is over
    qtbot.waitUntil((tmp_path / "said").exists)
    assert (tmp_path / "said").read_text() == "-v|cmn|-a|30|--|严重，石浦街道|"
    speaker.stop()
    assert not speaker.busy()
    speaker.close()
