"""Carries plans out, step by step, through a port: in bulk up to an instant, or live behind a business clock.

State-driven: after each change of a ticket, whoever made it, the next step is chosen anew, so a person may act on a simulated
ticket at any time and the simulation goes on from there. A step that is refused is counted with its code, never forced.
"""

import asyncio
import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from backend.simulator.plan import Plan, Step, Track, next_step
from backend.store.records import LogRecord
from domain import commands
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import PartState, State
from protocol.messages import Outcome

BATCH = 400
GIVE_UP_AFTER = 4
"""Refusals in a row after which a ticket is left to people."""
TARGET = {
    "report": State.REPORTED,
    "request_verification": State.VERIFYING,
    "record_verification": State.REPORTED,
    "file": State.FILED,
    "dispatch": State.DISPATCHED,
    "sign": State.HANDLING,
    "return": State.FILED,
    "report_result": State.HANDLED,
    "request_check": State.CHECKING,
    "close": State.CLOSED,
}


class Port(Protocol):
    """Where steps go. `ticket_id` and `version` are None for a report."""

    async def send(self, step: Step, ticket_id: TicketId | None, version: int | None) -> Outcome: ...

    async def ticket(self, ticket_id: TicketId) -> Ticket | None:
        """The ticket as it is now: asked when a report turns out to be known already."""
        ...


def track_of(ticket: Ticket) -> Track:
    """What the simulator needs to know of a ticket that exists already."""
    open_parts = tuple(
        part.unit
        for part in ticket.parts
        if not part.lead and part.state not in (PartState.ACCEPTED, PartState.RETURNED)
    )
    absent = tuple(part.unit for part in ticket.parts if part.state is PartState.ASKED)
    reported = tuple(part.unit for part in ticket.parts if part.state is PartState.REPORTED)
    return Track(
        state=ticket.state,
        changed_at=ticket.changed_at,
        version=ticket.version,
        round=ticket.round,
        returns=ticket.returns,
        verified=ticket.verification is not None,
        called=ticket.call_back is not None,
        unit=ticket.unit,
        parts_open=open_parts,
        parts_absent=absent,
        parts_reported=reported,
        closed_at=ticket.closed_at,
    )


