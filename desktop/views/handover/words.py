"""Words of a handover: what an item says, who does what by when, checks, changes, refusals. Codes come from the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.handover.texts import Texts
from desktop.views.refusal_words import reason_text
from desktop.views.reports.words import span_words
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, role_word, source_word, state_word
from desktop.widgets.painting import format_count
from domain.actor import ActorRef
from domain.handover.values import By, Drafted, Handover, Item
from domain.handover.words import ItemRule, Severity
from domain.inspection.values import Inspection
from domain.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Speech:
    """What is needed to say an item. `ticket` and `inspection` look up what this desk holds.

    `live` False: only what stands in the handover is said, so that a signed one never reads otherwise again.
    """

    names: Names
    site: SiteTime
    now: datetime
    ticket: Callable[[str], Ticket | None]
    inspection: Callable[[str], Inspection | None]
    texts: Texts
    live: bool = True


@dataclass(frozen=True, slots=True)
class ItemWords:
    title: str
    state: str
    who: str
    action: str
    response: str
    ref: str


def severity_word(severity: str) -> str:
    words = {
        "critical": translate("handover", "危急"),
        "watch": translate("handover", "关注"),
        "stable": translate("handover", "稳定"),
    }
    return words.get(severity, severity)


def check_word(name: str) -> str:
    words = {
        "things": translate("handover", "物品与权限"),
        "alarms": translate("handover", "搁置中的告警"),
        "wall": translate("handover", "大屏当前场景"),
        "unsent": translate("handover", "本机待发命令"),
        "leader": translate("handover", "带班领导已告知"),
    }
    return words.get(name, name)


def item_words(item: Item, speech: Speech) -> ItemWords:
    """People's own words where they wrote some, else the drafted ones."""
    texts = speech.texts
    own = {name: texts.of(item.id, name) for name in ("summary", "action", "condition", "response")}
    drafted = item.rule is not ItemRule.ADDED
    title = _title(item, speech) if drafted else own["summary"] or translate("handover", "手工添加的事项")
    state = own["summary"] if drafted and own["summary"] else _state(item, speech)
    action = _timed(item, own["action"] or (_action(item) if drafted else ""), speech)
    condition, response = own["condition"], own["response"]
    if not condition and drafted:
        condition, response = _if_then(item, speech)
    pattern = translate("handover", "若{condition}，就{response}")
    if not pattern.isascii():
        condition, response = _beside_han(condition), _beside_han(response)
    sentence = filled(pattern, {"condition": condition, "response": response}) if condition else ""
    unit = speech.names.unit(item.unit) if item.unit else _owner(item)
    return ItemWords(title, state, unit, action, sentence, _ref(item))


def _timed(item: Item, action: str, speech: Speech) -> str:
    """What to do, and by when: the item's own time, or where it has none, within the next shift. Its own words keep their time."""
    if item.due_at is not None:
        words = {"when": speech.site.stamp(item.due_at, speech.now), "what": action}
        late = item.due_at <= speech.now
        pattern = (
            translate("handover", "{what}（时限 {when} 已过）") if late else translate("handover", "{when} 前 {what}")
        )
        return filled(pattern, words).strip()
    if not action or item.rule is ItemRule.ADDED or "action" in item.texts or item.severity is Severity.STABLE:
        return action
    critical = item.severity is Severity.CRITICAL
    pattern = (
        translate("handover", "接班后 1 小时内 {what}") if critical else translate("handover", "接班后本班内 {what}")
    )
    return filled(pattern, {"what": action})


def _beside_han(text: str) -> str:
    """A blank between Chinese and a figure or a Latin word, none between Chinese and Chinese."""
    return f" {text}" if text[:1].isascii() and text[:1].isalnum() else text


def _matter(item: Item, speech: Speech) -> str:
    drafted = item.drafted
    if drafted is not None:
        _, matter = speech.names.matter(drafted.item, drafted.item_version)
        return f"{speech.names.place(drafted.area)} {matter}"
    ticket = speech.ticket(item.tickets[0]) if item.tickets else None
    if ticket is None:
        return filled(translate("handover", "工单 {id}"), {"id": item.tickets[0] if item.tickets else item.ref})
    _, matter = speech.names.matter(ticket.item, ticket.item_version)
    return f"{speech.names.place(ticket.area)} {matter}"


