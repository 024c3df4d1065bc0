"""What the work itself proposes to the editor of the list: items nobody used, matters without an item, "other" used too much.

A proposal is never carried out by itself: it names what was counted, and the editor decides.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.catalogue import Catalogue, Item

UNUSED_MONTHS = 6
NO_ITEM = "no_item"
"""`Ticket.end_reason` of a report that was refused because the list has no item for it."""
NO_ITEM_LEAST = 3
OTHER_LEAST = 10
OTHER_SHARE = 0.2
"""More than this share of its sub-class, and at least OTHER_LEAST tickets, under an item called 其他."""
OTHER_WORD = "其他"


class Usage(Struct, frozen=True, kw_only=True):
    """Tickets of one item: ever, since the start of the period, refused for want of an item since then; when the last came."""

    item: str
    total: int = 0
    recent: int = 0
    no_item: int = 0
    last_at: datetime | None = None


class Why(StrEnum):
    UNUSED = "unused"
    NO_ITEM = "no_item"
    OTHER = "other"


class Proposal(Struct, frozen=True):
    """`count` tickets out of `of`; for UNUSED both are 0 and `last_at` says when it was used last (None: never)."""

    why: Why
    item: Item
    count: int = 0
    of: int = 0
    last_at: datetime | None = None


def is_other(item: Item) -> bool:
    return OTHER_WORD in item.name


def proposals(catalogue: Catalogue, usage: Mapping[str, Usage], since: datetime) -> tuple[Proposal, ...]:
    """First what is missing, then what is too coarse, then what is unused. Items younger than the period are not called unused."""
    items = list(catalogue)
    found = [
        Proposal(Why.NO_ITEM, item, used.no_item, used.recent)
        for item in items
        if (used := usage.get(item.code)) is not None and used.no_item >= NO_ITEM_LEAST
    ]
    found += _too_coarse(items, usage)
    for item in items:
        used = usage.get(item.code)
        young = item.valid_from is not None and item.valid_from > since
        if not young and (used is None or used.recent == 0):
            found.append(Proposal(Why.UNUSED, item, last_at=used.last_at if used else None))
    return tuple(found)


def _too_coarse(items: Iterable[Item], usage: Mapping[str, Usage]) -> list[Proposal]:
    by_class: dict[tuple[str, str], int] = {}
    recent = {code: used.recent for code, used in usage.items()}
    items = list(items)
    for item in items:
        key = (item.class_name, item.sub_class_name)
        by_class[key] = by_class.get(key, 0) + recent.get(item.code, 0)
    found = []
    for item in filter(is_other, items):
        count, whole = recent.get(item.code, 0), by_class[item.class_name, item.sub_class_name]
        if count >= OTHER_LEAST and count > OTHER_SHARE * whole:
            found.append(Proposal(Why.OTHER, item, count, whole))
    return sorted(found, key=lambda each: -each.count)
