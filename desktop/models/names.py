"""Names of places, units and items from the reference tables of the site. A code that is not in the tables stands for itself."""

from collections.abc import Iterable

from domain.catalogue import Item
from domain.ids import AreaCode, UnitId
from domain.organisation import Area, Unit
from protocol.reference import Reference


class Names:
    """Look-ups are dictionary reads, cheap enough for every change of every ticket."""

    def __init__(self, areas: Iterable[Area] = (), units: Iterable[Unit] = (), items: Iterable[Item] = ()) -> None:
        self._areas = {area.code: area for area in areas}
        self._units = {unit.id: unit for unit in units}
        self._items: dict[tuple[str, int], Item] = {}
        self._latest: dict[str, Item] = {}
        for item in items:
            self._items[item.code, item.version] = item
            if item.code not in self._latest or self._latest[item.code].version < item.version:
                self._latest[item.code] = item
        self._places: dict[str, str] = {}
        self._matters: dict[tuple[str, int], tuple[str, str]] = {}

    @classmethod
    def of(cls, reference: Reference | None) -> "Names":
        """Names of a site; empty before the first reference has come."""
        return cls() if reference is None else cls(reference.areas, reference.units, reference.items)

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(self._units.values())

    @property
    def areas(self) -> tuple[Area, ...]:
        return tuple(self._areas.values())

    @property
    def items(self) -> tuple[Item, ...]:
        """The items to file under, each in its latest version; retired ones are not among them."""
        return tuple(item for item in self._latest.values() if not item.retired)

    @property
    def towns(self) -> tuple[Area, ...]:
        return tuple(area for area in self._areas.values() if area.level == "town")

    def area(self, code: str) -> str:
        area = self._areas.get(AreaCode(code))
        return area.name if area else code

    def town(self, code: str) -> str:
        """Name of the street or town an area lies in."""
        return self.area(code[:9])

    def unit(self, unit_id: str) -> str:
        unit = self._units.get(UnitId(unit_id))
        return unit.name if unit else unit_id

    def item(self, code: str, version: int) -> Item | None:
        """The item as it was filed; the latest one where that version is not in the tables."""
        return self._items.get((code, version)) or self._latest.get(code)

    def place(self, code: str) -> str:
        """Street and the finest area below it: 石浦街道 03格. A district alone stands for itself."""
        known = self._places.get(code)
        if known is None:
            town = self.town(code)
            known = self._places[code] = f"{town} {self.area(code)}" if len(code) > 9 else town
        return known

    def matter(self, code: str, version: int) -> tuple[str, str]:
        """(category, matter): sub-class and item name; the class where sub-class and item are called the same."""
        known = self._matters.get((code, version))
        if known is None:
            item = self.item(code, version)
            known = self._matters[code, version] = (
                (code, code)
                if item is None
                else (item.class_name if item.sub_class_name == item.name else item.sub_class_name, item.name)
            )
        return known