def _title(item: Item, speech: Speech) -> str:
    n = format_count(item.count)
    if item.id.startswith("t:"):
        return _single_title(item, speech)
    patterns: dict[ItemRule, str] = {
        ItemRule.TOP_URGENCY: translate("handover", "另有特急在办 {n} 件"),
        ItemRule.SUPERVISED: translate("handover", "另有督办未结 {n} 件"),
        ItemRule.PROBLEM: translate("handover", "另有问题工单 {n} 件"),
        ItemRule.JOINT_LATE: translate("handover", "另有协办未报到 {n} 件"),
        ItemRule.HIGH_OVERDUE: translate("handover", "另有紧急超期 {n} 件"),
        ItemRule.LONG_OVERDUE: translate("handover", "超期最久 {n} 件"),
        ItemRule.REQUESTS: translate("handover", "延期、挂账申请待批 {n} 件"),
        ItemRule.SUSPENSIONS_END: translate("handover", "24 小时内挂账到期 {n} 件"),
        ItemRule.OVERDUE_REST: translate("handover", "其余超期未结 {n} 件"),
        ItemRule.STABLE: translate("handover", "常规在办 {n} 件"),
        ItemRule.ALARMS: translate("handover", "搁置中的告警 {n} 条"),
        ItemRule.CAMERAS: translate("handover", "视频 {n} 路不通"),
        ItemRule.FEED: translate("handover", "{ref}中断"),
        ItemRule.SEAT: translate("handover", "{ref} 席有命令未送达"),
    }
    if item.rule is ItemRule.INSPECTION:
        found = speech.inspection(item.ref)
        return filled(translate("handover", "联合检查：{title}"), {"title": found.plan.title if found else item.ref})
    ref = source_word(item.ref) if item.rule is ItemRule.FEED else item.ref
    return filled(patterns.get(item.rule, "{ref}"), {"n": n, "ref": ref})


def _single_title(item: Item, speech: Speech) -> str:
    matter = _matter(item, speech)
    late = item.figures.get("overdue_s")
    patterns = {
        ItemRule.PROBLEM: translate("handover", "问题工单：{matter}"),
        ItemRule.SUPERVISED: translate("handover", "督办：{matter}"),
    }
    text = filled(patterns.get(item.rule, "{matter}"), {"matter": matter})
    return (
        text
        if late is None
        else filled(translate("handover", "{text}，已超期 {age}"), {"text": text, "age": span_words(late)})
    )


def _state(item: Item, speech: Speech) -> str:
    figures = {name: format_count(round(value)) for name, value in item.figures.items()}
    if item.id.startswith("t:"):
        return _ticket_state(item, speech)
    match item.rule:
        case ItemRule.INSPECTION:
            return filled(
                translate("handover", "已到 {arrived} / {units} 家；未查 {open_cells} 项，不合格 {violations} 项。"),
                figures,
            )
        case ItemRule.CAMERAS:
            words = {**figures, "names": item.ref}
            return filled(translate("handover", "{names} 等，已知 {total} 路中不通 {down} 路，不可用于研判。"), words)
        case ItemRule.FEED:
            silent = item.figures.get("silent_s")
            return (
                ""
                if silent is None
                else filled(translate("handover", "已 {age} 无数据，相关指标显示陈旧。"), {"age": span_words(silent)})
            )
        case ItemRule.SEAT:
            return _seat_state(item, figures)
        case ItemRule.OVERDUE_REST if "oldest_s" in item.figures:
            return filled(
                translate("handover", "最早一件已超期 {age}。"), {"age": span_words(item.figures["oldest_s"])}
            )
        case ItemRule.STABLE:
            return _stable_state(figures)
        case ItemRule.ADDED:
            return ""
        case _:
            return (
                translate("handover", "工单 {ids}").format(ids=translate("handover", "、").join(item.tickets[:5]))
                if item.tickets
                else ""
            )


def _ticket_state(item: Item, speech: Speech) -> str:
    ticket, drafted = speech.ticket(item.tickets[0]), item.drafted
    if drafted is not None:
        return _drafted_state(item, drafted, ticket if speech.live else None, speech)
    if ticket is None:
        return translate("handover", "本机未载入此件，详情见队列。")
    parts = [filled(translate("handover", "现为{state}"), {"state": state_word(ticket.state)})]
    if len(ticket.parts) > 1:
        done = sum(1 for part in ticket.parts if part.checked_in)
        parts.append(filled(translate("handover", "报到 {done} / {all} 家"), {"done": done, "all": len(ticket.parts)}))
    if ticket.returns:
        parts.append(filled(translate("handover", "回退 {n} 次"), {"n": ticket.returns}))
    parts.append(
        filled(translate("handover", "{at} 最后变动"), {"at": speech.site.stamp(ticket.changed_at, speech.now)})
    )
    return translate("handover", "，").join(parts) + translate("handover", "。")


