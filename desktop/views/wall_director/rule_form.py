"""A rule as a form: what starts it, the scene it brings, and in which hours. What comes back is said, for it always does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop.theme.theme import Theme
from desktop.views.wall_director import words
from desktop.views.words import filled, source_word
from desktop.widgets.inline_form import FormField, InlineForm
from domain.alarms.words import Severity
from domain.vocabulary import Source
from domain.wall.values import NAME_MOST, RULES_MOST, SILENT_MINUTES, Rule, RuleKind

HOURS = re.compile(r"(\d{1,2})[:\uff1a](\d{2})\s*[-–—~\uff5e\u81f3]\s*(\d{1,2})[:\uff1a](\d{2})")
"""Full-width colon and tilde, and the Chinese word for "to", as an input method writes them."""
ALL_DAY = "00:00"
NIGHT = "20:00-07:30"
"""Offered for a new rule of the clock; a silence is looked at the whole day unless somebody says otherwise."""


class RuleTextError(ValueError):
    """What was typed is no rule; the message says how to write it."""


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """What there is to choose from, and the rules that are there already. `numbers`: (number, name) of each rule of alarms, empty =
    not known here."""

    scenes: tuple[str, ...]
    rules: Mapping[str, Rule]
    numbers: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = tuple(Source)


class RuleForm(InlineForm):
    """`kept(rule)`: a new rule, or another state of the one that was opened."""

    kept = Signal(object)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._choices, self._opened = RuleChoices((), {}), ""
        self.submitted.connect(self._on_submitted)

    def open_rule(self, choices: RuleChoices, name: str = "") -> None:
        """`name` of a rule to change, "" = a new one."""
        self._choices, self._opened = choices, name
        rule = choices.rules.get(name)
        title = self.tr("改规则") if rule is not None else self.tr("新规则")
        self.open_form(title, fields_of(choices, rule), self.tr("保存"))
        for field in ("cause", "scene"):
            box = self.input(field)
            assert isinstance(box, QComboBox)
            box.currentIndexChanged.connect(self._on_changed)
            if field == "cause" and rule is None:
                box.currentIndexChanged.connect(self._offer_hours)
        for field in ("hours", "minutes"):
            line = self.input(field)
            assert isinstance(line, QLineEdit)
            line.textChanged.connect(self._on_changed)
        self._on_changed()

    def _offer_hours(self) -> None:
        """As long as nobody wrote hours of their own."""
        line = self.input("hours")
        assert isinstance(line, QLineEdit)
        if line.text() in ("", NIGHT):
            line.setText(NIGHT if _kind(self.values()["cause"]) is RuleKind.TIME else "")

    def _on_changed(self) -> None:
        """Only what this cause needs is asked for, and the sentence says what will happen."""
        kind = _kind(self.values()["cause"])
        self.show_field("hours", kind is not RuleKind.ALARM)
        self.show_field("minutes", kind is RuleKind.SILENCE)
        self.set_error("")
        try:
            self.set_hint(told(read_rule(self.values(), self._choices, self._opened)))
        except RuleTextError as error:
            self.set_hint(str(error))

    def _on_submitted(self, values: dict[str, str]) -> None:
        try:
            rule = read_rule(values, self._choices, self._opened)
        except RuleTextError as error:
            self.set_error(str(error))
            return
        self.close_form()
        self.kept.emit(rule)


def fields_of(choices: RuleChoices, rule: Rule | None) -> tuple[FormField, ...]:
    translate = QCoreApplication.translate
    hours = NIGHT if rule is None else "" if rule.start == rule.end else f"{rule.start}-{rule.end}"
    scenes = tuple((name, name) for name in choices.scenes)
    return (
        FormField("cause", translate("director", "起因"), "choice", options=causes(choices, rule), value=_cause(rule)),
        FormField(
            "scene", translate("director", "换为场景"), "choice", options=scenes, value=rule.scene if rule else ""
        ),
        FormField("minutes", translate("director", "连续多少分钟无数据"), value=str(rule.minutes if rule else 10)),
        FormField("hours", translate("director", "时段，如 20:00-07:30，空为全天"), required=False, value=hours),
    )


def causes(choices: RuleChoices, rule: Rule | None = None) -> tuple[tuple[str, str], ...]:
    """(value, words) of all that may start a scene, and of what starts `rule`."""
    translate = QCoreApplication.translate
    alarm, silence = translate("director", "告警：{what}"), translate("director", "无数据：{source}")
    known = words.class_words()
    classes = {str(severity): known[str(severity)] for severity in Severity if str(severity) in known}
    # A trigger is what rules of alarms are made of: a site knows its rules, by number and name.
    classes |= {number: f"{number} {name}" for number, name in choices.numbers} or known
    if rule is not None and rule.kind is RuleKind.ALARM:
        classes.setdefault(rule.alarm_class, words.class_word(rule.alarm_class))
    sources = dict.fromkeys(
        (*choices.sources, *((rule.source,) if rule is not None and rule.source is not None else ()))
    )
    return (
        (RuleKind.TIME.value, translate("director", "每天一段时间")),
        *((f"{RuleKind.ALARM}:{name}", filled(alarm, {"what": word})) for name, word in classes.items()),
        *((f"{RuleKind.SILENCE}:{one}", filled(silence, {"source": source_word(one)})) for one in sources),
    )


def read_rule(values: Mapping[str, str], choices: RuleChoices, opened: str = "") -> Rule:
    """What the form says; `opened`: the rule that is changed keeps its name and its switch. Raises RuleTextError."""
    translate = QCoreApplication.translate
    before = choices.rules.get(opened)
    if before is None and len(choices.rules) >= RULES_MOST:
        raise RuleTextError(filled(translate("director", "最多 {most} 条规则，先删一条"), {"most": RULES_MOST}))
    scene = values["scene"]
    if scene not in choices.scenes:
        raise RuleTextError(translate("director", "选一个场景"))
    kind, _, what = values["cause"].partition(":")
    rule = Rule(opened, RuleKind(kind), scene, on=before is None or before.on)
    if rule.kind is RuleKind.ALARM:
        rule = replace(rule, alarm_class=what)
    else:
        start, end = _hours(values["hours"])
        rule = replace(rule, start=start, end=end)
    if rule.kind is RuleKind.SILENCE:
        rule = replace(rule, source=Source(what), minutes=_minutes(values["minutes"]))
    return rule if opened else replace(rule, name=_free_name(rule, choices.rules))


def told(rule: Rule) -> str:
    """What will happen, and what comes back."""
    translate, hours = QCoreApplication.translate, f"{rule.start}–{rule.end}"
    values = {"scene": rule.scene, "what": words.cause_word(rule), "n": rule.minutes, "hours": hours}
    match rule.kind:
        case RuleKind.TIME if rule.start == rule.end:
            return filled(translate("director", "全天换为 {scene}"), values)
        case RuleKind.TIME:
            return filled(translate("director", "每天 {hours} 换为 {scene}，到点还原"), values)
        case RuleKind.ALARM:
            return filled(translate("director", "有未确认的{what}告警时换为 {scene}，确认或恢复后还原"), values)
        case RuleKind.SILENCE:
            text = filled(translate("director", "{what}连续 {n} 分钟没有新工单时换为 {scene}，来了工单还原"), values)
            return text if rule.start == rule.end else filled(translate("director", "{hours}，"), values) + text


def _cause(rule: Rule | None) -> str:
    if rule is None or rule.kind is RuleKind.TIME:
        return RuleKind.TIME.value
    return f"{rule.kind}:{rule.alarm_class if rule.kind is RuleKind.ALARM else rule.source}"


def _kind(cause: str) -> RuleKind:
    return RuleKind(cause.partition(":")[0])


def _hours(text: str) -> tuple[str, str]:
    """(start, end); nothing written = the whole day."""
    if not text.strip():
        return ALL_DAY, ALL_DAY
    found = HOURS.fullmatch(text.strip())
    numbers = [int(part) for part in found.groups()] if found is not None else []
    if not numbers or max(numbers[0], numbers[2]) > 23 or max(numbers[1], numbers[3]) > 59:
        raise RuleTextError(QCoreApplication.translate("director", "时段写成 20:00-07:30，全天留空"))
    return f"{numbers[0]:02d}:{numbers[1]:02d}", f"{numbers[2]:02d}:{numbers[3]:02d}"


def _minutes(text: str) -> int:
    least, most = SILENT_MINUTES
    if not text.strip().isdecimal() or not least <= int(text) <= most:
        pattern = QCoreApplication.translate("director", "分钟数写 {least} 到 {most} 的整数")
        raise RuleTextError(filled(pattern, {"least": least, "most": most}))
    return int(text)


def _free_name(rule: Rule, known: Mapping[str, Rule]) -> str:
    """By what starts it and what it brings; the same rule once more has the same name, another one never."""
    wish = f"{words.cause_word(rule)} {rule.scene}"
    name, count = wish[:NAME_MOST], 1
    while name in known and not _same(known[name], rule):
        count += 1
        name = f"{wish[: NAME_MOST - 3]} {count}"
    return name


def _same(one: Rule, other: Rule) -> bool:
    """Whether both start by the same and bring the same: hours and minutes are settings of it."""
    return (one.kind, one.scene, words.cause_word(one)) == (other.kind, other.scene, words.cause_word(other))
