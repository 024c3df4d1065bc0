"""Old ticket + events == new ticket, also when the events went over the wire as JSON, were cut anywhere, or come from a newer server."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import commands, events
from domain.ids import TicketId
from domain.projection import ProjectionError, apply
from domain.ticket import Ticket
from domain.vocabulary import State
from tests.examples import examples
from tests.unit.domain.builders import T0, at_state
from tests.unit.domain.walks import Happened, life

EVENT: msgspec.json.Decoder[events.TicketEvent] = msgspec.json.Decoder(events.TicketEvent)
TICKET = msgspec.json.Decoder(Ticket)
seeds = st.integers(0, 2**32)


def over_the_wire(event: events.TicketEvent) -> events.TicketEvent:
    return EVENT.decode(msgspec.json.encode(event))


def fold(ticket: Ticket | None, lives: list[Happened]) -> Ticket | None:
    for one in lives:
        ticket = apply(ticket, one.after.id, one.after.version, over_the_wire(one.decision.event), one.at)
    return ticket


@settings(max_examples=examples(40))
@given(seeds, st.integers(0, 60))
def test_an_old_snapshot_and_the_events_since_are_the_new_snapshot(seed: int, cut: int) -> None:
    lives = list(life(seed, 60))
    cut = min(cut, len(lives) - 1)
    snapshot = msgspec.json.encode(lives[cut].after)
    assert fold(TICKET.decode(snapshot), lives[cut + 1 :]) == lives[-1].after
    assert fold(None, lives) == lives[-1].after


@settings(max_examples=examples(20))
@given(seeds)
def test_the_bytes_are_the_same_too(seed: int) -> None:
    lives = list(life(seed, 40))
    assert msgspec.json.encode(fold(None, lives)) == msgspec.json.encode(lives[-1].after)


@settings(max_examples=examples(20))
@given(seeds)
def test_folding_leaves_the_old_ticket_alone(seed: int) -> None:
    for one in life(seed, 40):
        if one.before is None:
            continue
        seen = msgspec.json.encode(one.before)
        apply(one.before, one.after.id, one.after.version, one.decision.event, one.at)
        assert msgspec.json.encode(one.before) == seen


def test_a_field_of_a_newer_server_is_skipped() -> None:
    body: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(events.Relocated(area=at_state(State.FILED).area)))
    assert EVENT.decode(msgspec.json.encode({**body, "invented_later": 1})) == events.Relocated(
        area=at_state(State.FILED).area
    )


def test_every_event_type_has_its_fold() -> None:
    ticket = at_state(State.FILED)
    for kind in events.TicketEvent.__args__:
        if kind is events.Reported:
            continue
        event = msgspec.convert(_example(kind), kind)
        after = apply(ticket, ticket.id, ticket.version + 1, event, T0)
        assert (after is ticket) is (kind is events.Commented)
        assert after.version == ticket.version + (kind is not events.Commented)


def _example(kind: type[events.Base]) -> dict[str, Any]:
    """The least that an event of this kind can say."""
    clock = msgspec.to_builtins(at_state(State.FILED).stage)
    known = {
        "stage": clock, "held": None, "business": None, "result": "pass", "item": "E8H", "item_version": 1, "urgency": "high",
        "into": "x", "lead": "U-town", "parts": [], "resolved_level": "town", "request": {"kind": "delay", "asked_at": T0},
        "until": T0, "by_itself": True, "what": "sign", "unit": None, "level": "town", "on_time": None, "flaw": "wrong",
        "area": "440310", "parent": None, "reason": "leader", "reached": False, "reviewer": "r", "grant": True,
    }  # fmt: skip
    if kind is events.VerificationRecorded:
        known["result"] = "exists"
    fields = msgspec.structs.fields(kind)
    tag = {"type": kind.__struct_config__.tag}
    return tag | {field.name: known[field.name] for field in fields if field.required}


def test_a_closing_of_before_disputes_had_an_outcome_is_read_and_says_nothing_of_one() -> None:
    old = msgspec.convert({"type": "closed", "on_time": True, "resolved_level": "town"}, events.Closed)
    assert b"mediation" not in msgspec.json.encode(old)
    ready = at_state(State.READY_TO_CLOSE)
    assert apply(ready, ready.id, ready.version + 1, old, T0).mediation is None


def test_nothing_happens_before_the_report_and_nothing_is_reported_twice() -> None:
    reported = next(life(1, 0))
    with pytest.raises(ProjectionError, match="without a report"):
        apply(None, TicketId("x"), 1, events.Voided(), T0)
    with pytest.raises(ProjectionError, match="reported twice"):
        apply(reported.after, reported.after.id, 2, reported.decision.event, T0)


def test_a_record_ends_until_somebody_acts_later() -> None:
    recorded = msgspec.structs.replace(at_state(State.HANDLING), recorded_until=T0)
    for event, at, until in (
        (events.Reminded(), T0, T0),
        (events.Reminded(), T0.replace(hour=23), None),
        (events.Commented(), T0.replace(hour=23), T0),
    ):
        assert apply(recorded, recorded.id, recorded.version + 1, event, at).recorded_until == until


def test_a_life_is_told_by_its_seed() -> None:
    assert [commands.name_of(one.command) for one in life(7, 30)] == [
        commands.name_of(one.command) for one in life(7, 30)
    ]
