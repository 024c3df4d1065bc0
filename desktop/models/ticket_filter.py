"""Saved views and facets: which tickets of a book a queue shows, and the counts beside each choice. Pure; one numpy step each.

Counts of a facet are counted inside the saved view without any facet, so they add up to the count of the view.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from desktop.models.ticket_book import STATE_CODE, Mask, TicketBook
from desktop.models.ticket_row import PAUSED, RUNNING
from domain.ids import TicketId, UnitId
from domain.vocabulary import URGENCY_RANK, State, Urgency

CLOCK_STATES = ("ok", "at_risk", "overdue", "paused", "none", "ended")
_AFTER_RUNNING = CLOCK_STATES.index("paused") - PAUSED
"""The kinds of clock after RUNNING stand in CLOCK_STATES in their own order."""
FACETS = ("urgency", "clock", "source", "town")
URGENCIES = tuple(sorted(URGENCY_RANK, key=lambda urgency: URGENCY_RANK[urgency]))
"""As the column of the book counts them."""
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class ViewContext:
    """What a saved view may depend on beside the ticket: the instant, the site's day, and who sits here."""

    now_ms: int
    day_start_ms: int
    my_states: frozenset[State] = frozenset()
    """States whose next step this role takes."""
    my_unit: UnitId | None = None


@dataclass(frozen=True, slots=True)
class SavedViewSpec:
    """A saved view of the system. `status` is the look of its list entry; `ended` = shows ended tickets."""

    id: str
    mask: Callable[[TicketBook, ViewContext], Mask]
    status: tuple[str, str] | None = None
    ended: bool = False


def clock_codes(book: TicketBook, now_ms: int) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """Index into CLOCK_STATES for every slot."""
    at = np.minimum(book.until, now_ms)
    running = (at > book.risk).astype(np.intp) + (at > book.due)
    return np.where(book.kind == RUNNING, running, book.kind + _AFTER_RUNNING)


def _state_mask(book: TicketBook, states: frozenset[State]) -> Mask:
    return np.isin(book.state, [STATE_CODE[state] for state in states])


def _in_clock(book: TicketBook, states: frozenset[str], now_ms: int) -> Mask:
    return np.isin(clock_codes(book, now_ms), [CLOCK_STATES.index(state) for state in states])


def _mine(book: TicketBook, context: ViewContext) -> Mask:
    mask = _state_mask(book, context.my_states) & book.open
    return mask & (book.unit == book.units.known(context.my_unit)) if context.my_unit else mask


def _open(book: TicketBook, context: ViewContext) -> Mask:
    """在办, as the wall counts it: accepted and not ended."""
    return book.open & book.accepted


def _reported(book: TicketBook, context: ViewContext) -> Mask:
    """待受理: it came in and nobody has accepted it yet."""
    return book.open & ~book.accepted


def _at_risk(book: TicketBook, context: ViewContext) -> Mask:
    return _open(book, context) & _in_clock(book, frozenset({"at_risk"}), context.now_ms)


def _overdue(book: TicketBook, context: ViewContext) -> Mask:
    return _open(book, context) & _in_clock(book, frozenset({"overdue"}), context.now_ms)


def _due(book: TicketBook, context: ViewContext) -> Mask:
    return _open(book, context) & _in_clock(book, frozenset({"at_risk", "overdue"}), context.now_ms)


def _to_dispatch(book: TicketBook, context: ViewContext) -> Mask:
    return _state_mask(book, frozenset({State.FILED}))


def _joint_missing(book: TicketBook, context: ViewContext) -> Mask:
    return book.open & (context.now_ms > book.check_in_due)


def _to_check(book: TicketBook, context: ViewContext) -> Mask:
    return _state_mask(book, frozenset({State.HANDLED, State.CHECKING}))


def _suspension_ends(book: TicketBook, context: ViewContext) -> Mask:
    return _state_mask(book, frozenset({State.SUSPENDED})) & (book.suspended_until <= context.now_ms + 7 * _DAY_MS)


def _returned_twice(book: TicketBook, context: ViewContext) -> Mask:
    return book.open & (book.returns >= 2)


def _reminded(book: TicketBook, context: ViewContext) -> Mask:
    return book.open & (book.reminders > 0)


def _problem(book: TicketBook, context: ViewContext) -> Mask:
    return book.open & book.problem


def _closed_today(book: TicketBook, context: ViewContext) -> Mask:
    return _state_mask(book, frozenset({State.CLOSED})) & (book.closed >= context.day_start_ms)


