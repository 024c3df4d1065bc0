"""Photos of a ticket on the server: who sees the ticket today gets them, also those that came before it was his."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from backend.answers import QueryError
from backend.queries import LogQueries
from backend.store.documents import BlobMeta, put_blob
from domain import commands
from domain.actor import Actor, Scope
from domain.documents import BlobRef
from domain.evaluation.hollow import Signal
from domain.evidence import EVIDENCE, Attach, Evidence, Moment
from domain.ids import TicketId, UserId
from domain.vocabulary import Role
from tests.unit.backend.house import DISPATCHER, REGISTRAR, SHIFT_LEADER, TOWN_B, UNIT_A, House, person

UNIT = Actor(user=UserId("unit"), role=Role.HANDLER, unit=UNIT_A, scope=Scope(units=(UNIT_A,)))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, kinds=[EVIDENCE]) as built:
        yield built


def uploaded(house: House, number: int) -> BlobRef:
    ref = BlobRef(f"{number:x}" * 64, 4, "image/png")

    def write(connection: object) -> None:
        put_blob(connection, ref.sha256, BlobMeta(4, "image/png"), b"1234", REGISTRAR.user, 0)  # type: ignore[arg-type]

    house.run(house.store.run_write(write))
    return ref


def attach(house: House, ticket: TicketId, number: int, moment: Moment = Moment.BEFORE) -> str:
    command = Attach(ticket=ticket, moment=moment, photo=uploaded(house, number), text="拨打 13800001234")
    outcome = house.act(REGISTRAR, EVIDENCE.name, command)
    assert outcome.status == "applied", outcome
    return str(outcome.ticket_id)


def photos(house: House, who: object, ticket: TicketId) -> list[Evidence]:
    queries = LogQueries(house.store, house.kinds)
    answer = house.run(queries.evidence(who, {"ticket_id": ticket}))  # type: ignore[arg-type]
    return msgspec.json.decode(answer, type=list[Evidence])


def test_photos_of_one_ticket_and_no_other(house: House) -> None:
    one, other = house.reported(), house.reported()
    first, second = attach(house, one, 1), attach(house, one, 2, Moment.AFTER)
    attach(house, other, 3)
    assert {photo.id for photo in photos(house, DISPATCHER, one)} == {first, second}


def test_a_unit_that_gets_the_ticket_later_sees_what_was_taken_before(house: House) -> None:
    ticket = house.filed()
    attach(house, ticket, 1)
    with pytest.raises(QueryError, match="unknown_ticket"):
        photos(house, UNIT, ticket)
    house.walk(ticket, [(DISPATCHER, commands.Dispatch(lead=UNIT_A))])
    assert len(photos(house, UNIT, ticket)) == 1


def test_results_are_compared_here_and_no_text_goes_out(house: House) -> None:
    tickets = [house.reported() for _ in range(3)]
    for place, ticket in enumerate(tickets):
        text = "已清理完毕，现场恢复，电话 13800001234" if place < 2 else "路灯已更换并试亮"
        house.walk(
            ticket,
            [
                (REGISTRAR, commands.File()),
                (DISPATCHER, commands.Dispatch(lead=UNIT_A)),
                (DISPATCHER, commands.ActFor(unit=UNIT_A, act="sign", text="来电")),
                (DISPATCHER, commands.ActFor(unit=UNIT_A, act="report_result", text=text)),
            ],
        )
    queries = LogQueries(house.store, house.kinds)
    answer = house.run(queries.copied_results(SHIFT_LEADER, {"ids": tickets}))
    found = msgspec.json.decode(answer, type=dict[str, Signal])
    assert {key: signal.evidence for key, signal in found.items()} == {
        tickets[0]: {"others": 1, "first": tickets[1]},
        tickets[1]: {"others": 1, "first": tickets[0]},
    }
    assert "138" not in answer.decode()
    elsewhere = house.run(queries.copied_results(person(Role.ASSESSOR, TOWN_B), {"ids": tickets}))
    assert elsewhere == b"{}"


def test_another_town_hears_nothing(house: House) -> None:
    ticket = house.reported()
    with pytest.raises(QueryError, match="unknown_ticket"):
        photos(house, person(Role.DISPATCHER, TOWN_B), ticket)


def test_the_same_picture_twice_is_refused_and_changes_nothing(house: House) -> None:
    ticket = house.reported()
    attach(house, ticket, 1)
    again = Attach(ticket=ticket, moment=Moment.AFTER, photo=uploaded(house, 1))
    assert house.act(REGISTRAR, EVIDENCE.name, again).code == "exists"
    assert [photo.moment for photo in photos(house, SHIFT_LEADER, ticket)] == [Moment.BEFORE]
