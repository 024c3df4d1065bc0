"""Builds the live engine of a scope from the table of facts: closed tickets by counting columns, open ones as tickets.

The result equals `KpiEngine.load` over the same tickets (a test holds the two together); it takes a second instead of a minute.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from backend.facts.columns import Array
from backend.facts.table import FactTable
from domain.kpi_counters import KEEP_DAYS, month_key
from domain.kpi_engine import ACCEPTED_SERIES, CLOSED_SERIES, KpiEngine, KpiSetup
from domain.kpi_layout import Slot
from domain.kpi_parts import ALL, DIMS, QUARTER_S, day_of_number
from domain.kpi_tally import DIM_INDEX, Plan, Tally
from domain.ticket import Ticket

MONTH_CELLS = 32
DENSE_LIMIT = 20_000_000


def engine_of(
    table: FactTable, setup: KpiSetup, now: datetime, mask: Array | None = None, joining: Iterable[Ticket] | None = None
) -> KpiEngine:
    """The engine over the rows in `mask` (None = all) as of `now`.

    `joining` = the tickets that are not counted from columns; None = those in `mask` that are open.
    """
    engine = KpiEngine(setup)
    engine.load_counted(now)
    settled = table.columns.of("open") == 0
    if mask is not None:
        settled &= mask
    rows = np.flatnonzero(settled)
    count_cases(table, engine.tally, rows)
    load = _Beside(table, engine, rows)
    load.quarters()
    load.ages()
    load.marks()
    engine.join(opened(table, mask) if joining is None else joining)
    return engine


def count_cases(table: FactTable, tally: Tally, rows: Array) -> None:
    """Every case of these rows into a tally that has counted none of them."""
    cases = _Cases(table, tally, rows)
    for formula, variant, slot in table.layout.variants():
        plan = tally.plans.get((formula.id, variant.by))
        if plan is not None:
            cases.count(plan, slot)


def opened(table: FactTable, mask: Array | None) -> Iterator[Ticket]:
    """The open tickets of the rows in `mask`."""
    for ticket_id, ticket in table.open.items():
        row = table.index.find(ticket_id)
        assert row is not None
        if mask is None or mask[row]:
            yield ticket


class _Cases:
    """One building: the chosen rows, and for each breakdown the code of every row."""

    def __init__(self, table: FactTable, tally: Tally, rows: Array) -> None:
        self._table = table
        self._tally = tally
        self._rows = rows
        self._chosen = np.zeros(table.size, bool)
        self._chosen[rows] = True
        self._words: dict[str, tuple[Array, list[str]]] = {}
        self._codes: dict[str, Array] = {}

    def count(self, plan: Plan, slot: Slot) -> None:
        """Every case of the plan, by each of its breakdowns."""
        table = self._table
        if slot.joint >= 0:
            joint = table.joint
            at = np.flatnonzero(
                (joint.of("live") != 0) & (joint.of("which") == slot.joint) & self._chosen[joint.of("row")]
            )
            rows, days, parts = joint.of("row")[at], joint.of("day")[at], joint.of("part")[at]
            own_unit: Array | None = joint.of("unit")[at]
        else:
            days, parts = table.day(slot.day)[self._rows], table.part(slot.part)[self._rows]
            at = np.flatnonzero((days != 0) & (parts != 0))
            rows, days, parts, own_unit = self._rows[at], days[at], parts[at], None
        if not len(rows):
            return
        first = int(days.min())
        calendar = [day_of_number(number) for number in range(first, int(days.max()) + 1)]
        month = np.array([month_key(day) for day in calendar], np.int64)
        place = np.array([day.day - 1 for day in calendar], np.int64)
        day = days - first
        base_month = int(month[0])
        months = int(month[-1]) - base_month + 1
        when = (month[day] - base_month) * MONTH_CELLS + place[day]
        for dim in plan.dims:
            self._put(plan, dim, parts, self._coded(dim, rows, own_unit), (when, base_month, months))

    def _put(
        self, plan: Plan, dim: str, parts: Array, coded: tuple[Array, list[str]], time: tuple[Array, int, int]
    ) -> None:
        codes, words = coded
        when, base_month, months = time
        tally = self._tally
        width = months * MONTH_CELLS
        for part in np.flatnonzero(np.bincount(parts)).tolist():
            chosen = parts == part
            key = codes[chosen].astype(np.int64) * width + when[chosen]
            series = tally.series(plan, self._table.parts[part])
            for row, block in _months(key, len(words) * months):
                value, month = divmod(row, months)
                number = tally.dims.number(DIM_INDEX[dim], words[value])
                tally.counts.put_month(series, number, base_month + month, block)

    def _coded(self, dim: str, rows: Array, own_unit: Array | None) -> tuple[Array, list[str]]:
        """Dense codes of a breakdown for `rows`, and the word of each code."""
        if dim == "unit" and own_unit is not None:
            table, values = self._numbers("unit")
            return table[own_unit], values
        if dim not in self._codes:
            if dim == ALL:
                self._codes[dim] = np.zeros(self._table.size, np.int32)
            else:
                self._codes[dim] = self._numbers(dim)[0][self._table.code(_COLUMN[dim])]
        return self._codes[dim][rows], self._numbers(dim)[1]

    def _numbers(self, dim: str) -> tuple[Array, list[str]]:
        """(code of the table's word → dense code, dense code → shortened word) of one breakdown."""
        if dim not in self._words:
            dense: dict[str, int] = {}
            if dim == ALL:
                words = [""]
            else:
                words = [_shortened(dim, word, self._tally) for word in self._table.words[_COLUMN[dim]].list]
            codes = np.array([dense.setdefault(word, len(dense)) for word in words], np.int32)
            self._words[dim] = codes, list(dense)
        return self._words[dim]


class _Beside:
    """What an engine keeps beside its tally."""

    def __init__(self, table: FactTable, engine: KpiEngine, rows: Array) -> None:
        self._table = table
        self._engine = engine
        self._rows = rows

    def quarters(self) -> None:
        """The last weeks by quarter of an hour."""
        engine, table = self._engine, self._table
        assert engine.now is not None
        accepted = table.columns.of("marks", 0)[self._rows]
        closed = table.columns.of("marks", 1)[self._rows]
        horizon = engine.days.start(engine.days.day(engine.now) - timedelta(days=KEEP_DAYS - 1))
        first = int(horizon.timestamp() // QUARTER_S)
        items = table.code("item")[self._rows]
        recent = accepted >= first
        keys = accepted[recent].astype(np.int64) << 32 | items[recent]
        for key, n in zip(*(column.tolist() for column in np.unique(keys, return_counts=True)), strict=True):
            place = engine.days.place(_instant(key >> 32))
            engine.quarters.add(ACCEPTED_SERIES, place, n)
            engine.quarters.add(engine.class_series(table.words["item"].list[key & 0xFFFFFFFF]), place, n)
        ends = closed[closed >= first]
        for quarter, n in zip(*(column.tolist() for column in np.unique(ends, return_counts=True)), strict=True):
            engine.quarters.add(CLOSED_SERIES, engine.days.place(_instant(quarter)), n)

    def ages(self) -> None:
        """Hours to close, by the day of closing."""
        table = self._table
        bucket = table.columns.of("age")[self._rows]
        known = bucket >= 0
        quarter = table.columns.of("marks", 1)[self._rows][known].astype(np.int64)
        # A day is a whole number of quarters in every zone in use, so counts by quarter are put together by day.
        keys, counts = np.unique(quarter << 16 | bucket[known], return_counts=True)
        for key, n in zip(keys.tolist(), counts.tolist(), strict=True):
            self._engine.ages.add_to(self._engine.days.day(_instant(key >> 16)), key & 0xFFFF, n)

    def marks(self) -> None:
        """The earliest day of acceptance, and when the last call-back came."""
        engine, table = self._engine, self._table
        accepted = table.day(0)[self._rows]
        accepted = accepted[accepted != 0]
        if len(accepted):
            engine.first_day = day_of_number(int(accepted.min()))
        called = table.columns.of("called")[self._rows]
        if len(called) and called.max() > 0:
            engine.last_call_back_at = datetime.fromtimestamp(int(called.max()) / 1000, UTC)


_COLUMN = {"town": "area", "community": "area", "unit": "unit", "class": "item", "source": "source", "level": "level"}
assert {ALL, *_COLUMN} == set(DIMS)


def _shortened(dim: str, word: str, tally: Tally) -> str:
    match dim:
        case "town":
            return word[:9]
        case "community":
            return word[:12]
        case "class":
            return tally.dims.class_of(word)
        case _:
            return word


def _months(key: Array, rows: int) -> list[tuple[int, bytes]]:
    """Counts by key, cut into rows of one month: (row, 31 native ints) of each row that is not empty."""
    if rows * MONTH_CELLS <= DENSE_LIMIT:
        cells = np.bincount(key, minlength=rows * MONTH_CELLS).reshape(rows, MONTH_CELLS)[:, :31].astype(np.intc)
        return [(row, cells[row].tobytes()) for row in np.flatnonzero(cells.any(axis=1)).tolist()]
    found, dense = np.unique(key // MONTH_CELLS, return_inverse=True)
    counts = np.bincount(dense * MONTH_CELLS + key % MONTH_CELLS, minlength=len(found) * MONTH_CELLS)
    cells = counts.reshape(len(found), MONTH_CELLS)[:, :31].astype(np.intc)
    return [(int(row), cells[index].tobytes()) for index, row in enumerate(found.tolist())]


def _instant(quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * QUARTER_S, UTC)
