"""Tiles of a real WMTS server on loopback lie where they belong, in Web Mercator and in degrees, on the desk's map and on the wall's."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from desktop.services.maps.package import package_or_fault
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.map.wall import WallMapWindow
from desktop.views.map.window import MapWindow
from desktop.views.queue.feed import TicketFeed
from desktop.widgets.map_canvas.values import Layer
from domain.geo.tiling import corner_of_degrees, degrees_across, tiles_of_degrees
from tests.peers.wmts import CELL_DEGREES, colour_of, wmts_server
from tests.qt.fakes import FakeBridge

MIDDLE = (114.35, 22.69)
EDGE = 0.12
"""Of a square, left out at each side: its neighbour shines through there."""
SHADE = 12
SERVICES = {
    "tianditu w": {"wmts_layer": "vec", "matrix_set": "w", "key": "key-1"},
    "tianditu c": {"wmts_layer": "vec", "matrix_set": "c", "key": "key-1"},
    "another server in degrees": {
        "wmts_layer": "site:roads",
        "matrix_set": "EPSG:4326",
        "matrix": "EPSG:4326:{z}",
        "form": "image/png",
        "tiling": "degrees",
        "level_shift": -1,
    },
}


@pytest.fixture
def server():
    with wmts_server() as running:
        yield running


@pytest.fixture
def site(tmp_path, server):
    """A map package with one district that names the service."""

    def make(service, **more):
        host = f"127.0.0.1:{server.server_port}"
        tiles = {"address": f"http://{host}/wmts", "hosts": [host], "datum": "cgcs2000", **service, **more}
        about = {"name": "测试", "datum": "wgs84", "tiles": tiles}
        (tmp_path / "about.json").write_text(json.dumps(about), "utf-8")
        return package_or_fault(tmp_path)

    return make


def wrong_places(canvas) -> tuple[int, int]:
    """How many of the points of a raster over the map do not have the colour of their place, and how many were looked at."""
    canvas.finish()
    picture = canvas.grab().toImage()
    wrong = seen = 0
    for x in range(40, canvas.width() - 40, 17):
        for y in range(canvas.height() // 4, canvas.height() * 3 // 4, 13):
            lon, lat = canvas.place_at(QPointF(x + 0.5, y + 0.5))
            if not all(EDGE < (value / CELL_DEGREES) % 1 < 1 - EDGE for value in (lon, lat)):
                continue
            color = picture.pixelColor(x, y)
            far = sum(abs(a - b) for a, b in zip(colour_of(lon, lat), color.toTuple()[:3], strict=True))
            seen += 1
            wrong += far > SHADE
    return wrong, seen


def all_come(qtbot, server, canvas) -> None:
    qtbot.waitUntil(lambda: wrong_places(canvas)[0] == 0)
    assert wrong_places(canvas)[1] > 300
    assert server.refused == []


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("zoom", [12.0, 13.4])
def test_every_point_of_the_desks_map_shows_its_own_place(qapp, qtbot, server, site, name, zoom):
    load_fonts()
    bridge = FakeBridge([])
    window = MapWindow(Theme.load(), bridge, TicketFeed(bridge), site(SERVICES[name]))
    qtbot.addWidget(window)
    window.resize(1300, 800)
    window.show()
    window.canvas.show_place(*MIDDLE, zoom)
    window.canvas.set_layers(frozenset())
    assert server.given == []  # nobody is called before somebody ticks the layer
    window.left_pane.layers_changed.emit((Layer.SATELLITE,))
    all_come(qtbot, server, window.canvas)
    window.close()


def test_the_wall_shows_tiles_where_the_package_says_so(qapp, qtbot, server, site):
    load_fonts()
    bridge = FakeBridge([])
    wall = WallMapWindow(
        Theme.load("dark", "wall"), bridge, TicketFeed(bridge), site(SERVICES["tianditu c"], wall=True)
    )
    qtbot.addWidget(wall)
    wall.resize(1920, 1080)
    wall.show()
    wall.canvas.show_place(*MIDDLE, 13.0)
    wall.canvas.set_layers(frozenset())
    all_come(qtbot, server, wall.canvas)
    wall.close()


def test_the_wall_calls_nobody_unless_the_package_says_so_and_tells_what_is_wrong(qapp, qtbot, server, site):
    load_fonts()
    bridge = FakeBridge([])
    theme = Theme.load("dark", "wall")
    quiet = WallMapWindow(theme, bridge, TicketFeed(bridge), site(SERVICES["tianditu c"]))
    qtbot.addWidget(quiet)
    quiet.show()
    quiet.canvas.finish()
    assert server.given == []
    wrong = {**SERVICES["tianditu c"], "key": "another"}
    wall = WallMapWindow(theme, bridge, TicketFeed(bridge), site(wrong, wall=True))
    qtbot.addWidget(wall)
    wall.resize(1920, 1080)
    wall.show()
    wall.canvas.show_place(*MIDDLE, 13.0)
    wall.canvas.finish()
    qtbot.waitUntil(lambda: "瓦片不可用（http_400）" in wall.header.accessibleName())
    assert "another" not in wall.header.accessibleName()
    quiet.close()
    wall.close()


ROUNDING = 1e-9
"""Degrees: 0.1 mm."""
PLACES = st.tuples(st.floats(-179.9, 179.9), st.floats(-84, 84))


@given(PLACES, st.integers(1, 18))
def test_a_place_lies_in_the_tile_of_degrees_that_is_asked_for(place, level):
    lon, lat = place
    (column,), (row,) = tiles_of_degrees(level, lon, lat, lon, lat)
    west, north = corner_of_degrees(level, column, row)
    size = degrees_across(level)
    assert west - ROUNDING <= lon <= west + size + ROUNDING
    assert north - size - ROUNDING <= lat <= north + ROUNDING
