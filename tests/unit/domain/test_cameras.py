"""The register of cameras: what a row must hold, and what never leaves the server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cameras import (
    COLUMNS,
    Access,
    AllowList,
    Camera,
    Kind,
    RowCode,
    RowError,
    Stream,
    Use,
    camera_of,
    host_of,
    may_see,
    public,
    row_of,
)
from domain.geo.datum import Datum, convert
from domain.geo.sectors import sights
from domain.ticket import Point
from domain.vocabulary import Role

GOOD = {
    "id": "C-1",
    "name": "石浦桥东",
    "kind": "rtsp",
    "lon": "114.35",
    "lat": "22.69",
    "direction": "45",
    "angle": "90",
    "radius_m": "150",
    "main": "rtsp://10.0.0.5:554/main",
    "sub": "rtsp://10.0.0.5:554/sub",
    "still": "http://10.0.0.5/still.jpg",
    "rights": "dispatcher|shift_leader",
    "walls": "防汛重点|学校",
}


def refused(**changes: str) -> tuple[str, str]:
    with pytest.raises(RowError) as caught:
        camera_of({**GOOD, **changes})
    return caught.value.code, caught.value.column


def test_a_row_becomes_a_camera_and_the_same_row_again():
    camera = camera_of(GOOD)
    assert camera.point == Point(114.35, 22.69)
    assert camera.address(Use.SUB) == "rtsp://10.0.0.5:554/sub"
    assert camera.walls == ("防汛重点", "学校")
    assert camera_of(row_of(camera)) == camera
    assert tuple(row_of(camera)) == COLUMNS


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"id": ""}, RowCode.ID, "id"),
        ({"id": "a b"}, RowCode.ID, "id"),
        ({"id": "编号"}, RowCode.ID, "id"),
        ({"name": " "}, RowCode.NAME, "name"),
        ({"name": "名" * 81}, RowCode.TEXT_LONG, "name"),
        ({"owner": "a\nb"}, RowCode.TEXT_LONG, "owner"),
        ({"kind": "onvif"}, RowCode.KIND, "kind"),
        ({"lon": "22.69", "lat": "114.35"}, RowCode.POINT_SWAPPED, "lon"),
        ({"lon": "0", "lat": "0"}, RowCode.POINT, "lon"),
        ({"lon": "nan"}, RowCode.POINT, "lon"),
        ({"lon": "x"}, RowCode.NUMBER, "lon"),
        ({"lat": ""}, RowCode.NUMBER, "lon"),
        ({"direction": "361"}, RowCode.DIRECTION, "direction"),
        ({"angle": "-1"}, RowCode.ANGLE, "angle"),
        ({"radius_m": "1e9"}, RowCode.RADIUS, "radius_m"),
        ({"radius_m": "inf"}, RowCode.RADIUS, "radius_m"),
        ({"angle": "wide"}, RowCode.NUMBER, "angle"),
        ({"rights": "wall|king"}, RowCode.ROLE, "rights"),
        ({"main": "", "sub": ""}, RowCode.ADDRESS, "main"),
        ({"main": "http://10.0.0.5/"}, RowCode.ADDRESS, "main"),
        ({"main": "rtsp://u:p@10.0.0.5/"}, RowCode.ADDRESS, "main"),
        ({"main": "rtsp:///nowhere"}, RowCode.ADDRESS, "main"),
        ({"main": "rtsp://10.0.0.5:99999/"}, RowCode.ADDRESS, "main"),
        ({"main": "rtsp://10.0.0.5/a b"}, RowCode.ADDRESS, "main"),
        ({"main": "rtsp://10.0.0.5/" + "a" * 400}, RowCode.ADDRESS, "main"),
        ({"still": "file:///a/../../etc/x.jpg"}, RowCode.ADDRESS, "still"),
        ({"still": "file://server/x.jpg"}, RowCode.ADDRESS, "still"),
        ({"still": "ftp://10.0.0.5/x.jpg"}, RowCode.ADDRESS, "still"),
    ],
)
def test_what_cannot_be_a_camera_says_which_cell(changes, code, column):
    assert refused(**changes) == (code, column)


def test_an_error_never_carries_the_address():
    with pytest.raises(RowError) as caught:
        camera_of({**GOOD, "main": "rtsp://admin:secret@10.0.0.5/"})
    assert "secret" not in str(caught.value)
    assert "10.0.0.5" not in str(caught.value)


def test_hosts_off_the_list_are_refused_by_name():
    with pytest.raises(RowError) as caught:
        camera_of(GOOD, allow=AllowList(["10.0.0.6"]))
    assert (caught.value.code, caught.value.value) == (RowCode.HOST, "10.0.0.5:554")
    assert camera_of(GOOD, allow=AllowList(["10.0.0.5"])).id == "C-1"


@pytest.mark.parametrize(
    ("pattern", "address", "allowed"),
    [
        ("10.0.0.5", "rtsp://10.0.0.5/x", True),
        ("10.0.0.5:554", "rtsp://10.0.0.5:554/x", True),
        ("10.0.0.5:554", "rtsp://10.0.0.5:8554/x", False),
        ("*.video.example", "http://a.video.example/", True),
        ("*.video.example", "http://video.example/", False),
        ("*.video.example", "http://evilvideo.example/", False),
        ("*", "http://a.example/", False),
        ("10.0.0.5", "http://10.0.0.5@evil.example/", False),
        ("10.0.0.5", "http://10.0.0.50/", False),
        ("CAM.Example", "http://cam.example/", True),
        ("10.0.0.5", "gopher:x", False),
        ("", "test:street", True),
    ],
)
def test_the_list_of_hosts(pattern, address, allowed):
    assert AllowList([pattern]).allows(address) is allowed


@given(st.text(max_size=60))
def test_no_text_is_taken_for_an_address_on_an_empty_list(text):
    try:
        camera = camera_of({**GOOD, "still": "", "sub": "", "main": text})
    except RowError:
        return
    assert not AllowList().allows(camera.address(Use.MAIN))


def test_coordinates_of_another_datum_are_converted_not_mixed():
    lon, lat = convert(114.35, 22.69, Datum.WGS84, Datum.GCJ02)
    camera = camera_of({**GOOD, "lon": str(lon), "lat": str(lat)}, datum=Datum.GCJ02)
    assert camera.point is not None
    assert (camera.point.lon, camera.point.lat) == pytest.approx((114.35, 22.69), abs=1e-7)


def test_the_copy_for_everybody_has_no_addresses_and_access_hides_its_login():
    camera = camera_of(GOOD)
    assert public(camera).streams == ()
    assert public(camera).name == camera.name
    shown = repr(Access(camera.id, (Stream(Use.MAIN, "rtsp://h/"),), "admin", "secret"))
    assert "admin" not in shown
    assert "secret" not in shown


def test_rights_are_the_viewers_own():
    camera = camera_of(GOOD)
    assert may_see(camera, Role.DISPATCHER)
    assert not may_see(camera, Role.WALL)
    assert may_see(camera_of({**GOOD, "rights": ""}), Role.WALL)


def test_covering_cameras_come_first_and_nearest_first():
    place = Point(114.35, 22.69)

    def camera(number: int, east_m: float, direction: float) -> Camera:
        return Camera(
            id=str(number),  # type: ignore[arg-type]
            name=str(number),
            kind=Kind.TEST,
            point=Point(114.35 + east_m / 102_600, 22.69),
            direction=direction,
            angle=60,
            radius_m=200,
        )

    looking_at, far, away, lost = camera(1, 150, 270), camera(2, 180, 270), camera(3, 20, 90), camera(4, 50, 270)
    found = sights(place, (away, far, looking_at, lost), lambda each: each.id != "4")
    assert [(each.id, covers) for each, _, covers in found] == [("1", True), ("2", True), ("3", False), ("4", False)]


def test_host_of_names_the_port_only_where_given():
    assert host_of("rtsp://cam.example/x") == "cam.example"
    assert host_of("http://cam.example:8080/x?a=b@c") == "cam.example:8080"
    assert host_of("test:street") == ""
