"""The site: its areas, units, list and targets, read from the catalogue tables, with look-ups by the words a source uses.

What lives here: loading and naming. What must not: rules (domain) and reading of ticket files (intake).
"""

import csv
from pathlib import Path

from domain.catalogue import Catalogue, CatalogueError, Item
from domain.clocks import WorkCalendar
from domain.ids import AreaCode, ItemCode, UnitId
from domain.organisation import Area, AreaTree, OrganisationError, Unit
from domain.rules import Rules
from domain.ticket import Limit
from domain.vocabulary import LimitType, Urgency
from protocol.reference import Demo, Reference
from resources import path as resource_path

TARGETS = {"closure_rate": 0.97, "on_time_rate": 0.95, "satisfaction_rate": 0.95}
LEVEL_TARGETS = {"grid": 0.80, "town": 0.16, "district": 0.04}
"""浦口: 80 % solved on the grid, 16 % street, 4 % district."""
ZONE = "Asia/Shanghai"
UNKNOWN = ("", "-")


class Site:
    """One district's tables. Raises CatalogueError or OrganisationError, naming the row, for tables that cannot be used."""

    def __init__(
        self, name: str, areas: Path, items: Path, units: Path, *, version: str = "1", demo: Demo | None = None
    ) -> None:
        area_rows, item_rows, unit_rows = _rows(areas), _rows(items), _rows(units)
        self.areas = AreaTree(Area(AreaCode(row["code"]), row["name"]) for row in area_rows)
        self.district = next(area.code for area in self.areas if area.level == "district")
        self.catalogue = Catalogue((_item(row) for row in item_rows), version)
        self.units = {unit.id: unit for unit in map(_unit, unit_rows)}
        self.calendar = WorkCalendar(ZONE)
        self.rules = Rules(calendar=self.calendar, catalogue=self.catalogue, areas=self.areas, units=self.units)
        self.reference = Reference(
            site=name,
            zone=ZONE,
            district=self.district,
            areas=tuple(self.areas),
            units=tuple(self.units.values()),
            items=tuple(self.catalogue),
            targets=TARGETS,
            level_targets=LEVEL_TARGETS,
            demo=demo,
        )
        self._area_names = _area_names(area_rows)
        self._items = _item_names(item_rows)
        self._units = _unit_names(unit_rows)

    def area_by_names(self, town: str, community: str) -> AreaCode | None:
        """Code of the finest place that the names tell: community, else town, else the district; None = names nobody knows."""
        if town in UNKNOWN and community in UNKNOWN:
            return self.district
        if community in UNKNOWN:
            return self._area_names.get((town, ""))
        return self._area_names.get((town, community))

    def item_by_names(self, class_name: str, sub_class: str, item: str) -> ItemCode | None:
        return self._items.get((class_name, sub_class, item))

    def unit_by_name(self, name: str, town: AreaCode | None = None, source_id: str = "") -> UnitId | None:
        """The unit with this name. Where two units share one, the source's own id decides, then the town; else None."""
        found = self._units.get(name, [])
        if len(found) > 1 and source_id:
            found = [row for row in found if row[2] == source_id]
        if len(found) > 1 and town:
            found = [row for row in found if row[1] == town]
        return found[0][0] if len(found) == 1 else None


def demo_site(demo: Demo | None = None) -> Site:
    """坪山区 from the bundled tables; limits and priorities of the list are invented demonstration data."""
    folder = "catalogues"
    return Site(
        "坪山区联动指挥中心",
        resource_path(folder, "pingshan_areas.csv"),
        resource_path(folder, "pingshan_items.csv"),
        resource_path(folder, "pingshan_units.csv"),
        version="2018-demo",
        demo=demo,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _item(row: dict[str, str]) -> Item:
    try:
        limit = Limit(float(row["limit_amount"]), LimitType(row["limit_type"])) if row["limit_amount"] else None
        urgency = Urgency(row["priority"])
    except ValueError as error:
        raise CatalogueError(f"item {row['item_code']} ({row['item_name']}): {error}") from error
    return Item(
        code=ItemCode(row["item_code"]),
        class_name=row["class_name"],
        sub_class_name=row["sub_class_name"],
        name=row["item_name"],
        kind=row["kind"],
        urgency=urgency,
        limit=limit,
        needs_check=row["needs_check"] == "1",
        filing_condition=row["filing_condition"],
        closing_condition=row["closing_condition"],
    )


def _unit(row: dict[str, str]) -> Unit:
    parent = UnitId(row["parent"]) if row["parent"] else None
    town = AreaCode(row["town"]) if row["town"] else None
    return Unit(UnitId(row["unit_id"]), row["name"], row["kind"], parent, town)


def _area_names(rows: list[dict[str, str]]) -> dict[tuple[str, str], AreaCode]:
    names = {row["code"]: row["name"] for row in rows}
    found: dict[tuple[str, str], AreaCode] = {}
    for row in rows:
        code = AreaCode(row["code"])
        if row["level"] == "town":
            found[(row["name"], "")] = code
        elif row["level"] == "community":
            if row["parent"] not in names:
                raise OrganisationError(
                    f"area {code} ({row['name']}) lies in {row['parent']}, which is not in the table"
                )
            found[(names[row["parent"]], row["name"])] = code
    return found


def _item_names(rows: list[dict[str, str]]) -> dict[tuple[str, str, str], ItemCode]:
    found: dict[tuple[str, str, str], ItemCode] = {}
    for row in rows:
        for name in (row["item_name"], *filter(None, row["aliases"].split("|"))):
            found[(row["class_name"], row["sub_class_name"], name)] = ItemCode(row["item_code"])
    return found


def _unit_names(rows: list[dict[str, str]]) -> dict[str, list[tuple[UnitId, str, str]]]:
    found: dict[str, list[tuple[UnitId, str, str]]] = {}
    for row in rows:
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found.setdefault(name, []).append((UnitId(row["unit_id"]), row["town"], row["source_id"]))
    return found
