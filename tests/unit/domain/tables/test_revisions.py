"""A revision of a table: whole or not at all, one draft at a time, numbers without a hole, old tickets keep their version."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain.actor import Actor
from domain.catalogue import Catalogue, Item
from domain.clocks import OfficeHours
from domain.documents import DocCode, DocContext, DocDecision, decide, fold
from domain.ids import AreaCode, ItemCode, UnitId
from domain.lifecycle.core import Rejection
from domain.organisation import Area, Post, Unit
from domain.rules import Rules
from domain.tables import commands
from domain.tables.current import Tables, items_of, laid_over
from domain.tables.deciding import MOST_ROWS
from domain.tables.difference import as_of, list_difference
from domain.tables.kind import TABLES
from domain.tables.values import Revision, Rows, WorkDay
from domain.tables.words import Progress, Table
from domain.tables.words import TableCode as Code
from domain.ticket import Limit
from domain.vocabulary import LimitType, Role
from tests.unit.domain.builders import COMMUNITY, DEPARTMENT, OFFICE, RULES, T0, TOWN, URGENT, WORKDAYS, actor

OFFICER = actor(Role.SYSTEM_ADMIN)
NEW = Item(code=ItemCode("E9"), class_name="市容", sub_class_name="占道", name="占道经营")


class Desk:
    """The revisions of a site in memory: each command decided and folded as the backend does."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.rules = rules
        self.revisions: dict[str, Revision] = {}
        self.now = T0

    def give(self, command: commands.Command, doc: str | None = None, who: Actor = OFFICER) -> Revision | Rejection:
        state = self.revisions.get(doc) if doc else None
        context = DocContext(
            actor=who,
            now=self.now,
            rules=self.rules,
            lookup=lambda kind, doc_id: self.revisions.get(doc_id),
            open_of=lambda kind: tuple(one for one in self.revisions.values() if one.is_open),
            ticket=lambda ticket_id: None,
        )
        decision = decide(TABLES, command, state, context)
        if isinstance(decision, Rejection):
            return decision
        assert isinstance(decision, DocDecision)
        doc_id = doc or TABLES.new_id(command, len(self.revisions) + 1, self.now.date())
        version = state.version + 1 if state else 1
        after = fold(TABLES, state, doc_id, version, decision.event, self.now)
        assert isinstance(after, Revision)
        self.revisions[doc_id] = after
        return after

    def done(self, command: commands.Command, doc: str | None = None) -> Revision:
        found = self.give(command, doc)
        assert isinstance(found, Revision), found
        return found

    def code(self, command: commands.Command, doc: str | None = None, who: Actor = OFFICER) -> str:
        found = self.give(command, doc, who)
        assert isinstance(found, Rejection), found
        return found.code


def amend(*items: Item, table: Table = Table.LIST, reason: str = "新增", **more: object) -> commands.Amend:
    return commands.Amend(table=table, reason=reason, rows=Rows(items=items), **more)  # type: ignore[arg-type]


def test_a_draft_counts_only_when_it_is_published_and_then_whole() -> None:
    desk = Desk()
    draft = desk.done(commands.Start(table=Table.LIST, reason="部标"))
    draft = desk.done(commands.Put(rows=Rows(items=(NEW,))), draft.id)
    draft = desk.done(commands.Put(rows=Rows(items=(replace(NEW, code=ItemCode("E10")),))), draft.id)
    assert laid_over(Tables(), desk.revisions.values()).items == ()
    published = desk.done(commands.Publish(), draft.id)
    assert (published.number, published.progress, published.valid_from) == (2, Progress.PUBLISHED, T0)
    assert [(item.code, item.version) for item in laid_over(Tables(), desk.revisions.values()).items] == [
        ("E9", 2),
        ("E10", 2),
    ]


