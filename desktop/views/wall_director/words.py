"""Words of the director window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.views.launch_entries import LaunchEntry, entries
from desktop.views.words import filled, role_word
from domain.vocabulary import Role
from domain.wall.values import Cause, Content, Contents, Shown
from protocol.walls import Change


def library() -> tuple[LaunchEntry, ...]:
    """Views that may hang on a wall."""
    return tuple(entry for entry in entries() if entry.profile == "wall")


def view_name(content: Content) -> str:
    """The view's title, with what it shows behind."""
    title = next((entry.title for entry in library() if entry.id == content.view), content.view)
    return f"{title} {content.target}".strip()


def contents_name(contents: Contents) -> str:
    """One view, or the first of a rotation and how many there are."""
    if not contents:
        return QCoreApplication.translate("director", "空")
    if len(contents) == 1:
        return view_name(contents[0])
    pattern = QCoreApplication.translate("director", "{first} 等 {count} 个轮播")
    return filled(pattern, {"first": view_name(contents[0]), "count": len(contents)})


def seat_word(role: Role | None, seat: str) -> str:
    """Role and seat, never a name."""
    parts = (
        filled(QCoreApplication.translate("director", "{seat} 席"), {"seat": seat}) if seat else "",
        role_word(role) if role else "",
    )
    return " ".join(part for part in parts if part)


def cause_text(shown: Shown, clock: str) -> str:
    """Who or what put it there, and when."""
    translate = QCoreApplication.translate
    if shown.cause is Cause.RULE:
        return filled(translate("director", "规则 {name} · {clock}"), {"name": shown.name, "clock": clock})
    if shown.cause is Cause.SCENE:
        return filled(translate("director", "场景 {name} · {clock}"), {"name": shown.name, "clock": clock})
    return filled(
        translate("director", "{who} 送 · {clock}"), {"who": seat_word(shown.role, shown.seat), "clock": clock}
    )


def change_text(change: Change) -> str:
    """One line of the record, without its time."""
    translate = QCoreApplication.translate
    who = seat_word(change.actor.role, change.actor.seat) if change.actor else ""
    what = {
        "registered": translate("director", "大屏登记"),
        "reported": translate("director", "屏幕变化"),
        "applied": translate("director", "换画面"),
        "undone": translate("director", "还原"),
        "control_taken": translate("director", "取得控制权"),
        "control_asked": translate("director", "申请控制权"),
        "control_refused": translate("director", "未移交控制权"),
        "control_released": translate("director", "放下控制权"),
        "lock_set": translate("director", "锁定改变"),
        "scene_kept": translate("director", "存场景"),
        "scene_dropped": translate("director", "删场景"),
        "rule_kept": translate("director", "改规则"),
        "rule_dropped": translate("director", "删规则"),
        "rule_started": translate("director", "规则切换"),
        "rule_ended": translate("director", "规则还原"),
    }.get(change.type, change.type)
    return " ".join(part for part in (who, what) if part)


def reason(code: str) -> str | None:
    """Refusals that only a wall has; None = a shared one."""
    translate = QCoreApplication.translate
    return {
        "no_control": translate("director", "控制权在 {seat} 席，按 T 申请"),
        "held": translate("director", "{seat} 席还可答复，请稍候"),
        "not_asked": translate("director", "没有席位在申请控制权"),
        "nothing_to_undo": translate("director", "没有可还原的更改，或已超过 30 秒"),
        "no_screen": translate("director", "大屏没有屏 {screen}"),
        "bad_screens": translate("director", "没有要应用的屏"),
        "bad_contents": translate("director", "屏 {screen} 的画面数不对"),
        "no_scene": translate("director", "没有场景 {name}"),
        "no_rule": translate("director", "没有规则 {name}"),
        "too_many": translate("director", "最多 {most} 个"),
        "no_class": translate("director", "告警规则须选告警类别"),
        "runs": translate("director", "规则已在执行"),
        "runs_not": translate("director", "规则未在执行"),
    }.get(code)


def hours(at: datetime) -> str:
    return f"{at:%H:%M}"
