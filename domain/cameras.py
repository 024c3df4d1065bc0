"""The register of cameras: what a camera is, who may see it, and which rows of a table can be one. Values and checks only.

Credentials are no part of a camera: an address that carries them is split before it gets here (backend.cameras). Codes name
what is wrong; words are made where they are shown. Nothing here opens an address.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import NewType
from urllib.parse import urlsplit

from msgspec import Struct

from domain.geo.datum import Datum, to_wgs84
from domain.ids import AreaCode
from domain.ticket import Point
from domain.vocabulary import Role

CameraId = NewType("CameraId", str)

TOPIC = "cameras"
HEALTH_TOPIC = "camera_health"
KINDS_GROUP = "liandong.camera_sources"
"""Entry point group by which a site adds kinds of source."""
MOST_CAMERAS = 1500
"""So that the topic stays below the limit of one value; a bigger site has more than one register."""
MOST_TEXT = 80
MOST_ADDRESS = 400
MOST_RADIUS_M = 5000.0


class Kind(StrEnum):
    """The kinds of source that the product brings. A site may add its own: a kind is a text, not a member of this list."""

    RTSP = "rtsp"
    MJPEG = "mjpeg"
    HLS = "hls"
    FILE = "file"
    STILL = "still"
    TEST = "test"


SCHEMES: Mapping[str, frozenset[str]] = {
    Kind.RTSP: frozenset({"rtsp", "rtsps"}),
    Kind.MJPEG: frozenset({"http", "https"}),
    Kind.HLS: frozenset({"http", "https"}),
    Kind.FILE: frozenset({"file"}),
    Kind.STILL: frozenset({"http", "https", "file"}),
    Kind.TEST: frozenset({"test"}),
}


class Use(StrEnum):
    """Which picture an address gives: the full one, the small one for tiles, or one JPEG at a time."""

    MAIN = "main"
    SUB = "sub"
    STILL = "still"


class Stream(Struct, frozen=True):
    use: Use
    address: str
    """Without user and password."""


class Camera(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One camera. `rights`: roles that may see its picture, empty = every role, the wall too.

    `streams` stay on the server and with those who may see the picture; the copy that everybody gets has none (`public`).
    """

    id: CameraId
    name: str
    kind: str
    model: str = ""
    place: str = ""
    area: AreaCode = AreaCode("")
    point: Point | None = None
    direction: float | None = None
    angle: float | None = None
    radius_m: float | None = None
    owner: str = ""
    rights: tuple[str, ...] = ()
    walls: tuple[str, ...] = ()
    """Names of the camera walls on which it stands, such as 防汛重点."""
    demo: bool = False
    streams: tuple[Stream, ...] = ()

    def address(self, use: Use) -> str:
        """The address for a use, "" where there is none."""
        return next((stream.address for stream in self.streams if stream.use is use), "")


class Access(Struct, frozen=True, omit_defaults=True):
    """What a desk needs to open one camera: answer to the question `camera_streams`. Kept in memory only, never shown."""

    id: CameraId
    streams: tuple[Stream, ...] = ()
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        # A log line must never carry a password, whoever writes it.
        return f"Access({self.id!r}, {len(self.streams)} streams)"


class AccessAnswer(Struct, frozen=True):
    """Answer to the question `camera_streams`: what may be opened at all, and the cameras that the asker may see."""

    hosts: tuple[str, ...] = ()
    cameras: tuple[Access, ...] = ()


class Reach(StrEnum):
    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"


class CameraHealth(Struct, frozen=True, omit_defaults=True):
    """Whether the server reached a camera. `code` is a FailCode of why not. `since`: server time of the last change."""

    reach: Reach
    since: datetime
    code: str = ""


class CameraList(Struct, frozen=True):
    """Body of the topic `cameras`. `version` rises with every change of the register, of addresses and logins too."""

    cameras: tuple[Camera, ...] = ()
    version: int = 0


class HealthList(Struct, frozen=True):
    """Body of the topic `camera_health`."""

    health: dict[CameraId, CameraHealth] = {}


