"""The real maps: New York's tickets against their own community board, and Suzhou's park inside another district."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from domain.geo.datum import Datum, to_wgs84
from domain.geo.geojson import Fields, read_areas
from domain.geo.index import AreaIndex, PlacementKind
from domain.geo.polygons import inner_point
from domain.ticket import Point


def present(*places: Path) -> None:
    missing = [place.name for place in places if not place.exists()]
    if missing:
        pytest.skip(f"not in the shared data: {', '.join(missing)}")


def test_new_york_tickets_fall_into_their_own_community_board(shared_data):
    districts = shared_data / "maps" / "nyc_community_districts_wgs84.geojson.gz"
    tickets = shared_data / "tickets_311" / "nyc311_2024_05_26_27.csv.gz"
    present(districts, tickets)
    layer = read_areas(gzip.decompress(districts.read_bytes()), Datum.WGS84, fields=Fields(code=("geography_value",)))
    assert layer.ok
    assert len(layer.areas) == 59
    index = AreaIndex(layer.areas)
    inside = agree = 0
    with gzip.open(tickets, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            if not row["longitude"]:
                continue
            placement = index.assign(Point(float(row["longitude"]), float(row["latitude"])))
            if placement.kind is PlacementKind.AREA:
                number, _, borough = row["community_board"].partition(" ")
                inside += 1
                agree += placement.area == f"{borough} {number}"
    assert (agree, inside) == (973, 977)


def test_a_point_of_the_industrial_park_is_in_two_districts(shared_data):
    place = shared_data / "maps"
    files = [place / "suzhou_districts_gcj02.geojson", place / "suzhou_industrial_park_gcj02.geojson"]
    present(*files)
    layers = [read_areas(file.read_bytes(), Datum.GCJ02) for file in files]
    assert all(layer.ok for layer in layers)
    park = layers[1].areas[0]
    placement = AreaIndex([*layers[0].areas, park]).assign(inner_point(park))
    assert placement.kind is PlacementKind.AMBIGUOUS
    assert set(placement.areas) == {"320506", "320571"}


def test_the_two_suzhou_files_agree_once_their_datums_are_said(shared_data):
    place = shared_data / "maps"
    files = [place / "suzhou_districts_gcj02.geojson", place / "suzhou_districts_wgs84_simplified.geojson"]
    present(*files)
    offset = read_areas(files[0].read_bytes(), Datum.GCJ02).areas
    plain = {shape.name: shape for shape in read_areas(files[1].read_bytes(), Datum.CGCS2000).areas}
    index = AreaIndex(offset)
    hits = sum(index.assign(inner_point(shape)).area is not None for shape in plain.values())
    assert hits == len(plain) == 9


def test_a_community_outside_the_district_is_said_to_be_outside(shared_data):
    outline = shared_data / "maps" / "shenzhen_pingshan_district_gcj02.geojson"
    points = shared_data / "maps" / "pingshan_community_points.csv"
    present(outline, points)
    index = AreaIndex(read_areas(outline.read_bytes(), Datum.GCJ02).areas)
    rows = list(csv.DictReader(points.read_text(encoding="utf-8").splitlines()))
    outside = [
        row["community_name"]
        for row in rows
        if index.assign(Point(*to_wgs84(float(row["lon"]), float(row["lat"]), Datum.GCJ02))).area is None
    ]
    assert [name for name in outside if "六联" in name] == outside[:1] != []


def test_a_real_file_cut_short_is_refused(shared_data):
    file = shared_data / "maps" / "suzhou_districts_gcj02.geojson"
    present(file)
    data = file.read_bytes()
    assert json.loads(data)
    assert [p.code for p in read_areas(data[: len(data) // 2], Datum.GCJ02).problems] == ["json_broken"]
