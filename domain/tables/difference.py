"""What an import or an edit would change: added, revised, retired, and which fields of a revised item."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from domain.catalogue import Catalogue, Item

_NOT_COMPARED = frozenset({"version", "valid_from"})


class Revised(Struct, frozen=True):
    """`fields` = names of the fields of Item that differ."""

    before: Item
    after: Item
    fields: tuple[str, ...]


class ListDifference(Struct, frozen=True):
    added: tuple[Item, ...] = ()
    revised: tuple[Revised, ...] = ()
    retired: tuple[Item, ...] = ()
    same: int = 0

    @property
    def changes(self) -> tuple[Item, ...]:
        """The rows of a revision that makes it so."""
        gone = (replace(item, retired=True) for item in self.retired)
        return (*self.added, *(each.after for each in self.revised), *gone)


def list_difference(before: Catalogue, after: Iterable[Item], *, keep_missing: bool = False) -> ListDifference:
    """`after` is the whole list, unless `keep_missing`: then what it does not name stays as it is."""
    wanted = {item.code: item for item in after}
    added: list[Item] = []
    revised: list[Revised] = []
    same = 0
    for code, item in wanted.items():
        known = before.current(code)
        if known is None:
            added.append(item)
        elif fields := changed_fields(known, item):
            revised.append(Revised(known, item, fields))
        else:
            same += 1
    retired = () if keep_missing else tuple(item for item in before if item.code not in wanted)
    return ListDifference(tuple(added), tuple(revised), retired, same)


def changed_fields(before: Item, after: Item) -> tuple[str, ...]:
    names = (name for name in before.__struct_fields__ if name not in _NOT_COMPARED)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def between(first: Catalogue, then: Catalogue) -> ListDifference:
    """From one version of the list to another, which may lie earlier."""
    return list_difference(first, then)


def as_of(items: Iterable[Item], number: int) -> Catalogue:
    """The list in version `number`: everything up to it."""
    return Catalogue(item for item in items if item.version <= number)
