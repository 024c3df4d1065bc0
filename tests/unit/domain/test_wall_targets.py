"""What hangs on a wall and points at something says at what."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.wall.targets import Place, area_of, area_on_wall, place_of, place_on_wall
from domain.wall.values import Content


@given(st.floats(-180, 180, allow_nan=False), st.floats(-85, 85, allow_nan=False), st.floats(1, 20, allow_nan=False))
def test_a_place_comes_back_and_fits_into_a_content(lon: float, lat: float, zoom: float) -> None:
    content = place_on_wall(Place(lon, lat, zoom))
    sent = msgspec.json.decode(msgspec.json.encode(content), type=Content)
    found = place_of(sent.target)
    assert found is not None
    assert (found.lon, found.lat, found.zoom) == pytest.approx((lon, lat, zoom), abs=0.06)
    assert area_of(sent.target) == ""


def test_an_area_and_a_ticket_are_no_places() -> None:
    assert area_of(area_on_wall("440310001").target) == "440310001"
    assert place_of(area_on_wall("440310001").target) is None
    assert place_of("181009-0042") is None
    assert area_of("181009-0042") == ""
