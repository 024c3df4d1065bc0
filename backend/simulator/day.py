"""A recorded day as a whole: which rows are history, which are live, and the port into the backend of this process."""

import itertools
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from backend.handlers import CommandService
from backend.intake.recorded import RecordedRow, Refusal, read_rows
from backend.places import demo_places
from backend.reference import Site
from backend.simulator.plan import Plan, Step, make_plan
from backend.simulator.run import Simulator
from backend.store.base import LogStore
from domain.actor import Actor
from domain.ids import SeatId, TicketId, UserId
from domain.ticket import Ticket
from domain.vocabulary import Role
from protocol.messages import Outcome, Submit
from resources import path as resource_path

SEATS = {
    Role.REGISTRAR: "3",
    Role.DISPATCHER: "2",
    Role.COORDINATOR: "7",
    Role.CHECKER: "5",
    Role.CALLER: "6",
    Role.COLLECTOR: "网格",
}


class DaySpec(Struct, frozen=True, kw_only=True):
    """What to replay. `at` is site-local time of day; `scale` multiplies arrivals (whole copies, marked by #k in the reference)."""

    day: date = date(2018, 10, 9)
    at: time = time(10, 0)
    scale: int = 1
    seed: int = 2018

    def starts_at(self, zone: str) -> datetime:
        return datetime.combine(self.day, self.at, ZoneInfo(zone)).astimezone(UTC)


class DayError(ValueError):
    """The asked day cannot be replayed; the message says which can."""


def sample_rows(site: Site) -> list[RecordedRow]:
    """All good rows of the bundled Pingshan sample (every row of it is good: a refused one is a broken installation)."""
    rows: list[RecordedRow] = []
    for row in read_rows(resource_path("samples", "pingshan_2018.csv.gz"), site):
        if isinstance(row, Refusal):
            raise DayError(f"bundled sample row {row.number}: {row.reason}")
        rows.append(row)
    return rows


def plans_for(spec: DaySpec, site: Site, rows: Sequence[RecordedRow]) -> list[Plan]:
    """Plans of every row of the record, times `scale`. Raises DayError when nothing happened on that day."""
    zone = ZoneInfo(site.reference.zone)
    days = {row.reported_at.astimezone(zone).date() for row in rows}
    if spec.day not in days:
        raise DayError(f"{spec.day} 没有工单 / no tickets on that day: choose one from {min(days)} to {max(days)}")
    if not 1 <= spec.scale <= 50:
        raise DayError(f"--scale {spec.scale}：要 1 到 50 / want 1 to 50")
    units = sorted(site.units)
    wanted = [row for row in rows if row.reported_at < spec.starts_at(site.reference.zone) + timedelta(days=30)]
    point = demo_places().demo_point
    return [
        make_plan(row, site.rules, units, spec.seed, copy, None, point) for copy in range(spec.scale) for row in wanted
    ]


class InProcessPort:
    """Submits steps to the CommandService of this process, each under the role that would do it."""

    def __init__(self, service: CommandService, store: LogStore) -> None:
        self._service = service
        self._store = store
        self._outbox_id = secrets.token_hex(16)
        self._numbers = itertools.count(1)

    async def send(self, step: Step, ticket_id: TicketId | None, version: int | None) -> Outcome:
        actor = Actor(
            user=UserId(f"sim-{step.role}"),
            role=step.role,
            seat=SeatId(SEATS.get(step.role, "")),
            unit=step.unit,
            import_right=True,
        )
        submit = Submit(
            outbox_id=self._outbox_id,
            n=next(self._numbers),
            ticket_id=ticket_id,
            expected_version=version,
            command=step.command,  # type: ignore[arg-type]
            created_at=datetime.now(UTC),
            occurred_at=step.at,
        )
        return await self._service.submit(actor, submit)

    async def ticket(self, ticket_id: TicketId) -> Ticket | None:
        return (await self._store.tickets([ticket_id])).get(ticket_id)


def simulator_for(plans: list[Plan], service: CommandService, store: LogStore) -> Simulator:
    return Simulator(plans, InProcessPort(service, store))
