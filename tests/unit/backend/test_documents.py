"""Documents in the log: one command one event, exactly once, versions, scope, look-ups, and what a restart finds."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace

from backend.answers import QueryError
from backend.frames import EventEncoder
from backend.queries import LogQueries
from backend.store.store import FILE_NAME, Store
from backend.store.verify import verify_file
from domain.actor import Actor, ActorRef, Scope
from domain.documents import DocCommand, DocContext, DocDecision
from domain.ids import AreaCode, SeatId, TicketId
from domain.lifecycle import Rejection
from domain.vocabulary import Role
from protocol.messages import Event
from tests.unit.backend.house import (
    DISPATCHER,
    NOON,
    REGISTRAR,
    SHIFT_LEADER,
    TOWN_A,
    TOWN_B,
    UNIT_A,
    House,
    person,
)
from tests.unit.domain.notices import NOTICE, Move, Notice, Post, TakeDown, Tick, decide

N = NOTICE.name
LEADER_A, LEADER_B = person(Role.SHIFT_LEADER, TOWN_A), person(Role.SHIFT_LEADER, TOWN_B)


@pytest.fixture
def house(tmp_path: Path) -> Any:
    with House(tmp_path, kinds=[NOTICE]) as made:
        yield made


def posted(house: House, actor: Actor = SHIFT_LEADER, **fields: Any) -> str:
    outcome = house.act(actor, N, Post(**fields))
    assert (outcome.status, outcome.version) == ("applied", 1), outcome
    assert outcome.ticket_id is not None
    return outcome.ticket_id


def test_one_command_is_one_event_and_one_version(house: House) -> None:
    notice = posted(house, area=TOWN_A)
    outcome = house.act(DISPATCHER, N, Tick(), notice, 1)
    assert (outcome.status, outcome.ticket_id, outcome.version, outcome.seq) == ("applied", notice, 2, 2)
    first, second = house.records
    assert (first.entity, first.entity_id, first.type, first.document_before) == (N, notice, "posted", None)
    assert (second.type, second.entity_version, second.actor) == (
        "ticked",
        2,
        ActorRef(Role.DISPATCHER, SeatId("dispatcher")),
    )
    assert second.document_before == first.document
    assert second.document == house.document(N, notice)
    assert (second.before, second.after) == (None, None)
    assert house.document(N, notice) == Notice(
        id=notice, version=2, area=TOWN_A, changed_at=NOON, posted_at=NOON, ticks={"dispatcher": 0.0}
    )


def test_numbers_count_each_kind_and_day_and_a_refused_command_uses_none(house: House) -> None:
    assert posted(house) == "NB-240508-0001"
    assert house.act(SHIFT_LEADER, N, Post(area="nowhere")).code == "unknown_area"
    assert posted(house) == "NB-240508-0002"
    assert house.reported() == "240508-0001"
    house.clock.pass_(timedelta(days=1))
    assert posted(house) == "NB-240509-0001"


def test_the_same_command_again_gives_the_same_answer_and_nothing_else(house: House) -> None:
    message = house.act_message(N, Post(area=TOWN_A))
    first, second = house.send(SHIFT_LEADER, message, message)
    assert first == second == house.send(SHIFT_LEADER, message)[0]
    assert house.store.head.seq == 1
    other = replace(message, body=Raw(b'{"do":"post"}'))
    assert house.send(SHIFT_LEADER, other)[0].code == "id_misuse"
    assert house.send(DISPATCHER, message)[0].code == "id_misuse"
    submit = house.message(house.report_command(), n=message.n)
    assert house.send(SHIFT_LEADER, submit)[0].code == "id_misuse"


def test_an_answer_survives_a_restart(tmp_path: Path) -> None:
    with House(tmp_path, kinds=[NOTICE]) as house:
        message = house.act_message(N, Post(area=TOWN_A))
        first = house.send(SHIFT_LEADER, message)[0]
    with House(tmp_path, kinds=[NOTICE]) as again:
        assert again.send(SHIFT_LEADER, message)[0] == first
        assert again.act(SHIFT_LEADER, N, Tick(), first.ticket_id, 1).version == 2


def test_a_stale_version_is_a_conflict_with_who_when_and_what(house: House) -> None:
    notice = posted(house, area=TOWN_A)
    house.clock.pass_(timedelta(minutes=3))
    house.act(DISPATCHER, N, Tick(), notice, 1)
    outcome = house.act(SHIFT_LEADER, N, TakeDown(), notice, 1)
    assert (outcome.status, outcome.code, outcome.version, outcome.ticket_id) == ("conflict", "version", 2, notice)
    assert outcome.detail == {
        "current_version": 2,
        "by": {"role": "dispatcher", "seat": "dispatcher"},
        "at": (NOON + timedelta(minutes=3)).isoformat(),
        "events": ["ticked"],
        "diff": {"ticks": [{}, {"dispatcher": 180.0}]},
    }
    assert house.act(SHIFT_LEADER, N, TakeDown(), notice).code == "no_version"
    assert house.act(SHIFT_LEADER, N, TakeDown(), notice, 2).status == "applied"


def test_two_at_once_are_one_after_the_other(house: House) -> None:
    notice = posted(house)
    ticks = [house.act_message(N, Tick(), notice, 1), house.act_message(N, TakeDown(), notice, 1)]
    first, second = house.send(DISPATCHER, *ticks)
    assert (first.status, second.status) == ("applied", "conflict")


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("no_such_kind", b'{"do":"post"}', "unknown_kind"),
        (N, b'{"do":"no_such_command"}', "bad_command"),
        (N, b'{"do":"post","smuggled":1}', "bad_command"),
        (N, b'{"do":"post","area":5}', "bad_command"),
        (N, b'{"do":"take_down"}', "no_document"),
    ],
)
def test_what_the_kind_does_not_know_is_refused_for_good(house: House, kind: str, body: bytes, code: str) -> None:
    message = replace(house.act_message(N, Post()), kind=kind, body=Raw(body))
    first = house.send(SHIFT_LEADER, message)[0]
    assert (first.status, first.code) == ("rejected", code)
    assert house.send(SHIFT_LEADER, message)[0] == first
    assert house.store.head.seq == 0


def test_roles_states_and_scopes(house: House) -> None:
    notice = posted(house, area=TOWN_A)
    assert house.act(REGISTRAR, N, TakeDown(), notice, 1).code == "role"
    assert house.act(LEADER_B, N, TakeDown(), notice, 1).code == "out_of_scope"
    assert house.act(LEADER_B, N, TakeDown(), "NB-240508-9999", 1).code == "out_of_scope"
    assert house.act(SHIFT_LEADER, N, TakeDown(), "NB-240508-9999", 1).code == "unknown_document"
    assert house.act(LEADER_B, N, Post(area=TOWN_A)).code == "scope"
    assert house.act(LEADER_A, N, TakeDown(), notice, 1).status == "applied"
    assert house.act(LEADER_A, N, Tick(), notice, 2).code == "taken_down"
    assert posted(house, LEADER_B, area="") == "NB-240508-0002"


def test_a_defect_in_one_rule_stops_nobody_and_is_not_stored(tmp_path: Path) -> None:
    def broken(command: DocCommand, notice: Notice | None, ctx: DocContext) -> DocDecision | Rejection:
        if isinstance(command, TakeDown):
            raise ZeroDivisionError
        return decide(command, notice, ctx)  # type: ignore[arg-type]

    with House(tmp_path, kinds=[replace(NOTICE, decide=broken)]) as house:
        notice = posted(house)
        outcomes = house.send(
            SHIFT_LEADER, house.act_message(N, TakeDown(), notice, 1), house.act_message(N, Tick(), notice, 1)
        )
        assert [(each.status, each.code) for each in outcomes] == [("rejected", "defect"), ("applied", "")]


def test_an_id_of_ones_own_words_is_given_once(tmp_path: Path) -> None:
    def by_area(command: DocCommand, n: int, day: date) -> str:
        assert isinstance(command, Post)
        return f"{day:%y%m%d}-{command.area}"

    with House(tmp_path, kinds=[replace(NOTICE, new_id=by_area)]) as house:
        both = [house.act_message(N, Post(area=TOWN_A)), house.act_message(N, Post(area=TOWN_A))]
        first, second = house.send(SHIFT_LEADER, *both)
        assert first.ticket_id == f"240508-{TOWN_A}"
        assert (second.code, second.detail) == ("exists", {"id": f"240508-{TOWN_A}"})
    with House(tmp_path, kinds=[replace(NOTICE, new_id=lambda *_: "x" * 65)]) as house:
        assert house.act(SHIFT_LEADER, N, Post()).code == "defect"


def test_the_centre_acts_by_itself_on_the_document_as_it_is(house: House) -> None:
    notice = posted(house, area=TOWN_A)
    house.act(DISPATCHER, N, Tick(), notice, 1)
    taken = house.run(house.service.act_as_system(N, TakeDown(), notice))
    assert (taken.status, taken.version) == ("applied", 3)
    assert house.records[-1].actor.role is Role.SYSTEM
    assert house.run(house.service.act_as_system(N, TakeDown(), notice)).code == "taken_down"
    assert house.run(house.service.act_as_system(N, Post())).status == "applied"
    assert house.run(house.service.act_as_system(N, Move(area=TOWN_B), notice)).code == "role"


def test_look_ups_see_what_the_actor_may_see_and_what_the_group_did(tmp_path: Path) -> None:
    seen: list[tuple[Any, ...]] = []

    def curious(command: DocCommand, notice: Notice | None, ctx: DocContext) -> DocDecision | Rejection:
        if isinstance(command, Post):
            ids = tuple(state.id for state in ctx.open_of(N))
            ticket = ctx.ticket(TicketId("240508-0001"))
            seen.append((ids, ctx.lookup(N, "NB-240508-0001") is not None, ticket is not None))
        return decide(command, notice, ctx)  # type: ignore[arg-type]

    with House(tmp_path, kinds=[replace(NOTICE, decide=curious)]) as house:
        house.reported(TOWN_A)
        house.send(SHIFT_LEADER, *(house.act_message(N, Post(area=TOWN_A)) for _ in range(2)))
        house.act(SHIFT_LEADER, N, TakeDown(), "NB-240508-0001", 1)
        house.act(LEADER_A, N, Post(area=TOWN_A))
        house.act(LEADER_B, N, Post(area=TOWN_B))
    assert seen == [
        ((), False, True),
        (("NB-240508-0001",), True, True),
        (("NB-240508-0002",), True, True),
        ((), False, False),
    ]


def test_the_frame_of_a_move_says_no_more_than_it_must(house: House) -> None:
    notice = posted(house, area=TOWN_A)
    house.act(SHIFT_LEADER, N, Move(area=TOWN_B, units=(UNIT_A,)), notice, 1)
    stored = house.run(house.store.read_events(0, 10))
    for records in (house.records, stored):
        for scope, kind in (
            (LEADER_A.scope, "leave"),
            (LEADER_B.scope, "enter"),
            (Scope(), "event"),
            (Scope(units=(UNIT_A,)), "enter"),
        ):
            found = EventEncoder().visible(records[1:], scope.covers_key, mask=True)
            event = msgspec.json.decode(found[0].data, type=Event)
            assert (event.kind, event.entity, event.v) == (kind, N, 2)
            if kind == "enter":
                assert msgspec.json.decode(event.body, type=Notice) == house.document(N, notice)
            if kind == "leave":
                assert TOWN_B not in found[0].data.decode()


def test_private_texts_are_read_by_who_sees_the_document_and_masked(house: House) -> None:
    queries = LogQueries(house.store, house.kinds)
    notice = posted(house, area=TOWN_A, text="王先生 13800001234 来电")
    house.act(SHIFT_LEADER, N, TakeDown(text="已处理"), notice, 1)
    assert b"13800001234" not in b"".join(record.body for record in house.records)

    def texts(actor: Actor) -> list[str]:
        answer = house.run(queries.document_record(actor, {"kind": N, "id": notice}))
        return [event.private["text"] for event in msgspec.json.decode(answer, type=list[Event])]

    assert texts(LEADER_A) == ["王先生 138****1234 来电", "已处理"]
    plain = replace(LEADER_A, scope=Scope(areas=(AreaCode(TOWN_A),), masked=False))
    assert texts(plain)[0] == "王先生 13800001234 来电"
    for actor, args, code in (
        (LEADER_B, {"kind": N, "id": notice}, "unknown_document"),
        (LEADER_A, {"kind": N, "id": "x"}, "unknown_document"),
        (LEADER_A, {"kind": "x", "id": notice}, "unknown_document"),
        (LEADER_A, {"kind": N}, "bad_args"),
    ):
        with pytest.raises(QueryError, match=code):
            house.run(queries.document_record(actor, args))


def test_states_are_asked_for_by_id(house: House) -> None:
    queries = LogQueries(house.store, house.kinds)
    here, there = posted(house, area=TOWN_A), posted(house, area=TOWN_B)
    answer = house.run(queries.documents(LEADER_A, {"kind": N, "ids": [here, there, "x"]}))
    assert [state.id for state in msgspec.json.decode(answer, type=list[Notice])] == [here]
    for args in ({"kind": "x", "ids": []}, {"ids": []}, {"kind": N, "ids": "x"}, {"kind": N, "ids": ["x"] * 201}):
        with pytest.raises(QueryError):
            house.run(queries.documents(LEADER_A, args))


def test_a_ticket_and_a_document_of_one_id_do_not_meet(tmp_path: Path) -> None:
    with House(tmp_path, kinds=[replace(NOTICE, new_id=lambda *_: "240508-0001")]) as house:
        ticket = house.reported(TOWN_A)
        notice = posted(house, area=TOWN_B)
        assert ticket == notice
        house.act(DISPATCHER, N, Tick(), notice, 1)
        assert [record.type for record in house.run(house.store.record(ticket))] == ["reported"]
        assert house.ticket(ticket).version == 1
        assert house.document(N, notice).version == 2
    assert verify_file(tmp_path / FILE_NAME, rows=True, kinds=[NOTICE]).ok


@pytest.mark.parametrize(
    "harm", ["UPDATE document SET version = 9", "DELETE FROM document", "UPDATE document SET id = 'x'"]
)
def test_rows_that_are_not_the_fold_of_the_log_are_found(tmp_path: Path, harm: str) -> None:
    with House(tmp_path, kinds=[NOTICE]) as house:
        notice = posted(house, area=TOWN_A)
        house.act(DISPATCHER, N, Tick(), notice, 1)
    assert verify_file(tmp_path / FILE_NAME, rows=True, kinds=[NOTICE]).ok
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        file.execute(harm)
    file.close()
    report = verify_file(tmp_path / FILE_NAME, rows=True, kinds=[NOTICE])
    assert (report.reason, report.bad_ticket) == ("row", f"{N} {notice}")


def test_a_log_from_before_documents_is_taken_over(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        ticket = house.reported(TOWN_A)
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        for table in ("document", "document_unit", "blob", "blob_owner", "blob_ref"):
            file.execute(f"DROP TABLE {table}")
        file.execute("PRAGMA user_version = 1")
    file.close()
    with House(tmp_path, kinds=[NOTICE]) as house:
        assert house.ticket(ticket).version == 1
        assert posted(house) == "NB-240508-0001"
    Store.open(tmp_path).close()


def test_documents_of_a_kind_that_was_taken_away_stay_and_disturb_nobody(tmp_path: Path) -> None:
    with House(tmp_path, kinds=[NOTICE]) as house:
        posted(house, area=TOWN_A)
    with House(tmp_path) as house:
        house.reported(TOWN_A)
        assert house.act(SHIFT_LEADER, N, Post()).code == "unknown_kind"
        assert len(house.run(house.store.read_events(0, 10))) == 2
        assert house.run(house.store.make_snapshot(Scope(), tmp_path / "s.sqlite")).tickets == 1
