"""A plausible afternoon of a district for tests and pictures: reference tables of the catalogues and about 1,300 open tickets.

Everything is drawn with a fixed seed, so that pictures and counts are the same on every machine.
"""

import csv
import random
from datetime import UTC, datetime, timedelta

from domain.catalogue import Item
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.organisation import Area, Unit
from domain.ticket import Clock, Limit, Participation, StageClock, Ticket
from domain.vocabulary import LimitType, PartState, PauseReason, Source, Stage, State, Urgency
from protocol.reference import Demo, Reference
from resources import path

NOW = datetime(2018, 10, 9, 6, 32, 8, tzinfo=UTC)
"""14:32:08 in Shanghai."""

_STATES = (
    (State.REPORTED, Stage.ACCEPT, 0.25, 4),
    (State.VERIFYING, Stage.VERIFY, 0.5, 10),
    (State.FILED, Stage.DISPATCH, 0.25, 5),
    (State.DISPATCHED, Stage.SIGN, 2.0, 12),
    (State.HANDLING, Stage.HANDLE, 8.0, 50),
    (State.SUSPENDED, Stage.HANDLE, 24.0, 3),
    (State.HANDLED, Stage.CHECK, 0.5, 8),
    (State.CHECKING, Stage.CHECK, 0.5, 6),
    (State.READY_TO_CLOSE, Stage.CLOSE, 0.5, 2),
)
_SOURCES = (
    (Source.PATROL, 55),
    (Source.HOTLINE_12345, 29),
    (Source.CAMERA, 7),
    (Source.CITIZEN_APP, 5),
    (Source.PLATFORM, 4),
)


