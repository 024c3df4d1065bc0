"""A handover → what the panes show. Figures and states are taken over; words are made in `words`."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop.views.handover.report_list import Entry, Group
from desktop.views.handover.since_view import ChangeRow, CountRow, HourBar
from desktop.views.handover.since_words import change_word, entity_word
from desktop.views.handover.talk_list import TalkRow
from desktop.views.handover.words import (
    Speech,
    by_word,
    check_word,
    item_words,
    severity_word,
    shift_word,
    who_word,
)
from desktop.views.words import filled
from desktop.widgets.painting import format_count
from domain.documents import TICKET
from domain.handover.since import NOTABLE, Since, Touch
from domain.handover.values import Handover, Item
from domain.handover.words import READ_BACK, CheckName, Severity

translate = QCoreApplication.translate
OWN_SHOWN = 9
"""Changes shown before A asks for all."""


def numbers(handover: Handover) -> dict[str, int]:
    """1, 2, 3 … of the items to be read back, in the order of the report."""
    return {item.id: number for number, item in enumerate(handover.to_read_back(), 1)}


def groups(handover: Handover, speech: Speech) -> tuple[Group, ...]:
    """Critical, watch, stable, removed."""
    count, found = numbers(handover), []
    for severity in Severity:
        items = handover.active(severity)
        total = sum(item.count for item in items) if severity is Severity.STABLE else len(items)
        note = (
            translate("handover", "逐项复述")
            if severity in READ_BACK
            else translate("handover", "汇总交接，不逐项复述")
        )
        entries = tuple(_entry(item, count.get(item.id, 0), speech) for item in items)
        if not entries:
            words = {"severity": severity_word(severity)}
            note = filled(translate("handover", "没有{severity}事项，重新起草时有则列入"), words)
        title = f"{severity_word(severity)}　{format_count(total)}"
        found.append(Group(title, note, ("handover", severity.value), entries))
    removed = [item for item in handover.items.values() if item.removed is not None]
    if removed:
        title = filled(translate("handover", "已移除　{n}"), {"n": len(removed)})
        entries = tuple(_entry(item, 0, speech) for item in removed)
        note = translate("handover", "仍在记录中，U 恢复") if handover.is_open else translate("handover", "仍在记录中")
        found.append(Group(title, note, ("diff", "removed"), entries))
    return tuple(found)


def _entry(item: Item, number: int, speech: Speech) -> Entry:
    changed = removed = ""
    if item.edited is not None:
        words = {"who": by_word(item.edited, speech), "n": item.edits}
        changed = filled(translate("handover", "{who} 改过 {n} 次"), words)
    elif item.added is not None:
        changed = filled(translate("handover", "{who} 添加"), {"who": by_word(item.added, speech)})
    if item.removed is not None:
        why = speech.texts.of(item.id, "removed") or translate("handover", "新一稿里已没有这一项")
        if item.removed.mark:
            removed = filled(
                translate("handover", "{who} 移除：{why}"), {"who": by_word(item.removed, speech), "why": why}
            )
        else:
            removed = filled(
                translate("handover", "系统重新起草时移除 {at}：{why}"),
                {
                    "at": speech.site.stamp(item.removed.at, speech.now),
                    "why": translate("handover", "已不再满足列入条件"),
                },
            )
    return Entry(item.id, number, item.severity.value, item_words(item, speech), changed, removed)


def edits(handover: Handover) -> int:
    """Changes by hand, removals and additions included."""
    by_hand = sum(item.edits + (item.added is not None) for item in handover.items.values())
    return by_hand + sum(1 for item in handover.items.values() if item.removed is not None and item.removed.mark)


# -- the read-back ----------------------------------------------------------------------------------


def talk_rows(handover: Handover, speech: Speech) -> tuple[TalkRow, ...]:
    return tuple(_talk(item, number, speech) for number, item in enumerate(handover.to_read_back(), 1))


def _talk(item: Item, number: int, speech: Speech) -> TalkRow:
    lines: list[tuple[str, str]] = []
    texts = speech.texts
    if item.question is not None:
        words = {"text": texts.of(item.id, "question") or "…"}
        lines.append((filled(translate("handover", "疑问：{text}"), words), "text.primary"))
        if item.question.answered is not None:
            words = {"text": texts.of(item.id, "answer") or "…"}
            lines.append((filled(translate("handover", "答：{text}"), words), "text.secondary"))
    if item.read_back is not None:
        words = {"text": texts.of(item.id, "read_back") or "…"}
        lines.append((filled(translate("handover", "“{text}”"), words), "text.secondary"))
        agreed = translate("handover", "交班人确认一致") if item.agreed else translate("handover", "待交班人确认")
        lines.append((agreed, "text.tertiary"))
    title = item_words(item, speech).title
    if item.asks:
        return TalkRow(item.id, str(number), title, "asked", translate("handover", "有疑问，待答"), tuple(lines))
    if item.read_back is None:
        return TalkRow(item.id, str(number), title, "open", translate("handover", "待复述"), tuple(lines))
    at = speech.site.minute(item.read_back.by.at)
    return TalkRow(item.id, str(number), title, "done" if item.agreed else "said", at, tuple(lines))


def check_rows(handover: Handover, speech: Speech, notes: dict[str, str]) -> tuple[TalkRow, ...]:
    """`notes`: what this desk knows about each check by itself; a written note stands before it."""
    rows = []
    for number, name in enumerate(CheckName, 1):
        done = handover.checks.get(name)
        note = speech.texts.checks.get(name) or notes.get(name, "")
        if done is not None:
            note = " · ".join(part for part in (note, speech.site.minute(done.by.at)) if part)
        rows.append(TalkRow(f"check:{name}", str(number), check_word(name), "done" if done else "open", note))
    return tuple(rows)


def agreed_count(handover: Handover) -> tuple[int, int]:
    """(read back and confirmed, to be read back)"""
    items = handover.to_read_back()
    return sum(1 for item in items if item.agreed), len(items)


# -- signatures -------------------------------------------------------------------------------------


def signature_words(handover: Handover, side: str, speech: Speech) -> tuple[str, str]:
    """(who and when or 待签, what else there is to know)"""
    signature = handover.signed_out if side == "out" else handover.signed_in
    if signature is None:
        voided = ""
        if side == "out" and handover.voided:
            voided = filled(translate("handover", "签后改动，已作废 {n} 次，需重签"), {"n": handover.voided})
        return translate("handover", "待签"), voided
    text = filled(translate("handover", "已签 {at}"), {"at": speech.site.stamp(signature.by.at, speech.now)})
    words = {"version": signature.version, "hash": signature.sha256[:12]}
    return text, filled(translate("handover", "报告版本 {version}，摘要 {hash}…"), words)


def side_title(handover: Handover, side: str) -> str:
    """交班　夜班 · 值班长 · 1 席: who it was, once signed."""
    signature = handover.signed_out if side == "out" else handover.signed_in
    pattern = translate("handover", "交班　{who}") if side == "out" else translate("handover", "接班　{who}")
    who = (shift_word(handover, side), who_word(signature.by.who) if signature is not None else "")
    return filled(pattern, {"who": " · ".join(part for part in who if part)})


def signed_note(handover: Handover) -> str:
    """What there is to say below a handover that both have signed."""
    out, into = handover.signed_out, handover.signed_in
    same = out is not None and into is not None and out.sha256 == into.sha256
    parts = [translate("handover", "双方签同一内容")] if same else []
    parts.append(
        translate("handover", "签名文件已随记录保存") if handover.papers else translate("handover", "签名文件待存")
    )
    return " · ".join(parts)


# -- since I left -----------------------------------------------------------------------------------


def count_rows(since: Since) -> tuple[CountRow, ...]:
    rows: list[CountRow] = []
    then, now = since.then, since.current
    if now is not None:
        known: Iterable[tuple[str, int | None, int]] = (
            (translate("handover", "在办"), then.open.total if then else None, now.open.total),
            (translate("handover", "特急在办"), then.top_open if then else None, now.top_open),
            (translate("handover", "临期"), then.open.at_risk if then else None, now.open.at_risk),
            (translate("handover", "超期未结"), then.open.overdue if then else None, now.open.overdue),
            (translate("handover", "协办未报到"), then.joint_missing if then else None, now.joint_missing),
        )
        for name, old, new in known:
            difference = "" if old is None else f"{new - old:+,d}" if new != old else "0"
            rows.append(CountRow(name, "–" if old is None else format_count(old), format_count(new), difference))
    words = {"accepted": format_count(since.accepted), "closed": format_count(since.closed)}
    both = filled(translate("handover", "{accepted} / {closed}"), words)
    rows.append(CountRow(translate("handover", "受理 / 结案"), "", both, ""))
    return tuple(rows)


_SIGNS = {"new": "added", "changed": "changed", "gone": "removed"}


def change_rows(since: Since, speech: Speech, *, everything: bool) -> tuple[ChangeRow, ...]:
    """Those that touch me, and my area while few; with A all."""
    near = [change for change in since.changes if change.touch is not Touch.ALL or change.what == "new_top"]
    chosen = since.changes if everything else (near or list(since.changes))[:OWN_SHOWN]
    rows = []
    for change in chosen:
        sign = _SIGNS[NOTABLE[change.what]] if change.what in NOTABLE else "changed"
        text, what = change.id, change_word(change.what)
        if change.entity == TICKET:
            ticket = speech.ticket(change.id)
            if ticket is not None:
                text = f"{speech.names.place(ticket.area)} {speech.names.matter(ticket.item, ticket.item_version)[1]}"
        else:
            what = entity_word(change.entity)
        rows.append(ChangeRow(sign, what, text, speech.site.stamp(change.at, speech.now)))
    return tuple(rows)


def hour_bars(since: Since, speech: Speech) -> tuple[HourBar, ...]:
    return tuple(HourBar(str(speech.site.local(hour.at).hour), hour.accepted) for hour in since.hours[-24:])
