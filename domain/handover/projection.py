"""What an event made true. Pure; believes everything; needs no clock, no calendar and no look-up."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from domain.handover import events
from domain.handover.values import Handover
from domain.handover.words import HandoverState


class ProjectionError(ValueError):
    """An event that cannot follow on this handover."""


def apply(handover: Handover | None, doc_id: str, version: int, event: events.Event, at: datetime) -> Handover:
    if isinstance(event, events.Begun):
        return Handover(id=doc_id, version=version, changed_at=at, shift=event.shift, begun=event.by)
    if handover is None:
        raise ProjectionError(f"{doc_id}: {type(event).__name__} before it was begun")
    return replace(handover, version=version, changed_at=at, **_changes(handover, event))


def _changes(handover: Handover, event: events.Event) -> dict[str, Any]:
    match event:
        case events.Filled():
            return _filled(handover, event)
        case events.RedraftAsked(by=by):
            return {"asked_at": by.at}
        case events.ItemChanged():
            return _changed(handover, event)
        case events.ItemTalked(item=item):
            return {"items": {**handover.items, item.id: item}}
        case events.Checked(name=name, check=check):
            rest = {one: done for one, done in handover.checks.items() if one != name}
            return {"checks": rest if check is None else {**rest, name: check}}
        case events.SignedOut(signature=signature):
            return {
                "signed_out": signature,
                "state": HandoverState.SIGNED_OUT,
                "givers": _with(handover.givers, signature.by.mark),
            }
        case events.SignedIn(signature=signature, record=record):
            return {"signed_in": signature, "record": record, "state": HandoverState.SIGNED, "is_open": False}
        case events.FoundLate(at=at):
            return {"late_at": at}
        case events.Attached(papers=papers):
            return {"papers": papers}
        case _:
            return {}


def _filled(handover: Handover, event: events.Filled) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "as_of": event.as_of,
        "seq": event.seq,
        "items": {item.id: item for item in event.items},
        "figures": event.figures,
        "data": event.data,
        "asked_at": None,
    }
    if handover.state is HandoverState.DRAFTING:
        return {**changes, "state": HandoverState.OPEN, "report": 1}
    return {**changes, **_void(handover)} if event.changes else changes


def _changed(handover: Handover, event: events.ItemChanged) -> dict[str, Any]:
    item = event.item
    return {
        "items": {**handover.items, item.id: item},
        "added": handover.added + isinstance(event, events.Added),
        "givers": _with(handover.givers, event.giver),
        **_void(handover),
    }


def _void(handover: Handover) -> dict[str, Any]:
    """The report is another one now: what was signed is void."""
    return {
        "report": handover.report + 1,
        "signed_out": None,
        "signed_in": None,
        "state": HandoverState.OPEN,
        "voided": handover.voided + (handover.signed_out is not None),
    }


def _with(marks: tuple[str, ...], mark: str) -> tuple[str, ...]:
    return marks if mark in marks or not mark else (*marks, mark)
