"""What a queue showed, as it is kept with the place of its window: view, facets, stages, order. Not the words of a search, and not a
list behind a figure: both belong to the moment."""

from __future__ import annotations

import msgspec

from desktop.models.ticket_filter import CLOCK_STATES, FACETS, URGENCIES, VIEW_BY_ID, QueueFilter
from desktop.models.ticket_order import KEY_OF
from domain.vocabulary import State

_FIXED = {"clock": frozenset(CLOCK_STATES), "urgency": frozenset(urgency.value for urgency in URGENCIES)}
"""Facets whose choices never change."""


class _Kept(msgspec.Struct, omit_defaults=True):
    view: str
    sort: str
    excluded: dict[str, list[str]] = {}
    states: list[State] | None = None


def kept(chosen: QueueFilter, sort: str) -> str:
    """For `shown_again`; "" where an exact list is shown."""
    if chosen.ids is not None:
        return ""
    excluded = {facet: sorted(keys) for facet, keys in sorted((chosen.excluded or {}).items()) if keys}
    states = None if chosen.states is None else sorted(chosen.states)
    return msgspec.json.encode(_Kept(chosen.view, sort, excluded, states)).decode()


def shown_again(text: str) -> tuple[QueueFilter, str] | None:
    """Filter and order; None where another version wrote what this one does not know: better everything than a part."""
    try:
        found = msgspec.json.decode(text, type=_Kept)
    except msgspec.DecodeError:
        return None
    known = found.view in VIEW_BY_ID and found.sort in KEY_OF and all(facet in FACETS for facet in found.excluded)
    if not known or any(set(found.excluded.get(facet, ())) - choices for facet, choices in _FIXED.items()):
        return None
    excluded = {facet: frozenset(keys) for facet, keys in found.excluded.items()}
    states = None if found.states is None else frozenset(found.states)
    return QueueFilter(view=found.view, excluded=excluded or None, states=states), found.sort
