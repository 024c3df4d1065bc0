"""The checker itself: each kind of damage planted into a good history is named."""

from typing import Any

import pytest

from tests.faults.history import Line, LogRow, Verdict, check

A = "a" * 32
LOG = [LogRow(seq, "e", "t1", seq, A, seq, "u") for seq in (1, 2, 3)]


def line(at: float, what: str, **values: Any) -> Line:
    return {"at": at, "seat": "s", "what": what, **values}


def told(at: float, n: int, status: str = "applied", seq: int | None = None) -> Line:
    return line(at, "outcome", outbox=A, n=n, status=status, seq=n if seq is None else seq, epoch="e")


def seen(at: float, seq: int, state: str = "live") -> Line:
    return line(at, "seen", epoch="e", seq=seq, state=state, queued=0)


GOOD = [
    line(0, "start", seq=0),
    *(line(0.5, "stored", outbox=A, n=n) for n in (1, 2, 3)),
    *(told(1.0, n) for n in (1, 2, 3)),
    seen(1.2, 3),
    seen(30, 3),
]
ENDED = [(A, n) for n in (1, 2, 3)]


def kinds(verdict: Verdict) -> set[str]:
    names = ("lost", "duplicated", "stale", "backwards", "unsaid", "contradicting")
    return {name for name in names if getattr(verdict, name)}


def test_a_good_history_is_good() -> None:
    verdict = check(GOOD, LOG, ENDED)
    assert verdict.ok
    assert verdict.acknowledged == 3
    assert max(verdict.visible_after_s) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("more", "log", "ended", "kind"),
    [
        ([], LOG[:2], ENDED, "lost"),
        ([told(2, 3, seq=9)], LOG, ENDED, "lost"),
        ([], [*LOG, LogRow(4, "e", "t1", 4, A, 3, "u")], ENDED, "duplicated"),
        ([], [*LOG, LogRow(4, "e", "t1", 3, A, 4, "u"), LogRow(5, "e", "t1", 5, A, 5, "u")], ENDED, "duplicated"),
        ([seen(17, 2)], LOG, ENDED, "stale"),
        ([seen(3, 2)], LOG, ENDED, "backwards"),
        ([line(2, "stored", outbox=A, n=4)], LOG, ENDED, "unsaid"),
        ([told(2, 2, "conflict", 0)], LOG, ENDED, "contradicting"),
    ],
)
def test_each_damage_is_named(more: list[Line], log: list[LogRow], ended: list[tuple[str, int]], kind: str) -> None:
    assert kind in kinds(check([*GOOD, *more], log, ended))


def test_a_screen_that_says_stale_may_be_old() -> None:
    assert "stale" not in kinds(check([*GOOD[:-2], seen(17, 2, "stale"), seen(20, 3)], LOG, ENDED))


def test_a_new_run_may_begin_where_the_disk_was() -> None:
    assert check([*GOOD, line(31, "start", seq=1), seen(31, 1, "offline"), seen(32, 3)], LOG, ENDED).ok
