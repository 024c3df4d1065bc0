"""The list (清单): items by code and version, with limits and filing standards. A ticket keeps the version it was filed under."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.ids import ItemCode
from domain.ticket import Limit
from domain.vocabulary import Urgency

DISPUTE_MARKS = ("纠纷", "调解")


class CatalogueError(ValueError):
    """A list that cannot be used; the message names the row and what to do."""


class Evidence(StrEnum):
    """What the unit must attach to its result."""

    NONE = "none"
    PHOTO = "photo"
    BEFORE_AFTER = "before_after"


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One problem of the list: 大类 class → 小类 sub-class → 细项 name."""

    code: ItemCode
    version: int = 1
    class_name: str
    sub_class_name: str
    name: str
    kind: str = "event"  # "event" | "component"
    urgency: Urgency = Urgency.NORMAL
    limit: Limit | None = None
    """Handling limit. None = no limit: never counted as on time."""
    needs_check: bool = True
    filing_condition: str = ""
    closing_condition: str = ""
    unit: str = ""
    """处置单位, who usually handles it, in the words of the list (it may name several)."""
    department: str = ""
    """主管部门, the competent department, in the words of the list."""
    evidence: Evidence = Evidence.BEFORE_AFTER
    law: str = ""
    """Where the demand comes from."""
    valid_from: datetime | None = None
    """From when this version of the item is the one to file under; None = from the beginning."""
    retired: bool = False
    """This version says that the item is no longer used: nothing new is filed under it, old tickets keep theirs."""

    @property
    def is_dispute(self) -> bool:
        """Whether its closing says if it was settled: 纠纷 or 调解 stands in the class, the sub-class or the name. A closing
        condition that mentions mediation among other ways does not make a dispute."""
        words = (self.class_name, self.sub_class_name, self.name)
        return any(mark in word for word in words for mark in DISPUTE_MARKS)


class Catalogue:
    """All versions of all items. Raises CatalogueError when one code stands twice in the same version.

    Iterating gives the newest version of each item that is not retired, also one that is valid only from a later day.
    """

    def __init__(self, items: Iterable[Item], version: str = "1") -> None:
        self.version = version
        self._items: dict[tuple[ItemCode, int], Item] = {}
        self._latest: dict[ItemCode, Item] = {}
        for item in items:
            key = (item.code, item.version)
            if key in self._items:
                raise CatalogueError(
                    f"item code {item.code} stands twice ({self._items[key].name}, {item.name}): keep one"
                )
            self._items[key] = item
            if item.code not in self._latest or self._latest[item.code].version < item.version:
                self._latest[item.code] = item

    def __iter__(self) -> Iterator[Item]:
        return (item for item in self._latest.values() if not item.retired)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def current(self, code: str, at: datetime | None = None) -> Item | None:
        """The version to file under at this instant (None: the newest, whenever it is valid); None where there is none, or it is retired."""
        newest = self._latest.get(ItemCode(code))
        if newest is not None and at is not None and newest.valid_from is not None and at < newest.valid_from:
            known = (item for item in self.versions(code) if item.valid_from is None or item.valid_from <= at)
            newest = max(known, key=lambda item: item.version, default=None)
        return None if newest is None or newest.retired else newest

    def newest(self, code: str) -> Item | None:
        """The newest version, also where it retires the item."""
        return self._latest.get(ItemCode(code))

    def versions(self, code: str) -> list[Item]:
        """All versions of one item, oldest first."""
        return sorted((item for (key, _), item in self._items.items() if key == code), key=lambda item: item.version)

    def everything(self) -> tuple[Item, ...]:
        """Every version of every item, oldest first: what travels, so that old tickets find theirs."""
        return tuple(sorted(self._items.values(), key=lambda item: (item.version, item.code)))

    def at(self, code: str, version: int) -> Item | None:
        """The item as it was when a ticket was filed."""
        return self._items.get((ItemCode(code), version))
