"""The simulator against the real store and rules: the recorded late/in-time flag comes out, nothing is refused, twice adds nothing."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from backend.handlers import CommandService, Sink
from backend.intake.recorded import RecordedRow
from backend.reference import Site, demo_site
from backend.simulator.day import DayError, DaySpec, InProcessPort, plans_for, sample_rows
from backend.simulator.load import invent_rows
from backend.simulator.plan import make_plan
from backend.simulator.run import Simulator
from backend.simulator.template import standing_clock, template_key
from backend.store.store import Store
from domain.actor import Scope
from domain.ticket import Ticket

ROWS = 150


@pytest.fixture(scope="module")
def site() -> Site:
    return demo_site()


@pytest.fixture(scope="module")
def rows(site: Site) -> list[RecordedRow]:
    return sample_rows(site)[:ROWS]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path)
    yield store
    store.close()


async def feed(store: Store, site: Site, rows: list[RecordedRow], times: int = 1) -> list[Simulator]:
    end = rows[-1].reported_at + timedelta(days=60)
    sinks: list[Sink] = []
    service = CommandService(store, site.rules, standing_clock(end), sinks)
    runs = []
    for _ in range(times):
        plans = [make_plan(row, site.rules, sorted(site.units), 1, 0, None) for row in rows]
        simulator = Simulator(plans, InProcessPort(service, store))
        sinks[:] = [simulator.follow_log]
        simulator.start()
        await simulator.run_until(end)
        runs.append(simulator)
    await service.stop()
    return runs


def by_ref(store: Store) -> dict[str, Ticket]:
    return {ticket.external_ref: ticket for ticket in store.iter_tickets(Scope())}


def test_every_ticket_closes_as_recorded_and_no_step_is_refused(
    store: Store, site: Site, rows: list[RecordedRow]
) -> None:
    (simulator,) = asyncio.run(feed(store, site, rows))
    assert dict(simulator.refused) == {}
    tickets = by_ref(store)
    assert {ref: ticket.on_time for ref, ticket in tickets.items()} == {row.rec_id: not row.late for row in rows}
    assert all(tickets[row.rec_id].reported_at == row.reported_at for row in rows)
    assert all(ticket.simulated for ticket in tickets.values())


def test_feeding_twice_adds_nothing(store: Store, site: Site, rows: list[RecordedRow]) -> None:
    first, second = asyncio.run(feed(store, site, rows[:40], times=2))
    assert first.done["report"] == 40
    assert (second.done.total(), second.known) == (0, 40)
    assert store.head.seq == first.done.total()


def test_the_same_seed_plans_the_same_course(site: Site, rows: list[RecordedRow]) -> None:
    units = sorted(site.units)
    one, two = (make_plan(rows[7], site.rules, units, 5, 1, None) for _ in range(2))
    assert one == two
    assert one != make_plan(rows[7], site.rules, units, 6, 1, None)


def test_copies_of_a_larger_district_have_references_of_their_own(site: Site, rows: list[RecordedRow]) -> None:
    plans = plans_for(DaySpec(scale=3), site, sample_rows(site))
    references = {plan.report.external_ref for plan in plans}
    assert len(references) == len(plans)
    assert len(plans) % 3 == 0


def test_a_day_without_tickets_is_refused_in_words(site: Site, rows: list[RecordedRow]) -> None:
    with pytest.raises(DayError, match="choose one from 2018-02-08"):
        plans_for(DaySpec(day=DaySpec().day.replace(year=2020)), site, rows)


def test_another_spec_is_another_prepared_past() -> None:
    assert template_key(DaySpec()) != template_key(DaySpec(scale=2))


def test_load_draws_from_the_record(rows: list[RecordedRow]) -> None:
    invented = list(islice(invent_rows(rows, 10.0, rows[0].reported_at, 3), 500))
    assert {row.item for row in invented} <= {row.item for row in rows}
    assert [row.reported_at for row in invented] == sorted(row.reported_at for row in invented)
    assert len({row.rec_id for row in invented}) == 500
    span = (invented[-1].reported_at - invented[0].reported_at).total_seconds()
    assert 30 < span < 80  # 500 tickets at 10 a second
