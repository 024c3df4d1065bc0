"""A published revision is in force with the next command, on every desk, and after a restart; a calendar change moves limits by events."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from backend import hub, site_book
from backend.answers import QueryError
from backend.handlers import SYSTEM
from backend.hub import MAX_TOPIC
from backend.reference import demo_site
from backend.report_offline import tables_of
from backend.table_queries import TableQueries
from domain import commands
from domain.actor import Actor
from domain.catalogue import Item
from domain.clocks import OfficeHours
from domain.documents import DocCommand
from domain.ids import AreaCode, ItemCode, TicketId
from domain.tables import commands as tables
from domain.tables.calendar_effect import Effect, recalculated
from domain.tables.deciding import NAME
from domain.tables.proposals import Usage
from domain.tables.values import Rows, WorkDay
from domain.tables.words import Table
from domain.ticket import Limit, Ticket
from domain.vocabulary import LimitType, Role, Source
from protocol.documents import encode_json
from protocol.messages import Act, Outcome, Submit
from protocol.reference import TOPIC, Reference, decode
from tests.unit.backend.house import REGISTRAR, TOWN_A, person
from tests.unit.backend.test_app import Backend, serving

OFFICER = person(Role.SYSTEM_ADMIN)
OUTBOX = "0" * 31 + "7"
WORKDAYS = next(item for item in demo_site().catalogue if item.limit == Limit(5.0, LimitType.WORKING_DAYS))
MONDAY = datetime(2018, 10, 15, 1, 0, tzinfo=UTC)
"""09:00 of a plain Monday in Shanghai."""


class Hand:
    """Gives commands to the service of a backend, numbered."""

    def __init__(self, backend: Backend) -> None:
        self._backend, self._n = backend, 0

    async def act(self, command: DocCommand, doc: str | None = None, version: int | None = None) -> Outcome:
        self._n += 1
        act = Act(
            outbox_id=OUTBOX,
            n=self._n,
            kind=NAME,
            doc_id=doc,
            expected_version=version,
            body=msgspec.Raw(encode_json(command)),
            created_at=datetime.now(UTC),
        )
        return await self._backend.service.submit(OFFICER, act)

    async def report(self, item: ItemCode) -> Outcome:
        command = commands.Report(source=Source.PATROL, external_ref=f"r{self._n}", area=TOWN_A, item=item)
        return await self.give(command, None, None)

    async def give(self, command: commands.Base, ticket: TicketId | None, version: int | None) -> Outcome:
        self._n += 1
        submit = Submit(
            outbox_id=OUTBOX,
            n=self._n,
            ticket_id=ticket,
            expected_version=version,
            command=command,  # type: ignore[arg-type]
            created_at=datetime.now(UTC),
        )
        return await self._backend.service.submit(REGISTRAR, submit)

    async def filed(self, item: ItemCode) -> Ticket:
        reported = await self.report(item)
        assert reported.ticket_id is not None, reported
        outcome = await self.give(commands.File(), reported.ticket_id, reported.version)
        assert outcome.status == "applied", outcome
        return await self.ticket(reported.ticket_id)

    async def ticket(self, ticket_id: TicketId) -> Ticket:
        found = await self._backend.store.ticket(ticket_id)
        assert found is not None
        return found


def amend(*items: Item) -> tables.Amend:
    return tables.Amend(table=Table.LIST, reason="缩短时限", rows=Rows(items=items))


def published_reference(backend: Backend) -> Reference:
    (body,) = [topic.body for (name, _), topic in backend.hub._topics.items() if name == TOPIC]
    return decode(body)


def test_a_ticket_keeps_the_version_it_was_filed_under_and_the_next_is_filed_under_the_new_one(tmp_path: Path) -> None:
    shorter = msgspec.structs.replace(WORKDAYS, limit=Limit(1.0, LimitType.WORKING_DAYS))

    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        before = await hand.filed(WORKDAYS.code)
        outcome = await hand.act(amend(shorter))
        assert outcome.status == "applied", outcome
        after = await hand.filed(WORKDAYS.code)
        assert (before.item_version, after.item_version) == (1, 2)
        assert before.due_at is not None
        assert after.due_at is not None
        assert after.due_at < before.due_at
        assert backend.tables.rules.item_of(before) == WORKDAYS
        reference = published_reference(backend)
        assert {item.version for item in reference.items if item.code == WORKDAYS.code} == {1, 2}

    serving(tmp_path, work, clock_base=MONDAY)

    async def again(backend: Backend) -> None:
        assert (await Hand2(backend).filed(WORKDAYS.code)).item_version == 2
        assert len(published_reference(backend).items) == len(demo_site().catalogue) + 1

    class Hand2(Hand):
        """Another outbox: numbers begin anew."""

        def __init__(self, backend: Backend) -> None:
            super().__init__(backend)
            self._n = 1000

    serving(tmp_path, again, clock_base=MONDAY + timedelta(hours=1))


def test_a_retired_item_is_not_filed_under_any_more(tmp_path: Path) -> None:
    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        old = await hand.filed(WORKDAYS.code)
        assert (await hand.act(amend(msgspec.structs.replace(WORKDAYS, retired=True)))).status == "applied"
        refused = await hand.report(WORKDAYS.code)
        assert (refused.status, refused.code) == ("rejected", "unknown_item")
        assert backend.tables.rules.item_of(old) == WORKDAYS

    serving(tmp_path, work, clock_base=MONDAY)


def day_off(*days: date, working: bool | None = False) -> tables.Amend:
    changes = tuple(WorkDay(day, working) for day in days)
    return tables.Amend(table=Table.CALENDAR, reason="台风停工", rows=Rows(days=changes))


async def _recalculated(backend: Backend, hand: Hand, ticket: Ticket) -> Ticket:
    while True:
        found = await hand.ticket(ticket.id)
        if found.version > ticket.version:
            return found
        await asyncio.sleep(0)


def test_a_calendar_change_moves_open_tickets_by_an_event_and_back(tmp_path: Path) -> None:
    off = (date(2018, 10, 16), date(2018, 10, 17))

    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        before = await hand.filed(WORKDAYS.code)
        assert (await hand.act(day_off(*off))).status == "applied"
        moved = await _recalculated(backend, hand, before)
        assert before.due_at is not None
        assert moved.due_at is not None
        assert moved.due_at > before.due_at
        assert recalculated(moved, backend.tables.rules, backend.clock.now_business(), SYSTEM) is None
        records = await backend.store.record(before.id)
        assert records[-1].type == "recalculated"
        assert records[-1].actor.role is Role.SYSTEM
        assert published_reference(backend).days == dict.fromkeys(off, False)
        assert (await hand.act(day_off(*off, working=None))).status == "applied"
        assert (await _recalculated(backend, hand, moved)).due_at == before.due_at

    serving(tmp_path, work, clock_base=MONDAY)


SHORT = OfficeHours(((36000, 43200), (50400, 57600)))
"""10:00-12:00 14:00-16:00: four hours instead of seven and a half."""


def asked(backend: Backend) -> TableQueries:
    return TableQueries(backend.tables, backend.store, backend.clock)


def test_the_dry_run_of_other_office_hours_says_what_the_change_then_does(tmp_path: Path) -> None:
    rows = Rows(hours=(SHORT,))

    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        before = await hand.filed(WORKDAYS.code)
        body = await asked(backend).calendar_effect(OFFICER, {"rows": msgspec.to_builtins(rows)})
        told = msgspec.json.decode(body, type=Effect)
        assert (told.looked_at, told.moved, told.later) == (1, 1, 1)
        assert (await hand.ticket(before.id)).version == before.version, "a dry run changes nothing"
        change = tables.Amend(table=Table.CALENDAR, reason="夏令作息", rows=rows)
        assert (await hand.act(change)).status == "applied"
        moved = await _recalculated(backend, hand, before)
        assert (told.shown[0].before, told.shown[0].after) == (before.due_at, moved.due_at)
        assert (await backend.store.record(before.id))[-1].type == "recalculated"
        assert published_reference(backend).hours == SHORT

    serving(tmp_path, work, clock_base=MONDAY)

    async def again(backend: Backend) -> None:
        assert backend.tables.rules.calendar.hours == SHORT

    serving(tmp_path, again, clock_base=MONDAY)


def test_a_dry_run_is_for_the_system_officer_and_of_hours_that_can_be(tmp_path: Path) -> None:
    async def code(backend: Backend, actor: Actor, rows: Rows) -> str:
        try:
            await asked(backend).calendar_effect(actor, {"rows": msgspec.to_builtins(rows)})
        except QueryError as refused:
            return refused.code
        return ""

    async def work(backend: Backend) -> None:
        assert await code(backend, REGISTRAR, Rows(hours=(SHORT,))) == "role"
        assert await code(backend, OFFICER, Rows(hours=(OfficeHours(((43200, 32400),)),))) == "bad_args"
        assert await code(backend, OFFICER, Rows()) == "bad_args"
        assert await code(backend, OFFICER, Rows(hours=(SHORT,))) == ""

    serving(tmp_path, work, clock_base=MONDAY)


def test_what_a_stopped_run_left_behind_is_recalculated_at_the_next_start(tmp_path: Path) -> None:
    tickets: list[Ticket] = []

    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        tickets.append(await hand.filed(WORKDAYS.code))
        for task in backend._tasks:
            if task.get_name() == "recalculation":
                task.cancel()
        assert (await hand.act(day_off(date(2018, 10, 16)))).status == "applied"
        assert (await hand.ticket(tickets[0].id)).version == tickets[0].version

    serving(tmp_path, work, clock_base=MONDAY)

    async def again(backend: Backend) -> None:
        moved = await _recalculated(backend, Hand(backend), tickets[0])
        assert moved.due_at != tickets[0].due_at

    serving(tmp_path, again, clock_base=MONDAY + timedelta(hours=1))


def test_usage_counts_each_item_and_what_was_refused_for_want_of_one(tmp_path: Path) -> None:
    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        await hand.filed(WORKDAYS.code)
        for no_item in (True, False):
            reported = await hand.report(WORKDAYS.code)
            refused = await hand.give(
                commands.Refuse(text="清单没有", no_item=no_item), reported.ticket_id, reported.version
            )
            assert refused.status == "applied", refused
        now = backend.clock.now_business()
        ask = asked(backend).usage
        (used,) = msgspec.json.decode(await ask(OFFICER, {"since": now.isoformat()}), type=list[Usage])
        assert (used.item, used.total, used.recent, used.no_item) == (WORKDAYS.code, 3, 0, 0)
        before = (now - timedelta(days=1)).isoformat()
        (used,) = msgspec.json.decode(await ask(OFFICER, {"since": before}), type=list[Usage])
        assert (used.total, used.recent, used.no_item) == (3, 3, 1)
        elsewhere = person(Role.LEADER, AreaCode("440310002"))
        assert msgspec.json.decode(await ask(elsewhere, {"since": before})) == []

    serving(tmp_path, work, clock_base=MONDAY)


def test_a_report_from_the_log_names_by_the_published_tables(tmp_path: Path) -> None:
    shorter = msgspec.structs.replace(WORKDAYS, limit=Limit(1.0, LimitType.WORKING_DAYS))

    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        kept = site_book.load(tmp_path)
        assert kept is not None
        assert tables_of("", tmp_path, kept) == kept == site_book.installed(demo_site())
        assert (await hand.act(amend(shorter))).status == "applied"
        draft = await hand.act(tables.Start(table=Table.LIST, reason="未完"))
        assert draft.status == "applied", draft
        assert tables_of("", tmp_path, kept) == backend.tables.reference != demo_site().reference

    serving(tmp_path, work, clock_base=MONDAY)


def test_a_list_with_many_versions_still_reaches_every_desk_and_the_next_start(tmp_path: Path) -> None:
    """About the sixth whole revision of a list of five hundred items, with the conditions of a real standard."""
    condition = "".join(chr(0x4E00 + n) for n in range(60))
    items = [
        Item(
            code=ItemCode(f"V{n:04d}"),
            class_name="市容环卫",
            sub_class_name=f"小类{n % 40}",
            name=f"事项 {n}",
            filing_condition=condition[n % 50 :],
            closing_condition=condition[: n % 60],
        )
        for n in range(3000)
    ]

    async def work(backend: Backend) -> None:
        hand = Hand(backend)
        started = await hand.act(tables.Start(table=Table.LIST, reason="换标准"))
        version = started.version
        for at in range(0, len(items), 100):
            put = await hand.act(tables.Put(rows=Rows(items=tuple(items[at : at + 100]))), started.ticket_id, version)
            version = put.version
        assert (await hand.act(tables.Publish(), started.ticket_id, version)).status == "applied"
        reference = published_reference(backend)
        assert len(msgspec.json.encode(reference)) > MAX_TOPIC
        assert {item.code for item in items} <= {item.code for item in reference.items}

    serving(tmp_path, work, clock_base=MONDAY)

    async def again(backend: Backend) -> None:
        assert len(published_reference(backend).items) >= len(items)

    serving(tmp_path, again, clock_base=MONDAY)


def test_tables_that_no_topic_can_carry_do_not_stop_the_centre(tmp_path: Path, monkeypatch, caplog) -> None:
    monkeypatch.setattr(hub, "MAX_TOPIC", 20_000)

    async def work(backend: Backend) -> None:
        outcome = await Hand(backend).act(day_off(date(2018, 10, 16)))
        assert outcome.status == "applied"

    serving(tmp_path, work, clock_base=MONDAY)
    assert "ALARM reference_too_large" in caplog.text
