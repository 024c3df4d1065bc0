"""What a real sound server is given to play: alarms as they are heard, recorded at its loudspeaker (screens.md §7).

Rules of minutes run on a bell whose clock is fast; sounds have their own length. Skipped where no PulseAudio is installed.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from desktop.media.speaker import Speaker
from desktop.services.alarms.sound_plan import VOLUME
from desktop.views.alarms.bell import AlarmBell
from domain.alarms import commands as c
from domain.alarms.words import Severity, Trigger
from tests.peers.sound_server import Heard, SoundServer, skip_without_server
from tests.qt.alarms.scene import alarm_feed, bridge_of
from tests.unit.domain.alarms.cases import Hall, cause

CRITICAL_HZ, MAJOR_HZ = [880, 622] * 3, [587]
TO_NIGHT = timedelta(hours=14)
SLACK_S = 1.5
"""A busy machine: ticks of the bell, start of the device."""
Await = Callable[..., None]


class Desk:
    """A seat with a real loudspeaker; `speed`: seconds of its bell in one second."""

    def __init__(self, *severities: Severity, speed: float = 1.0, night: bool = False) -> None:
        hall = Hall()
        facts = {"urgency": "top"}
        causes = [
            cause(f"R-{n}", "t", severity, trigger=Trigger.URGENT_ITEM, area="440310001", facts=facts)
            for n, severity in enumerate(severities)
        ]
        self.ids = hall.raised(*causes)
        self.feed = alarm_feed(hall=hall)
        self.bridge = bridge_of(self.feed)
        if night:
            self.bridge.clock.now += TO_NIGHT
        self.speaker = Speaker()
        self.bell = AlarmBell(self.feed, self.speaker, monotonic=lambda: time.monotonic() * speed)
        self.speaker.changed.connect(self.bell.device_changed)

    def close(self) -> None:
        self.bell.stop()
        self.speaker.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    skip_without_server()
    made = SoundServer()
    monkeypatch.setenv("PULSE_SERVER", made.address)
    made.start()
    yield made
    made.close()


@pytest.fixture
def desk(qapp, server: SoundServer) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def new(*severities: Severity, **more: float) -> Desk:
        made.append(Desk(*severities, **more))
        return made[-1]

    yield new
    for one in made:
        one.close()


@pytest.fixture
def wait(qtbot, server: SoundServer) -> Await:
    """Until something holds, or until the recording is so long."""

    def until(condition: Callable[[], object] | None = None, *, seconds: float = 0.0) -> None:
        end = server.recorded_s() + seconds
        holds = condition or (lambda: server.recorded_s() >= end)
        qtbot.waitUntil(lambda: bool(holds()))

    return until


def pitches(sound: list[Heard]) -> list[int]:
    return [tone.hertz for tone in sound]


def begins(server: SoundServer) -> list[float]:
    first = server.sounds()[0][0].begin
    return [sound[0].begin - first for sound in server.sounds()]


@pytest.mark.full
def test_critical_is_two_tones_every_ten_seconds(desk, server: SoundServer, wait: Await) -> None:
    desk(Severity.CRITICAL)
    wait(lambda: len(server.sounds()) == 3 and len(server.sounds()[2]) == 6)
    assert [pitches(sound) for sound in server.sounds()] == [CRITICAL_HZ] * 3
    assert begins(server) == pytest.approx([0, 10, 20], abs=SLACK_S)


def test_an_answer_of_another_seat_silences_it_within_a_second(desk, server: SoundServer, wait: Await) -> None:
    made = desk(Severity.CRITICAL)
    wait(server.heard)
    made.bridge.carry_out(c.Acknowledge(ring=1), made.ids[0])
    answered = server.recorded_s()
    wait(seconds=12)
    assert server.heard()[-1].end < answered + 1
    assert len(server.heard()) < len(CRITICAL_HZ)  # not even the sound that was under way went to its end


@pytest.mark.full
def test_major_is_one_tone_three_times_in_two_minutes(desk, server: SoundServer, wait: Await) -> None:
    desk(Severity.MAJOR, speed=10)
    wait(lambda: len(server.sounds()) == 3)
    wait(seconds=8)
    assert [pitches(sound) for sound in server.sounds()] == [MAJOR_HZ] * 3
    assert begins(server) == pytest.approx([0, 6, 12], abs=SLACK_S)


def test_minor_and_notice_are_silent_and_the_worst_comes_first_alone(desk, server: SoundServer, wait: Await) -> None:
    # A slow bell: however long the sounds take to come out here, none is due a second time.
    desk(Severity.INFO, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL, speed=0.2)
    wait(lambda: MAJOR_HZ[0] in pitches(server.heard()))
    wait(seconds=3)
    assert pitches(server.heard()) == CRITICAL_HZ + MAJOR_HZ


@pytest.mark.full
def test_mute_is_two_minutes_of_silence_and_answers_nothing(desk, server: SoundServer, wait: Await) -> None:
    made = desk(Severity.CRITICAL, speed=20)
    wait(server.heard)
    muted = server.recorded_s()
    made.bell.mute()
    wait(lambda: server.heard()[-1].begin > muted + 1)
    later = [tone.begin for tone in server.heard() if tone.begin > muted + 1]
    assert later[0] - muted == pytest.approx(120 / 20, abs=SLACK_S)
    assert [alarm.id for alarm in made.feed.unacknowledged()] == list(made.ids)


def test_the_night_is_softer(desk, server: SoundServer, wait: Await) -> None:
    desk(Severity.CRITICAL, night=True)
    wait(lambda: len(server.heard()) == 6)
    night = max(tone.peak for tone in server.heard())
    desk(Severity.CRITICAL)
    wait(lambda: len(server.heard()) >= 12)
    assert night / max(tone.peak for tone in server.heard()) == pytest.approx(VOLUME[True], abs=0.03)


@pytest.mark.qt_log_ignore("the loudspeaker's process ended")
def test_a_sound_server_that_dies_is_said_and_one_that_comes_back_is_used(
    desk, server: SoundServer, wait: Await
) -> None:
    made = desk(Severity.CRITICAL)
    wait(server.heard)
    server.kill()
    wait(lambda: made.bell.word() == "no_sound")
    (own,) = [alarm for alarm in made.feed.open() if alarm.trigger is Trigger.NO_SOUND]
    assert own.severity is Severity.MAJOR
    assert own.active
    server.start()
    wait(lambda: made.bell.word() == "ringing")
    wait(lambda: len(server.heard()) >= 6)
    assert not any(alarm.active for alarm in made.feed.open() if alarm.trigger is Trigger.NO_SOUND)
