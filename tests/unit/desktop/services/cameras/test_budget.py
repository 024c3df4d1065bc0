"""Who gets a stream, and who waits."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.cameras.budget import LOWER_AFTER, RAISE_AFTER, LoadGauge, Turns, plan
from desktop.services.cameras.values import CameraLimits, Mode

LIMITS = CameraLimits(turn_s=30)
IDS = [f"C-{number}" for number in range(10)]


def live_of(modes) -> list[str]:
    return [each for each, mode in modes.items() if mode is not Mode.STILL]


def test_events_come_first_the_rest_by_turns_and_everybody_in_the_end():
    turns = Turns(LIMITS)
    first = plan(IDS, ["C-7"], [], turns, 4, 0)
    assert live_of(first) == ["C-0", "C-1", "C-2", "C-7"]
    assert plan(IDS, ["C-7"], [], turns, 4, 29) == first
    seen = set(live_of(first))
    for step in range(1, 5):
        seen |= set(live_of(plan(IDS, ["C-7"], [], turns, 4, 30 * step)))
    assert seen == set(IDS)


def test_nobody_is_moved_when_there_is_room_for_all():
    turns = Turns(LIMITS)
    assert live_of(plan(IDS[:4], [], [], turns, 4, 0)) == IDS[:4]
    assert live_of(plan(IDS[:4], [], [], turns, 4, 300)) == IDS[:4]


def test_the_enlarged_one_is_full_and_comes_before_events():
    modes = plan(IDS, ["C-1", "C-2"], ["C-9"], Turns(LIMITS), 2, 0)
    assert modes["C-9"] is Mode.FULL
    assert live_of(modes) == ["C-1", "C-9"]


@given(
    st.lists(st.sampled_from(IDS), unique=True),
    st.lists(st.sampled_from(IDS)),
    st.lists(st.sampled_from(IDS), max_size=2),
    st.integers(0, 12),
    st.lists(st.floats(0, 1000), min_size=1, max_size=8),
)
def test_never_more_streams_than_slots_and_always_a_mode_for_every_tile(wanted, matters, full, slots, times):
    turns = Turns(LIMITS)
    for now in sorted(times):
        modes = plan(wanted, matters, full, turns, slots, now)
        assert list(modes) == wanted
        assert len(live_of(modes)) == min(slots, len(wanted))


def test_load_halves_the_streams_and_calm_gives_them_back():
    gauge = LoadGauge(0.1)
    for _ in range(LOWER_AFTER):
        gauge.ticked(0.2)
    assert gauge.allowed(8) == 4
    for _ in range(10 * LOWER_AFTER):
        gauge.ticked(0.2)
    assert gauge.allowed(8) == 1
    for _ in range(RAISE_AFTER):
        gauge.ticked(0.01)
    assert gauge.allowed(16) == 2


def test_a_single_late_tick_changes_nothing():
    gauge = LoadGauge(0.1)
    for _ in range(200):
        gauge.ticked(0.2)
        gauge.ticked(0.0)
    assert gauge.allowed(8) == 8


def test_standing_still_for_a_second_is_told_sooner():
    gauge = LoadGauge(0.1)
    gauge.ticked(1.2)
    gauge.ticked(1.2)
    assert gauge.allowed(8) == 4
