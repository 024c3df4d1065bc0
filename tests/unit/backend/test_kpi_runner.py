"""The runner against a source that can be held: no gap, no duplicate, one figure per scope, answers that add up."""

import asyncio
import threading
from contextlib import contextmanager
from datetime import timedelta

import msgspec
import pytest

from backend.connection import QueryError
from backend.kpi_runner import AS_OF_S, IDLE_S, RETRY_S, KpiRunner, setup_for
from backend.store.records import LogRecord
from domain import commands
from domain.actor import Actor, ActorRef, Scope
from domain.ids import AreaCode, UserId
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_overview import overview
from domain.kpi_types import Board, Overview
from domain.vocabulary import Role, Source
from tests.patience import WHOLE_S
from tests.unit.backend.house import DISPATCHER, SHIFT_LEADER, TO_HANDLED, TOWN_A, TOWN_B, UNIT_A, House
from tests.unit.domain.kpi_cases import ITEMS, START, TOWNS, at, closed, ticket

ALL = Scope()
TOWN = Scope(areas=(AreaCode(TOWNS[0]),))
OCTOBER = {"start": "2018-10-01", "end": "2018-11-01"}


class Hall:
    """Clock, ticket source and topic board in one: what the runner is given."""

    def __init__(self, *found):
        self.tickets = {one.id: one for one in found}
        self.seq = len(found)
        self.business = at(1)
        self.server = START
        self.released = threading.Event()
        self.released.set()
        self.reading = threading.Event()
        self.broken = False
        self.ahead = None
        self.published = []
        self.shown = asyncio.Event()
        self.runner = KpiRunner(self, KpiSetup(items=ITEMS), self, self.publish)

    def now_server(self):
        return self.server

    def now_business(self):
        return self.business

    def publish(self, topic, scope_hash, body, *, as_of):
        self.shown.set()
        self.published.append((topic, scope_hash, msgspec.json.decode(body, type=Overview)))

    @contextmanager
    def scan(self, scope):
        if self.broken:
            raise OSError("disk")
        if self.ahead is not None:  # committed, and not fed yet
            seq, found = (
                self.seq + 1,
                [one for one in {**self.tickets, self.ahead.id: self.ahead}.values() if scope.covers(one)],
            )
            self.reading.set()
            assert self.released.wait(10)
            yield seq, iter(found)
            return
        seq, found = self.seq, [one for one in self.tickets.values() if scope.covers(one)]
        self.reading.set()
        assert self.released.wait(10)
        yield seq, iter(found)

    def commit(self, after, *, seq=None):
        self.seq += 1
        before = self.tickets.get(after.id)
        self.tickets[after.id] = after
        record = LogRecord(
            seq=seq or self.seq,
            epoch="e",
            type="x",
            entity_id=after.id,
            entity_version=after.version,
            actor=ActorRef(Role.SYSTEM),
            user="",
            occurred_at=self.business,
            server_time=self.server,
            body=b"{}",
            before=before,
            after=after,
        )
        self.runner.feed([record])

    def commit_ahead(self):
        one, self.ahead = self.ahead, None
        self.commit(one)

    def pass_time(self, seconds):
        self.server += timedelta(seconds=seconds)
        self.business += timedelta(seconds=seconds)

    @property
    def last(self):
        return self.published[-1][2]


def actor(scope=ALL):
    return Actor(user=UserId("u"), role=Role.LEADER, scope=scope)


def run(scenario):
    async def bounded():
        async with asyncio.timeout(WHOLE_S):
            await scenario

    asyncio.run(bounded())


def test_what_is_committed_while_reading_is_counted_once():
    async def scenario():
        hall = Hall(ticket("t1"))
        hall.released.clear()
        hall.runner.on_scope("h", ALL, True)
        await asyncio.to_thread(hall.reading.wait, 10)
        hall.commit(closed("t1", 0.5))
        hall.commit(ticket("t2"))
        hall.released.set()
        await hall.runner.ready(ALL)
        hall.runner.tick()
        assert (hall.last.accepted_today, hall.last.closed_today, hall.last.open.total) == (2, 1, 1)
        await hall.runner.stop()

    run(scenario())


def test_what_the_reading_saw_already_is_not_counted_again(caplog):
    async def scenario():
        hall = Hall()
        hall.runner.on_scope("h", ALL, True)  # the reading has not begun
        hall.commit(ticket("t1"))  # ... and will see this one
        await hall.runner.ready(ALL)
        hall.runner.tick()
        assert hall.last.open.total == 1
        assert caplog.text == ""  # it was left out, not found out of step
        await hall.runner.stop()

    run(scenario())


