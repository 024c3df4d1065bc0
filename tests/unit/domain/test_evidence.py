"""Photos of a ticket: added once each, never exchanged, withdrawn with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from domain import documents
from domain.actor import Actor
from domain.documents import BlobRef, DocContext, DocDecision
from domain.evidence import EVIDENCE, Attach, Evidence, Moment, WithdrawPhoto, prefix_of
from domain.ids import SeatId
from domain.vocabulary import Role, State
from tests.unit.domain.builders import RULES, T0, TOWN_CENTRE, actor, at_state

TICKET = at_state(State.HANDLING)
PHOTO = BlobRef("ab" * 32, 1000, "image/jpeg")


def context(who: Actor | None = None) -> DocContext:
    known = {TICKET.id: TICKET}
    return DocContext(
        actor=who or actor(Role.HANDLER, TOWN_CENTRE),
        now=T0,
        rules=RULES,
        lookup=lambda *_: None,
        open_of=lambda _: (),
        ticket=known.get,
    )


def attach(**more: Any) -> Attach:
    return Attach(**{"ticket": TICKET.id, "moment": Moment.AFTER, "photo": PHOTO, "text": "已换新", **more})


def added() -> Evidence:
    decision = documents.decide(EVIDENCE, attach(), None, context())
    assert isinstance(decision, DocDecision)
    state = documents.fold(EVIDENCE, None, EVIDENCE.new_id(attach(), 1, T0.date()), 1, decision.event, T0)
    assert isinstance(state, Evidence)
    return state


def code(command: Attach | WithdrawPhoto, state: Evidence | None = None, ctx: DocContext | None = None) -> str:
    answer = documents.decide(EVIDENCE, command, state, ctx or context())
    return "" if isinstance(answer, DocDecision) else answer.code


def test_a_photo_lies_where_its_ticket_lies_and_is_found_by_it() -> None:
    photo = added()
    assert (photo.area, photo.units) == (TICKET.area, (TOWN_CENTRE,))
    assert photo.id.startswith(prefix_of(TICKET.id))
    assert EVIDENCE.blobs(photo) == (PHOTO,)
    assert EVIDENCE.ticket_of(photo) == TICKET.id


def test_the_same_picture_has_the_same_id_so_it_stands_once() -> None:
    assert EVIDENCE.new_id(attach(), 1, T0.date()) == EVIDENCE.new_id(attach(text="again"), 7, T0.date())


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"ticket": "181009-9999"}, "no_ticket"),
        ({"photo": BlobRef("ab" * 32, 10, "application/pdf")}, "not_a_picture"),
        ({"taken_at": T0 + timedelta(hours=1)}, "bad_time"),
        ({"taken_at": T0.replace(tzinfo=None)}, "bad_time"),
    ],
)
def test_what_is_no_photo_of_a_ticket_is_refused(more: dict[str, Any], why: str) -> None:
    assert code(attach(**more)) == why


def test_only_its_seat_or_the_shift_leader_withdraws_it_once_and_with_a_reason() -> None:
    photo = added()
    assert code(WithdrawPhoto(text=" "), photo) == "reason_required"
    assert code(WithdrawPhoto(text="拍错"), photo) == ""
    other = actor(Role.DISPATCHER, seat=SeatId("B07"))
    assert code(WithdrawPhoto(text="拍错"), photo, context(other)) == "not_yours"
    assert code(WithdrawPhoto(text="拍错"), photo, context(actor(Role.SHIFT_LEADER))) == ""
    gone = documents.fold(
        EVIDENCE, photo, photo.id, 2, documents.decide(EVIDENCE, WithdrawPhoto(text="拍错"), photo, context()).event, T0
    )  # type: ignore[union-attr]
    assert isinstance(gone, Evidence)
    assert gone.withdrawn
    assert code(WithdrawPhoto(text="拍错"), gone) == "withdrawn_already"
