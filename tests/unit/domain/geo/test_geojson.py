"""Import: every kind of bad file gets its own code and names the feature; good ones come out in WGS-84."""

import json

import pytest

from domain.geo import geojson, rings
from domain.geo.datum import Datum, convert
from domain.geo.geojson import read_areas, write_areas
from domain.geo.polygons import Origin
from tests.unit.domain.geo.shapes import area, box

SQUARE = [[120.0, 31.0], [121.0, 31.0], [121.0, 32.0], [120.0, 32.0], [120.0, 31.0]]


def feature(coordinates, kind="Polygon", **properties):
    return {
        "type": "Feature",
        "properties": {"code": "320500", "name": "甲", **properties},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def layer(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def codes(data, datum=Datum.WGS84, **kwargs):
    return [problem.code for problem in read_areas(data, datum, **kwargs).problems]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", geojson.JSON_BROKEN),
        (b"", geojson.JSON_BROKEN),
        (b"\xff\xfe\x00", geojson.JSON_BROKEN),
        (b"[" * 100_000, geojson.JSON_BROKEN),
        (b"[]", geojson.NOT_GEOJSON),
        (b'{"type":"Topology"}', geojson.NOT_GEOJSON),
        (layer(), geojson.EMPTY),
        (layer({"type": "Feature", "properties": {"code": "1"}, "geometry": None}), geojson.GEOMETRY_MISSING),
        (layer(feature([0, 0], "Point")), geojson.GEOMETRY_UNSUPPORTED),
        (layer(feature([])), geojson.EMPTY),
        (layer(feature([[]])), geojson.EMPTY),
        (layer(feature([SQUARE], code="")), geojson.CODE_MISSING),
        (layer(feature([SQUARE[:-1]])), rings.RING_OPEN),
        (layer(feature([[SQUARE[0], SQUARE[1], SQUARE[0]]])), rings.RING_SHORT),
        (layer(feature([[[0, 0], [1, 1], [2, 2], [0, 0]]])), rings.SELF_CROSSING),
        (layer(feature([[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]])), rings.SELF_CROSSING),
        (layer(feature([[[y, x] for x, y in SQUARE]])), rings.SWAPPED),
        (layer(feature([[[x * 9, y] for x, y in SQUARE]])), rings.OUT_OF_RANGE),
        (layer(feature([[["120", 31], *SQUARE[1:]]])), geojson.BAD_POSITION),
        (layer(feature([[[10**400, 31], *SQUARE[1:]]])), rings.OUT_OF_RANGE),
        (layer(feature([SQUARE, [[0, 0], [1, 0], [1, 1], [0, 0]]])), rings.HOLE_OUTSIDE),
        (layer(feature([SQUARE]), feature([SQUARE])), geojson.CODE_TWICE),
    ],
)
def test_bad_files_say_what_is_wrong(data, code):
    assert codes(data) == [code]


def test_not_a_number_is_named():
    assert codes(layer(feature([[[float("nan"), 31.0], *SQUARE[1:]]]))) == [rings.NOT_FINITE]


def test_a_truncated_file_says_where():
    (problem,) = read_areas(layer(feature([SQUARE]))[:-20], Datum.WGS84).problems
    assert problem.code == geojson.JSON_BROKEN
    assert problem.detail["column"] > 100


def test_bad_features_are_named_and_the_good_ones_kept():
    good = feature([SQUARE], code="1", name="好")
    bad = feature([SQUARE[:-1]], code="2", name="坏")
    result = read_areas(layer(good, bad), Datum.WGS84)
    assert [found.name for found in result.areas] == ["好"]
    assert [(p.feature, p.name) for p in result.problems] == [(1, "坏")]
    assert not result.ok


def test_the_datum_must_be_said():
    data = layer(feature([SQUARE]))
    assert codes(data, None) == [geojson.DATUM_MISSING]
    assert read_areas(layer(feature([SQUARE]), datum="GCJ-02")).datum is Datum.GCJ02
    epsg = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    assert read_areas(layer(feature([SQUARE]), crs=epsg)).datum is Datum.CGCS2000


def test_file_and_caller_must_agree_on_the_datum():
    assert codes(layer(feature([SQUARE]), datum="gcj02"), Datum.WGS84) == [geojson.DATUM_CONFLICT]
    assert codes(layer(feature([SQUARE]), datum="bd09"), None) == [geojson.DATUM_UNKNOWN]


def test_gcj02_is_converted_at_the_door():
    areas = read_areas(layer(feature([SQUARE])), Datum.GCJ02).areas
    assert areas[0].polygons[0].outer[0] == convert(120.0, 31.0, Datum.GCJ02, Datum.WGS84)


def test_swapped_positions_are_seen_also_where_both_fit_the_earth():
    west = [[[31.0, 85.0], [31.0, 86.0], [32.0, 86.0], [31.0, 85.0]]]
    assert codes(layer(feature(west)), Datum.CGCS2000) == [rings.SWAPPED]
    assert codes(layer(feature(west)), site=(84.0, 30.0, 87.0, 33.0)) == [rings.SWAPPED]
    assert codes(layer(feature([SQUARE])), site=(0.0, 0.0, 1.0, 1.0)) == [geojson.OUTSIDE_SITE]


def test_what_is_written_is_read_again():
    areas = (area("320500", box(120, 31, 121, 32), box(120.2, 31.2, 120.4, 31.4)),)
    result = read_areas(write_areas(areas, note="演示"), origin=Origin.SURVEYED)
    assert result.ok
    assert result.areas == areas


def test_a_crossing_in_a_ring_of_a_hundred_thousand_corners_is_found():
    zigzag = [[x / 1e5 + 120, 31 + (x % 2) * 1e-4] for x in range(100_000)]
    ring = [*zigzag, [121.0, 30.0], [120.0, 30.0], zigzag[0]]
    assert codes(layer(feature([ring]))) == []
    ring[50_000], ring[50_010] = ring[50_010], ring[50_000]
    assert codes(layer(feature([ring]))) == [rings.SELF_CROSSING]
