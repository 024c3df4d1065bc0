"""The table of facts: a ticket becomes a row of dates, verdicts and codes; time judges open tickets anew. Not thread-safe.

Read by `backend.facts.questions` and `backend.facts.engines`. Whoever owns it keeps it in step with the log.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np

from backend.facts.columns import Array, Columns, RowIndex, Words
from domain.actor import Scope, key_of
from domain.ids import TicketId
from domain.kpi_counters import bucket_of
from domain.kpi_judges import closed_at
from domain.kpi_layout import Layout
from domain.kpi_parts import OUTSIDE, QUARTER_S, KpiRules, Part, days_of
from domain.kpi_wakes import Wakes
from domain.kpi_work import called_back_at
from domain.ticket import Ticket

CHUNK = 4096
CODES = ("area", "unit", "item", "team")
"""Interned words of a ticket. `team` = every unit that takes part, joined: what a scope by units asks for."""
SMALL = ("source", "loop", "level")
MARKS = ("accepted_q", "closed_q", "version", "due_q", "handled_q")
"""Quarters of an hour since 1970 (0 = not), and the ticket's version."""
TEAM_SEPARATOR = "\n"


class FactTable:
    """`load` or `put` tickets as they are now; `advance` before reading, so that every verdict is as of `now`."""

    def __init__(self, rules: KpiRules, layout: Layout | None = None) -> None:
        self.rules = rules
        self.layout = layout or Layout()
        self.now: datetime | None = None
        self.open: dict[TicketId, Ticket] = {}
        self.index = RowIndex()
        self.words = {name: Words() for name in (*CODES, *SMALL)}
        self.parts: list[Part] = [OUTSIDE]
        self._part_numbers: dict[Part, int] = {OUTSIDE: 0}
        self._part_ids: dict[int, int] = {id(OUTSIDE): 0}
        """By identity, which is quicker to ask: `parts` keeps these very objects alive."""
        self.columns = Columns(
            {
                "days": (len(self.layout.places), np.uint16),
                "parts": (len(self.layout.judges), np.uint8),
                "codes": (len(CODES), np.int32),
                "small": (len(SMALL), np.uint8),
                "marks": (len(MARKS), np.int32),
                "called": (1, np.int64),
                "seq": (1, np.int64),
                "age": (1, np.int16),
                "open": (1, np.uint8),
            }
        )
        self.joint = Columns({"row": (1, np.int32), "which": (1, np.uint8), "part": (1, np.uint8), "day": (1, np.uint16),
                              "unit": (1, np.int32), "live": (1, np.uint8)})  # fmt: skip
        self._joint_of: dict[int, list[int]] = {}
        self._joint_free: list[int] = []
        self._days = days_of(rules.zone)
        self._wakes = Wakes(rules)

    @property
    def size(self) -> int:
        return self.columns.size

    @property
    def bytes(self) -> int:
        return self.columns.bytes + self.joint.bytes + self.index.bytes

    # -- feeding ----------------------------------------------------------------------------------

    def load(self, tickets: Iterable[Ticket], now: datetime) -> None:
        """Many tickets, most of them new, as they are at `now`."""
        self.now = now if self.now is None else max(self.now, now)
        found = iter(tickets)
        while chunk := list(islice(found, CHUNK)):
            fresh = []
            for ticket in chunk:
                if self.index.find(ticket.id) is None:
                    fresh.append(ticket)
                    self.index.add(ticket.id)
                else:
                    self.put(ticket)
            if not fresh:
                continue
            start = self.columns.size
            self.columns.write(start, [self._row(ticket, self.now, 0) for ticket in fresh])
            for row, ticket in enumerate(fresh, start):
                self._beside(row, ticket, self.now)

    def put(self, ticket: Ticket, seq: int | None = None) -> int:
        """One ticket as it is now, by event `seq` of the log; one older than the row knows is left out. Gives the row."""
        assert self.now is not None
        row = self.index.find(ticket.id)
        if row is None:
            row = self.index.add(ticket.id)
        elif self.columns.of("marks", 2)[row] > ticket.version:
            return row
        if seq is None:
            seq = int(self.columns.of("seq")[row]) if row < self.columns.size else 0
        self.columns.write(row, [self._row(ticket, self.now, seq)])
        self._beside(row, ticket, self.now)
        return row

    def advance(self, now: datetime) -> int:
        """Lets time pass; the number of tickets judged anew."""
        if self.now is None or now <= self.now:
            self.now = self.now or now
            return 0
        self.now = now
        woken = self._wakes.due(now)
        for ticket_id in woken:
            self.put(self.open[ticket_id])
        return len(woken)

    # -- reading ----------------------------------------------------------------------------------

    def day(self, index: int) -> Array:
        return self.columns.of("days", index)

    def part(self, index: int) -> Array:
        return self.columns.of("parts", index)

    def code(self, name: str) -> Array:
        return (
            self.columns.of("codes", CODES.index(name))
            if name in CODES
            else self.columns.of("small", SMALL.index(name))
        )

    def mark(self, name: str) -> Array:
        """One of MARKS."""
        return self.columns.of("marks", MARKS.index(name))

    def covered(self, scope: Scope) -> Array | None:
        """Rows that `scope` covers, as a mask; None = all."""
        if not scope.areas and not scope.units:
            return None
        inside = np.fromiter((word.startswith(tuple(scope.areas)) for word in self.words["area"].list), bool)
        wanted = set(scope.units)
        taking = np.fromiter((not wanted.isdisjoint(_team(word)) for word in self.words["team"].list), bool)
        found: Array = inside[self.code("area")] | taking[self.code("team")]
        return found

    # -- inside -----------------------------------------------------------------------------------

    def number_of(self, part: Part) -> int:
        """The code of a verdict in the columns; one that no row has yet gets one."""
        known = self._part_numbers.get(part)
        return self._part(part) if known is None else known

    def _part(self, part: Part) -> int:
        known = self._part_numbers.get(part)
        if known is None:
            known = self._part_numbers[part] = len(self.parts)
            self.parts.append(part)
            assert known < 256
        else:
            self._part_ids.pop(id(self.parts[known]), None)
            self.parts[known] = part
        self._part_ids[id(part)] = known
        return known

    def _row(self, ticket: Ticket, as_of: datetime, seq: int) -> list[int]:
        rules, number, words = self.rules, self._days.number, self.words
        row = [0 if (at := place(ticket, rules)) is None else number(at) for place in self.layout.places]
        known = self._part_ids
        for judge in self.layout.judges:
            part = judge(ticket, as_of, rules)
            code = known.get(id(part))
            row.append(self._part(part) if code is None else code)
        closed, accepted, called = closed_at(ticket, rules), ticket.accepted_at, called_back_at(ticket, rules)
        team = key_of(ticket).units
        row += (
            words["area"].number(ticket.area),
            words["unit"].number(ticket.unit or ""),
            words["item"].number(ticket.item),
            words["team"].number(TEAM_SEPARATOR.join(team)),
            words["source"].number(ticket.source.value),
            words["loop"].number(ticket.loop.value),
            words["level"].number((ticket.resolved_level or ticket.level).value),
            quarter(accepted),
            quarter(closed),
            ticket.version,
            quarter(ticket.due_at),
            quarter(ticket.handled_at),
            0 if called is None else round(called.timestamp() * 1000),
            seq,
            -1 if closed is None or accepted is None else bucket_of((closed - accepted).total_seconds() / 3600),
            ticket.is_open,
        )
        return row

    def _beside(self, row: int, ticket: Ticket, as_of: datetime) -> None:
        """What a ticket has beside its row: itself while open, and the cases of its parts."""
        if ticket.is_open:
            self.open[ticket.id] = ticket
            self._wakes.put(ticket, as_of)
        elif self.open.pop(ticket.id, None) is not None:
            self._wakes.drop(ticket.id)
        old = self._joint_of.pop(row, None)
        if old:
            self.joint.of("live")[old] = 0
            self._joint_free += old
        if ticket.parts:
            self._write_joint(row, ticket, as_of)

    def _write_joint(self, row: int, ticket: Ticket, as_of: datetime) -> None:
        taken = []
        for which, cases in enumerate(self.layout.joint):
            for part, at, unit in cases(ticket, as_of, self.rules):
                place = self._joint_free.pop() if self._joint_free else self.joint.size
                unit_code = self.words["unit"].number(unit or "")
                self.joint.write(place, [[row, which, self._part(part), self._days.number(at), unit_code, 1]])
                taken.append(place)
        if taken:
            self._joint_of[row] = taken

    # -- storing ----------------------------------------------------------------------------------

    def dump(self) -> tuple[dict[str, Any], dict[str, Array]]:
        """(plain values, arrays) from which `restore` makes the same table. Open tickets are given back by the caller."""
        plain = {
            "signature": self.layout.signature,
            "zone": self.rules.zone,
            "words": {name: words.list for name, words in self.words.items()},
            "parts": [list(part) for part in self.parts],
        }
        arrays = {"ids": self.index.texts}
        arrays |= {f"t_{name}": block for name, block in self.columns.trimmed().items()}
        arrays |= {f"j_{name}": block for name, block in self.joint.trimmed().items()}
        return plain, arrays

    def restore(self, plain: dict[str, Any], arrays: dict[str, Array]) -> None:
        """Open tickets must be `put` after this. Raises ValueError where the formulas are not those of this table."""
        if plain["signature"] != self.layout.signature or plain["zone"] != self.rules.zone:
            raise ValueError("a table of other formulas")
        self.words = {name: Words(plain["words"][name]) for name in self.words}
        self.parts = [Part(kind, reason) for kind, reason in plain["parts"]]
        self._part_numbers = {part: number for number, part in enumerate(self.parts)}
        self._part_ids = {id(part): number for number, part in enumerate(self.parts)}
        self.index.restore(arrays["ids"])
        self.columns.restore({name: arrays[f"t_{name}"] for name in self.columns.widths})
        self.joint.restore({name: arrays[f"j_{name}"] for name in self.joint.widths})
        for place, (row, live) in enumerate(
            zip(self.joint.of("row").tolist(), self.joint.of("live").tolist(), strict=True)
        ):
            if live:
                self._joint_of.setdefault(row, []).append(place)
            else:
                self._joint_free.append(place)


def quarter(at: datetime | None) -> int:
    """Quarters of an hour since 1970; 0 = no instant."""
    return 0 if at is None else int(at.timestamp() // QUARTER_S)


def _team(word: str) -> list[str]:
    return word.split(TEAM_SEPARATOR) if word else []
