"""Frames are short and whole, draws can be repeated, and every signal of a hollow closure stands on its evidence."""

import hashlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.evaluation import frame, hollow
from domain.evaluation.hollow import HollowCode, Percentile
from domain.ids import TicketId
from domain.ticket import Point, Ticket
from domain.vocabulary import State
from tests.unit.domain.builders import T0, at_state

of_a_day = st.builds(
    lambda day, n: TicketId(f"{day}-{n:04d}"), st.sampled_from(["181009", "181010"]), st.integers(0, 12000)
)
of_another_form = st.text("abc-:=,019", min_size=1, max_size=8).map(TicketId)
ids = st.sets(of_a_day | of_another_form, max_size=60)


@given(ids)
def test_a_written_frame_reads_back_whole(some: set[TicketId]) -> None:
    assert frame.read(frame.written(some)) == tuple(sorted(some))


@given(st.sets(st.integers(0, 9999), min_size=1))
def test_no_line_is_longer_than_the_wire_takes(numbers: set[int]) -> None:
    lines = frame.written(TicketId(f"181009-{n * 2:04d}") for n in numbers)
    assert all(len(line) <= frame.LINE_MOST for line in lines)


@given(ids, st.text(max_size=5), st.integers(1, 30))
def test_the_same_frame_and_seed_draw_the_same_and_more_draws_the_same_first(
    some: set[TicketId], seed: str, size: int
) -> None:
    drawn = frame.draw(some, seed, size)
    assert drawn == frame.draw(list(reversed(sorted(some))), seed, size)
    assert set(drawn) <= some
    assert len(drawn) == min(size, len(some))
    assert frame.draw(some, seed, size + 1)[: len(drawn)] == drawn


def test_a_draw_can_be_repeated_with_nothing_but_sha256() -> None:
    some = [TicketId(f"181009-{n:04d}") for n in range(1, 50)]
    by_hand = sorted(some, key=lambda one: hashlib.sha256(f"2018-10-09/{one}".encode()).hexdigest())[:5]
    assert list(frame.draw(some, "2018-10-09", 5)) == by_hand


def test_every_ticket_is_drawn_about_equally_often() -> None:
    some = [TicketId(f"181009-{n:04d}") for n in range(20)]
    counts = dict.fromkeys(some, 0)
    for seed in range(2000):
        for one in frame.draw(some, str(seed), 5):
            counts[one] += 1
    assert all(400 < count < 600 for count in counts.values())


@pytest.mark.parametrize("line", ["", "181009", "181009:", "181009:a", "181009:5-2", "181009:1-99999999", ":1"])
def test_what_is_no_line_is_refused(line: str) -> None:
    with pytest.raises(frame.FrameError):
        frame.read([line])


# -- hollow closures -----------------------------------------------------------------------------------

CLOSED = at_state(State.CLOSED)


def codes(ticket: Ticket, **more: object) -> set[HollowCode]:
    return {one.code for one in hollow.signals(ticket, **more)}  # type: ignore[arg-type]


def test_an_open_ticket_and_a_plain_closing_give_no_signal() -> None:
    assert hollow.signals(at_state(State.HANDLING), percentile=Percentile(9999, 500)) == ()
    assert hollow.signals(CLOSED) == ()


def test_fast_means_under_ten_minutes_and_quicker_than_nearly_all() -> None:
    took = hollow.handled_in(CLOSED)
    assert took is not None
    assert HollowCode.FAST in codes(CLOSED, percentile=Percentile(took.total_seconds(), 100))
    assert HollowCode.FAST not in codes(CLOSED, percentile=Percentile(took.total_seconds() - 1, 100))
    slow = replace(CLOSED, handled_at=CLOSED.signed_at + hollow.FAST)  # type: ignore[operator]
    assert HollowCode.FAST not in codes(slow, percentile=Percentile(99999, 100))


def test_few_closings_have_no_percentile() -> None:
    assert hollow.percentiles([CLOSED] * (hollow.LEAST_CASES - 1)) == {}
    assert hollow.percentiles([CLOSED] * hollow.LEAST_CASES)[CLOSED.item].cases == hollow.LEAST_CASES


@given(st.lists(st.integers(0, 10_000), min_size=100, max_size=300))
def test_at_least_one_in_a_hundred_lies_at_or_below_the_percentile(seconds: list[int]) -> None:
    assert CLOSED.signed_at is not None
    tickets = [replace(CLOSED, handled_at=CLOSED.signed_at + timedelta(seconds=s)) for s in seconds]
    found = hollow.percentiles(tickets)[CLOSED.item].seconds
    assert sum(s <= found for s in seconds) >= len(seconds) / 100
    assert sum(s < found for s in seconds) < max(1, len(seconds) / 100 + 1)


def test_a_photo_is_missed_only_where_one_is_required() -> None:
    assert codes(CLOSED, photo_required=True) == {HollowCode.NO_PHOTO}
    assert codes(CLOSED, photo_required=True, has_after_photo=True) == set()


def test_copied_results_name_how_many_others_and_one_of_them() -> None:
    texts = {
        TicketId("a"): "已清理完毕，现场恢复。2018-10-09",
        TicketId("b"): "已清理完毕 现场恢复 2018-10-10",
        TicketId("c"): "已联系业主，明日更换路灯",
        TicketId("d"): "已办",
        TicketId("e"): "已办",
    }
    found = hollow.copied(texts)
    assert set(found) == {"a", "b"}
    assert found[TicketId("b")].evidence == {"others": 1, "first": "a"}


def test_the_same_matter_at_the_same_place_again_is_shown_with_its_ticket() -> None:
    closed = CLOSED.first_closed_at or CLOSED.closed_at
    assert closed is not None
    here = Point(114.35, 22.7)
    near, far = Point(114.3503, 22.7), Point(114.36, 22.7)
    ticket = replace(CLOSED, point=here)
    again = replace(CLOSED, id=TicketId("x"), point=near, reported_at=closed + timedelta(days=3))
    signal = hollow.signals(ticket, later=[again])[0]
    assert (signal.code, signal.evidence) == (HollowCode.AGAIN, {"ticket": "x", "days": 3})
    for other in (
        replace(again, point=far),
        replace(again, reported_at=closed + timedelta(days=31)),
        replace(again, reported_at=closed - timedelta(days=1)),
        replace(again, item=type(again.item)("other")),
    ):
        assert codes(ticket, later=[other]) == set()


def test_reopened_just_after_a_last_moment_closing_gives_both_signals() -> None:
    assert CLOSED.business is not None
    closed = CLOSED.business.due_at - timedelta(seconds=30)
    ticket = replace(CLOSED, closed_at=closed, first_closed_at=closed, first_reopened_at=closed + timedelta(days=2))
    assert codes(ticket) == {HollowCode.REOPENED, HollowCode.LAST_MOMENT}
    early = replace(ticket, closed_at=T0, first_closed_at=CLOSED.reported_at, first_reopened_at=closed)
    assert HollowCode.LAST_MOMENT not in codes(early)
