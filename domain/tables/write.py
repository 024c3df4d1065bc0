"""Tables as rows of text, as the readers of this package take them back: what is exported can be imported again, unchanged."""

from collections.abc import Iterable

from domain.catalogue import Item
from domain.components import Component
from domain.organisation import Area, Post, Unit

Grid = list[list[str]]
"""Heading first."""


def items_table(items: Iterable[Item]) -> Grid:
    heading = [
        "item_code",
        "kind",
        "class_name",
        "sub_class_name",
        "item_name",
        "unit",
        "department",
        "filing_condition",
    ]
    heading += ["closing_condition", "limit_amount", "limit_type", "priority", "needs_check", "evidence", "law"]
    rows = []
    for item in items:
        amount, kind = (f"{item.limit.amount:g}", str(item.limit.type)) if item.limit else ("", "")
        row = [item.code, item.kind, item.class_name, item.sub_class_name, item.name, item.unit, item.department]
        row += [item.filing_condition, item.closing_condition, amount, kind, str(item.urgency)]
        rows.append([*row, "1" if item.needs_check else "0", str(item.evidence), item.law])
    return [heading, *rows]


def areas_table(areas: Iterable[Area]) -> Grid:
    rows = [[area.code, area.name, area.parent or "", area.kind, area.unit or ""] for area in areas]
    return [["code", "name", "parent", "kind", "unit"], *rows]


def units_table(units: Iterable[Unit]) -> Grid:
    rows = [[unit.id, unit.name, unit.kind, unit.parent or "", unit.town or "", "|".join(unit.items)] for unit in units]
    return [["unit_id", "name", "kind", "parent", "town", "items"], *rows]


def posts_table(posts: Iterable[Post]) -> Grid:
    rows = [[post.area, post.role, str(post.count), post.unit or ""] for post in posts]
    return [["area", "role", "count", "unit"], *rows]


def components_table(components: Iterable[Component]) -> Grid:
    heading = ["id", "kind", "lon", "lat", "area", "place", "department", "owner", "maintainer", "state"]
    rows = []
    for one in components:
        # Seven digits are a centimetre: all that a survey knows.
        place = [f"{one.point.lon:.7f}", f"{one.point.lat:.7f}", one.area, one.place]
        rows.append([one.id, one.kind, *place, one.department, one.owner, one.maintainer, str(one.state)])
    return [heading, *rows]
