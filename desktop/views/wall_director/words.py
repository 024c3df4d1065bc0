"""Words of the director window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.views.launch_entries import LaunchEntry, entries
from desktop.views.refusal_words import reason_text
from desktop.views.words import filled, role_word, source_word
from desktop.widgets.painting import format_age
from desktop.widgets.wording import listed
from domain.alarms.words import LOCAL, Severity, Trigger
from domain.vocabulary import Role
from domain.wall import targets
from domain.wall.events import Applied, Event, NoticeSet, PauseSet, RuleEnded, RuleStarted, SceneKept
from domain.wall.kind import DIRECTORS
from domain.wall.values import Cause, Contents, Pause, Rule, RuleKind, Scene, Shown, Wall
from protocol.walls import Change

_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)

if TYPE_CHECKING:
    from desktop.views.wall_director.feed import WallFeed
    from desktop.views.wall_director.previews import Preview
    from desktop.views.wall_director.titles import Titles


def library() -> tuple[LaunchEntry, ...]:
    """Views that may hang on a wall."""
    return tuple(entry for entry in entries() if entry.profile == "wall")


def seat_word(role: Role | None, seat: str) -> str:
    """Role and seat, never a name."""
    parts = (
        filled(QCoreApplication.translate("director", "{seat} 席"), {"seat": seat})
        if seat and role is not Role.SYSTEM
        else "",
        role_word(role) if role else "",
    )
    return " ".join(part for part in parts if part)


def short_view(view: str) -> str:
    """Two letters or so, for a screen in the plan of a scene."""
    translate = QCoreApplication.translate
    return {
        "wall_overview": translate("director", "态势"),
        "wall_queue": translate("director", "超期"),
        "wall_map": translate("director", "地图"),
        "wall_cameras": translate("director", "视频"),
        "wall_kpi_board": translate("director", "统计"),
        "wall_inspection": translate("director", "联检"),
        targets.TICKET: translate("director", "工单"),
        targets.CAMERA: translate("director", "单路"),
    }.get(view, view)


def icon_of(contents: Contents) -> str:
    """Of the first view, where it has no picture."""
    if not contents:
        return "monitor"
    one = {targets.TICKET: "file-text", targets.CAMERA: "cctv"}.get(contents[0].view)
    return one or next((entry.icon for entry in entries() if entry.id == contents[0].view), "monitor")


def preview_text(preview: Preview | None, age_s: float) -> str:
    """Where a small picture is from, and how old it is."""
    translate = QCoreApplication.translate
    if preview is None:
        return translate("director", "还没有画面")
    pattern = translate("director", "墙上 {age}前") if preview.from_wall else translate("director", "本席 {age}前")
    return filled(pattern, {"age": format_age(age_s)})


def screen_state(feed: WallFeed, number: int, clock: Callable[[datetime], str]) -> str:
    """How fresh what one screen shows is, in a word; in the past the moment that is looked at."""
    translate, picture = QCoreApplication.translate, feed.pictures.get(number)
    if feed.past_at is not None:
        return filled(translate("director", "回看 {clock}"), {"clock": clock(feed.past_at)[:5]})
    age_s = feed.image_age_s(number)
    if feed.host_lost or picture is None or age_s is None:
        return translate("director", "未接通")
    return filled(translate("director", "画面 {age}前"), {"age": format_age(age_s)})


def scene_note(scene: Scene) -> str:
    """How many screens it sets, and how many of them turn."""
    translate = QCoreApplication.translate
    parts = [filled(translate("director", "{count} 屏"), {"count": len(scene.screens)})]
    turning = sum(len(contents) > 1 for contents in scene.screens.values())
    if turning:
        parts.append(filled(translate("director", "轮播 {count}"), {"count": turning}))
    return " · ".join(parts)


def scene_more(wall: Wall, scene: Scene) -> str:
    """Its light, and what starts it by itself."""
    parts = [QCoreApplication.translate("director", "低亮度")] if scene.night else []
    for rule in wall.rules.values():
        if rule.on and rule.scene == scene.name:
            parts.append(cause_word(rule))
    return " · ".join(parts)


def class_words() -> Mapping[str, str]:
    """Class of alarms → its word: how bad it is, or what it is about. Alarms of one machine alone never start a scene."""
    translate = QCoreApplication.translate
    triggers = {
        Trigger.STAGE_OVERDUE: translate("director", "工单超期"),
        Trigger.URGENT_ITEM: translate("director", "特急事项"),
        Trigger.SENSITIVE_ITEM: translate("director", "敏感事项"),
        Trigger.BURST: translate("director", "同类突增"),
        Trigger.BACKLOG: translate("director", "积压超限"),
        Trigger.CAMERA_LOST: translate("director", "视频断开"),
        Trigger.FEED_SILENT: translate("director", "来源无数据"),
        Trigger.FAULT: translate("director", "系统自检"),
        Trigger.HANDOVER_LATE: translate("director", "交班未签"),
    }
    assert triggers.keys() == set(Trigger) - LOCAL
    return {
        str(Severity.CRITICAL): translate("director", "严重"),
        str(Severity.MAJOR): translate("director", "重要"),
        str(Severity.MINOR): translate("director", "轻微"),
        **{str(trigger): word for trigger, word in triggers.items()},
    }


def class_word(alarm_class: str) -> str:
    """A rule's number stands for itself."""
    return class_words().get(alarm_class, alarm_class)


