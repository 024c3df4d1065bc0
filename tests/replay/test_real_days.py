"""Ten real days of Pingshan, replayed with the rules on: late and in time per unit are what the city's own file says."""

import asyncio
import csv
import gzip
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from backend.handlers import CommandService, Sink
from backend.intake.recorded import RecordedRow, read_rows
from backend.reference import Site, demo_site
from backend.simulator.day import InProcessPort
from backend.simulator.plan import make_plan
from backend.simulator.run import Simulator
from backend.simulator.template import standing_clock
from backend.store.store import Store
from domain.actor import Scope
from domain.vocabulary import State

FILE = "tickets_cn/pingshan_district_tickets_2018_02_to_10.csv.gz"
DAYS = (
    date(2018, 2, 14),  # before the Spring Festival
    date(2018, 2, 24),  # a Saturday worked for it
    date(2018, 6, 19),
    date(2018, 7, 22),  # a plain Sunday
    date(2018, 8, 27),
    date(2018, 9, 24),  # Mid-autumn
    date(2018, 9, 17),  # the day after typhoon Mangkhut
    date(2018, 9, 30),  # a Sunday worked for National Day
    date(2018, 10, 1),  # in the middle of it
    date(2018, 10, 9),  # the day of the demo
)
Book = Counter[tuple[str, str]]
"""(unit, "late", "in time", or "not told" where the file does not say how it ended) → tickets."""


@pytest.fixture(scope="module")
def site() -> Site:
    return demo_site()


@pytest.fixture(scope="module")
def rows(shared_data: Path, site: Site) -> list[RecordedRow]:
    """Every row of the ten days that names a unit."""
    zone = site.calendar.zone
    found = (row for row in read_rows(shared_data / FILE, site) if isinstance(row, RecordedRow))
    return [row for row in found if row.unit is not None and row.reported_at.astimezone(zone).date() in DAYS]


def of_file(path: Path, site: Site) -> Book:
    """Straight from the columns of the file, without the product's reader: only names of units are looked up."""
    book: Book = Counter()
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            if date.fromisoformat(row["CREATE_TIME"][:10].replace("/", "-")) not in DAYS:
                continue
            if row["DISPOSE_UNIT_NAME"] == "-":
                continue
            late, in_time = row["OVERTIME_ARCHIVE_NUM"] == "1", row["INTIME_ARCHIVE_NUM"] == "1"
            assert not (late and in_time), row["REC_ID"]
            town = site.area_by_names(row["STREET_NAME"], "-")
            unit = site.unit_by_name(row["DISPOSE_UNIT_NAME"], town, row["DISPOSE_UNIT_ID"])
            assert unit is not None, row
            book[unit, "late" if late else "in time" if in_time else "not told"] += 1
    return book


async def replayed(folder: Path, site: Site, rows: list[RecordedRow]) -> tuple[Book, Simulator]:
    end = max(row.reported_at for row in rows) + timedelta(days=120)
    sinks: list[Sink] = []
    store = Store.open(folder)
    service = CommandService(store, site.rules, standing_clock(end), sinks)
    plans = [make_plan(row, site.rules, sorted(site.units), 2018, 0, None) for row in rows]
    simulator = Simulator(plans, InProcessPort(service, store))
    sinks[:] = [simulator.follow_log]
    simulator.start()
    await simulator.run_until(end)
    await service.stop()
    book: Book = Counter()
    for ticket in store.iter_tickets(Scope()):
        assert ticket.unit is not None
        if ticket.is_open:
            book[ticket.unit, "not told"] += 1
            continue
        assert ticket.state is State.CLOSED
        book[ticket.unit, "in time" if ticket.on_time else "late"] += 1
        assert ticket.on_time is (ticket.closed_at <= ticket.due_at)  # type: ignore[operator]
    store.close()
    return book, simulator


def test_late_and_in_time_per_unit_agree_with_the_file(
    tmp_path: Path, shared_data: Path, site: Site, rows: list[RecordedRow]
) -> None:
    expected = of_file(shared_data / FILE, site)
    assert len({row.reported_at.astimezone(site.calendar.zone).date() for row in rows}) == len(DAYS)
    found, simulator = asyncio.run(replayed(tmp_path, site, rows))
    assert dict(simulator.refused) == {}
    assert found == expected
    assert len({unit for unit, _ in found}) >= 10
    assert sum(count for (_, how), count in found.items() if how == "late") > 0
