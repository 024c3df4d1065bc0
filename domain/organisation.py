"""Areas and units: the tree of places by division code, and who works there."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from domain.ids import AreaCode, UnitId

LEVEL_OF_CODE_LENGTH = {6: "district", 9: "town", 12: "community", 15: "grid", 17: "micro_grid"}


class OrganisationError(ValueError):
    """A table of areas or units that cannot be a tree; the message names the row and what to do."""


class Area(Struct, frozen=True, omit_defaults=True):
    code: AreaCode
    name: str
    kind: str = "basic"
    """`basic`, or `enterprise` for an enterprise grid beside the basic ones."""
    unit: UnitId | None = None

    @property
    def level(self) -> str:
        return LEVEL_OF_CODE_LENGTH[len(self.code)]

    @property
    def parent(self) -> AreaCode | None:
        """Code of the area around it; None for a district."""
        lengths = sorted(LEVEL_OF_CODE_LENGTH)
        place = lengths.index(len(self.code))
        return AreaCode(self.code[: lengths[place - 1]]) if place else None


class Unit(Struct, frozen=True, omit_defaults=True):
    id: UnitId
    name: str
    kind: str
    """department · town_centre · brigade · community_station · company."""
    parent: UnitId | None = None
    town: AreaCode | None = None
    items: tuple[str, ...] = ()
    """Competence: item codes, or beginnings of item codes, of the list. Empty = not laid down."""

    def competent_for(self, item: str) -> bool:
        """Whether the list of competences names this item. No list says nothing."""
        return any(item.startswith(begin) for begin in self.items)


class Post(Struct, frozen=True, omit_defaults=True):
    """So many people in a role at a place (4+N: 网格长, 巡查员, 督导员, 警务联络员, 志愿者 …). Roles, never persons."""

    area: AreaCode
    role: str
    count: int = 1
    unit: UnitId | None = None


def find_loop(parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The first ring of "lies in" / "belongs to", beginning with its smallest code; () where there is none."""
    done: set[str] = set()
    for start in sorted(parents):
        way: list[str] = []
        at: str | None = start
        while at is not None and at not in done and at not in way:
            way.append(at)
            at = parents.get(at)
        if at is not None and at in way:
            ring = way[way.index(at) :]
            first = ring.index(min(ring))
            return (*ring[first:], *ring[:first])
        done.update(way)
    return ()


class AreaTree:
    """All areas of a site by code. Raises OrganisationError for a bad code, a code given twice, or a missing parent."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_code: dict[AreaCode, Area] = {}
        for area in areas:
            if len(area.code) not in LEVEL_OF_CODE_LENGTH or not area.code.isdigit():
                raise OrganisationError(f"area code {area.code!r} ({area.name}): want 6, 9, 12, 15 or 17 digits")
            if area.code in self._by_code:
                raise OrganisationError(
                    f"area code {area.code} stands twice: {self._by_code[area.code].name}, {area.name}"
                )
            self._by_code[area.code] = area
        for area in self._by_code.values():
            if area.parent is not None and area.parent not in self._by_code:
                raise OrganisationError(
                    f"area {area.code} ({area.name}) lies in {area.parent}, which is not in the table"
                )

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Area]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Area | None:
        return self._by_code.get(AreaCode(code))

    def name(self, code: str) -> str:
        """Name of the area, or the code itself where it is not in the tree (an old row keeps its place readable)."""
        area = self._by_code.get(AreaCode(code))
        return area.name if area else code

    def children(self, code: str) -> list[Area]:
        return [area for area in self._by_code.values() if area.parent == code]