SAVED_VIEWS: tuple[SavedViewSpec, ...] = (
    SavedViewSpec("mine", _mine),
    SavedViewSpec("open", _open),
    SavedViewSpec("reported", _reported),
    SavedViewSpec("at_risk", _at_risk, ("sla", "at_risk")),
    SavedViewSpec("overdue", _overdue, ("sla", "overdue")),
    SavedViewSpec("to_dispatch", _to_dispatch),
    SavedViewSpec("joint_missing", _joint_missing, ("sla", "overdue")),
    SavedViewSpec("to_check", _to_check),
    SavedViewSpec("suspension_ends", _suspension_ends, ("sla", "paused")),
    SavedViewSpec("returned_twice", _returned_twice),
    SavedViewSpec("reminded", _reminded),
    SavedViewSpec("problem", _problem),
    SavedViewSpec("closed_today", _closed_today, ended=True),
)
"""In the order of the left pane; keys 1–9 open the first nine."""

DUE_VIEW = SavedViewSpec("due", _due)
"""临期与超期: what the wall shows."""

VIEW_BY_ID = {view.id: view for view in (*SAVED_VIEWS, DUE_VIEW)}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a queue shows. Facets are kept as what is taken out, so that a new street is in until somebody unchecks it."""

    view: str = "open"
    excluded: Mapping[str, frozenset[str]] | None = None
    states: frozenset[State] | None = None
    """Chosen stages; None = all."""
    query: str = ""
    ids: frozenset[TicketId] | None = None
    """Exactly these tickets (反查 of a figure); None = all of the view."""

    def without(self, facet: str, keys: frozenset[str]) -> "QueueFilter":
        """The same with these choices of a facet taken out."""
        return replace(self, excluded={**(self.excluded or {}), facet: keys})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the saved view hides tickets."""
        return bool(
            self.query or self.states is not None or self.ids is not None or any((self.excluded or {}).values())
        )


def view_mask(book: TicketBook, view: str, context: ViewContext) -> Mask:
    """Slots of a saved view. Raises KeyError for an unknown view."""
    return VIEW_BY_ID[view].mask(book, context) & book.used


def filter_mask(book: TicketBook, chosen: QueueFilter, context: ViewContext) -> Mask:
    """Slots that a queue with this filter shows. Exact ids stand for themselves, whatever the view."""
    if chosen.ids is not None:
        mask = np.zeros_like(book.used)
        mask[[slot for slot in map(book.slot_of, chosen.ids) if slot is not None]] = True
    else:
        mask = view_mask(book, chosen.view, context)
    for facet, keys in (chosen.excluded or {}).items():
        if keys:
            mask = mask & ~_facet_mask(book, facet, keys, context.now_ms)
    if chosen.states is not None:
        mask = mask & _state_mask(book, chosen.states)
    query = chosen.query.strip().casefold()
    return mask & book.search_mask(query) if query else mask


def _facet_mask(book: TicketBook, facet: str, keys: frozenset[str], now_ms: int) -> Mask:
    if facet == "clock":
        return _in_clock(book, keys, now_ms)
    if facet == "urgency":
        return np.isin(book.urgency, [URGENCY_RANK[Urgency(key)] for key in keys])
    codes, column = (book.sources, book.source) if facet == "source" else (book.towns, book.town)
    return np.isin(column, [codes.known(key) for key in keys])


def view_counts(book: TicketBook, context: ViewContext) -> dict[str, int]:
    """Count of every saved view."""
    return {view.id: int(np.count_nonzero(view.mask(book, context) & book.used)) for view in SAVED_VIEWS}


def facet_counts(book: TicketBook, view: str, context: ViewContext) -> dict[str, dict[str, int]]:
    """Counts of every facet inside a saved view; each facet adds up to the view. Choices without a ticket are left out,
    but the three urgencies and the four clock states always show."""
    mask = view_mask(book, view, context)
    clock = np.bincount(clock_codes(book, context.now_ms)[mask], minlength=len(CLOCK_STATES))
    urgent = np.bincount(book.urgency[mask], minlength=len(URGENCIES))
    counts = {
        "urgency": {urgency.value: int(n) for urgency, n in zip(URGENCIES, urgent, strict=True)},
        "clock": {
            state: int(n) for state, n in zip(CLOCK_STATES, clock, strict=True) if n or state not in ("none", "ended")
        },
    }
    for facet, codes, column in (("source", book.sources, book.source), ("town", book.towns, book.town)):
        numbers = np.bincount(column[mask], minlength=len(codes.texts()))
        counts[facet] = {text: int(n) for text, n in zip(codes.texts(), numbers, strict=True) if n}
    return counts