def _drafted_state(item: Item, drafted: Drafted, ticket: Ticket | None, speech: Speech) -> str:
    """As it stood when it was drafted; `ticket`: and how it stands now, where that is another state."""
    parts = [filled(translate("handover", "起草时{state}"), {"state": state_word(drafted.state)})]
    if item.figures.get("parts", 0) > 1:
        words: dict[str, object] = {"done": round(item.figures["checked_in"]), "all": round(item.figures["parts"])}
        parts.append(filled(translate("handover", "报到 {done} / {all} 家"), words))
    if drafted.returns:
        parts.append(filled(translate("handover", "回退 {n} 次"), {"n": drafted.returns}))
    at = speech.site.stamp(drafted.changed_at, speech.now)
    parts.append(filled(translate("handover", "{at} 最后变动"), {"at": at}))
    text = translate("handover", "，").join(parts)
    if ticket is not None and ticket.state is not drafted.state:
        now: dict[str, object] = {
            "state": state_word(ticket.state),
            "at": speech.site.stamp(ticket.changed_at, speech.now),
        }
        text += filled(translate("handover", "；{at} 起{state}"), now)
    return text + translate("handover", "。")


def _seat_state(item: Item, figures: Mapping[str, str]) -> str:
    text = filled(translate("handover", "待发 {queued} 条，失败 {failed} 条"), figures)
    gone = item.figures.get("gone_s")
    if gone is not None:
        text += filled(translate("handover", "；该席断线 {age}，可能更多"), {"age": span_words(gone)})
    return text + translate("handover", "。")


def _stable_state(figures: Mapping[str, str]) -> str:
    known = (
        ("at_risk", translate("handover", "临期 {n}")),
        ("ok", translate("handover", "正常 {n}")),
        ("paused", translate("handover", "暂停 {n}")),
        ("suspended", translate("handover", "其中挂账 {n}")),
        ("none", translate("handover", "无时限 {n}")),
    )
    parts = [filled(pattern, {"n": figures[name]}) for name, pattern in known if name in figures]
    return (
        translate("handover", "随队列交接：{list}。").format(list=translate("handover", "，").join(parts))
        if parts
        else ""
    )


def _owner(item: Item) -> str:
    words = {
        ItemRule.REQUESTS: translate("handover", "值班长"),
        ItemRule.CAMERAS: translate("handover", "视频厂商"),
        ItemRule.FEED: translate("handover", "信息科"),
        ItemRule.ALARMS: translate("handover", "值班长"),
        ItemRule.SEAT: translate("handover", "该席"),
        ItemRule.OVERDUE_REST: translate("handover", "派遣员"),
        ItemRule.SUSPENSIONS_END: translate("handover", "派遣员"),
        ItemRule.STABLE: translate("handover", "派遣员"),
    }
    return words.get(item.rule, translate("handover", "派遣员") if item.rule is not ItemRule.ADDED else "")


def _action(item: Item) -> str:
    words = {
        ItemRule.TOP_URGENCY: translate("handover", "处置并回报进展"),
        ItemRule.SUPERVISED: translate("handover", "办结并回复督办"),
        ItemRule.PROBLEM: translate("handover", "值班长重新派遣"),
        ItemRule.JOINT_LATE: translate("handover", "催未报到单位到场"),
        ItemRule.HIGH_OVERDUE: translate("handover", "催办并盯到反馈"),
        ItemRule.LONG_OVERDUE: translate("handover", "催办并盯到反馈"),
        ItemRule.REQUESTS: translate("handover", "审批"),
        ItemRule.SUSPENSIONS_END: translate("handover", "通知单位恢复办理"),
        ItemRule.OVERDUE_REST: translate("handover", "逐件催办"),
        ItemRule.INSPECTION: translate("handover", "查完并出文书"),
        ItemRule.ALARMS: translate("handover", "到期前复看"),
        ItemRule.CAMERAS: translate("handover", "到场修复"),
        ItemRule.FEED: translate("handover", "恢复并核对补数"),
        ItemRule.SEAT: translate("handover", "联机送达或退回作者"),
    }
    return words.get(item.rule, "")