def test_a_scope_sees_tickets_come_and_go():
    async def scenario():
        hall = Hall(ticket("t1"))
        hall.runner.on_scope("h", TOWN, True)
        engine = await hall.runner.ready(TOWN)
        hall.commit(ticket("t1", area=AreaCode(TOWNS[1] + "001"), version=2))
        assert engine.open.split().total == 0
        hall.commit(ticket("t1", version=3))
        assert engine.open.split().total == 1
        await hall.runner.stop()

    run(scenario())


def test_published_when_changed_and_else_every_fifteen_seconds():
    async def scenario():
        hall = Hall(ticket("t1"))
        hall.runner.on_scope("h", ALL, True)
        await hall.runner.ready(ALL)
        hall.runner.tick()
        hall.pass_time(1)
        hall.runner.tick()
        assert len(hall.published) == 1
        hall.commit(ticket("t2"))
        hall.runner.tick()
        assert len(hall.published) == 2
        hall.pass_time(AS_OF_S)
        hall.runner.tick()
        assert len(hall.published) == 3
        assert hall.last.as_of == hall.business
        hall.pass_time(7.1 * 3600)  # at risk by time alone
        hall.runner.tick()
        assert hall.last.open.at_risk == 2
        await hall.runner.stop()

    run(scenario())


def test_when_sources_last_reported_travels_with_the_figures_of_every_scope():
    async def scenario():
        hall = Hall(ticket("t1"))
        heard = {Source.HOTLINE_12345: START}
        hall.runner = KpiRunner(hall, KpiSetup(items=ITEMS), hall, hall.publish, heard=lambda: heard)
        hall.runner.on_scope("h", TOWN, True)
        await hall.runner.ready(TOWN)
        hall.runner.tick()
        assert hall.last.heard == heard
        await hall.runner.stop()

    run(scenario())


def test_scopes_that_differ_in_masking_only_share_one_figure():
    async def scenario():
        hall = Hall(ticket("t1"))
        hall.runner.on_scope("masked", ALL, True)
        hall.runner.on_scope("open", Scope(masked=False), True)
        assert await hall.runner.ready(ALL) is await hall.runner.ready(Scope(masked=False))
        hall.runner.tick()
        assert [scope_hash for _, scope_hash, _ in hall.published] == ["masked", "open"]
        hall.runner.on_scope("open", Scope(masked=False), False)
        hall.commit(ticket("t2"))
        hall.runner.tick()
        assert hall.published[-1][:2] == ("kpi.overview", "masked")
        await hall.runner.stop()

    run(scenario())


def test_out_of_step_is_built_anew_from_the_store(caplog):
    async def scenario():
        hall = Hall(ticket("t1"))
        hall.runner.on_scope("h", ALL, True)
        first = await hall.runner.ready(ALL)
        hall.commit(ticket("t2"), seq=99)
        second = await hall.runner.ready(ALL)
        assert second is not first
        hall.runner.tick()
        assert hall.last.open.total == 2
        assert "out of step" in caplog.text
        await hall.runner.stop()

    run(scenario())


def test_a_reading_that_failed_is_tried_again(caplog):
    async def scenario():
        hall = Hall(ticket("t1"))
        hall.broken = True
        hall.runner.on_scope("h", ALL, True)
        with pytest.raises(QueryError, match="cannot be built"):
            await hall.runner.ready(ALL)
        hall.runner.tick()
        assert hall.published == []
        hall.broken = False
        hall.pass_time(RETRY_S)
        hall.runner.tick()
        await hall.runner.ready(ALL)
        hall.runner.tick()
        assert hall.last.open.total == 1
        await hall.runner.stop()

    run(scenario())


def test_an_engine_nobody_looks_at_is_let_go():
    async def scenario():
        hall = Hall(ticket("t1"))
        first = await hall.runner.ready(ALL)
        hall.runner.tick()
        assert await hall.runner.ready(ALL) is first
        hall.pass_time(IDLE_S)
        hall.runner.tick()
        assert await hall.runner.ready(ALL) is not first
        await hall.runner.stop()

    run(scenario())


def test_the_board_is_of_the_askers_scope():
    async def scenario():
        hall = Hall(closed("t1"), closed("t2", area=AreaCode(TOWNS[1] + "001")))
        shown = msgspec.json.decode(await hall.runner.queries["board"](actor(TOWN), OCTOBER), type=Board)
        assert next(kpi for kpi in shown.kpis if kpi.id == "closure_rate").denominator == 1
        await hall.runner.stop()

    run(scenario())