def _rows(name: str) -> list[dict[str, str]]:
    with path("catalogues", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def make_reference(demo: bool = True) -> Reference:
    """The tables of the Pingshan catalogue, as the backend would send them."""
    items = tuple(
        Item(
            code=ItemCode(row["item_code"]),
            class_name=row["class_name"],
            sub_class_name=row["sub_class_name"],
            name=row["item_name"],
            kind=row["kind"],
            urgency=Urgency(row["priority"]),
            limit=Limit(float(row["limit_amount"]), LimitType(row["limit_type"])) if row["limit_amount"] else None,
            needs_check=row["needs_check"] == "1",
            filing_condition=row["filing_condition"],
            closing_condition=row["closing_condition"],
        )
        for row in _rows("pingshan_items.csv")
    )
    return Reference(
        site="坪山区",
        district=AreaCode("440310"),
        areas=tuple(Area(AreaCode(row["code"]), row["name"]) for row in _rows("pingshan_areas.csv")),
        units=tuple(
            Unit(UnitId(row["unit_id"]), row["name"], row["kind"], UnitId(row["parent"]) if row["parent"] else None)
            for row in _rows("pingshan_units.csv")
        ),
        items=items,
        targets={},
        level_targets={},
        demo=Demo("2018-10-09", 60.0, "坪山 2018") if demo else None,
    )


def make_clock(hours: float, used: float, now: datetime = NOW, paused: bool = False) -> Clock:
    """A clock of which the share `used` has run at `now`."""
    start = now - timedelta(hours=hours * used)
    return Clock(
        limit=Limit(hours, LimitType.URGENT_HOURS),
        started_at=start,
        risk_at=start + timedelta(hours=hours * 0.8),
        due_at=start + timedelta(hours=hours),
        paused_at=now if paused else None,
        pause_reason=PauseReason.SUSPENDED if paused else None,
        remaining_s=hours * 3600 * (1 - used) if paused else None,
    )


def _share_used(dice: random.Random, index: int) -> float:
    if index % 25 == 0:
        return 1 + dice.expovariate(8)
    return dice.uniform(0.81, 0.995) if index % 8 == 0 else dice.uniform(0.02, 0.78)


def _parts(dice: random.Random, lead: UnitId, units: list[Unit], start: datetime) -> tuple[Participation, ...]:
    chosen = [lead, *(unit.id for unit in dice.sample(units, dice.choice((1, 1, 2, 3))) if unit.id != lead)]
    parts = []
    for place, unit in enumerate(chosen):
        came = place == 0 or dice.random() < 0.8
        parts.append(
            Participation(
                unit=unit,
                lead=place == 0,
                state=PartState.ARRIVED if came else PartState.ASKED,
                asked_at=start,
                check_in_due_at=start + timedelta(minutes=30),
                due_at=NOW + timedelta(minutes=dice.randint(-20, 90)),
                signed_at=start + timedelta(minutes=6) if came else None,
                arrived_at=start + timedelta(minutes=18 + place) if came else None,
            )
        )
    return tuple(parts)


def make_ticket(
    number: int = 1,
    state: State = State.HANDLING,
    *,
    stage: Stage = Stage.HANDLE,
    hours: float = 8.0,
    used: float = 0.5,
    now: datetime = NOW,
    **fields: object,
) -> Ticket:
    """One ticket whose running clock has used a share of its limit. `fields` replace anything."""
    clock = make_clock(hours, used, now, paused=state is State.SUSPENDED)
    values: dict[str, object] = {
        "id": TicketId(f"181009-{number:04d}"),
        "version": 3,
        "state": state,
        "source": Source.PATROL,
        "area": AreaCode("440310001001"),
        "item": ItemCode("SJ0100180428"),
        "reported_at": clock.started_at - timedelta(minutes=20),
        "accepted_at": None if state is State.REPORTED else clock.started_at - timedelta(minutes=10),
        "changed_at": clock.started_at,
        "stage": StageClock(stage, clock),
        "business": make_clock(hours + 4, used * hours / (hours + 4), now),
    }
    return Ticket(**{**values, **fields})  # type: ignore[arg-type]


def _open_ticket(dice: random.Random, index: int, reference: Reference, pool: dict[str, list]) -> Ticket:
    state, stage, hours, _ = dice.choices(_STATES, [row[3] for row in _STATES])[0]
    item: Item = dice.choice(pool["items"])
    area: Area = dice.choices(pool["areas"], [7 if a.code[:9] != "440310401" else 1 for a in pool["areas"]])[0]
    limit = item.limit.amount if item.limit and item.limit.amount < 72 else 12.0
    ticket = make_ticket(
        index + 1,
        state,
        stage=stage,
        hours=limit if stage is Stage.HANDLE else hours,
        used=_share_used(dice, index),
        area=area.code,
        item=item.code,
        urgency=dice.choices((Urgency.TOP, Urgency.HIGH, Urgency.NORMAL), (4, 22, 74))[0],
        source=dice.choices([s for s, _ in _SOURCES], [n for _, n in _SOURCES])[0],
        returns=dice.choices((0, 1, 2), (94, 5, 1))[0],
        reminders=dice.choices((0, 1), (98, 2))[0],
        simulated=True,
    )
    day = (ticket.reported_at + timedelta(hours=8)).strftime("%y%m%d")
    unit = dice.choice(pool["units"]).id
    placed = state not in (State.REPORTED, State.VERIFYING, State.FILED)
    start = ticket.stage.clock.started_at if ticket.stage else NOW
    fields: dict[str, object] = {
        "id": TicketId(f"{day}-{index + 1:04d}"),
        "changed_at": NOW - timedelta(seconds=min(dice.expovariate(1 / 700), (NOW - start).total_seconds())),
        "unit": unit if placed else None,
        "accepted_at": ticket.reported_at + timedelta(minutes=5) if state is not State.REPORTED else None,
        "filed_at": ticket.reported_at + timedelta(minutes=12) if state is not State.REPORTED else None,
        "dispatched_at": start - timedelta(minutes=6) if placed else None,
        "signed_at": start if state is State.HANDLING else None,
    }
    if state is State.HANDLING and dice.random() < 0.25:
        fields["parts"] = _parts(dice, unit, pool["units"], start)
    if stage is Stage.HANDLE and item.limit is None:
        fields |= {"stage": None, "business": None}
    if state is State.SUSPENDED:
        fields["suspended_until"] = NOW + timedelta(days=dice.randint(1, 20))
    return _with(ticket, fields)


def _with(ticket: Ticket, fields: dict[str, object]) -> Ticket:
    return Ticket(**{**{name: getattr(ticket, name) for name in ticket.__struct_fields__}, **fields})


def make_tickets(count: int = 1283, closed: int = 180, reference: Reference | None = None) -> list[Ticket]:
    """`count` open tickets and `closed` ones of today."""
    dice = random.Random(7)
    reference = reference or make_reference()
    pool = {
        "items": [item for item in reference.items if len(item.name) <= 16],
        "areas": [area for area in reference.areas if len(area.code) == 12],
        "units": [unit for unit in reference.units if len(unit.name) <= 10],
    }
    tickets = [_open_ticket(dice, index, reference, pool) for index in range(count)]
    for index in range(count, count + closed):
        ticket = _open_ticket(dice, index, reference, pool)
        at = NOW - timedelta(minutes=dice.randint(1, 500))
        ended = {"state": State.CLOSED, "stage": None, "closed_at": at, "changed_at": at, "on_time": True}
        tickets.append(_with(ticket, ended))
    return tickets
