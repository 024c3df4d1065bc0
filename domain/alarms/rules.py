"""Alarm rules, action cards and limits of load as data: what a site may set, checked when it is read. Reading files is not here."""

from collections.abc import Iterable
from datetime import time
from typing import Any

import msgspec
from msgspec import Struct

from domain.alarms.words import LOCAL, Severity, Trigger
from domain.vocabulary import Role, Source, Stage, Urgency

TOPIC = "alarm_rules"
"""Latest-value topic with the AlarmRules in force, so that a desk can say why it rings."""


class RuleError(ValueError):
    """A rule that cannot be used; the message names it and says what to do."""


class Card(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """处置卡: the steps for a kind of alarm, in the words of the site."""

    name: str
    steps: tuple[str, ...]
    name_en: str = ""
    steps_en: tuple[str, ...] = ()


class AlarmRule(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One rule. Which of the limits a trigger uses is in NEEDS; `version` rises with every change of a site.

    `roles`: whose alarm it is, empty = every desk's. `suppresses`: rules that tell nothing new while this one is active.
    `items`: code prefixes of the list; `words`: any of them in class, sub-class or name of the item.
    """

    id: str
    version: int = 1
    enabled: bool = True
    name: str
    name_en: str = ""
    trigger: Trigger
    severity: Severity
    roles: tuple[Role, ...] = ()
    card: str = ""
    suppresses: tuple[str, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    stages: tuple[Stage, ...] = ()
    items: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    over_minutes: float = 0
    fresh_hours: float = 24
    """An urgent or sensitive item that was reported longer ago is history being read in, not news."""
    count: int = 0
    window_minutes: float = 0
    area_digits: int = 9
    """9 = street or town, 12 = community, 6 = the district as one."""
    measure: str = "overdue"
    """overdue | open: which tickets a backlog counts."""
    clear_below: int = 0
    """A backlog is over when it falls below this: less than `count`, so that it does not flicker."""
    sources: tuple[Source, ...] = ()
    silent_minutes: float = 0
    hours: tuple[str, str] = ("08:00", "20:00")
    """Site time of the day in which silence means something."""
    down_seconds: float = 0


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of load after EEMUA 191 / ISA-18.2: more than 10 in 10 minutes is a flood, 2 are manageable."""

    active: bool = True
    """False: the centre raises no alarm of its own."""
    window_minutes: int = 10
    flood: int = 10
    manageable: int = 2
    shift_ends: tuple[str, ...] = ("08:00", "20:00")
    night: tuple[str, str] = ("22:00", "06:00")


class AlarmRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: str
    settings: Settings = Settings()
    rules: tuple[AlarmRule, ...] = ()
    cards: dict[str, Card] = {}

    def rule(self, rule_id: str) -> AlarmRule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)


NEEDS: dict[Trigger, tuple[str, ...]] = {
    Trigger.STAGE_OVERDUE: (),
    Trigger.URGENT_ITEM: ("urgencies",),
    Trigger.SENSITIVE_ITEM: (),
    Trigger.BURST: ("count", "window_minutes", "area_digits"),
    Trigger.BACKLOG: ("count", "clear_below", "area_digits"),
    Trigger.CAMERA_LOST: (),
    Trigger.FEED_SILENT: ("sources", "silent_minutes"),
    Trigger.FAULT: (),
    Trigger.HANDOVER_LATE: (),
    Trigger.LINK_LOST: (),
    Trigger.NO_SOUND: (),
}
"""What a rule of a trigger must set."""


def read(table: dict[str, Any], site: dict[str, Any] | None = None) -> AlarmRules:
    """The rules of the product (TOML as a dict), with what the site sets instead, rule by rule and key by key.

    A site's entry names a rule by `id`; one with an id of its own is added. Raises RuleError.
    """
    merged = table if site is None else _with_site(table, site)
    try:
        rules = msgspec.convert(merged, AlarmRules)
    except msgspec.ValidationError as error:
        raise RuleError(f"告警规则读不懂 (alarm rules cannot be read): {error}") from error
    check(rules)
    return rules


def check(rules: AlarmRules) -> None:
    """Raises RuleError for the first thing that cannot be used."""
    ids = [rule.id for rule in rules.rules]
    for rule in rules.rules:
        if ids.count(rule.id) > 1:
            raise RuleError(f"规则 {rule.id} 出现两次，请留一条 (rule {rule.id} stands twice: keep one)")
        _check_rule(rule, rules, set(ids))
    _check_times(rules.settings)


def _check_rule(rule: AlarmRule, rules: AlarmRules, ids: set[str]) -> None:
    missing = [name for name in NEEDS[rule.trigger] if not getattr(rule, name)]
    if missing:
        raise RuleError(f"规则 {rule.id} 缺 {', '.join(missing)} (rule {rule.id} must set {', '.join(missing)})")
    if rule.trigger is Trigger.SENSITIVE_ITEM and not (rule.items or rule.words):
        raise RuleError(f"规则 {rule.id} 要写 items 或 words (rule {rule.id} must name items or words)")
    if rule.trigger is Trigger.BACKLOG and rule.clear_below > rule.count:
        raise RuleError(
            f"规则 {rule.id} 的 clear_below 不能大于 count (rule {rule.id}: clear_below must not exceed count)"
        )
    if rule.measure not in ("open", "overdue"):
        raise RuleError(
            f"规则 {rule.id} 的 measure 只能是 open 或 overdue (rule {rule.id}: measure is open or overdue)"
        )
    if rule.card and rule.card not in rules.cards:
        raise RuleError(f"规则 {rule.id} 的处置卡 {rule.card} 不存在 (rule {rule.id}: there is no card {rule.card})")
    unknown = set(rule.suppresses) - ids
    if unknown or rule.id in rule.suppresses:
        raise RuleError(f"规则 {rule.id} 抑制了不存在的或自己 (rule {rule.id} suppresses itself or an unknown rule)")
    _moment(rule.hours[0], rule.id)
    _moment(rule.hours[1], rule.id)


def _check_times(settings: Settings) -> None:
    for text in (*settings.shift_ends, *settings.night):
        _moment(text, "settings")
    if not 0 < settings.manageable <= settings.flood or settings.window_minutes <= 0:
        raise RuleError("settings: 要 0 < manageable ≤ flood (want 0 < manageable <= flood, and a window)")


def _moment(text: str, where: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise RuleError(f"{where}: {text!r} 不是 08:00 这样的时刻 (is no time such as 08:00)") from error


def within(hours: tuple[str, str], at: time) -> bool:
    """Whether a time of the day lies in the span; one that ends earlier than it begins goes over midnight."""
    begin, end = time.fromisoformat(hours[0]), time.fromisoformat(hours[1])
    if begin <= end:
        return begin <= at < end
    return at >= begin or at < end


def enabled(rules: AlarmRules, triggers: Iterable[Trigger] = Trigger) -> tuple[AlarmRule, ...]:
    """Rules in force that are decided at the centre, in their order."""
    if not rules.settings.active:
        return ()
    wanted = set(triggers) - LOCAL
    return tuple(rule for rule in rules.rules if rule.enabled and rule.trigger in wanted)


def _with_site(table: dict[str, Any], site: dict[str, Any]) -> dict[str, Any]:
    rules = {str(rule.get("id")): dict(rule) for rule in table.get("rules", [])}
    for change in site.get("rules", []):
        rule_id = str(change.get("id"))
        known = rules.get(rule_id)
        if known is not None and change.get("version", 0) <= known.get("version", 1):
            raise RuleError(
                f"规则 {rule_id} 改了就要升 version (rule {rule_id} is changed: raise its version over {known.get('version', 1)})"
            )
        rules[rule_id] = {**(known or {}), **change}
    return {
        "version": f"{table.get('version', '')}+{site.get('version', 'site')}",
        "settings": {**table.get("settings", {}), **site.get("settings", {})},
        "rules": list(rules.values()),
        "cards": {**table.get("cards", {}), **site.get("cards", {})},
    }