class Simulator:
    """Plans by external reference, and where each stands. `done` counts applied steps by command, `refused` by code."""

    def __init__(self, plans: Iterable[Plan], port: Port) -> None:
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.known = 0
        self._port = port
        self._plans = {plan.report.external_ref: plan for plan in plans}
        self._tracks: dict[str, Track] = {}
        self._ids: dict[str, TicketId] = {}
        self._refs: dict[TicketId, str] = {}
        self._failures: Counter[str] = Counter()
        self._heap: list[tuple[datetime, int, str, Step, Track]] = []
        self._order = itertools.count()
        self._busy: set[str] = set()

    def start(self, tickets: Iterable[Ticket] = ()) -> None:
        """Takes up tickets that an earlier run made, and schedules the first step of every plan."""
        for ticket in tickets:
            if ticket.external_ref in self._plans:
                self._bind(ticket.external_ref, ticket.id)
                self._tracks[ticket.external_ref] = track_of(ticket)
        for ref in self._plans:
            self._schedule(ref)

    def add(self, plan: Plan) -> None:
        """One more ticket to come."""
        self._plans[plan.report.external_ref] = plan
        self._schedule(plan.report.external_ref)

    def follow(self, ticket: Ticket) -> None:
        """A ticket changed in the log, by anybody: if it is one of ours, choose its next step anew."""
        ref = self._refs.get(ticket.id) or (ticket.external_ref if ticket.external_ref in self._plans else None)
        if ref is None:
            return
        self._bind(ref, ticket.id)
        current = self._tracks.get(ref)
        if current is not None and current.version >= ticket.version:
            return
        self._tracks[ref] = track_of(ticket)
        self._failures.pop(ref, None)
        if ref not in self._busy:
            self._schedule(ref)

    def follow_log(self, records: Sequence[LogRecord]) -> None:
        """Sink of the log: every live record carries the ticket as it is after it."""
        for record in records:
            if record.after is not None:
                self.follow(record.after)

    @property
    def pending(self) -> int:
        return len(self._heap)

    def next_at(self) -> datetime | None:
        return self._heap[0][0] if self._heap else None

    async def run_until(self, instant: datetime, progress: Callable[[int], None] | None = None) -> None:
        """Does every step due up to `instant`, as fast as the port takes them."""
        while batch := self._due(instant):
            await asyncio.gather(*(self._do(ref, step) for ref, step in batch))
            if progress is not None:
                progress(self.done.total())

    def _due(self, instant: datetime) -> list[tuple[str, Step]]:
        batch: list[tuple[str, Step]] = []
        while self._heap and self._heap[0][0] <= instant and len(batch) < BATCH:
            _, _, ref, step, track = heapq.heappop(self._heap)
            if self._tracks.get(ref) is track and ref not in self._busy:
                self._busy.add(ref)
                batch.append((ref, step))
        return batch

    def _bind(self, ref: str, ticket_id: TicketId) -> None:
        self._ids[ref] = ticket_id
        self._refs[ticket_id] = ref

    def _schedule(self, ref: str) -> None:
        track = self._tracks.setdefault(ref, Track())
        plan = self._plans[ref]
        step = next_step(plan, track, track.changed_at or plan.reported_at)
        if step is not None and self._failures[ref] < GIVE_UP_AFTER:
            heapq.heappush(self._heap, (step.at, next(self._order), ref, step, track))

    async def _do(self, ref: str, step: Step) -> None:
        track = self._tracks[ref]
        name = commands.name_of(step.command)
        version = track.version if name != "report" else None
        try:
            outcome = await self._port.send(step, self._ids.get(ref), version)
        finally:
            self._busy.discard(ref)
        if outcome.status == "applied" and outcome.code == "known" and outcome.ticket_id is not None:
            await self._take_up(ref, outcome.ticket_id)
        elif outcome.status == "applied":
            self._applied(ref, track, step, name, outcome)
        else:
            self.refused[outcome.code or outcome.status] += 1
            self._failures[ref] += 1
        self._schedule(ref)

    async def _take_up(self, ref: str, ticket_id: TicketId) -> None:
        """The centre has this ticket from an earlier feed: go on from where it stands, adding nothing that was done."""
        self.known += 1
        self._bind(ref, ticket_id)
        ticket = await self._port.ticket(ticket_id)
        if ticket is not None:
            self._tracks[ref] = track_of(ticket)

    def _applied(self, ref: str, track: Track, step: Step, name: str, outcome: Outcome) -> None:
        self.done[name] += 1
        if name == "report" and outcome.ticket_id is not None:
            self._bind(ref, outcome.ticket_id)
        if self._tracks[ref] is track:  # nothing newer came by the log meanwhile
            self._tracks[ref] = _after(track, step, name, outcome)


def _after(track: Track, step: Step, name: str, outcome: Outcome) -> Track:
    """The track after one of our own steps, for ports that do not show the log."""
    plain = {field: getattr(track, field) for field in track.__struct_fields__}
    state = TARGET.get(name, track.state)
    if isinstance(step.command, commands.RecordCheck):
        passed = step.command.result == "pass"
        state = State.READY_TO_CLOSE if passed else State.HANDLING
        plain["round"] = track.round + (0 if passed else 1)
    if isinstance(step.command, commands.Dispatch):
        plain["unit"] = step.command.lead
        plain["parts_open"] = step.command.co_units
        plain["parts_absent"] = step.command.co_units
        plain["parts_reported"] = ()
    if isinstance(step.command, commands.CheckIn):
        plain["parts_absent"] = tuple(unit for unit in track.parts_absent if unit != step.command.unit)
    if isinstance(step.command, commands.ReportPart):
        plain["parts_reported"] = (*track.parts_reported, step.command.unit)
    if isinstance(step.command, commands.JudgePart):
        plain["parts_open"] = tuple(unit for unit in track.parts_open if unit != step.command.unit)
    plain |= {
        "state": state,
        "changed_at": step.at,
        "version": outcome.version or track.version + 1,
        "returns": track.returns + (name == "return"),
        "verified": track.verified or name == "record_verification",
        "called": track.called or name == "record_call_back",
        "closed_at": step.at if name == "close" else track.closed_at,
    }
    return Track(**plain)
