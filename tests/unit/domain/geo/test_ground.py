"""Ground files: classes, widths, datum; unknown classes are counted, broken ones refused with the feature's number."""

import json

import pytest

from domain.geo.datum import Datum, convert
from domain.geo.ground import GroundError, read_ground

LINE = [[120.0, 31.0], [120.1, 31.1]]


def ground(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def road(kind="road_major", geometry="LineString", coordinates=LINE, **properties):
    return {
        "type": "Feature",
        "properties": {"class": kind, "name": "石浦路", "width_m": 26, **properties},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def test_lines_and_polygons_are_read():
    ring = [[120, 31], [121, 31], [121, 32], [120, 31]]
    found = read_ground(ground(road(), road("water", "MultiPolygon", [[ring]])), Datum.WGS84).features
    assert (found[0].kind, found[0].name, found[0].width_m) == ("road_major", "石浦路", 26.0)
    assert found[0].lines == (((120.0, 31.0), (120.1, 31.1)),)
    assert len(found[1].polygons[0][0]) == 4


def test_the_datum_is_converted():
    found = read_ground(ground(road(), datum="gcj02")).features
    assert found[0].lines[0][0] == convert(120.0, 31.0, Datum.GCJ02, Datum.WGS84)


def test_an_unknown_class_is_counted_and_left_out():
    found = read_ground(ground(road("monorail"), road()), Datum.WGS84)
    assert (len(found.features), found.unknown) == (1, 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "json_broken"),
        (b"\xff", "json_broken"),
        (b"[]", "not_geojson"),
        (ground(road()), "datum_missing"),
        (ground(road(), datum="bd09"), "datum_unknown"),
        (ground(road(geometry="Point"), datum="wgs84"), "bad_geometry"),
        (ground(road(coordinates=None), datum="wgs84"), "bad_geometry"),
        (ground({"type": "Feature"}, datum="wgs84"), "bad_geometry"),
        (ground(road(width_m="wide"), datum="wgs84"), "bad_geometry"),
    ],
)
def test_broken_files_are_refused(data, code):
    with pytest.raises(GroundError) as refused:
        read_ground(data)
    assert refused.value.code == code
