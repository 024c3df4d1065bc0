"""Map packages: the bundled demonstration is whole and says what it is; a broken file is left out and named."""

import json
import shutil

import pytest

from desktop.services.maps.package import PackageError, read_package
from domain.geo.index import AreaIndex
from domain.geo.polygons import Origin, inner_point
from resources import path as resource_path
from tools import make_demo_map


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(resource_path("maps", "demo"), tmp_path / "map")
    return tmp_path / "map"


def test_the_demo_says_that_it_is_invented():
    package = read_package(resource_path("maps", "demo"))
    assert package.demo
    assert package.faults == ()
    assert {area.origin for areas in package.areas.values() for area in areas} == {Origin.DEMO}
    assert len(package.areas["communities"]) == 25
    assert len(package.areas["grids"]) == 400
    assert len(package.components) > 3000


def test_every_grid_of_the_demo_lies_in_its_own_community():
    package = read_package(resource_path("maps", "demo"))
    index = AreaIndex(package.areas["communities"])
    assert all(index.assign(inner_point(grid)).area == grid.code[:12] for grid in package.areas["grids"])


def test_the_demo_is_what_the_tool_makes(tmp_path):
    make_demo_map.main(tmp_path)
    bundled = resource_path("maps", "demo")
    for file in ("communities.geojson", "components.csv", "about.json"):
        assert (tmp_path / file).read_bytes() == (bundled / file).read_bytes()


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("communities.geojson", b"{", "json_broken"),
        ("grids.geojson.gz", b"\x1f\x8b\x08", "unreadable"),
        ("ground.geojson.gz", b"no gzip", "unreadable"),
        ("components.csv", b"id,kind\n1,x\n", "bad_row"),
        ("components.csv", b"\xff\xfe", "not_utf8"),
    ],
)
def test_a_broken_file_is_left_out_and_named(folder, file, content, code):
    (folder / file).write_bytes(content)
    package = read_package(folder)
    assert [(fault.file, fault.code) for fault in package.faults] == [(file, code)]
    assert package.date == "2026-03-01"


def test_without_a_ground_the_rest_is_there(folder):
    (folder / "ground.geojson.gz").unlink()
    package = read_package(folder)
    assert package.ground is None
    assert package.faults == ()
    assert len(package.areas["grids"]) == 400


@pytest.mark.parametrize("about", [None, "{", "[]", json.dumps({"name": "x"}), json.dumps({"datum": "bd09"})])
def test_a_folder_without_a_sound_about_is_no_package(folder, about):
    (folder / "about.json").unlink()
    if about is not None:
        (folder / "about.json").write_text(about, encoding="utf-8")
    with pytest.raises(PackageError):
        read_package(folder)