class FailCode(StrEnum):
    """Why there is no picture. Shared by the server's health check, the desk's tiles and their words."""

    HOST_REFUSED = "host_refused"  # not on the site's list of hosts
    NO_ADDRESS = "no_address"  # none for this use, or the server gave none
    UNREACHABLE = "unreachable"  # no connection
    LOGIN = "login"  # user or password refused
    NOT_FOUND = "not_found"  # the device knows no such stream
    REDIRECT = "redirect"  # it sends elsewhere; that is never followed
    NOT_VIDEO = "not_video"  # what came is no picture or stream
    TRUNCATED = "truncated"  # it ends in the middle
    ENDED = "ended"  # the other side closed
    SILENT = "silent"  # no picture for some seconds
    NO_KIND = "no_kind"  # this program has no such kind of source
    FAULT = "fault"  # a defect of the source itself; it is in the log
    OFFLINE = "offline"  # the address is not known while the server is away


class RowCode(StrEnum):
    """Why a row of a table is no camera."""

    COLUMNS = "columns"  # the head lacks columns
    ID = "id"
    TWICE = "twice"
    NAME = "name"
    TEXT_LONG = "text_long"
    NUMBER = "number"
    POINT = "point"
    POINT_SWAPPED = "point_swapped"
    DIRECTION = "direction"
    ANGLE = "angle"
    RADIUS = "radius"
    KIND = "kind"
    ADDRESS = "address"
    HOST = "host"
    ROLE = "role"
    TOO_MANY = "too_many"


class RowError(ValueError):
    """One cell that cannot be used: its code, its column, and what stood there (never an address)."""

    def __init__(self, code: RowCode, column: str = "", value: str = "") -> None:
        super().__init__(f"{code} {column} {value}".strip())
        self.code, self.column, self.value = code, column, value


COLUMNS = (
    *("id", "name", "model", "place", "area", "lon", "lat", "direction", "angle", "radius_m", "owner"),
    *("kind", "main", "sub", "still", "rights", "walls", "demo"),
)
NEEDED = frozenset({"id", "name", "kind"})
LIST_MARK = "|"


def public(camera: Camera) -> Camera:
    """The copy that travels to everybody: without addresses."""
    return Camera(**{name: getattr(camera, name) for name in camera.__struct_fields__ if name != "streams"})


def may_see(camera: Camera, role: Role) -> bool:
    return not camera.rights or role.value in camera.rights


def host_of(address: str) -> str:
    """Host and port as the list of allowed hosts names them ("" for files and test pictures)."""
    parts = urlsplit(address)
    if parts.scheme in ("file", "test") or parts.hostname is None:
        return ""
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname


class AllowList:
    """Hosts that may be opened: `10.8.1.20`, `cam.example:8554`, `*.video.example`. A host without port allows every port."""

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self.hosts = tuple(sorted({host.strip().lower() for host in hosts if host.strip()}))

    def allows(self, address: str) -> bool:
        """Files and test pictures have no host: they are judged by their folder, not here."""
        named = host_of(address).lower()
        if not named:
            return urlsplit(address).scheme in ("file", "test")
        host = urlsplit(address).hostname or ""
        return any(named == each or host == each or _under(host, each) for each in self.hosts)


def _under(host: str, pattern: str) -> bool:
    return pattern.startswith("*.") and len(pattern) > 2 and host.endswith(pattern[1:])


def camera_of(
    row: Mapping[str, str],
    *,
    kinds: Collection[str] = frozenset(Kind),
    allow: AllowList | None = None,
    datum: Datum = Datum.WGS84,
) -> Camera:
    """The camera of one row of a table. Raises RowError for the first cell that cannot be used."""
    cell = {name: (row.get(name) or "").strip() for name in COLUMNS}
    camera_id, kind = cell["id"], cell["kind"]
    if (
        not camera_id
        or len(camera_id) > 40
        or not camera_id.isascii()
        or not camera_id.isprintable()
        or " " in camera_id
    ):
        raise RowError(RowCode.ID, "id", camera_id[:40])
    if not cell["name"]:
        raise RowError(RowCode.NAME, "name")
    for column in ("name", "model", "place", "owner", "area"):
        if len(cell[column]) > MOST_TEXT or not cell[column].isprintable():
            raise RowError(RowCode.TEXT_LONG, column, cell[column][:MOST_TEXT])
    if kind not in kinds:
        raise RowError(RowCode.KIND, "kind", kind)
    return Camera(
        id=CameraId(camera_id),
        name=cell["name"],
        kind=kind,
        model=cell["model"],
        place=cell["place"],
        area=AreaCode(cell["area"]),
        point=_point(cell["lon"], cell["lat"], datum),
        direction=_number(cell, "direction", RowCode.DIRECTION, 0.0, 360.0),
        angle=_number(cell, "angle", RowCode.ANGLE, 0.0, 360.0),
        radius_m=_number(cell, "radius_m", RowCode.RADIUS, 0.0, MOST_RADIUS_M),
        owner=cell["owner"],
        rights=_rights(cell["rights"]),
        walls=_names(cell["walls"]),
        demo=cell["demo"] in ("1", "演示", "true"),
        streams=_streams(cell, kind, allow),
    )