def cause_word(rule: Rule) -> str:
    """What starts a rule, in a word: 20:00 · 严重 · 12345 热线."""
    if rule.kind is RuleKind.TIME:
        return rule.start
    if rule.kind is RuleKind.SILENCE and rule.source is not None:
        return source_word(rule.source)
    return class_word(rule.alarm_class)


def rule_when(rule: Rule) -> str:
    """What starts a rule: 20:00–07:30 · 严重告警 · 12345 热线 10 分钟无数据."""
    translate, hours = QCoreApplication.translate, f"{rule.start}–{rule.end}"
    match rule.kind:
        case RuleKind.TIME:
            return hours
        case RuleKind.ALARM:
            return filled(translate("director", "{what}告警"), {"what": class_word(rule.alarm_class)})
        case RuleKind.SILENCE:
            values = {"source": cause_word(rule), "n": rule.minutes}
            text = filled(translate("director", "{source} {n} 分无数据"), values)
            return text if rule.start == rule.end else f"{text} {hours}"


def cause_text(shown: Shown, clock: str) -> str:
    """Who or what put it there, and when."""
    translate = QCoreApplication.translate
    values = {"who": seat_word(shown.role, shown.seat), "name": shown.name, "clock": clock}
    if shown.cause is Cause.RULE:
        return filled(translate("director", "规则 {name} · {clock}"), values)
    if shown.cause is Cause.SCENE:
        return filled(translate("director", "{who} 场景 {name} · {clock}"), values)
    return filled(translate("director", "{who} 送 · {clock}"), values)


def pause_text(pause: Pause, clock: str) -> str:
    """Who made the rotation stand still, and since when."""
    pattern = QCoreApplication.translate("director", "轮播暂停 · {who} · {clock} 起")
    return filled(pattern, {"who": seat_word(pause.role, pause.seat), "clock": clock})


def no_wall() -> str:
    return QCoreApplication.translate("director", "没有大屏登记。在大屏主机上运行 liandong desktop --wall 名称。")


def directors() -> str:
    """值班长、派遣员、协调员: who leads walls."""
    return listed(role_word(role) for role in Role if role in DIRECTORS)


def control_text(feed: WallFeed) -> str:
    """Who has the control, and whether this seat may change the wall."""
    translate, wall = QCoreApplication.translate, feed.wall()
    if wall is None:
        return ""
    if not feed.directs:
        return filled(translate("director", "本席只看；{roles}可导播"), {"roles": directors()})
    if not wall.holder:
        return translate("director", "控制权空闲，应用即取得")
    if wall.holder == feed.seat:
        if not wall.asked_by:
            return translate("director", "控制权在本席")
        who = seat_word(wall.asked_role, wall.asked_by)
        return filled(translate("director", "{who} 申请控制权：T 移交，N 不移交，30 秒未答对方可接管"), {"who": who})
    left = feed.take_over_in_s()
    if left is not None:
        pattern = (
            translate("director", "已申请，{left} 秒后可接管")
            if left > 0
            else translate("director", "对方未答，按 T 接管")
        )
        return filled(pattern, {"left": round(left)})
    return filled(translate("director", "控制权 {who} · 本席只读"), {"who": seat_word(wall.holder_role, wall.holder)})


def host_text(feed: WallFeed) -> str:
    """Whether the wall's computer is heard, and how old the pictures of it are: the oldest one's age, so that it holds for all."""
    translate, wall = QCoreApplication.translate, feed.wall()
    if wall is None:
        return ""
    if not feed.online:
        return translate("director", "本席与联动服务断开，画面是最后的")
    if feed.host_lost:
        return translate("director", "主机未接通，画面是最后的")
    text = filled(translate("director", "主机 {count} 屏在线"), {"count": len(wall.screens)})
    ages = [age for age in (feed.image_age_s(screen.number) for screen in wall.screens) if age is not None]
    if ages:
        text += filled(translate("director", "，画面 {age}前"), {"age": format_age(max(ages))})
    return text


