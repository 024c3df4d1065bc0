"""Figures on real files: live engine and columns against a recount, and against SQL straight on the city's own table."""

import asyncio
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import duckdb
import pytest

from backend.facts import breakdown
from backend.facts.table import FactTable
from backend.handlers import CommandService, Sink
from backend.intake.recorded import RecordedRow, read_rows
from backend.kpi_check import Recount, against_table, against_tally, freeze
from backend.reference import demo_site
from backend.simulator.day import InProcessPort
from backend.simulator.plan import make_plan
from backend.simulator.run import Simulator
from backend.simulator.template import standing_clock
from backend.store.store import Store
from domain.actor import Scope
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_parts import DEFAULT_RULES
from domain.kpi_types import Period
from tests.unit.backend import baltimore

YEARS = (date(2014, 1, 1), date(2021, 1, 1))
SQL = """
WITH rows AS (
  SELECT SRStatus AS status, coalesce(Agency, 'nobody') AS unit,
    strptime(CreatedDate, '%m/%d/%Y %I:%M:%S %p') AS created,
    strptime(DueDate, '%m/%d/%Y %I:%M:%S %p') AS due,
    strptime(CloseDate, '%m/%d/%Y %I:%M:%S %p') AS closed,
    SRStatus = 'Closed' AS is_closed,
    SRStatus LIKE '%Duplicate%' OR SRStatus LIKE '%Transferred%' AS is_out
  FROM read_csv(?, all_varchar = true, header = true)
)
"""


@pytest.fixture(scope="module")
def path(shared_data: Path) -> Path:
    return shared_data / "tickets_311" / "baltimore311_2014_2019.csv.gz"


@pytest.fixture(scope="module")
def city(path):
    """The file fed in the order of time, change by change."""
    changes = sorted(chain.from_iterable(baltimore.lives(path)), key=lambda change: change.at)
    engine, table = KpiEngine(KpiSetup(rules=baltimore.RULES)), FactTable(baltimore.RULES)
    engine.load([], changes[0].at)
    table.load([], changes[0].at)
    known = {}
    for at, before, after in changes:
        engine.apply(before, after, at)
        table.advance(at)
        table.put(after)
        known[after.id] = after
    for each in (engine, table):
        each.advance(baltimore.now())
    return engine, table, known


def ask(path, select):
    return duckdb.connect().execute(SQL + select, [str(path)]).fetchall()


def columns(table, kpi, by, dims=(), period=YEARS):
    found = breakdown.cases(table, table.layout.slot(kpi, by), *period)
    grouped = breakdown.count(table, found, dims, {})
    return {
        grouped.values(n): (int(grouped.numerator[n]), int(grouped.denominator[n]), grouped.excluded_of(n))
        for n in range(len(grouped))
    }


def test_the_city_file_is_whole(city, path):
    _, _, known = city
    assert len(known) == 10_000
    assert ask(path, "SELECT count(*) FROM rows") == [(10_000,)]


def test_incremental_equals_recount_on_the_city_file(city):
    engine, table, known = city
    recount = Recount(baltimore.RULES, baltimore.now())
    recount.add(known.values())
    assert against_tally(recount, freeze(engine.tally, baltimore.now(), 0)) == []
    assert against_table(recount, table) == []
    assert sum(recount.cells.values()) > 100_000


def test_closure_and_on_time_are_what_sql_says_by_due_date(city, path):
    engine, table, _ = city
    found = ask(
        path,
        f"""SELECT date_part('year', due)::int,
              count(*) FILTER (is_closed), count(*) FILTER (is_closed OR due < TIMESTAMP '{baltimore.LAST}'),
              count(*) FILTER (is_closed AND closed <= due)
            FROM rows WHERE due IS NOT NULL AND NOT is_out GROUP BY 1""",
    )
    assert len(found) == 6
    for year, closed, due, on_time in found:
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        closure, punctual = (engine.figure(kpi, period) for kpi in ("closure_rate", "on_time_rate"))
        assert (closure.numerator, closure.denominator) == (closed, due)
        assert (punctual.numerator, punctual.denominator) == (on_time, due)
        assert columns(table, "on_time_rate", "due", (), (period.start, period.end))[()][:2] == (on_time, due)
    assert sum(row[1] for row in found) > 9_000


