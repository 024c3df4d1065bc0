"""Makes resources/maps/demo: an INVENTED layout for the demonstration. No real border, road or building is in it.

A warped 20 x 20 lattice is cut into communities (named after the site's area table, so that its tickets have a place) and
grids; streets, blocks, buildings, water and components follow from the same lattice and a fixed seed. Everything is marked 演示.
Only names and codes come from resources/catalogues/pingshan_areas.csv; every coordinate is computed here.

python -m tools.make_demo_map [FOLDER]     writes the same bytes every time
"""

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, pi, radians, sin
from pathlib import Path
from random import Random
from typing import Any

from domain.geo.measure import Frame
from domain.ticket import Point
from resources import path as resource_path

ORIGIN = Point(114.35, 22.69)
"""Only to have degrees at all: the middle of the invented district."""
CELLS, PER_COMMUNITY = 20, 4
CELL_W, CELL_H = 400.0, 325.0
TURN = radians(-4.0)
NOTE = "演示：虚构的网格、道路与水系，与任何真实地点无关"
DATE = "2026-03-01"
LAYOUT = ("LLKKK", "LLBKS", "JPPPS", "JPPSS", "JMMMM")
"""Rows from north to south; a letter is a town, each cell one of its communities."""
TOWNS = {
    "P": "440310001",
    "M": "440310002",
    "J": "440310003",
    "S": "440310004",
    "K": "440310005",
    "L": "440310006",
    "B": "440310401",
}
NORTH_SOUTH = [
    "朝阳大道",
    "槐荫路",
    "人民路",
    "文华路",
    "运河西路",
    "运河东路",
    "学府路",
    "望湖大道",
    "景明路",
    "云栖路",
    "金桂路",
]
EAST_WEST = [
    "南屏大道",
    "春晖路",
    "环溪路",
    "东塘路",
    "福安路",
    "石浦路",
    "建设路",
    "和风路",
    "青年路",
    "松岭路",
    "新港路",
]
MAJOR_M, MINOR_M, LANE_M = 26.0, 14.0, 9.0
RIVER_M, CANAL_M = 95.0, 55.0
KINDS = (
    ("0104", "雨水箅子", "区水务局", "区水务局", "{town}市政所"),
    ("0137", "路灯", "区住建局", "区住建局", "区照明所"),
    ("0102", "污水井盖", "区水务局", "区排水公司", "{town}市政所"),
    ("0201", "行道树", "区城管局", "区城管局", "{town}绿化队"),
    ("0115", "消防栓", "区消防队", "区供水公司", "区供水公司"),
    ("0410", "交通护栏", "区交通局", "区交通局", "{town}市政所"),
)
Place = tuple[float, float]


class Lattice:
    """From lattice numbers (0 … 20 east and north, any fraction) to degrees, smoothly bent so that nothing is straight."""

    def __init__(self) -> None:
        self._frame = Frame(ORIGIN)
        self._east, self._north = CELLS * CELL_W / 2, CELLS * CELL_H / 2

    def meters(self, u: float, v: float) -> Place:
        x, y = u * CELL_W - self._east, v * CELL_H - self._north
        bent_x = x + 260 * sin(y / 2100 + 0.7) + 70 * sin(x / 900 + y / 1300) + 0.03 * x * sin(y / 1500)
        bent_y = y + 210 * sin(x / 2300 - 0.4) + 55 * sin(x / 700 - y / 1100) + 0.04 * y * cos(x / 2600)
        return bent_x * cos(TURN) - bent_y * sin(TURN), bent_x * sin(TURN) + bent_y * cos(TURN)

    def at(self, u: float, v: float) -> Place:
        lon, lat = self._frame.degrees(*self.meters(u, v))
        return round(lon, 6), round(lat, 6)

    def line(self, start: Place, end: Place, steps: int) -> list[Place]:
        (u1, v1), (u2, v2) = start, end
        return [self.at(u1 + (u2 - u1) * n / steps, v1 + (v2 - v1) * n / steps) for n in range(steps + 1)]

    def box(self, west: float, south: float, east: float, north: float, per_cell: int = 4) -> list[Place]:
        """A closed ring whose corners neighbours share to the last digit."""
        across, up = max(1, round((east - west) * per_cell)), max(1, round((north - south) * per_cell))
        ring = self.line((west, south), (east, south), across)[:-1]
        ring += self.line((east, south), (east, north), up)[:-1]
        ring += self.line((east, north), (west, north), across)[:-1]
        ring += self.line((west, north), (west, south), up)
        return ring


LATTICE = Lattice()


def area_names() -> dict[str, str]:
    with resource_path("catalogues", "pingshan_areas.csv").open(encoding="utf-8", newline="") as text:
        return {row["code"]: row["name"] for row in csv.DictReader(text)}


