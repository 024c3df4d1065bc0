"""When scenes start by themselves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backend.wall_rules import began_at
from domain.wall.values import Rule, RuleKind

ZONE = ZoneInfo("Asia/Shanghai")
clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2024, 12, 31), timezones=st.just(UTC))


def rule(start: str, end: str) -> Rule:
    return Rule("夜间", RuleKind.TIME, "夜间", start, end)


def test_a_stretch_over_midnight_began_the_day_before() -> None:
    began = began_at(rule("20:00", "07:30"), datetime(2024, 5, 8, 23, 0, tzinfo=UTC), ZONE)
    assert began == datetime(2024, 5, 8, 20, 0, tzinfo=ZONE)
    assert began_at(rule("20:00", "07:30"), datetime(2024, 5, 8, 23, 30, tzinfo=UTC), ZONE) is None


@given(clocks, clocks, moments)
def test_a_stretch_began_less_than_a_day_ago_and_at_its_hour(start: str, end: str, now: datetime) -> None:
    began = began_at(rule(start, end), now, ZONE)
    if began is not None:
        assert timedelta() <= now - began < timedelta(days=1)
        assert f"{began:%H:%M}" == start


@given(clocks, clocks, moments)
def test_each_moment_is_in_a_stretch_or_in_its_complement(start: str, end: str, now: datetime) -> None:
    if start == end:
        assert began_at(rule(start, end), now, ZONE) is not None
    else:
        assert (began_at(rule(start, end), now, ZONE) is None) != (began_at(rule(end, start), now, ZONE) is None)