def test_the_lists_behind_a_figure_add_up_and_come_in_pages():
    async def scenario():
        late = [closed(f"late{n}", 12) for n in range(3)]
        hall = Hall(*late, closed("t1"), closed("void", business=None, on_time=None))
        hall.business = at(13)
        ask = hall.runner.queries["behind"]
        question = {"kpi": "on_time_rate", **OCTOBER}
        replies = {
            part: msgspec.json.decode(await ask(actor(), {**question, "part": part}))
            for part in ("numerator", "denominator_only", "denominator", "excluded")
        }
        kpi = replies["numerator"]["kpi"]
        assert (kpi["numerator"], kpi["denominator"], kpi["excluded"]) == (1, 4, {"no_limit": 1})
        assert {part: reply["total"] for part, reply in replies.items()} == {
            "numerator": 1,
            "denominator_only": 3,
            "denominator": 4,
            "excluded": 1,
        }
        page = msgspec.json.decode(
            await ask(actor(), {**question, "part": "denominator_only", "offset": 1, "limit": 1})
        )
        assert (page["ids"], page["total"]) == (["late1"], 3)

    run(scenario())


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"kpi": "no_such", **OCTOBER}, "unknown_kpi"),
        ({"kpi": "closure_rate"}, "bad_question"),
        ({"kpi": "closure_rate", **OCTOBER, "part": "all"}, "bad_question"),
        ({"kpi": "closure_rate", **OCTOBER, "limit": 10**9}, "bad_question"),
        ({"kpi": "closure_rate", **OCTOBER, "sql": "1"}, "bad_question"),
        ({"kpi": "closure_rate", "start": "2018-10-02", "end": "2018-10-02"}, "bad_period"),
        ({"kpi": "closure_rate", "start": "1018-10-02", "end": "2018-10-02"}, "bad_period"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_code(args, code):
    async def scenario():
        with pytest.raises(QueryError) as refused:
            await Hall().runner.queries["behind"](actor(), args)
        assert refused.value.code == code

    run(scenario())


def test_a_board_without_a_period_is_refused():
    async def scenario():
        with pytest.raises(QueryError) as refused:
            await Hall().runner.queries["board"](actor(), {"start": "soon"})
        assert refused.value.code == "bad_question"

    run(scenario())


def test_one_town_is_ranked_by_community():
    assert setup_for(KpiSetup(), TOWN).ranked_dim == "community"
    assert setup_for(KpiSetup(), Scope(areas=(AreaCode("440310"),))).ranked_dim == "town"
    assert setup_for(KpiSetup(), ALL).ranked_dim == "town"


def test_running_ticks_until_it_is_cancelled():
    async def scenario():
        hall = Hall(ticket("t1"))
        hall.runner.on_scope("h", ALL, True)
        ticking = asyncio.create_task(hall.runner.run())
        await hall.shown.wait()
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
        assert hall.last.open.total == 1
        await hall.runner.stop()

    run(scenario())


def test_on_a_real_log_the_live_figures_are_those_of_a_fresh_reading(house: House):
    runner = KpiRunner(house.store, KpiSetup(), house.clock, lambda *args, **more: None)
    house.sinks.append(runner.feed)
    for scope in (ALL, Scope(areas=(TOWN_A,)), Scope(units=(UNIT_A,))):
        first = house.filed()
        engine = house.run(runner.ready(scope))
        house.walk(house.reported(TOWN_B), TO_HANDLED)
        house.walk(house.reported(TOWN_A), [*TO_HANDLED, (DISPATCHER, commands.Close())])
        house.do(SHIFT_LEADER, commands.Relocate(area=TOWN_B, text="x"), first, house.ticket(first).version)
        house.clock.pass_(timedelta(days=3))
        now = house.clock.now_business()
        engine.advance(now)
        fresh = KpiEngine(engine.setup)
        fresh.load(house.store.iter_tickets(scope), now)
        assert overview(fresh) == overview(engine)
        assert overview(engine).rates[0].kpi.denominator > 0
    house.run(runner.stop())


def test_the_check_leaves_out_what_was_committed_while_it_read():
    async def scenario():
        hall = Hall(ticket("t1"), ticket("t2"))
        hall.runner.on_scope("h", ALL, True)
        await hall.runner.ready(ALL)
        for check in (hall.runner.check(ALL), hall.runner.check_facts()):
            hall.reading.clear()
            hall.released.clear()
            checking = asyncio.create_task(check)
            # The reading sees a change that happened after the figures were frozen.
            hall.ahead = closed("t1", 0.5, version=hall.tickets[ticket("t1").id].version + 1)
            await asyncio.to_thread(hall.reading.wait, 10)
            hall.commit_ahead()
            hall.commit(ticket(f"t{hall.seq}"))  # ... and not this one
            hall.released.set()
            assert await checking == []
        await hall.runner.stop()

    run(scenario())
