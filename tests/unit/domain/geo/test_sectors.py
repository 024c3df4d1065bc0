"""Camera sectors: what they hold, in which order cameras are named, and that blind ones never cover."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from domain.geo.measure import bearing_deg, distance_m, moved
from domain.geo.sectors import Sector, sector_of, sights
from domain.ticket import Point

FOOT = Point(114.35, 22.69)
ANGLES = st.floats(0, 359.99)


@dataclass(frozen=True)
class Camera:
    name: str
    point: Point | None
    direction: float | None = 0.0
    angle: float | None = 60.0
    radius_m: float | None = 100.0


@given(ANGLES, st.floats(10, 350), st.floats(20, 500), ANGLES, st.floats(1, 600))
def test_contains_agrees_with_distance_and_angle(direction, opening, radius, bearing, away):
    turn = abs((bearing - direction + 180) % 360 - 180)
    if abs(away - radius) < 0.01 * radius or abs(turn - opening / 2) < 0.1:
        return
    sector = Sector(FOOT, direction, opening, radius)
    assert sector.contains(moved(FOOT, bearing, away)) == (away < radius and turn < opening / 2)


@given(ANGLES, st.floats(1, 5000))
def test_moving_and_measuring_agree(bearing, away):
    there = moved(FOOT, bearing, away)
    assert abs(distance_m(FOOT, there) - away) < 0.002 * away
    turn = abs((bearing_deg(FOOT, there) - bearing + 180) % 360 - 180)
    assert turn < 0.1


def test_the_foot_of_the_camera_is_covered():
    assert Sector(FOOT, 90, 30, 50).contains(FOOT)


def test_a_full_circle_looks_everywhere():
    assert all(Sector(FOOT, 0, 360, 50).contains(moved(FOOT, bearing, 49)) for bearing in range(0, 360, 15))


def test_cameras_that_cover_come_first_then_near_ones():
    place = moved(FOOT, 0, 80)
    near = Camera("near, looks away", moved(place, 90, 10), direction=90)
    far = Camera("covers from 80 m", FOOT)
    lost = Camera("covers, but lost", moved(FOOT, 180, 5))
    unplaced = Camera("no place", None)
    found = sights(place, [near, far, lost, unplaced], sees=lambda camera: camera is not lost)
    assert [(camera.name, covers) for camera, _, covers in found] == [
        ("covers from 80 m", True),
        ("near, looks away", False),
        ("covers, but lost", False),
    ]


def test_without_angle_or_radius_there_is_no_sector():
    assert sector_of(Camera("x", FOOT, angle=None)) is None
    assert sector_of(Camera("x", FOOT, radius_m=0)) is None
    assert sector_of(Camera("x", FOOT, direction=None)) is None
    assert sector_of(Camera("dome", FOOT, direction=None, angle=360.0)) is not None


def test_the_outline_lies_on_the_sector():
    sector = Sector(FOOT, 45, 60, 100)
    assert all(sector.contains(place) or abs(distance_m(FOOT, place) - 100) < 0.5 for place in sector.outline())