def row_of(camera: Camera) -> dict[str, str]:
    """The row that `camera_of` reads back; no credentials, because a camera has none."""
    point = camera.point
    numbers = {"direction": camera.direction, "angle": camera.angle, "radius_m": camera.radius_m}
    return {
        "id": camera.id,
        "name": camera.name,
        "model": camera.model,
        "place": camera.place,
        "area": camera.area,
        "lon": f"{point.lon:.6f}" if point else "",
        "lat": f"{point.lat:.6f}" if point else "",
        **{name: "" if value is None else f"{value:g}" for name, value in numbers.items()},
        "owner": camera.owner,
        "kind": camera.kind,
        **{use.value: camera.address(use) for use in Use},
        "rights": LIST_MARK.join(camera.rights),
        "walls": LIST_MARK.join(camera.walls),
        "demo": "1" if camera.demo else "",
    }


def _number(cell: Mapping[str, str], column: str, code: RowCode, least: float, most: float) -> float | None:
    text = cell[column]
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise RowError(RowCode.NUMBER, column, text[:20]) from None
    if not isfinite(number) or not least <= number <= most:
        raise RowError(code, column, text[:20])
    return number


def _point(lon_text: str, lat_text: str, datum: Datum) -> Point | None:
    if not lon_text and not lat_text:
        return None
    try:
        lon, lat = float(lon_text), float(lat_text)
    except ValueError:
        raise RowError(RowCode.NUMBER, "lon", f"{lon_text[:20]} {lat_text[:20]}") from None
    value = f"{lon:g} {lat:g}"
    if isfinite(lon) and isfinite(lat) and abs(lat) > 90 and abs(lon) <= 90:
        raise RowError(RowCode.POINT_SWAPPED, "lon", value)
    if not (isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90) or (lon == 0 and lat == 0):
        raise RowError(RowCode.POINT, "lon", value)
    return Point(*to_wgs84(lon, lat, datum))


def _rights(text: str) -> tuple[str, ...]:
    found = _names(text)
    for role in found:
        if role not in Role._value2member_map_:
            raise RowError(RowCode.ROLE, "rights", role[:20])
    return found


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip()[:MOST_TEXT] for part in text.split(LIST_MARK) if part.strip()))


def _streams(cell: Mapping[str, str], kind: str, allow: AllowList | None) -> tuple[Stream, ...]:
    found = []
    for use in Use:
        address = cell[use.value]
        if not address:
            continue
        check_address(Kind.STILL if use is Use.STILL else kind, address, use.value)
        if allow is not None and not allow.allows(address):
            raise RowError(RowCode.HOST, use.value, host_of(address))
        found.append(Stream(use, address))
    if not any(stream.use is not Use.STILL for stream in found) and kind != Kind.STILL:
        raise RowError(RowCode.ADDRESS, "main")
    if not found:
        raise RowError(RowCode.ADDRESS, "still")
    return tuple(found)


def check_address(kind: str, address: str, column: str = "") -> None:
    """Raises RowError for an address that the kind cannot have. The address itself is never in the error."""
    if len(address) > MOST_ADDRESS or not address.isprintable() or any(mark in address for mark in ' "<>\\^`{}|'):
        raise RowError(RowCode.ADDRESS, column)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise RowError(RowCode.ADDRESS, column) from None
    schemes = SCHEMES.get(kind)
    if schemes is not None and parts.scheme not in schemes:
        raise RowError(RowCode.ADDRESS, column, parts.scheme[:20])
    if parts.username is not None or parts.password is not None:
        raise RowError(RowCode.ADDRESS, column, "user@")
    if parts.scheme not in ("file", "test") and not parts.hostname:
        raise RowError(RowCode.ADDRESS, column)
    if parts.scheme == "file" and (parts.netloc or ".." in parts.path.split("/")):
        raise RowError(RowCode.ADDRESS, column)
    assert port is None or port >= 0
