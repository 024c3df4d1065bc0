"""Random lives: whatever people do, no state is skipped, nothing is lost and every refusal has a code."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import commands, events
from domain.clocks import state_of
from domain.lifecycle import Code, Rejection, allowed, decide
from domain.ticket import Ticket
from domain.vocabulary import END_STATES, OPEN_STATES, ClockState, Role, Stage, State
from tests.examples import examples
from tests.unit.domain.builders import PLAUSIBLE, ctx
from tests.unit.domain.walks import ACTORS, OTHER, Happened, life

S = State
WAYS: dict[str, set[tuple[State | None, State]]] = {
    "report": {(None, S.REPORTED)},
    "request_verification": {(S.REPORTED, S.VERIFYING)},
    "record_verification": {(S.VERIFYING, S.REPORTED)},
    "file": {(S.REPORTED, S.FILED)},
    "refuse": {(S.REPORTED, S.REFUSED)},
    "merge": {(S.REPORTED, S.MERGED), (S.VERIFYING, S.MERGED), (S.FILED, S.MERGED)},
    "dispatch": {(S.FILED, S.DISPATCHED)},
    "void": {(S.FILED, S.VOID)},
    "withdraw": {(S.DISPATCHED, S.FILED)},
    "redirect": {(S.DISPATCHED, S.DISPATCHED)},
    "sign": {(S.DISPATCHED, S.HANDLING), (S.DISPATCHED, S.DISPATCHED), (S.HANDLING, S.HANDLING)},
    "return": {(S.DISPATCHED, S.FILED), (S.HANDLING, S.FILED)},
    "report_result": {(S.HANDLING, S.HANDLED)},
    "act_for": {
        (S.DISPATCHED, S.HANDLING),
        *((state, state) for state in (S.DISPATCHED, S.HANDLING, S.HANDLED, S.CHECKING, S.READY_TO_CLOSE)),
    },
    "approve_suspend": {(S.HANDLING, S.SUSPENDED)},
    "resume": {(S.SUSPENDED, S.HANDLING)},
    "request_check": {(S.HANDLED, S.CHECKING)},
    "record_check": {(S.CHECKING, S.READY_TO_CLOSE), (S.CHECKING, S.HANDLING), (S.CHECKING, S.HANDLED)},
    "close": {(S.HANDLED, S.CLOSED), (S.READY_TO_CLOSE, S.CLOSED)},
    "reject_closing": {(S.READY_TO_CLOSE, S.HANDLING)},
    "reopen": {(S.CLOSED, S.HANDLING)},
    "force_close": {(state, S.FORCED_CLOSED) for state in OPEN_STATES},
}
"""domain.md §3, written down a second time. Every other command leaves the state."""

STAGE_OF = {
    S.REPORTED: {Stage.ACCEPT},
    S.VERIFYING: {Stage.VERIFY},
    S.FILED: {Stage.DISPATCH},
    S.DISPATCHED: {Stage.SIGN},
    S.HANDLING: {Stage.HANDLE},
    S.SUSPENDED: {Stage.HANDLE},
    S.HANDLED: {Stage.CHECK, Stage.CLOSE},
    S.CHECKING: {Stage.CHECK},
    S.READY_TO_CLOSE: {Stage.CLOSE},
}
seeds = st.integers(0, 2**32)


def check(one: Happened) -> None:
    before, after, name = one.before, one.after, commands.name_of(one.command)
    state = before.state if before else None
    assert allowed(name, state, one.context.actor.role)
    if name in WAYS:
        assert (state, after.state) in WAYS[name]
    else:
        assert state is after.state
    if isinstance(one.command, commands.Comment):
        assert after is before
        return
    assert after.version == (before.version + 1 if before else 1)
    assert after.changed_at == one.at


def check_ticket(ticket: Ticket) -> None:
    """What must hold of every ticket at any time."""
    assert (ticket.stage.stage if ticket.stage else None) in STAGE_OF.get(ticket.state, {None}) | {None}
    if ticket.state in OPEN_STATES and ticket.stage is None:
        assert ticket.state in (S.HANDLING, S.SUSPENDED)  # an item without a limit
        assert ticket.business is None
    if ticket.state is S.CLOSED:
        path = (
            ticket.accepted_at,
            ticket.filed_at,
            ticket.dispatched_at,
            ticket.signed_at,
            ticket.handled_at,
            ticket.closed_at,
        )
        assert None not in path
        assert sorted(path) == list(path)  # type: ignore[type-var]
        assert ticket.on_time is (None if ticket.business is None else ticket.closed_at <= ticket.business.due_at)  # type: ignore[operator]
    assert (ticket.state in END_STATES) is (ticket.ended_at is not None) is bool(ticket.end_reason)
    assert (ticket.state is S.MERGED) is (ticket.merged_into is not None)
    assert (ticket.state is S.SUSPENDED) is (ticket.suspended_until is not None)
    if ticket.is_open and ticket.business is not None:
        assert (ticket.business.paused_at is not None) is (ticket.state is S.SUSPENDED)
    assert ticket.delays <= 2
    assert ticket.suspensions <= 1
    assert sum(part.lead for part in ticket.parts) <= 1
    assert len({part.unit for part in ticket.parts}) == len(ticket.parts)
    for part in ticket.parts:
        assert part.score is None or 0 <= part.score <= 100
    if ticket.state in (S.DISPATCHED, S.HANDLING):
        assert ticket.lead is not None
        assert ticket.lead.unit == ticket.unit
    if ticket.state is S.HANDLING and ticket.stage is not None and ticket.lead is not None:
        assert ticket.lead.due_at == ticket.stage.clock.due_at
        assert state_of(ticket.stage.clock, ticket.changed_at) is not ClockState.PAUSED


@settings(max_examples=examples(30))
@given(seeds)
def test_no_state_is_skipped_and_every_event_is_one_version(seed: int) -> None:
    for one in life(seed, 60):
        check(one)
        check_ticket(one.after)


@settings(max_examples=examples(30))
@given(seeds)
def test_what_was_first_stays_first(seed: int) -> None:
    """Report, first closing and, outside filing, delay and suspension, the business limit never move."""
    moves = (commands.File, commands.ApproveDelay, commands.ApproveSuspend, commands.Resume, commands.Recalculate)
    for one in life(seed, 60):
        before, after = one.before, one.after
        if before is None:
            continue
        assert (after.id, after.reported_at, after.source, after.external_ref) == (
            before.id, before.reported_at, before.source, before.external_ref,
        )  # fmt: skip
        assert before.first_closed_at in (None, after.first_closed_at)
        assert before.accepted_at in (None, after.accepted_at)
        assert after.round >= before.round
        assert after.returns + after.redispatches >= before.returns + before.redispatches
        if not isinstance(one.command, moves):
            assert after.business == before.business


@settings(max_examples=examples(30))
@given(seeds)
def test_free_text_never_stands_in_an_event(seed: int) -> None:
    for one in life(seed, 40):
        text = getattr(one.command, "text", "")
        assert not text or text not in msgspec.json.encode(one.decision.event).decode()
        assert one.decision.private.get("text", "") == text


@settings(max_examples=examples(25))
@given(seeds, st.integers(0, 60))
def test_every_refusal_has_a_known_code_and_no_answer_is_an_exception(seed: int, look: int) -> None:
    known = set(Code)
    for number, one in enumerate(life(seed, 60)):
        if number % 10 != look % 10:
            continue
        for who in ACTORS:
            for command in PLAUSIBLE:
                answer = decide(command, one.after, ctx(who, one.at, other=OTHER))
                if isinstance(answer, Rejection):
                    assert answer.code in known
                else:
                    assert allowed(commands.name_of(command), one.after.state, who.role)


def test_the_walks_reach_every_state_and_every_event() -> None:
    """Otherwise the properties above would say little."""
    missing: set[object] = {*State, *events.TicketEvent.__args__, "problem", "reopened twice", Role.SYSTEM}
    for seed in range(600):
        for one in life(seed, 80):
            missing -= {one.after.state, type(one.decision.event), one.context.actor.role}
            missing -= {"problem"} if one.after.problem else set()
            missing -= {"reopened twice"} if one.after.reopened > 1 else set()
        if not missing:
            break
    assert missing == set()
