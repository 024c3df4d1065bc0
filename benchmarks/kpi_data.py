"""Tickets for benchmarks/kpi.py: invented, one set for every side, so that all answers can be compared with each other.

57,000 tickets are judged one by one; larger sets repeat them (with ids of their own), for our columns and for the others' tables.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import numpy as np
from msgspec.structs import replace

from backend.facts.columns import Array
from backend.facts.table import FactTable
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.kpi_engine import KpiSetup
from domain.kpi_parts import DEFAULT_RULES
from domain.kpi_types import Period
from domain.ticket import CallBack, Clock, Limit, Participation, Ticket
from domain.vocabulary import Level, LimitType, Opinion, Source, State

NOW = datetime(2018, 12, 31, 8, 0, tzinfo=UTC)
YEAR = Period(date(2018, 1, 1), date(2019, 1, 1), "accepted")
ITEMS = {f"I{n}": (f"class {n % 20}", f"sub-class {n}") for n in range(130)}
SETUP = KpiSetup(items=ITEMS)
_numbers = count()


def ticket(random: Random) -> Ticket:
    """One ticket of the year: 10 towns, 100 communities, 60 units, 20 classes. Of 50: one void, one open and overdue, one
    without a limit, the others closed; one in five was called back.
    """
    number = next(_numbers)
    start = NOW - timedelta(seconds=random.randrange(80 * 3600, 364 * 24 * 3600))
    limit = timedelta(hours=random.choice((8, 24, 72)))
    end = start + timedelta(seconds=int(limit.total_seconds() * random.uniform(0.1, 1.08)))
    due = start + limit
    unit = UnitId(f"U{random.randrange(60)}")
    lead = Participation(
        unit=unit, lead=True, asked_at=start, check_in_due_at=start + limit / 4, due_at=due, signed_at=start, reported_at=end
    )  # fmt: skip
    called = CallBack(attempts=1, reached=True, opinion=Opinion.VERY, at=end + timedelta(hours=5))
    closed = Ticket(
        id=TicketId(f"b{number}"),
        version=7,
        state=State.CLOSED,
        source=random.choice(tuple(Source)),
        area=AreaCode(f"440310{random.randrange(10):03d}{random.randrange(10):03d}"),
        item=ItemCode(f"I{random.randrange(130)}"),
        reported_at=start,
        changed_at=end,
        accepted_at=start + timedelta(minutes=5),
        filed_at=start + timedelta(minutes=6),
        dispatched_at=start + timedelta(minutes=10),
        handled_at=end,
        closed_at=end,
        first_closed_at=end,
        business=Clock(Limit(limit / timedelta(hours=1), LimitType.URGENT_HOURS), start, start + limit * 0.8, due),
        unit=unit,
        parts=(lead,),
        resolved_level=random.choice(tuple(Level)),
        on_time=end <= due,
        call_back=called if number % 5 == 0 else None,
    )
    return _special(closed, number % 50)


def _special(closed: Ticket, kind: int) -> Ticket:
    if kind == 0:
        return replace(
            closed, state=State.VOID, closed_at=None, on_time=None, ended_at=closed.closed_at, call_back=None
        )
    if kind == 1:
        return replace(closed, state=State.HANDLING, closed_at=None, first_closed_at=None, handled_at=None, on_time=None, call_back=None)  # fmt: skip
    return replace(closed, business=None, on_time=None) if kind == 2 else closed


def life(random: Random, now: datetime) -> Iterator[tuple[Ticket | None, Ticket]]:
    """The seven changes of one ticket on the main path, all at `now`, due later: what a day's events are made of."""
    done = ticket(random)
    limit = timedelta(hours=random.choice((8, 24, 72)))
    clock = Clock(Limit(8, LimitType.URGENT_HOURS), now, now + limit * 0.8, now + limit)
    parts = (replace(done.parts[0], asked_at=now, due_at=now + limit, check_in_due_at=now + limit / 4, signed_at=None, reported_at=None),)  # fmt: skip
    blank = {"accepted_at": None, "filed_at": None, "dispatched_at": None, "handled_at": None, "closed_at": None}
    steps: list[dict[str, Any]] = [
        {**blank, "state": State.REPORTED, "business": None, "parts": (), "unit": None, "ended_at": None},
        {"accepted_at": now, "filed_at": now, "state": State.FILED, "business": clock},
        {"dispatched_at": now, "state": State.DISPATCHED, "parts": parts, "unit": done.unit},
        {"state": State.HANDLING, "signed_at": now, "parts": (replace(parts[0], signed_at=now),)},
        {"state": State.HANDLED, "handled_at": now, "parts": (replace(parts[0], signed_at=now, reported_at=now),)},
        {"state": State.READY_TO_CLOSE},
        {
            "state": State.CLOSED,
            "closed_at": now,
            "first_closed_at": now,
            "on_time": True,
            "resolved_level": Level.TOWN,
        },
    ]
    before: Ticket | None = None
    after = replace(done, id=TicketId(f"n{next(_numbers)}"), reported_at=now, first_closed_at=None, on_time=None, resolved_level=None, call_back=None)  # fmt: skip
    for version, step in enumerate(steps, 1):
        after = replace(after, version=version, changed_at=now, **step)
        yield before, after
        before = after


def facts(tickets: list[Ticket], size: int) -> FactTable:
    """A table of `size` rows: the tickets over and over, each row with an id of its own. Open ones are open in the first turn."""
    base = FactTable(DEFAULT_RULES)
    base.load(tickets, NOW)
    if size == len(tickets):
        return base
    plain, arrays = base.dump()
    arrays = {name: block if name.startswith("j_") else _repeated(block, size) for name, block in arrays.items()}
    arrays["ids"] = np.char.add(b"x", np.arange(size).astype("S12"))
    arrays["ids"][: len(tickets)] = base.index.texts
    table = FactTable(DEFAULT_RULES)
    table.restore(plain, arrays)
    table.load((), NOW)
    table.columns.of("open")[len(tickets) :] = 0
    for one in base.open.values():
        table.put(one)
    return table


def _repeated(block: Array, size: int) -> Array:
    turns = -(-size // block.shape[-1])
    return np.ascontiguousarray(np.tile(block, turns)[..., :size])


def raw(tickets: list[Ticket], size: int) -> dict[str, Array]:
    """The same tickets as plain columns of facts for a database: codes, state, and instants in seconds (0 = none)."""
    units = {name: n for n, name in enumerate(sorted({str(one.unit) for one in tickets}))}
    rows = [
        (
            int(one.area[6:9]),
            units[str(one.unit)],
            int(ITEMS[one.item][0].split()[1]),
            {State.CLOSED: 1, State.VOID: 2}.get(one.state, 0),
            _seconds(one.accepted_at),
            _seconds(one.due_at),
            _seconds(one.closed_at),
        )
        for one in tickets
    ]
    columns = _repeated(np.array(rows, np.int64).T, size)
    names = ("town", "unit", "cls", "state", "accepted", "due", "closed")
    types = (np.int32, np.int32, np.int32, np.int8, np.int64, np.int64, np.int64)
    return {name: column.astype(kind) for name, column, kind in zip(names, columns, types, strict=True)}


def names_of(tickets: list[Ticket]) -> tuple[list[str], list[str], list[str]]:
    """The words of `raw`'s codes: towns, units, classes."""
    return (
        [f"440310{n:03d}" for n in range(10)],
        sorted({str(one.unit) for one in tickets}),
        [f"class {n}" for n in range(20)],
    )


def _seconds(at: datetime | None) -> int:
    return 0 if at is None else int(at.timestamp())
