"""Point → area on the server: the finest certain area, ambiguity said, demo layout complete for the site's table."""

import pytest

from backend.places import LayerError, Places, demo_places, read_layer
from backend.reference import demo_site
from domain.geo.geojson import write_areas
from domain.geo.index import PlacementKind
from domain.geo.polygons import AreaShape, Origin, Polygon, contains
from domain.ids import AreaCode
from domain.ticket import Point
from tests.unit.domain.geo.shapes import area, box

TOWN, LEFT, RIGHT = "320500001", "320500001001", "320500001002"


@pytest.fixture(scope="module")
def demo():
    return demo_places()


def nested():
    return Places([area(TOWN, box(0, 0, 10, 10)), area(LEFT, box(0, 0, 4, 10)), area(RIGHT, box(3, 0, 8, 10))])


def test_the_finest_level_answers_first():
    place = nested().place(Point(1, 1))
    assert (place.area, place.level) == (LEFT, "community")


def test_outside_the_fine_level_the_coarse_one_answers():
    place = nested().place(Point(9, 1))
    assert (place.area, place.level) == (TOWN, "town")


def test_two_areas_are_never_chosen_between():
    place = nested().place(Point(3.5, 1))
    assert place.kind is PlacementKind.AMBIGUOUS
    assert place.area is None
    assert place.candidates == (LEFT, RIGHT)


def test_outside_everything_is_outside():
    assert nested().place(Point(20, 20)).kind is PlacementKind.OUTSIDE


def test_a_code_of_no_level_is_refused():
    with pytest.raises(LayerError, match="code_length"):
        Places([area("32", box(0, 0, 1, 1))])


def test_the_demo_layout_has_every_community_of_the_site(demo):
    site = demo_site()
    communities = [each for each in site.areas if each.level == "community"]
    for community in communities:
        point = demo.demo_point(community.code, "x")
        assert point is not None, community.name
        place = demo.place(point, site.areas)
        assert (place.area, place.origin) == (community.code, Origin.DEMO)


def test_a_grid_unknown_to_the_site_stands_for_its_community(demo):
    point = demo.demo_point(AreaCode("440310001001"), "181009-0001")
    assert len(demo.place(point).area) == 15
    assert demo.place(point, demo_site().areas).area == "440310001001"


def test_demo_points_differ_by_key_and_stay_the_same(demo):
    places = {demo.demo_point(AreaCode("440310001001"), str(n)) for n in range(50)}
    assert len(places) == 50
    assert demo.demo_point(AreaCode("440310001001"), "7") in places
    assert demo.demo_point(AreaCode("000000"), "7") is None


def test_a_demo_point_of_a_thin_ring_is_inside():
    ring = AreaShape(
        code=AreaCode("320500"), name="", polygons=(Polygon(box(0, 0, 10, 10), (box(0.01, 0.01, 9.99, 9.99),)),)
    )
    assert contains(ring, Places([ring]).demo_point(AreaCode("320500"), "a"))


def test_a_layer_with_a_fault_is_refused_in_words(tmp_path):
    file = tmp_path / "broken.geojson"
    good = write_areas((area("320500", box(120, 31, 121, 32)),))
    file.write_bytes(good.replace(b"[120,31]]", b"[120,30]]"))
    with pytest.raises(LayerError, match=r"broken\.geojson: ring_open, feature 0"):
        read_layer(file)
    (tmp_path / "cut.geojson.gz").write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(LayerError, match="gzip_broken"):
        read_layer(tmp_path / "cut.geojson.gz")
