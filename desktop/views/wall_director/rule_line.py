"""One line in which a rule is written: `20:00-07:30 scene`, `class scene`, or `-name` to drop one. Words in, values out; no painting."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from PySide6.QtCore import QCoreApplication

from domain.alarms.words import Severity, Trigger
from domain.wall.values import NAME_MOST, Rule, RuleKind

STRETCH = re.compile(r"(\d{1,2}:\d{2})[-–~](\d{1,2}:\d{2})")
RULE_ID = re.compile(r"[A-Z]-\d{2}")
DROP = "-"


def severity_names() -> Mapping[str, str]:
    """Word on screen → class."""
    translate = QCoreApplication.translate
    return {
        translate("director", "严重"): str(Severity.CRITICAL),
        translate("director", "重要"): str(Severity.MAJOR),
        translate("director", "轻微"): str(Severity.MINOR),
    }


def class_word(alarm_class: str) -> str:
    """Class → word on screen; a rule's number stands for itself."""
    return next((word for word, name in severity_names().items() if name == alarm_class), alarm_class)


def read_rule(text: str, scenes: Collection[str]) -> Rule | str | None:
    """The rule that was written, the name of a rule to drop, or None where it is neither."""
    text = text.strip()
    if text.startswith(DROP):
        return text[len(DROP) :].strip() or None
    reason, _, scene = text.partition(" ")
    scene = scene.strip()
    if scene not in scenes:
        return None
    stretch = STRETCH.fullmatch(reason)
    if stretch is not None:
        start, end = (_clock(part) for part in stretch.groups())
        return Rule(scene, RuleKind.TIME, scene, start, end) if start and end else None
    name = severity_names().get(reason, reason)
    if name in {*map(str, Severity), *map(str, Trigger)} or RULE_ID.fullmatch(name):
        return Rule(f"{reason} {scene}"[:NAME_MOST], RuleKind.ALARM, scene, alarm_class=name)
    return None


def _clock(text: str) -> str:
    """hh:mm, or "" for an hour that no day has."""
    hour, minute = map(int, text.split(":"))
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""
