"""Grids, enterprise grids, posts (4+N) and competences of the demo: invented, published once as a revision that says 演示.

Grids are those of the demo's map; which unit answers for which class of the list is told from the names of the units. The real
tables of the district have none of these (resources/samples/README.md).
"""

import gzip
import json
import random
from collections.abc import Iterable

from msgspec.structs import replace

from backend.reference import Site
from domain.ids import AreaCode, UnitId
from domain.organisation import Area, Post, Unit
from domain.tables.values import Rows
from resources import path as resource_path

REASON = "演示：网格、4+N 岗位和权责为虚构"
SEED = 2018
ENTERPRISE_FROM = 901
"""Numbers of enterprise grids, beside the basic ones of the map."""
STAFF = (("网格长", 1, 1), ("巡查员", 1, 3), ("督导员", 1, 1), ("警务联络员", 1, 1), ("志愿者", 2, 8))
"""(role, least, most) of a basic grid: four posts and N volunteers (domain.md §1)."""
ENTERPRISE_STAFF = (("企业网格长", 1, 1), ("企业安全员", 1, 3), ("包联干部", 1, 1))
OF_WORDS = (
    ("安全生产监督", ("SJ01",)),
    ("安监办", ("SJ01",)),
    ("消防安全", ("SJ010021",)),
    ("消安委办", ("SJ010021",)),
    ("综治维稳", ("SJ02",)),
    ("坪山公安分局", ("SJ02",)),
    ("环境保护和水务局", ("SJ03",)),
    ("环境水政监察大队", ("SJ0301",)),
    ("住房和建设局", ("SJ04", "BJ06")),
    ("城建办", ("SJ04", "SJ06", "BJ06")),
    ("规划土地监察大队", ("SJ0401",)),
    ("城市管理局", ("SJ05", "SJ06", "BJ05", "BJ06")),
    ("综合执法队", ("SJ0501",)),
    ("城管办", ("SJ05", "BJ05")),
    ("城市管理办公室", ("SJ05", "BJ05")),
    ("市政服务中心", ("SJ06", "BJ06")),
    ("交通运输局", ("SJ07",)),
    ("交警支队", ("SJ0712", "BJ0601")),
    ("人力资源局", ("SJ08", "SJ12")),
    ("劳动", ("SJ08",)),
    ("市场和质量监管委", ("SJ09",)),
    ("文体旅游局", ("SJ10",)),
    ("教育局", ("SJ11",)),
    ("卫生和计划生育局", ("SJ1100", "SJ1110")),
    ("民政局", ("SJ15",)),
    ("宣传统战", ("SJ16",)),
    ("群团工作部", ("SJ13",)),
    ("纪", ("SJ14",)),
)
"""A word of a unit's name → beginnings of the codes of items that it answers for."""
COMMUNITY_ITEMS = ("SJ17",)


def demo_organisation(site: Site) -> Rows:
    """Every area with its unit, grids under every community that the map has them for, posts, and units with competences."""
    units = {unit.id: unit for unit in site.units.values()}
    areas = [replace(area, unit=_answers_for(area, units.values())) for area in site.areas if area.level != "district"]
    by_code = {area.code: area for area in areas}
    grids = [
        Area(AreaCode(code), name, unit=by_code[AreaCode(code[:12])].unit)
        for code, name in _grids()
        if code[:12] in by_code
    ]
    parks = [
        Area(AreaCode(f"{area.code}{ENTERPRISE_FROM}"), f"{_short(area.name)}企业网格", "enterprise", area.unit)
        for area in areas
        if area.level == "community"
    ]
    competent = [replace(unit, items=items) for unit in units.values() if (items := _items_of(unit))]
    return Rows(areas=(*areas, *grids, *parks), units=tuple(competent), posts=_posts(grids, parks))


def _grids() -> list[tuple[str, str]]:
    """(code, 龙田01格) of the grids of the demo's map."""
    packed = resource_path("maps", "demo", "grids.geojson.gz").read_bytes()
    features = json.loads(gzip.decompress(packed))["features"]
    return [(each["properties"]["code"], each["properties"]["name"].replace(" ", "")) for each in features]


def _short(community: str) -> str:
    return community.removeprefix("深圳坪山").removesuffix("虚拟社区").removesuffix("社区")


def _answers_for(area: Area, units: Iterable[Unit]) -> UnitId | None:
    """Of a town its office, of a community its station; None where the table has none."""
    if area.level == "town":
        return next((unit.id for unit in units if unit.town == area.code and unit.parent is None), None)
    stations = (unit for unit in units if unit.kind == "community_station" and unit.town == area.parent)
    return next((unit.id for unit in stations if unit.name.startswith(area.name)), None)


def _items_of(unit: Unit) -> tuple[str, ...]:
    if unit.kind == "community_station":
        return COMMUNITY_ITEMS
    return next((items for word, items in OF_WORDS if word in unit.name), ())


def _posts(grids: list[Area], parks: list[Area]) -> tuple[Post, ...]:
    chance = random.Random(SEED)
    return tuple(
        Post(area.code, role, chance.randint(least, most), area.unit)
        for found, staff in ((grids, STAFF), (parks, ENTERPRISE_STAFF))
        for area in found
        for role, least, most in staff
    )
