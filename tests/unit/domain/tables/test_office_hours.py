"""Office hours as people write them: read back as written, refused where they are no hours of a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clocks import OfficeHours
from domain.tables.office_hours import MOST_SPANS, hours_can_be, hours_text, read_hours


@st.composite
def hours(draw: st.DrawFn) -> OfficeHours:
    count = draw(st.integers(1, MOST_SPANS))
    marks = sorted(draw(st.sets(st.integers(0, 1440), min_size=2 * count, max_size=2 * count)))
    return OfficeHours(tuple((start * 60, end * 60) for start, end in zip(marks[::2], marks[1::2], strict=True)))


@given(hours())
def test_hours_are_read_back_as_they_are_written(found: OfficeHours) -> None:
    assert hours_can_be(found)
    assert read_hours(hours_text(found)) == found


@pytest.mark.parametrize(
    "text", ["8:30-12:00,13:30-17:30", "08：30至12：00、13:30～17:30", " 8:30 – 12:00 和 13:30—17:30 "]
)
def test_an_input_method_may_write_its_own_marks(text: str) -> None:
    assert read_hours(text) == OfficeHours()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "全天",
        "08:30",
        "12:00-08:30",
        "08:30-12:00 11:00-17:30",
        "08:30-25:00",
        "08:70-12:00",
        "08:30-12:00 晚上",
        "08:30-08:30",
    ],
)
def test_what_is_no_day_of_work_is_not_read(text: str) -> None:
    assert read_hours(text) is None


def test_hours_that_no_desk_would_send_cannot_be_either() -> None:
    assert not hours_can_be(OfficeHours(()))
    assert not hours_can_be(OfficeHours(((-60, 3600),)))
    assert not hours_can_be(OfficeHours(((30, 3600),)))
    assert not hours_can_be(OfficeHours(tuple((n * 120, n * 120 + 60) for n in range(MOST_SPANS + 1))))