def test_what_is_excluded_is_what_sql_says(city, path):
    _, table, _ = city
    found = dict(
        ask(
            path,
            """SELECT CASE WHEN status LIKE '%Duplicate%' THEN 'merged' WHEN is_out THEN 'out_of_remit' ELSE 'no_limit' END,
                 count(*) FROM rows WHERE is_out OR due IS NULL GROUP BY 1""",
        )
    )
    assert columns(table, "closure_rate", "due")[()][2] == found
    assert set(found) == {"merged", "out_of_remit", "no_limit"}


def test_on_time_by_closed_date_counts_those_without_a_limit_as_not_on_time(city, path):
    _, table, _ = city
    found = ask(
        path,
        """SELECT unit, strftime(closed, '%Y-%m'), count(*) FILTER (closed <= due), count(*) FROM rows
           WHERE is_closed GROUP BY ALL""",
    )
    got = {
        values: (numerator, denominator)
        for values, (numerator, denominator, _) in columns(table, "on_time_rate", "closed", ("unit", "month")).items()
        if denominator
    }
    assert got == {(unit, month): (on_time, n) for unit, month, on_time, n in found}
    assert len(got) > 300


def test_closed_of_accepted_by_day_and_unit(city, path):
    _, table, _ = city
    found = ask(
        path,
        """SELECT unit, strftime(created, '%Y-%m-%d'), count(*) FILTER (is_closed), count(*) FROM rows
           WHERE NOT is_out GROUP BY ALL""",
    )
    got = columns(table, "closure_rate_accepted", "accepted", ("unit", "day"))
    assert {values: n[:2] for values, n in got.items() if n[1]} == {(u, day): (c, n) for u, day, c, n in found}


# -- the month of Pingshan ---------------------------------------------------------------------------


def test_incremental_equals_recount_through_a_simulated_month(shared_data: Path, tmp_path: Path):
    """Every Pingshan ticket reported in one month, walked through all its stages by the rules, checked each week."""
    site = demo_site()
    rows = [
        row for row in read_rows(shared_data / "tickets_cn" / "pingshan_district_tickets_2018_02_to_10.csv.gz", site)
    ]
    month = [row for row in rows if isinstance(row, RecordedRow) and row.reported_at.strftime("%Y-%m") == "2018-08"]
    assert len(month) > 500
    start = min(row.reported_at for row in month)
    store = Store.open(tmp_path)
    engine, table = KpiEngine(KpiSetup()), FactTable(DEFAULT_RULES)
    engine.load([], start)
    table.load([], start)

    def follow(records):
        for record in records:
            if record.after is not None:
                engine.apply(record.before, record.after, record.occurred_at)
                table.put(record.after, record.seq)

    async def live() -> None:
        sinks: list[Sink] = []
        service = CommandService(store, site.rules, standing_clock(start + timedelta(days=90)), sinks)
        plans = [make_plan(row, site.rules, sorted(site.units), 1, 0, None) for row in month]
        simulator = Simulator(plans, InProcessPort(service, store))
        sinks[:] = [simulator.follow_log, follow]
        simulator.start()
        for week in range(1, 7):
            until = start + timedelta(weeks=week)
            await simulator.run_until(until)
            await asyncio.to_thread(check, until)
        assert simulator.done["close"] > 0.9 * len(month)
        await service.stop()

    def check(until):
        engine.advance(until)
        table.advance(until)
        assert engine.now is not None
        recount = Recount(DEFAULT_RULES, engine.now)
        recount.add(store.iter_tickets(Scope()))
        assert recount.tickets > 0
        assert against_tally(recount, freeze(engine.tally, engine.now, 0)) == []
        assert table.now == engine.now
        assert against_table(recount, table) == []

    try:
        asyncio.run(live())
        kpi = engine.figure("verify_on_time", Period(date(2018, 1, 1), date(2019, 1, 1), ""))
        checked = engine.figure("check_on_time", Period(date(2018, 1, 1), date(2019, 1, 1), ""))
        disputes = engine.figure("mediation_success", Period(date(2018, 1, 1), date(2019, 1, 1), ""))
        assert 0 < disputes.numerator < disputes.denominator
        assert not disputes.excluded
        assert kpi.denominator > 0
        assert checked.denominator > 0
    finally:
        store.close()