def refusal(code: str, detail: dict[str, object]) -> str:
    own = reason(code)
    return filled(own, detail) if own is not None else reason_text(code, detail)


def event_of(change: Change) -> Event | None:
    """What stands in the log; None for an event of a newer server, which this desk cannot read."""
    try:
        return _events.decode(change.body)
    except msgspec.ValidationError:
        return None


def change_text(change: Change, titles: Titles) -> str:
    """One line of the record, without its time: 1 席 值班长 送 屏 2 地图."""
    who = seat_word(change.actor.role, change.actor.seat) if change.actor else ""
    what = _told(event_of(change), titles) or _kind_of(change)
    return " ".join(part for part in (who, what) if part)


def _told(event: Event | None, titles: Titles) -> str:
    """With what it was about; "" for one whose kind says all."""
    translate = QCoreApplication.translate
    match event:
        case Applied(scene=scene) if scene:
            return filled(translate("director", "场景 {name}"), {"name": scene})
        case Applied(screens=screens) if len(screens) == 1:
            ((number, contents),) = screens.items()
            values = {"number": number, "what": titles.of_all(contents)}
            return filled(translate("director", "送 屏 {number} {what}"), values)
        case Applied(screens=screens):
            return filled(translate("director", "换 {count} 屏画面"), {"count": len(screens)})
        case RuleStarted(name=name, screens=screens):
            numbers = ", ".join(map(str, sorted(screens)))
            return filled(translate("director", "规则 {name} 切 屏 {numbers}"), {"name": name, "numbers": numbers})
        case RuleEnded(name=name):
            return filled(translate("director", "规则 {name} 还原"), {"name": name})
        case PauseSet(screen=number, paused=True, content=content):
            values = {"number": number, "what": titles.of(content) if content is not None else ""}
            return filled(translate("director", "暂停 屏 {number} 轮播 {what}"), values).strip()
        case PauseSet(screen=number):
            return filled(translate("director", "继续 屏 {number} 轮播"), {"number": number})
        case SceneKept(scene=scene):
            return filled(translate("director", "存场景 {name}"), {"name": scene.name})
        case NoticeSet(text=text):
            return filled(translate("director", "通知 {text}"), {"text": text})
    return ""


def scenes_since(changes: Sequence[Change]) -> tuple[tuple[datetime, str], ...]:
    """(since when, scene): what was set as a scene, oldest first; a step by hand ends one with ""."""
    events = ((change.at, event_of(change)) for change in changes)
    return tuple((at, event.scene) for at, event in events if isinstance(event, Applied))


def _kind_of(change: Change) -> str:
    translate = QCoreApplication.translate
    return {
        "registered": translate("director", "大屏登记"),
        "reported": translate("director", "屏幕变化"),
        "applied": translate("director", "换画面"),
        "undone": translate("director", "还原"),
        "control_taken": translate("director", "取得控制权"),
        "control_asked": translate("director", "申请控制权"),
        "control_refused": translate("director", "未移交控制权"),
        "control_released": translate("director", "放下控制权"),
        "lock_set": translate("director", "锁定改变"),
        "pause_set": translate("director", "暂停改变"),
        "scene_kept": translate("director", "存场景"),
        "scene_dropped": translate("director", "删场景"),
        "rule_kept": translate("director", "改规则"),
        "rule_dropped": translate("director", "删规则"),
        "rule_started": translate("director", "规则切换"),
        "rule_ended": translate("director", "规则还原"),
        "notice_set": translate("director", "上墙通知"),
        "notice_cleared": translate("director", "撤下通知"),
    }.get(change.type, change.type)


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
        "no_source": translate("director", "来源规则须选来源"),
        "no_rotation": translate("director", "屏 {screen} 没有轮播可暂停"),
        "other_rotation": translate("director", "屏 {screen} 的轮播刚换过，看清后再按空格"),
        "paused": translate("director", "屏 {screen} 的轮播已暂停"),
        "paused_not": translate("director", "屏 {screen} 的轮播没有暂停"),
        "notice_empty": translate("director", "通知是空的"),
        "notice_number": translate("director", "通知里有电话、证件或账号那样长的号码，上墙前去掉"),
        "no_notice": translate("director", "墙上没有通知"),
        "runs": translate("director", "规则已在执行"),
        "runs_not": translate("director", "规则未在执行"),
    }.get(code)