def _if_then(item: Item, speech: Speech) -> tuple[str, str]:
    if item.rule is ItemRule.STABLE or item.rule is ItemRule.ADDED:
        return "", ""
    if item.rule in (ItemRule.TOP_URGENCY, ItemRule.SUPERVISED):
        return translate("handover", "到时无进展"), translate("handover", "报带班领导并升级")
    if item.rule is ItemRule.JOINT_LATE:
        return translate("handover", "仍不到场"), translate("handover", "书面通报并计入评分")
    if item.rule in (ItemRule.CAMERAS, ItemRule.FEED):
        return translate("handover", "当日不恢复"), translate("handover", "停用并在大屏注明")
    if item.rule is ItemRule.SEAT:
        return translate("handover", "无法联机"), translate("handover", "按纸面单补录")
    if item.rule in (ItemRule.HIGH_OVERDUE, ItemRule.LONG_OVERDUE, ItemRule.PROBLEM, ItemRule.OVERDUE_REST):
        return translate("handover", "仍无反馈"), translate("handover", "提请督办")
    if item.rule in (ItemRule.REQUESTS, ItemRule.SUSPENSIONS_END):
        return translate("handover", "到时未办"), translate("handover", "报带班领导")
    if item.rule is ItemRule.INSPECTION:
        return translate("handover", "到时未查完"), translate("handover", "由牵头单位改期并告知各家")
    if item.rule is ItemRule.ALARMS:
        return translate("handover", "到期仍未恢复"), translate("handover", "不再搁置，按处置卡办")
    return "", ""


def _ref(item: Item) -> str:
    if item.id.startswith("t:"):
        return item.tickets[0]
    words = {
        ItemRule.INSPECTION: item.ref,
        ItemRule.CAMERAS: translate("handover", "视频平台"),
        ItemRule.FEED: translate("handover", "外部链路"),
        ItemRule.SEAT: translate("handover", "席位"),
        ItemRule.ALARMS: translate("handover", "告警"),
        ItemRule.ADDED: translate("handover", "手工"),
    }
    return words.get(item.rule, translate("handover", "汇总") if item.count > 1 else "")


# -- people and shifts ------------------------------------------------------------------------------


def who_word(who: ActorRef) -> str:
    """值班长 · 1 席; the system as what it is."""
    seat = filled(translate("handover", "{seat} 席"), {"seat": who.seat}) if who.seat else ""
    return " · ".join(part for part in (role_word(who.role), seat) if part)


def by_word(by: By, speech: Speech) -> str:
    name = translate("handover", "系统") if not by.mark else who_word(by.who)
    return f"{name} {speech.site.stamp(by.at, speech.now)}"


def shift_word(handover: Handover, side: str) -> str:
    """白班 甲班 · the team only where the roster names one."""
    shift = handover.shift
    name, team = (shift.name, shift.team) if side == "out" else (shift.next_name, shift.next_team)
    return f"{name} {team}".strip()


def refusal_text(code: str, detail: Mapping[str, Any] | None = None) -> str:
    own = {
        "unknown_shift": translate("handover", "排班里没有这个班"),
        "not_begun": translate("handover", "这个班还没有开始"),
        "too_old": translate("handover", "这个班结束已超过 {hours} 小时"),
        "not_drafted": translate("handover", "报告还在起草"),
        "signed": translate("handover", "双方已签，不能再改"),
        "not_signed": translate("handover", "双方签后才有文件"),
        "unknown_item": translate("handover", "没有这一项"),
        "removed": translate("handover", "这一项已移除，可先恢复"),
        "not_removed": translate("handover", "这一项没有移除"),
        "changed": translate("handover", "刚被改过，请再看一遍"),
        "nothing": translate("handover", "没有改动"),
        "text_required": translate("handover", "请写明内容"),
        "too_long": translate("handover", "太长，最多 {most} 字"),
        "too_many": translate("handover", "太多，最多 {most} 项"),
        "not_read_back": translate("handover", "这一项不用复述，或没有待确认的复述"),
        "own_read_back": translate("handover", "交班人不能替接班人复述"),
        "own_words": translate("handover", "请用自己的话复述"),
        "no_question": translate("handover", "没有待答的疑问"),
        "question_open": translate("handover", "还有 {left} 个疑问未答"),
        "read_back_open": translate("handover", "还有 {left} 项未复述"),
        "not_agreed": translate("handover", "还有 {left} 项复述未经交班人确认"),
        "checks_open": translate("handover", "还有 {left} 项未核对"),
        "not_signed_out": translate("handover", "交班人先签"),
        "signed_out": translate("handover", "交班人已签此版本"),
        "same_person": translate("handover", "须由另一人来做"),
        "offline_refused": translate("handover", "离线，联机后再办"),
        "exists": translate("handover", "这个班的交接已经开始"),
        "conflict": translate("handover", "刚被改过，请再看一遍"),
        "has_papers": translate("handover", "签名文件已存"),
    }
    pattern = own.get(code)
    return filled(pattern, detail or {}) if pattern else reason_text(code, detail)


def severities() -> tuple[tuple[str, str], ...]:
    return tuple((severity.value, severity_word(severity)) for severity in Severity)
