"""Figures of a past moment are those that were shown then: by the clocks that ran over the log, whatever their rate and order."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import clock_book
from backend.app import Backend
from backend.config import BackendConfig
from backend.reference import demo_site
from backend.report_offline import report_of
from backend.site_tables import kpi_setup
from backend.store.errors import RefusedError
from domain.kpi_types import Period
from domain.reports.values import Report, ReportKind
from protocol.messages import BusinessClock
from tests.patience import WHOLE_S
from tests.unit.backend.house import SHIFT_LEADER, TOWN_A, TOWN_B, HandClock
from tests.unit.backend.test_handover_desk import Hall
from tests.unit.domain.builders import local

RATE = 600.0
MORNING = local(2018, 10, 9, 8)
DAY = Period(MORNING.date(), MORNING.date() + timedelta(days=1))
ASKED = {"kind": "daily", "start": str(DAY.start), "end": str(DAY.end)}
SITE = demo_site()
Shown = dict[datetime, Report]


def fast(base: datetime, start: datetime) -> HandClock:
    clock = HandClock(start)
    clock.business = BusinessClock(base, clock.now_server(), RATE)
    return clock


async def asked(backend: Backend, **more: object) -> Report:
    answer = await backend.queries["report"](SHIFT_LEADER, {**ASKED, **more})
    return msgspec.json.decode(answer, type=Report)


def figures_of(report: Report) -> Report:
    """Without what says how it was asked. The event that it names is the one that the look of then named."""
    return msgspec.structs.replace(report, past=False)


async def a_run(folder: Path, clock: HandClock, steps: int, before: Shown) -> Shown:
    """Tickets told late, closed, and figures looked at between; what earlier looks saw is asked for again at the end."""
    backend = Backend(BackendConfig(data=folder, port=0), SITE, clock=clock)
    shown: Shown = {}
    try:
        await backend.start()
        hall = Hall(backend)
        hall._n = round(clock.now_server().timestamp())  # numbers of its own in each run
        waiting: list[str] = []
        for step in range(steps):
            clock.pass_(timedelta(seconds=1))
            told = clock.now_business() - timedelta(minutes=9 * (step % 3))
            waiting.append(await hall.report(told, area=(TOWN_A, TOWN_B)[step % 2], gap=timedelta()))
            if step % 3 == 2:
                await hall.close(waiting.pop(0), clock.now_business(), timedelta())
            clock.pass_(timedelta(seconds=1))
            shown[clock.now_business()] = await asked(backend)
        clock.pass_(timedelta(seconds=30))
        for at, seen in (before | shown).items():
            assert figures_of(await asked(backend, at=at.isoformat())) == figures_of(seen)
    finally:
        await backend.stop()
    return shown


def test_the_past_of_fast_clocks_is_what_was_shown_then_also_offline_and_after_a_restart(tmp_path: Path) -> None:
    async def work() -> Shown:
        start = datetime(2026, 5, 1, tzinfo=UTC)
        async with asyncio.timeout(WHOLE_S):
            first = await a_run(tmp_path, fast(MORNING, start), 7, {})
            later = fast(MORNING + timedelta(hours=9), start + timedelta(hours=2))
            return first | await a_run(tmp_path, later, 5, first)

    shown = asyncio.run(work())
    assert len({report.accepted for report in shown.values()}) == len(shown) == 12
    assert len({report.seq for report in shown.values()}) == 12
    for at, seen in shown.items():
        past = report_of("", tmp_path, kpi_setup(SITE), ReportKind.DAILY, DAY, site=SITE.reference.site, at=at)
        assert figures_of(past) == figures_of(seen)


def test_a_day_started_again_is_looked_up_in_its_last_run(tmp_path: Path) -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    first, second = (BusinessClock(MORNING, start + timedelta(hours=n), 60.0) for n in (0, 5))
    clocks = (first, second)
    noon = MORNING + timedelta(hours=4)
    assert clock_book.server_time_of(clocks, noon) == second.server_time + timedelta(minutes=4)
    assert clock_book.server_time_of(clocks, MORNING - timedelta(seconds=1)) is None
    late = BusinessClock(MORNING + timedelta(days=9), start + timedelta(hours=1), 60.0)
    # A clock that was stopped by then showed no more than it did at its end.
    assert clock_book.server_time_of((first, late), MORNING + timedelta(days=8)) == late.server_time


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_where_business_time_is_server_time_they_are_one(at: datetime) -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    assert clock_book.server_time_of((BusinessClock(start, start, 1.0),), at) == at


def test_a_hall_without_a_replay_has_one_entry_for_ever(tmp_path: Path) -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    for n in range(3):
        at = start + timedelta(days=n)
        clock_book.add(tmp_path, BusinessClock(at, at, 1.0))
    (only,) = clock_book.load(tmp_path)
    assert (only.base, only.server_time, only.rate, only.demo) == (start, start, 1.0, "")


def test_a_record_of_clocks_that_nobody_can_read_is_named(tmp_path: Path) -> None:
    (tmp_path / clock_book.NAME).write_text("{", "utf-8")
    with pytest.raises(RefusedError, match="restore it or move it away"):
        clock_book.load(tmp_path)
