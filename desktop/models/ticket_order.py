"""The orders in which tickets can stand, as plain sort keys. A key never changes with time, only when its ticket does.

By remaining time a key is made of the limit's instant, so rows pass the line "now" without changing places.
"""

from collections.abc import Callable

from desktop.models.pinyin import spellings
from desktop.models.ticket_row import PAUSED, RUNNING, TicketRow
from domain.vocabulary import State

Key = tuple[int, int, str]

REMAINING, URGENCY, CHANGED, NUMBER = "remaining", "urgency", "changed", "number"
MATTER, PLACE, STAGE, UNIT = "matter", "place", "stage", "unit"
SORTS = (REMAINING, URGENCY, CHANGED, NUMBER, MATTER, PLACE, STAGE, UNIT)
_URGENCY_STEP = 10
_STAGE_RANK = {state: rank for rank, state in enumerate(State)}
"""States stand in their enumeration as a ticket goes through them."""
_NEVER_NEGATIVE = 1 << 60


def _rank_in_kind(row: TicketRow) -> int:
    # Without a running limit the latest change comes first: it is what somebody touched just now.
    return row.due_ms if row.kind in (RUNNING, PAUSED) else -row.changed_ms


def _kind(row: TicketRow) -> int:
    """A clock whose record ends before its limit never passes the line "now": it stands with the paused ones."""
    return PAUSED if row.kind == RUNNING and row.until_ms <= row.due_ms else row.kind


def by_remaining(row: TicketRow) -> Key:
    """First running limits, the longest overdue first; then paused ones; then those without a limit; ended ones last."""
    return (_kind(row), _rank_in_kind(row), row.id)


def by_urgency(row: TicketRow) -> Key:
    """特急 first, inside an urgency by remaining time."""
    return (row.urgency_rank * _URGENCY_STEP + _kind(row), _rank_in_kind(row), row.id)


def by_changed(row: TicketRow) -> Key:
    """The latest change first."""
    return (0, -row.changed_ms, row.id)


def by_number(row: TicketRow) -> Key:
    """The newest number first; ids without digits come last, by id."""
    digits = "".join(char for char in row.id if char.isdigit())
    return (0, -int(digits), row.id) if digits else (1, 0, row.id)


def _grouped(words: str, row: TicketRow) -> Key:
    """By the spelling of the words, as a list of Chinese names is sorted; equal words together, inside by remaining time."""
    rest = f"{_kind(row)}{_NEVER_NEGATIVE + _rank_in_kind(row):020d}{row.id}"
    return (not words, 0, f"{spellings(words)[0]}\0{words}\0{rest}")


def by_matter(row: TicketRow) -> Key:
    """By category, in it by item."""
    return _grouped(f"{row.category} {row.matter}", row)


def by_place(row: TicketRow) -> Key:
    return _grouped(row.place, row)


def by_stage(row: TicketRow) -> Key:
    """Along a ticket's way, inside a stage by remaining time."""
    return (_STAGE_RANK[row.ticket.state] * _URGENCY_STEP + _kind(row), _rank_in_kind(row), row.id)


def by_unit(row: TicketRow) -> Key:
    """Tickets without a unit last, by what they wait for."""
    group = _grouped(row.unit, row)
    return (1, *group[1:]) if row.unit_is_waiting else group


KEY_OF: dict[str, Callable[[TicketRow], Key]] = {
    REMAINING: by_remaining,
    URGENCY: by_urgency,
    CHANGED: by_changed,
    NUMBER: by_number,
    MATTER: by_matter,
    PLACE: by_place,
    STAGE: by_stage,
    UNIT: by_unit,
}


def line_key(now_ms: int) -> Key:
    """Where the line "now" stands in the order by remaining time: below everything overdue, above what is due next."""
    return (RUNNING, now_ms, "")
