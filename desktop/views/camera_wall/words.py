"""Codes and seconds of the camera wall as Chinese words."""

from PySide6.QtCore import QCoreApplication

from desktop.services.cameras.values import TileState, TileView
from desktop.services.cameras.walls import BROUGHT
from desktop.theme.theme import Theme
from desktop.views.words import filled
from desktop.widgets.painting import format_age
from domain.cameras import FailCode

MINUTE, HOUR = 60, 3600
translate = QCoreApplication.translate


def wall_word(name: str) -> str:
    """The wall of all cameras and that of an alarm have no name of their own."""
    if name == BROUGHT:
        return translate("camera_wall", "告警附近")
    return name or translate("camera_wall", "全部视频")


def fail_word(code: FailCode | str | None) -> str:
    """Why there is no picture; "" for a code that this program does not know."""
    words = {
        FailCode.HOST_REFUSED: translate("camera_wall", "主机不在允许名单"),
        FailCode.NO_ADDRESS: translate("camera_wall", "没有登记地址"),
        FailCode.UNREACHABLE: translate("camera_wall", "连不上"),
        FailCode.LOGIN: translate("camera_wall", "口令不对"),
        FailCode.NOT_FOUND: translate("camera_wall", "设备上没有这一路"),
        FailCode.REDIRECT: translate("camera_wall", "地址被转到别处，不跟随"),
        FailCode.NOT_VIDEO: translate("camera_wall", "来的不是视频"),
        FailCode.TRUNCATED: translate("camera_wall", "画面不完整"),
        FailCode.ENDED: translate("camera_wall", "对方断开"),
        FailCode.SILENT: translate("camera_wall", "没有画面送来"),
        FailCode.NO_KIND: translate("camera_wall", "不认识的视频类型"),
        FailCode.FAULT: translate("camera_wall", "视频组件出错，已记日志"),
        FailCode.OFFLINE: translate("camera_wall", "服务断开，取不到地址"),
    }
    known = code if isinstance(code, FailCode) else _code(code)
    return words[known] if known is not None else ""


def _code(code: str | None) -> FailCode | None:
    try:
        return FailCode(code) if code else None
    except ValueError:
        return None


def span(seconds: float) -> str:
    """2 分 11 秒; 1 小时 5 分; 31 秒."""
    whole = int(seconds)
    if whole < MINUTE:
        return filled(translate("camera_wall", "{s} 秒"), {"s": whole})
    if whole < HOUR:
        return filled(translate("camera_wall", "{m} 分 {s} 秒"), {"m": whole // MINUTE, "s": whole % MINUTE})
    return filled(translate("camera_wall", "{h} 小时 {m} 分"), {"h": whole // HOUR, "m": whole % HOUR // MINUTE})


def state_text(theme: Theme, view: TileView) -> str:
    """The word of the state; a still says how old it is."""
    word = theme.status("camera", view.state.value).word
    if view.state is TileState.STILL and view.age_s is not None:
        age = span(max(1.0, view.age_s)) if view.age_s < HOUR else format_age(view.age_s)
        return f"{word} {age}"
    return word


def notice(view: TileView, *, wall: bool) -> str:
    """The sentence in the middle of a tile without a picture, or on the strip of a frozen one."""
    match view.state:
        case TileState.RESTRICTED:
            return translate("camera_wall", "本屏无权查看") if wall else translate("camera_wall", "本席无权查看")
        case TileState.CONNECTING:
            return translate("camera_wall", "正在取画面")
        case TileState.FROZEN:
            return filled(translate("camera_wall", "画面 {span}未变"), {"span": span(view.unchanged_s)})
        case TileState.NEVER:
            return translate("camera_wall", "启动以来未接通")
        case TileState.LOST if view.retry_in_s:
            return filled(
                translate("camera_wall", "第 {n} 次重连，{s} 秒后"),
                {"n": max(1, view.tries), "s": max(1, round(view.retry_in_s))},
            )
        case TileState.LOST:
            return filled(translate("camera_wall", "第 {n} 次重连中"), {"n": max(1, view.tries)})
        case _:
            return ""


def reason(view: TileView) -> str:
    return fail_word(view.code) if view.state in (TileState.LOST, TileState.NEVER) else ""
