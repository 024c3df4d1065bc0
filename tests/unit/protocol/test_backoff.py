"""Waits before the next try."""

from protocol.backoff import SOFT_S, Backoff


def test_bounds_double_up_to_thirty_seconds() -> None:
    backoff = Backoff(lambda: 1.0)
    assert [backoff.next_s() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_the_wait_is_anywhere_below_the_bound() -> None:
    assert Backoff(lambda: 0.0).next_s() == 0
    assert Backoff(lambda: 0.25).next_s() == 0.25


def test_a_restart_of_the_server_spreads_the_first_tries_wider() -> None:
    backoff = Backoff(lambda: 1.0)
    assert backoff.next_s(SOFT_S) == 2
    assert backoff.next_s(SOFT_S) == 2
    assert backoff.next_s(SOFT_S) == 4


def test_live_again_starts_anew() -> None:
    backoff = Backoff(lambda: 1.0)
    for _ in range(2000):
        backoff.next_s()
    backoff.reset()
    assert backoff.next_s() == 1
