"""When which alarm sounds: worst first, one at a time, until acknowledged; mute acknowledges nothing; the night is quiet."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.alarms.sound_plan import MUTE_S, VOLUME, Ringing, Sound, SoundPlan
from domain.alarms.words import Severity

CRITICAL, MAJOR = Ringing("c", 1, Severity.CRITICAL), Ringing("m", 1, Severity.MAJOR)
MINOR, INFO = Ringing("n", 1, Severity.MINOR), Ringing("i", 1, Severity.INFO)


def played(plan: SoundPlan, ringing: list[Ringing], seconds: int, *, night: bool = False, start: int = 0) -> list[int]:
    """Seconds at which something sounded, asked every second."""
    return [at for at in range(start, start + seconds) if plan.due(float(at), ringing, night) is not None]


def test_critical_sounds_at_once_and_every_ten_seconds() -> None:
    assert played(SoundPlan(), [CRITICAL], 41) == [0, 10, 20, 30, 40]


def test_major_sounds_three_times_then_is_visual_only() -> None:
    assert played(SoundPlan(), [MAJOR], 600) == [0, 60, 120]


def test_minor_and_notice_are_silent() -> None:
    assert played(SoundPlan(), [MINOR, INFO], 300) == []


def test_the_worst_sounds_first_and_one_at_a_time() -> None:
    plan = SoundPlan()
    assert plan.due(0.0, [MAJOR, CRITICAL], False) == Sound("c", Severity.CRITICAL, 1.0)
    assert plan.due(0.5, [MAJOR, CRITICAL], False) is None
    assert plan.due(2.0, [MAJOR, CRITICAL], False) == Sound("m", Severity.MAJOR, 1.0)


def test_an_acknowledged_alarm_is_silent_and_a_new_ring_of_it_sounds_at_once() -> None:
    plan = SoundPlan()
    assert played(plan, [MAJOR], 5) == [0]
    assert played(plan, [], 5, start=5) == []
    assert played(plan, [Ringing("m", 2, Severity.MAJOR)], 5, start=10) == [10]


def test_mute_lasts_two_minutes_and_what_came_meanwhile_sounds_after_it() -> None:
    plan = SoundPlan()
    plan.mute(0.0)
    assert plan.mute_left_s(30.0) == MUTE_S - 30
    assert played(plan, [CRITICAL], 120) == []
    assert played(plan, [CRITICAL], 11, start=120) == [120, 130]
    plan.mute(140.0)
    plan.unmute()
    assert played(plan, [CRITICAL], 2, start=141) == [141]


def test_at_night_it_is_rarer_and_softer() -> None:
    assert played(SoundPlan(), [CRITICAL], 41, night=True) == [0, 20, 40]
    assert played(SoundPlan(), [MAJOR], 300, night=True) == [0]
    sound = SoundPlan().due(0.0, [CRITICAL], True)
    assert sound is not None
    assert sound.volume == VOLUME[True] < 1


STEP = st.tuples(
    st.integers(1, 15),
    st.lists(st.sampled_from([CRITICAL, MAJOR, MINOR, INFO, Ringing("d", 1, Severity.CRITICAL)]), unique=True),
    st.booleans(),
)


@given(st.lists(STEP, max_size=60))
def test_only_what_rings_sounds_and_no_critical_waits_longer_than_its_turn(
    steps: list[tuple[int, list[Ringing], bool]],
) -> None:
    plan, now, muted_until = SoundPlan(), 0.0, 0.0
    last_any = -100.0
    for seconds, ringing, mutes in steps:
        now += seconds
        if mutes:
            plan.mute(now)
            muted_until = now + MUTE_S
        sound = plan.due(now, ringing, False)
        if sound is not None:
            assert now >= muted_until
            assert sound.id in {one.id for one in ringing}
            assert sound.severity in (Severity.CRITICAL, Severity.MAJOR)
            last_any = now
        elif now >= muted_until and now - last_any > 10:
            assert not any(one.severity is Severity.CRITICAL for one in ringing)
