"""The centre draws from the recorded frame; each drawn ticket gets one verdict."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain import documents
from domain.documents import DocContext, DocDecision
from domain.evaluation import frame
from domain.evaluation.spot_check import SPOT_CHECK, Draw, Judge, SpotCheck, Verdict
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import Role, State
from tests.unit.domain.builders import RULES, T0, actor, at_state

CLOSED = at_state(State.CLOSED)
TICKETS = {name: replace(CLOSED, id=name) for n in range(1, 31) if (name := TicketId(f"181009-{n:04d}"))}


def context(role: Role = Role.ASSESSOR, tickets: Mapping[TicketId, Ticket] = TICKETS) -> DocContext:
    return DocContext(
        actor=actor(role), now=T0, rules=RULES, lookup=lambda *_: None, open_of=lambda _: (), ticket=tickets.get
    )


def draw(**more: Any) -> Draw:
    given: dict[str, Any] = {
        "frame": frame.written(TICKETS),
        "seed": "2018-10-09 双色球",
        "size": 5,
        "start": T0 - timedelta(days=1),
        "end": T0,
        **more,
    }
    return Draw(**given)


def step(state: SpotCheck | None, command: Draw | Judge) -> SpotCheck:
    decision = documents.decide(SPOT_CHECK, command, state, context())
    assert isinstance(decision, DocDecision), decision
    version = 1 if state is None else state.version + 1
    after = documents.fold(SPOT_CHECK, state, "CC-1", version, decision.event, T0)
    assert isinstance(after, SpotCheck)
    return after


def code(command: Draw | Judge, state: SpotCheck | None = None, ctx: DocContext | None = None) -> str:
    answer = documents.decide(SPOT_CHECK, command, state, ctx or context())
    return "" if isinstance(answer, DocDecision) else answer.code


def test_what_was_drawn_can_be_drawn_again_from_what_is_recorded() -> None:
    check = step(None, draw())
    again = frame.draw(frame.read(check.frame), check.seed, len(check.drawn))
    assert again == check.drawn
    assert (check.frame_size, check.frame_digest) == (30, frame.digest(TICKETS))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"seed": " "}, "seed_required"),
        ({"size": 0}, "bad_size"),
        ({"size": 201}, "bad_size"),
        ({"frame": ()}, "bad_frame"),
        ({"frame": ("???",)}, "bad_frame"),
        ({"frame": ("181009:1-40",), "size": 40}, "not_closed"),
        ({"end": T0 - timedelta(days=1)}, "bad_period"),
    ],
)
def test_a_draw_that_nobody_could_check_is_refused(more: dict[str, Any], why: str) -> None:
    assert code(draw(**more)) == why


def test_a_drawn_ticket_that_is_open_again_stops_the_draw() -> None:
    tickets = {**TICKETS, TicketId("181009-0001"): at_state(State.HANDLING)}
    assert code(draw(size=30), ctx=context(tickets=tickets)) == "not_closed"


def test_every_drawn_ticket_gets_one_verdict_and_a_bad_one_needs_words() -> None:
    check = step(None, draw(size=2))
    first, second = check.drawn
    assert code(Judge(ticket=TicketId("other"), verdict=Verdict.SOUND), check) == "not_drawn"
    assert code(Judge(ticket=first, verdict=Verdict.HOLLOW), check) == "reason_required"
    check = step(check, Judge(ticket=first, verdict=Verdict.HOLLOW, text="现场未处理"))
    assert code(Judge(ticket=first, verdict=Verdict.SOUND), check) == "judged_already"
    assert (check.is_open, check.count(Verdict.HOLLOW)) == (True, 1)
    assert not step(check, Judge(ticket=second, verdict=Verdict.SOUND)).is_open


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.HANDLER, Role.WALL, Role.SYSTEM])
def test_who_is_judged_does_not_draw(role: Role) -> None:
    assert code(draw(), ctx=context(role)) == "role"