def test_one_draft_at_a_time_of_each_table() -> None:
    desk = Desk()
    draft = desk.done(commands.Start(table=Table.LIST, reason="甲"))
    assert desk.code(commands.Start(table=Table.LIST, reason="乙")) == Code.DRAFT_OPEN
    assert desk.code(amend(NEW)) == Code.DRAFT_OPEN
    desk.done(commands.Start(table=Table.CALENDAR, reason="丙"))
    desk.done(commands.Drop(), draft.id)
    assert desk.code(commands.Put(rows=Rows(items=(NEW,))), draft.id) == Code.NOT_A_DRAFT
    assert desk.done(amend(NEW)).number == 2
    assert desk.done(amend(replace(NEW, name="流动摊贩"))).number == 3


def test_hours_belong_to_the_calendar_and_are_hours_of_a_day() -> None:
    def calendar(*hours: OfficeHours) -> commands.Amend:
        return commands.Amend(table=Table.CALENDAR, reason="作息", rows=Rows(hours=hours))

    desk, day = Desk(), OfficeHours(((32400, 43200),))
    assert desk.code(calendar(OfficeHours(((43200, 32400),)))) == Code.BAD_HOURS
    assert desk.code(calendar(OfficeHours(()))) == Code.BAD_HOURS
    assert desk.code(calendar(day, day)) == Code.TOO_MANY
    assert (
        desk.code(commands.Amend(table=Table.ORGANISATION, reason="作息", rows=Rows(hours=(day,)))) == Code.WRONG_TABLE
    )
    first = desk.done(calendar(day))
    then = desk.done(calendar(OfficeHours()))
    assert laid_over(Tables(), [first]).hours == day
    assert laid_over(Tables(), [then, first]).hours == OfficeHours(), "the later one counts"


def test_only_the_system_officer_changes_tables() -> None:
    for role in Role:
        expected = role is Role.SYSTEM_ADMIN
        found = Desk().give(amend(NEW), who=actor(role))
        assert isinstance(found, Revision) is expected, role
        if not expected:
            assert isinstance(found, Rejection)
            assert found.code == DocCode.ROLE


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (amend(NEW, reason=" "), Code.REASON_REQUIRED),
        (amend(NEW, reason="长" * 201), Code.TOO_LONG),
        (amend(NEW, valid_from=T0 - timedelta(seconds=1)), Code.IN_THE_PAST),
        (amend(NEW, table=Table.CALENDAR), Code.WRONG_TABLE),
        (amend(), Code.NOTHING_CHANGED),
        (amend(NEW, NEW), Code.CODE_TWICE),
        (amend(replace(NEW, code=ItemCode("甲"))), Code.BAD_CODE),
        (amend(replace(NEW, name=" ")), Code.NO_NAME),
        (amend(replace(NEW, limit=Limit(0, LimitType.WORKING_DAYS))), Code.BAD_LIMIT),
        (amend(replace(NEW, limit=Limit(1001, LimitType.WORKING_DAYS))), Code.BAD_LIMIT),
        (amend(replace(NEW, retired=True)), Code.UNKNOWN_ITEM),
        (amend(*(replace(NEW, code=ItemCode(f"E{n}")) for n in range(MOST_ROWS + 1))), Code.TOO_MANY),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_its_code(command: commands.Amend, code: Code) -> None:
    desk = Desk()
    assert desk.code(command) == code
    assert not desk.revisions


