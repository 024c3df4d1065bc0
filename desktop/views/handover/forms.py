"""The forms of the report: edit, add, remove, a check with a note. Fields out of an item, commands out of answers."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.views.handover.words import Speech, severities
from desktop.views.site_time import SiteTime
from desktop.widgets.inline_form import FormField
from domain.handover import commands
from domain.handover.values import Item
from domain.handover.words import Severity
from domain.ids import UnitId

translate = QCoreApplication.translate
_TIME = re.compile(r"(?:(\d{1,2})-(\d{1,2})\s+)?(\d{1,2})[:：](\d{2})")


class AnswerError(ValueError):
    """An answer that cannot be used; the message says how to write it."""


def edit_fields(item: Item | None, speech: Speech) -> tuple[FormField, ...]:
    """Of an item, or (None) of a new one."""
    units: tuple[tuple[str, str], ...] = (
        ("", translate("handover", "（不变）") if item is not None else translate("handover", "（无）")),
    )
    units += tuple((str(unit.id), unit.name) for unit in speech.names.units)
    due = speech.site.stamp(item.due_at, speech.now) if item is not None and item.due_at is not None else ""

    def text(name: str) -> str:
        return speech.texts.of(item.id, name) if item is not None else ""

    return (
        FormField("summary", translate("handover", "现状，一句话"), required=item is None, value=text("summary")),
        FormField(
            "severity",
            translate("handover", "轻重"),
            "choice",
            options=severities(),
            value=item.severity.value if item else "watch",
        ),
        FormField("unit", translate("handover", "谁"), "choice", required=False, options=units, value=""),
        FormField("action", translate("handover", "做什么"), required=False, value=text("action")),
        FormField("due", translate("handover", "几点前（20:30 或 3-19 09:00）"), required=False, value=due),
        FormField("condition", translate("handover", "若……"), required=False, value=text("condition")),
        FormField("response", translate("handover", "就……"), required=False, value=text("response")),
    )


def edit_command(item: Item, answers: dict[str, str], speech: Speech) -> commands.Edit:
    """Only what is another now. Raises AnswerError."""

    def changed(name: str) -> str | None:
        return answers[name] if answers[name].strip() != speech.texts.of(item.id, name) else None

    severity = Severity(answers["severity"])
    due = _instant(answers["due"], speech.site, speech.now)
    shown = speech.site.stamp(item.due_at, speech.now) if item.due_at is not None else ""
    return commands.Edit(
        item=item.id,
        seen=item.edits,
        severity=severity if severity is not item.severity else None,
        unit=UnitId(answers["unit"]) if answers["unit"] else None,
        due_at=due if answers["due"].strip() != shown else None,
        summary=changed("summary"),
        action=changed("action"),
        condition=changed("condition"),
        response=changed("response"),
    )


def add_command(answers: dict[str, str], speech: Speech) -> commands.Add:
    """Raises AnswerError."""
    return commands.Add(
        severity=Severity(answers["severity"]),
        unit=UnitId(answers["unit"]) if answers["unit"] else None,
        due_at=_instant(answers["due"], speech.site, speech.now),
        summary=answers["summary"],
        action=answers["action"],
        condition=answers["condition"],
        response=answers["response"],
    )


def _instant(text: str, site: SiteTime, now: datetime) -> datetime | None:
    """20:30 = the next time that it is so late; with a day, that day of this year (or the next, where it is past)."""
    if not text.strip():
        return None
    match = _TIME.fullmatch(text.strip())
    wrong = AnswerError(translate("handover", "时间写作 20:30 或 3-19 09:00"))
    if match is None:
        raise wrong
    local = site.local(now)
    try:
        at = local.replace(hour=int(match[3]), minute=int(match[4]), second=0, microsecond=0)
        if match[1]:
            at = at.replace(month=int(match[1]), day=int(match[2]))
            return at if at > local - timedelta(days=180) else at.replace(year=at.year + 1)
    except ValueError as problem:
        raise wrong from problem
    return at if at > local else at + timedelta(days=1)