def communities(names: dict[str, str]) -> Iterator[tuple[str, str, int, int]]:
    """(code, name, west column, south row) in lattice numbers, codes given out from the north-west."""
    waiting = {
        letter: sorted(code for code in names if len(code) == 12 and code.startswith(town))
        for letter, town in TOWNS.items()
    }
    for row, letters in enumerate(LAYOUT):
        for column, letter in enumerate(letters):
            code = waiting[letter].pop(0)
            south = (len(LAYOUT) - 1 - row) * PER_COMMUNITY
            yield code, names[code], column * PER_COMMUNITY, south
    if any(waiting.values()):
        raise SystemExit(f"communities without a cell: {waiting}")


def feature(properties: dict[str, Any], kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(features: list[dict[str, Any]]) -> bytes:
    root = {"type": "FeatureCollection", "datum": "wgs84", "demo": True, "note": NOTE, "features": features}
    return json.dumps(root, ensure_ascii=False, separators=(",", ":")).encode()


def community_features(names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        feature(
            {"code": code, "name": name.replace("深圳坪山综合保税区虚拟社区", "保税区"), "origin": "demo"},
            "Polygon",
            [LATTICE.box(west, south, west + PER_COMMUNITY, south + PER_COMMUNITY)],
        )
        for code, name, west, south in communities(names)
    ]


def grid_features(names: dict[str, str]) -> list[dict[str, Any]]:
    features = []
    for code, name, west, south in communities(names):
        short = name.replace("深圳坪山综合保税区虚拟社区", "保税区").removesuffix("社区")
        for number in range(PER_COMMUNITY**2):
            u, v = west + number % PER_COMMUNITY, south + PER_COMMUNITY - 1 - number // PER_COMMUNITY
            properties = {"code": f"{code}{number + 1:03d}", "name": f"{short} {number + 1:02d}格", "origin": "demo"}
            features.append(feature(properties, "Polygon", [LATTICE.box(u, v, u + 1, v + 1)]))
    return features


def river() -> list[Place]:
    return [(u / 4, 8.55 + 1.1 * sin(u / 11.0) + 0.35 * sin(u / 3.7)) for u in range(-6, 4 * CELLS + 7)]


def canal() -> list[Place]:
    return [(9.0 + 0.35 * sin(v / 9.0), v / 4) for v in range(34, 4 * CELLS + 7)]


def lake() -> list[Place]:
    return [
        (16.2 + (0.85 + 0.12 * sin(3 * a)) * cos(a), 3.6 + (0.8 + 0.1 * cos(2 * a)) * sin(a))
        for a in (2 * pi * n / 48 for n in range(49))
    ]


class Water:
    """Where nothing is built."""

    def __init__(self) -> None:
        self._lines = [(self._flat(river()), RIVER_M / 2), (self._flat(canal()), CANAL_M / 2)]
        self._lake = self._flat(lake())
        east, north = zip(*self._lake, strict=True)
        self._center = (sum(east) / len(east), sum(north) / len(north))

    @staticmethod
    def _flat(line: list[Place]) -> list[Place]:
        return [LATTICE.meters(u, v) for u, v in line]

    def near(self, u: float, v: float, margin_m: float) -> bool:
        x, y = LATTICE.meters(u, v)
        if hypot(x - self._center[0], y - self._center[1]) < 400 + margin_m:
            return True
        return any(hypot(x - a, y - b) < half + margin_m for line, half in self._lines for a, b in dense(line))


def dense(line: list[Place]) -> Iterator[Place]:
    for (x1, y1), (x2, y2) in pairwise(line):
        for step in range(4):
            yield x1 + (x2 - x1) * step / 4, y1 + (y2 - y1) * step / 4


def split(box: tuple[float, float, float, float], dice: Random) -> Iterator[tuple[float, float, float, float]]:
    """Lots of a block: cut across the longer side until a lot is some 25 to 55 m."""
    west, south, east, north = box
    wide, high = (east - west) * CELL_W, (north - south) * CELL_H
    if max(wide, high) < dice.uniform(38, 68):
        yield box
        return
    share = dice.uniform(0.36, 0.64)
    if wide > high:
        middle = west + (east - west) * share
        halves = ((west, south, middle, north), (middle, south, east, north))
    else:
        middle = south + (north - south) * share
        halves = ((west, south, east, middle), (west, middle, east, north))
    for half in halves:
        yield from split(half, dice)


def shrunk(box: tuple[float, float, float, float], meters: float) -> tuple[float, float, float, float]:
    west, south, east, north = box
    return west + meters / CELL_W, south + meters / CELL_H, east - meters / CELL_W, north - meters / CELL_H


def built_features(dice: Random, water: Water) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Blocks with their buildings, parks instead of some; and the lanes between the blocks of a cell."""
    grounds: list[dict[str, Any]] = []
    lanes: list[dict[str, Any]] = []
    for column in range(CELLS):
        for row in range(CELLS):
            u, v = column + dice.uniform(0.42, 0.58), row + dice.uniform(0.42, 0.58)
            ends = (((u, row), (u, row + 1)), ((column, v), (column + 1, v)))
            kept = [LATTICE.line(start, end, 4) for start, end in ends if dice.random() < 0.8]
            if kept:
                lanes.append(feature({"class": "road_minor", "width_m": LANE_M}, "MultiLineString", kept))
            park = dice.random() < 0.2
            green = dice.randrange(4)
            quarters = (
                (column, row, u, v),
                (u, row, column + 1, v),
                (column, v, u, row + 1),
                (u, v, column + 1, row + 1),
            )
            for number, quarter in enumerate(quarters):
                grounds += block(shrunk(quarter, 12.0), park and number == green, dice, water)
    return grounds, lanes


def block(box: tuple[float, float, float, float], park: bool, dice: Random, water: Water) -> Iterator[dict[str, Any]]:
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    if water.near(*middle, 10):
        return
    yield feature({"class": "green" if park else "block"}, "Polygon", [LATTICE.box(*box)])
    if park:
        return
    wet = water.near(*middle, 130)
    lots = []
    for lot in split(shrunk(box, 5.0), dice):
        center = ((lot[0] + lot[2]) / 2, (lot[1] + lot[3]) / 2)
        if dice.random() < 0.9 and not (wet and water.near(*center, 28)):
            west, south, east, north = shrunk(lot, dice.uniform(2.0, 4.5))
            corners = [
                LATTICE.at(*c) for c in ((west, south), (east, south), (east, north), (west, north), (west, south))
            ]
            lots.append([corners])
    if lots:
        yield feature({"class": "building"}, "MultiPolygon", lots)


def water_features() -> list[dict[str, Any]]:
    def degrees(line: list[Place]) -> list[Place]:
        return [LATTICE.at(u, v) for u, v in line]

    return [
        feature({"class": "water", "name": "清源河（演示）", "width_m": RIVER_M}, "LineString", degrees(river())),
        feature({"class": "water", "name": "运河（演示）", "width_m": CANAL_M}, "LineString", degrees(canal())),
        feature({"class": "water", "name": "镜湖（演示）"}, "Polygon", [degrees(lake())]),
    ]


def road_features() -> list[dict[str, Any]]:
    features = []
    for number in range(CELLS + 1):
        along = (((number, 0), (number, CELLS), NORTH_SOUTH), ((0, number), (CELLS, number), EAST_WEST))
        for start, end, names in along:
            major = number % 2 == 0
            properties: dict[str, Any] = {
                "class": "road_major" if major else "road_minor",
                "width_m": MAJOR_M if major else MINOR_M,
            }
            if major:
                properties["name"] = names[number // 2]
            features.append(feature(properties, "LineString", LATTICE.line(start, end, CELLS * 4)))
    return sorted(features, key=lambda each: each["properties"]["class"], reverse=True)


def component_rows(names: dict[str, str], dice: Random) -> Iterator[list[str]]:
    """Things along the main roads, every 45 m or so, alternately on both sides."""
    owners = {
        (west + i, south + j): (code, f"{code}{(PER_COMMUNITY - 1 - j) * PER_COMMUNITY + i + 1:03d}")
        for code, _, west, south in communities(names)
        for i in range(PER_COMMUNITY)
        for j in range(PER_COMMUNITY)
    }
    serial = 0
    for number in range(0, CELLS + 1, 2):
        for upright in (True, False):
            road = (NORTH_SOUTH if upright else EAST_WEST)[number // 2]
            step = 45 / (CELL_H if upright else CELL_W)
            place, side = step / 2, 1
            while place < CELLS:
                aside = side * (MAJOR_M / 2 + 3) / (CELL_W if upright else CELL_H)
                u, v = (number + aside, place) if upright else (place, number + aside)
                owner = owners.get((int(u // 1), int(v // 1)))
                if owner is not None:
                    serial += 1
                    code, grid = owner
                    sort, kind, department, holder, keeper = dice.choice(KINDS)
                    town = names[code[:9]]
                    lon, lat = LATTICE.at(u, v)
                    identity = f"440310{sort}{serial:06d}"
                    state = "damaged" if dice.random() < 0.02 else "in_order"
                    yield [
                        identity,
                        kind,
                        f"{lon:.6f}",
                        f"{lat:.6f}",
                        grid,
                        road,
                        department,
                        holder,
                        keeper.format(town=town),
                        state,
                    ]
                place += step * dice.uniform(0.6, 1.4)
                side = -side


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    dice, names, water = Random(440310), area_names(), Water()
    grounds, lanes = built_features(dice, water)
    ground = collection([*grounds, *water_features(), *lanes, *road_features()])
    (folder / "communities.geojson").write_bytes(collection(community_features(names)))
    (folder / "grids.geojson.gz").write_bytes(gzip.compress(collection(grid_features(names)), mtime=0))
    (folder / "ground.geojson.gz").write_bytes(gzip.compress(ground, mtime=0))
    with (folder / "components.csv").open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["id", "kind", "lon", "lat", "area", "place", "department", "owner", "maintainer", "state"])
        writer.writerows(component_rows(names, Random(30428)))
    about = {"name": "演示底图", "date": DATE, "demo": True, "datum": "wgs84", "note": NOTE}
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{folder}: {len(grounds)} grounds, {sum(f.stat().st_size for f in folder.iterdir()) // 1024} KiB")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "resources" / "maps" / "demo"
    )
