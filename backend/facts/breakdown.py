"""Counting over the table of facts: one KPI by any combination of breakdowns, and the rows behind one figure.

No rule here: verdicts and days are in the columns. What `recount` of domain.kpi says, this says (tests hold the two together).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from backend.facts.columns import Array
from backend.facts.table import FactTable
from domain.kpi_layout import Slot
from domain.kpi_parts import DENOMINATOR_KIND, EXCLUDED_KIND, NUMERATOR_KIND, Part, day_number, day_of_number

DENSE_LIMIT = 4_000_000
"""Cells that are counted in one array; wider keys are sorted instead."""
Items = Mapping[str, tuple[str, str]]


class UnknownDimError(ValueError):
    """Not a breakdown; the message names it."""


class Grouped(NamedTuple):
    """Counts by combination of breakdown values: everything by group, in columns. `codes` + `words` name the groups."""

    codes: tuple[Array, ...]
    words: tuple[list[str], ...]
    numerator: Array
    denominator: Array
    excluded: dict[str, Array]

    def __len__(self) -> int:
        return len(self.denominator)

    def values(self, group: int) -> tuple[str, ...]:
        return tuple(words[codes[group]] for codes, words in zip(self.codes, self.words, strict=True))

    def order(self) -> list[int]:
        """Groups by denominator, the biggest first; where that is equal by name, so that pages never change."""
        names = [np.argsort(np.argsort(words))[codes] for codes, words in zip(self.codes, self.words, strict=True)]
        found: list[int] = np.lexsort((*reversed(names), -self.denominator)).tolist()
        return found

    def cases(self, group: int) -> int:
        """How many cases there are, whatever their verdict."""
        return int(self.denominator[group]) + sum(self.excluded_of(group).values())

    def excluded_of(self, group: int) -> dict[str, int]:
        return {reason: int(counts[group]) for reason, counts in self.excluded.items() if counts[group]}


class Cases(NamedTuple):
    """The cases of a figure: ticket row, verdict, day, and unit code of each. The arrays are as long as each other."""

    row: Array | slice
    part: Array
    day: Array
    unit: Array


_AREA_LENGTH = {"district": 6, "town": 9, "community": 12, "grid": 99}


def cases(
    table: FactTable,
    slot: Slot,
    start: date,
    end: date,
    mask: Array | None = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    items: Items | None = None,
) -> Cases:
    """What falls into [start, end), of the rows in `mask`, with one of the values in each filter."""
    low, high = max(1, day_number(start)), max(1, day_number(end))
    if slot.joint >= 0:
        found = _joint(table, slot, low, high)
    else:
        day, part = table.day(slot.day), table.part(slot.part)
        chosen = (day >= low) & (day < high) & (part != 0)
        if slot.exists != slot.day:
            chosen &= table.day(slot.exists) != 0
        if mask is not None:
            chosen &= mask
        for name, values in (filters or {}).items():
            if name not in ("day", "month"):
                chosen &= allowed(table, items or {}, name, values)
        row = np.flatnonzero(chosen)
        return _of_days(Cases(row, part[row], day[row], table.code("unit")[row]), filters or {})
    if mask is not None:
        found = pick(found, mask[found.row])
    for name, values in (filters or {}).items():
        if name == "unit":
            known = [table.words["unit"].find(value) for value in values]
            found = pick(found, np.isin(found.unit, [code for code in known if code is not None]))
        elif name not in ("day", "month"):
            found = pick(found, allowed(table, items or {}, name, values)[found.row])
    return _of_days(found, filters or {})


def count(
    table: FactTable, found: Cases, dims: Sequence[str], items: Items, *, dense_limit: int = DENSE_LIMIT
) -> Grouped:
    """Cases by each combination that occurs. Without dims: one group, also when empty."""
    keyed = [_keyed(table, found, name, items) for name in dims]
    sizes = [len(words) for _, words in keyed]
    met = np.zeros(256, bool)
    met[found.part] = True
    used = np.flatnonzero(met)
    slots = np.zeros(256, np.intp)
    slots[used] = np.arange(len(used))
    key = np.zeros(len(found.part), np.intp)
    for (codes, _), size in zip(keyed, sizes, strict=True):
        if size > 1:
            key *= size
            key += codes
    cells = math.prod(sizes)
    if cells * max(1, len(used)) <= dense_limit:
        key *= len(used)
        key += slots[found.part]
        table_of = np.bincount(key, minlength=cells * len(used)).reshape(cells, -1)
        groups = np.flatnonzero(table_of.any(axis=1)) if dims else np.zeros(1, np.int64)
        counts = table_of[groups]
    else:
        groups, dense = np.unique(key, return_inverse=True)
        counts = np.bincount(dense * len(used) + slots[found.part], minlength=len(groups) * len(used))
        counts = counts.reshape(len(groups), -1)
    return _grouped(table, [table.parts[code] for code in used.tolist()], groups, counts, [words for _, words in keyed])


def _grouped(table: FactTable, parts: list[Part], groups: Array, counts: Array, words: list[list[str]]) -> Grouped:
    codes: list[Array] = []
    rest = groups
    for names in reversed(words):
        rest, code = np.divmod(rest, len(names))
        codes.append(code)
    numerator = np.zeros(len(groups), np.int64)
    denominator = np.zeros(len(groups), np.int64)
    excluded: dict[str, Array] = {}
    for column, part in enumerate(parts):
        if part.kind == EXCLUDED_KIND:
            excluded[part.reason] = counts[:, column]
            continue
        denominator += counts[:, column]
        if part.kind == NUMERATOR_KIND:
            numerator += counts[:, column] * int(part.reason or 1)
    return Grouped(tuple(reversed(codes)), tuple(words), numerator, denominator, excluded)


def lists(table: FactTable, found: Cases) -> dict[Part, Array]:
    """Rows behind each verdict; a row stands once per case."""
    return {
        table.parts[code]: np.asarray(found.row)[found.part == code] for code in np.unique(found.part).tolist() if code
    }


def of_kind(parts: Mapping[Part, Array], kind: str, reason: str = "") -> Array:
    """Rows of one list: numerator, denominator_only, or excluded (of one reason, or reason by reason)."""
    chosen = sorted(
        part for part in parts if part.kind == kind and (kind != EXCLUDED_KIND or not reason or part.reason == reason)
    )
    return np.concatenate([parts[part] for part in chosen]) if chosen else np.zeros(0, np.int64)


KINDS = (NUMERATOR_KIND, DENOMINATOR_KIND, EXCLUDED_KIND)


# -- inside ------------------------------------------------------------------------------------------


def _joint(table: FactTable, slot: Slot, low: int, high: int) -> Cases:
    joint = table.joint
    row = joint.of("row")
    day = joint.of("day") if slot.day < 0 else table.day(slot.day)[row]
    chosen = np.flatnonzero((joint.of("live") != 0) & (joint.of("which") == slot.joint) & (day >= low) & (day < high))
    return Cases(row[chosen], joint.of("part")[chosen], day[chosen], joint.of("unit")[chosen])


def pick(found: Cases, chosen: Array) -> Cases:
    return Cases(np.asarray(found.row)[chosen], found.part[chosen], found.day[chosen], found.unit[chosen])


def _of_days(found: Cases, filters: Mapping[str, Sequence[str]]) -> Cases:
    for name, spelled in (("day", _day_text), ("month", _month_text)):
        if name in filters:
            days = np.unique(found.day)
            wanted = [number for number in days.tolist() if spelled(number) in filters[name]]
            found = pick(found, np.isin(found.day, wanted))
    return found


def _day_text(number: int) -> str:
    return day_of_number(number).isoformat()


def _month_text(number: int) -> str:
    return day_of_number(number).isoformat()[:7]


def _derived(table: FactTable, name: str, items: Items) -> tuple[str, Callable[[str], str]]:
    """The column a breakdown is read from, and how its words are shortened."""
    if name in _AREA_LENGTH:
        length = _AREA_LENGTH[name]
        return "area", lambda word: word[:length]
    if name == "class":
        return "item", lambda word: items.get(word, (word, word))[0]
    if name == "sub_class":
        return "item", lambda word: items.get(word, (word, word))[1]
    if name in ("unit", "item", "source", "loop", "level"):
        return name, lambda word: word
    raise UnknownDimError(name)


def allowed(table: FactTable, items: Items, name: str, values: Sequence[str]) -> Array:
    """Rows whose value of `name` is one of `values`. An area may be named at any level by its code: its prefix counts."""
    if name == "area":
        column, prefixes = "area", tuple(values)
        fits = np.fromiter((word.startswith(prefixes) for word in table.words["area"].list), bool)
    else:
        column, shorten = _derived(table, name, items)
        wanted = set(values)
        fits = np.fromiter((shorten(word) in wanted for word in table.words[column].list), bool)
    found: Array = fits[table.code(column)]
    return found


def _keyed(table: FactTable, found: Cases, name: str, items: Items) -> tuple[Array, list[str]]:
    """(code of each case, the words of the codes) of one breakdown, codes dense from 0."""
    if name in ("day", "month"):
        spelled = _day_text if name == "day" else _month_text
        if not len(found.day):
            return found.day, [""]
        low = int(found.day.min())
        words = [spelled(number) for number in range(low, int(found.day.max()) + 1)]
        known = sorted(set(words))
        order = np.array([known.index(word) for word in words] if name == "month" else range(len(words)), np.int32)
        return order[found.day - low], known
    column, shorten = _derived(table, name, items)
    if column == "unit":
        return found.unit, table.words["unit"].list
    raw = table.code(column)[found.row]
    shortened: dict[str, int] = {}
    codes = [shortened.setdefault(shorten(word), len(shortened)) for word in table.words[column].list]
    return np.array(codes, np.int32)[raw], list(shortened)
