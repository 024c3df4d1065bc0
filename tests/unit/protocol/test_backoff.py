"""Waits before the next try."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from protocol.backoff import SOFT_S, Backoff


def test_bounds_double_up_to_thirty_seconds() -> None:
    backoff = Backoff(lambda: 1.0)
    assert [backoff.next_s() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_the_wait_is_anywhere_below_the_bound() -> None:
    assert Backoff(lambda: 0.0).next_s() == 0
    assert Backoff(lambda: 0.25).next_s() == 0.25


def test_after_a_lost_session_ten_seconds_of_waits_up_to_two_then_doubled() -> None:
    backoff = Backoff(lambda: 1.0)
    waits = [backoff.next_s(soft=True), *(backoff.next_s() for _ in range(10))]
    assert waits == [2, 2, 2, 2, 2, 2, 4, 8, 16, 30, 30]


def test_a_server_that_says_restart_for_ever_is_asked_ever_more_rarely() -> None:
    backoff = Backoff(lambda: 1.0)
    assert [backoff.next_s(soft=True) for _ in range(9)] == [2, 2, 2, 2, 2, 2, 4, 8, 16]


@given(outage_s=st.floats(0, 7), draws=st.randoms(use_true_random=False))
def test_a_desk_is_back_two_seconds_after_a_short_outage(outage_s: float, draws: Random) -> None:
    """P9: whatever the jitter, one that lost a live session tries again within SOFT_S of the server's return."""
    backoff = Backoff(draws.random)
    at = backoff.next_s(soft=True)
    while at < outage_s:
        at += backoff.next_s()
    assert at - outage_s <= SOFT_S


def test_live_again_starts_anew() -> None:
    backoff = Backoff(lambda: 1.0)
    for _ in range(2000):
        backoff.next_s()
    backoff.reset()
    assert backoff.next_s() == 1
    backoff.reset()
    assert [backoff.next_s(soft=True) for _ in range(2)] == [2, 2]