def organisation(**rows: object) -> commands.Amend:
    return commands.Amend(table=Table.ORGANISATION, reason="机构调整", rows=Rows(**rows))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (organisation(areas=(Area(AreaCode("44031"), "x"),)), Code.BAD_CODE),
        (organisation(areas=(Area(AreaCode("440311001"), "x"),)), Code.UNKNOWN_PARENT),
        (organisation(areas=(Area(TOWN, "x", unit=UnitId("U-none")),)), Code.UNKNOWN_UNIT),
        (organisation(gone=(TOWN,)), Code.UNKNOWN_PARENT),  # its community would hang in the air
        (organisation(units=(Unit(UnitId("U9"), "x", "department", UnitId("U-none")),)), Code.UNKNOWN_PARENT),
        (organisation(units=(Unit(DEPARTMENT, "x", "department", OFFICE),)), Code.UNIT_LOOP),
        (organisation(units=(Unit(UnitId("U9"), "x", "brigade", town=AreaCode("440399")),)), Code.UNKNOWN_AREA),
        (organisation(posts=(Post(AreaCode("440399"), "网格长"),)), Code.UNKNOWN_AREA),
        (organisation(posts=(Post(TOWN, "网格长", 1, UnitId("U-none")),)), Code.UNKNOWN_UNIT),
        (organisation(posts=(Post(TOWN, "网格长", 0),)), Code.TOO_MANY),
        (
            commands.Amend(table=Table.CALENDAR, reason="x", rows=Rows(days=(WorkDay(date(1999, 1, 1), False),))),
            Code.BAD_DAY,
        ),
    ],
)
def test_an_organisation_that_is_no_tree_is_refused_and_nothing_changed(command: commands.Amend, code: Code) -> None:
    desk = Desk()
    assert desk.code(command) == code
    assert not desk.revisions


def test_a_place_can_go_with_all_that_lies_in_it() -> None:
    desk = Desk()
    desk.done(organisation(gone=(TOWN, COMMUNITY)))
    areas = {area.code: area for area in RULES.areas}
    assert set(laid_over(Tables(areas=areas), desk.revisions.values()).areas) == {"440310", "440310002"}


def test_a_later_version_is_filed_under_from_its_day_on_and_a_retired_item_no_more() -> None:
    desk = Desk()
    shorter = replace(RULES.catalogue.current(URGENT), limit=Limit(4, LimitType.URGENT_HOURS))  # type: ignore[type-var]
    tomorrow = T0 + timedelta(days=1)
    revision = desk.done(amend(shorter, valid_from=tomorrow))  # type: ignore[arg-type]
    found = Catalogue([*RULES.catalogue.everything(), *items_of(revision)])
    before, after = found.current(URGENT, T0), found.current(URGENT, tomorrow)
    assert before is not None
    assert after is not None
    assert (before.version, after.version) == (1, 2)
    desk.now = tomorrow
    gone = desk.done(amend(replace(shorter, retired=True)))  # type: ignore[type-var]
    found = Catalogue([*found.everything(), *items_of(gone)])
    assert found.current(URGENT, tomorrow) is None
    old = found.at(URGENT, 1)
    assert old is not None
    assert old.limit == Limit(8, LimitType.URGENT_HOURS)


def test_a_draft_that_lay_too_long_counts_from_its_publishing() -> None:
    desk = Desk()
    draft = desk.done(commands.Start(table=Table.LIST, reason="x", valid_from=T0 + timedelta(days=1)))
    desk.done(commands.Put(rows=Rows(items=(NEW,))), draft.id)
    desk.now = T0 + timedelta(days=3)
    assert desk.done(commands.Publish(), draft.id).valid_from == desk.now


def test_the_difference_between_two_versions_names_the_fields() -> None:
    catalogue = RULES.catalogue
    known = catalogue.current(WORKDAYS)
    assert known is not None
    after = [item for item in catalogue if item.code not in (WORKDAYS, URGENT)]
    after += [replace(known, limit=None, name="不限"), NEW]
    found = list_difference(catalogue, after)
    assert [item.code for item in found.added] == ["E9"]
    assert [(each.before.code, each.fields) for each in found.revised] == [(WORKDAYS, ("name", "limit"))]
    assert [item.code for item in found.retired] == [URGENT]
    assert list_difference(catalogue, after, keep_missing=True).retired == ()
    everything = [*catalogue.everything(), *(replace(item, version=2) for item in found.changes)]
    assert not list_difference(as_of(everything, 1), catalogue).changes
    assert not list_difference(as_of(everything, 2), after).changes
