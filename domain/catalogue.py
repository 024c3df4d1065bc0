"""The list (清单): items by code and version, with limits and filing standards. A ticket keeps the version it was filed under."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from domain.ids import ItemCode
from domain.ticket import Limit
from domain.vocabulary import Urgency


class CatalogueError(ValueError):
    """A list that cannot be used; the message names the row and what to do."""


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


class Catalogue:
    """Items in force. Raises CatalogueError when one code stands twice in the same version."""

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
        return iter(self._latest.values())

    def __len__(self) -> int:
        return len(self._latest)

    def current(self, code: str) -> Item | None:
        return self._latest.get(ItemCode(code))

    def at(self, code: str, version: int) -> Item | None:
        """The item as it was when a ticket was filed."""
        return self._items.get((ItemCode(code), version))
