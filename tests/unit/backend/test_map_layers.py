"""The operator's command for polygons: what is wrong is said in words and changes nothing; what is taken is what server and desks read."""

import json

import pytest

from backend.map_layers import site_places
from cli.main import main
from desktop.services.maps.package import read_package
from domain.geo.datum import Datum, convert
from domain.geo.polygons import Origin
from domain.ticket import Point

CODE = "440310001001"


def feature(ring, code=CODE, **properties):
    return {
        "type": "Feature",
        "properties": {"code": code, "name": "甲社区", **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def square(west=114.30, south=22.60, side=0.02):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


BOW_TIE = [[114.3, 22.6], [114.32, 22.62], [114.32, 22.6], [114.3, 22.62], [114.3, 22.6]]
SWAPPED = [[lat, lon] for lon, lat in square()]


def take(tmp_path, data: str, *more: str, datum: str = "wgs84") -> int:
    file = tmp_path / "in.geojson"
    file.write_text(data, "utf-8")
    return main(["maps", "import", "community", str(file), "--datum", datum, "--to", str(tmp_path / "maps"), *more])


def collection(*features, **more) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (collection(feature(square()))[:-30], "不是完整的 JSON"),
        (collection(feature(BOW_TIE)), "边界自相交"),
        (collection(feature(SWAPPED)), "经纬度写反了"),
        (collection(feature(square()[:-1])), "边界没有闭合"),
        (collection(feature(square()), feature(square(114.4))), "编码重复"),
        (collection(feature(square(), code="1234")), "编码位数不是这一级的"),
        (collection(feature(square()), datum="gcj02"), "文件写的坐标系与 --datum 不同"),
        ('{"type": "Topology"}', "不是 GeoJSON"),
        ("[1, 2", "不是完整的 JSON"),
    ],
)
def test_bad_polygons_are_refused_in_words_and_change_nothing(tmp_path, capsys, data, words):
    assert take(tmp_path, collection(feature(square()))) == 0
    before = (tmp_path / "maps" / "communities.geojson").read_bytes()
    capsys.readouterr()
    assert take(tmp_path, data) == 1
    told = capsys.readouterr().err
    assert words in told
    assert "没有导入任何一个面" in told
    assert (tmp_path / "maps" / "communities.geojson").read_bytes() == before


def test_a_layer_in_the_offset_datum_is_converted_for_server_and_desks(tmp_path):
    place = Point(114.31, 22.61)
    offset = [list(convert(lon, lat, Datum.WGS84, Datum.GCJ02)) for lon, lat in square()]
    assert take(tmp_path, collection(feature(offset)), datum="gcj02") == 0
    places = site_places(tmp_path)
    assert places is not None
    assert places.place(place).area == CODE
    # Half a kilometre away, where the border would lie had the datum been mixed up.
    assert places.place(Point(114.3245, 22.61)).area is None
    package = read_package(tmp_path / "maps")
    assert package.faults == ()
    assert [shape.code for shape in package.areas["communities"]] == [CODE]


def test_other_fields_may_hold_code_and_name(tmp_path):
    data = collection(feature(square(), code="", gb="156" + CODE[:9], SQDM=CODE))
    assert take(tmp_path, data, "--code", "SQDM") == 0


def test_cells_from_points_say_that_they_are_derived(tmp_path, capsys):
    points = tmp_path / "points.csv"
    points.write_text(f"code,name,lon,lat\n{CODE},甲,114.30,22.60\n440310001002,乙,114.32,22.60\n", "utf-8")
    folder = str(tmp_path / "maps")
    assert main(["maps", "derive", "community", str(points), "--datum", "wgs84", "--to", folder]) == 0
    places = site_places(tmp_path)
    assert places is not None
    found = places.place(Point(114.301, 22.601))
    assert (found.area, found.origin) == (CODE, Origin.DERIVED)
    assert places.ground(Point(114.301, 22.601)).origin == "derived"
    assert main(["maps", "list", "--to", folder]) == 0
    assert "community 2" in capsys.readouterr().out
    points.write_text("code,name,lon,lat\nx,y,east,22\n", "utf-8")
    assert main(["maps", "derive", "community", str(points), "--datum", "wgs84", "--to", folder]) == 1
    assert "这一行读不出" in capsys.readouterr().err


def test_every_level_has_its_layer(tmp_path):
    file = tmp_path / "in.geojson"
    names = {"district": CODE[:6], "town": CODE[:9], "community": CODE, "grid": f"{CODE}001"}
    for level, code in names.items():
        file.write_text(collection(feature(square(), code=code)), "utf-8")
        assert main(["maps", "import", level, str(file), "--datum", "wgs84", "--to", str(tmp_path / "maps")]) == 0
    package = read_package(tmp_path / "maps")
    assert {layer: areas[0].code for layer, areas in package.areas.items()} == {
        "districts": CODE[:6],
        "towns": CODE[:9],
        "communities": CODE,
        "grids": f"{CODE}001",
    }


def test_a_data_folder_without_polygons_places_nothing(tmp_path):
    assert site_places(tmp_path) is None
