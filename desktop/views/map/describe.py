"""Words of the map: what a screen reader hears of a mark, and what is to be said of a ticket's place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.models.ticket_row import clock_look
from desktop.services.maps.package import MapPackage
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.row_text import spoken_row
from desktop.views.words import clock_word, filled
from desktop.widgets.map_canvas.overlay import CAMERA, CLUSTER, SPOT, TICKET
from desktop.widgets.map_canvas.values import CameraMark
from desktop.widgets.wording import listed
from domain.geo.polygons import Origin
from domain.ids import TicketId
from domain.ticket import Placement
from domain.vocabulary import PlacedBy


def placing_words(placement: Placement | None, names: Names) -> str:
    """What a person should know of how point and area fit; "" where they do, by surveyed borders."""
    translate = QCoreApplication.translate
    if placement is None:
        return ""
    areas = listed(names.area(code) for code in placement.areas)
    match placement.by:
        case PlacedBy.OUTSIDE:
            return translate("map", "坐标不在任何边界内，按上报的区域计")
        case PlacedBy.AMBIGUOUS:
            text = translate("map", "坐标同时落在{areas}，未作判定，按上报的区域计")
        case PlacedBy.DISAGREES:
            text = translate("map", "坐标落在{areas}，与上报的区域不同，按上报的区域计")
        case _ if placement.origin == Origin.DERIVED:
            text = translate("map", "所属区域由坐标判定，边界由点推算")
        case _:
            return ""
    return filled(text, {"areas": areas})


def ground_text(package: MapPackage) -> str:
    """For the status bar: which ground, of when, and what of it cannot be used."""
    translate = QCoreApplication.translate
    text = translate("map", "无底图包，只画网格边界")
    if package.ground is not None:
        text = filled(translate("map", "底图 离线包 {date}"), {"date": package.date})
    if package.faults:
        fault = package.faults[0]
        text += filled(translate("map", " · {file} 没有用：{why}"), {"file": fault.file, "why": layer_word(fault.code)})
    return text


def layer_word(code: str) -> str:
    """What is wrong with a file of the package, and what to do."""
    translate = QCoreApplication.translate
    words = {
        "no_package": translate("map", "这不是底图包，请检查设置"),
        "bad_tiles": translate("map", "瓦片的写法不对"),
        "unreadable": translate("map", "读不了"),
        "json_broken": translate("map", "文件不完整，请重新拷入"),
        "not_geojson": translate("map", "不是 GeoJSON"),
        "empty": translate("map", "里面没有面"),
        "datum_conflict": translate("map", "坐标系与底图包写的不同"),
        "self_crossing": translate("map", "边界自相交，请修正后再导入"),
        "swapped_lon_lat": translate("map", "经纬度写反了，请对调后再导入"),
        "ring_open": translate("map", "边界没有闭合"),
        "ring_flat": translate("map", "边界没有面积"),
        "code_twice": translate("map", "编码重复"),
    }
    return words.get(code) or filled(translate("map", "不能用（{code}）"), {"code": code})


def ground_note(package: MapPackage) -> str:
    """What must be known of the borders that are drawn."""
    if package.demo:
        return QCoreApplication.translate("map", "演示：网格、道路、建筑与部件均为虚构")
    derived = any(area.origin is Origin.DERIVED for areas in package.areas.values() for area in areas)
    return QCoreApplication.translate("map", "网格由点推算，仅供参考") if derived else ""


def tile_word(code: str) -> str:
    """Why there are no tiles."""
    translate = QCoreApplication.translate
    words = {
        "missing": translate("map", "瓦片文件不在底图包里"),
        "not_mbtiles": translate("map", "瓦片文件不是 MBTiles，或已损坏"),
        "vector_tiles": translate("map", "瓦片文件是矢量瓦片，只支持图片"),
        "host_not_allowed": translate("map", "瓦片服务的主机不在允许名单"),
        "bad_address": translate("map", "瓦片服务的地址不对"),
        "redirect": translate("map", "瓦片服务转到别处，不跟随"),
        "not_a_picture": translate("map", "瓦片服务给的不是图片"),
        "timeout": translate("map", "瓦片服务没有回应"),
        "unreachable": translate("map", "瓦片服务连不上"),
        "truncated": translate("map", "瓦片不完整"),
    }
    return words.get(code) or filled(translate("map", "瓦片不可用（{code}）"), {"code": code})


class MarkDescriber:
    """`place` names a repeat spot; "" where it is none."""

    def __init__(
        self, feed: TicketFeed, camera: Callable[[str], CameraMark | None], place: Callable[[str], str] = lambda _id: ""
    ) -> None:
        self._feed, self._camera, self._place = feed, camera, place

    def describe(self, kind: str, ident: str, count: int) -> str:
        """The words of one mark; its id where nothing more is known."""
        translate = QCoreApplication.translate
        if kind in (TICKET, CLUSTER):
            row = self._feed.row(TicketId(ident))
            if row is None:
                return ident
            now_ms = self._feed.now_ms()
            if kind == TICKET:
                return spoken_row(row, now_ms)
            worst = clock_word(clock_look(row, now_ms).state)
            return translate("map", "{n} 件工单，最紧 {worst}").format(n=count, worst=worst)
        if kind == SPOT:
            return self._place(ident) or ident
        camera = self._camera(ident) if kind == CAMERA else None
        if camera is not None:
            return translate("map", "视频 {name}").format(name=camera.name)
        return ident
