"""Rules are data that a site may change; what cannot be used is refused with a sentence. Load is counted from rings."""

import tomllib
from datetime import time, timedelta
from typing import Any

import pytest

from domain.alarms.load import buckets, load_of
from domain.alarms.rules import RuleError, Settings, read, within
from domain.alarms.words import Severity, Trigger
from domain.vocabulary import Role
from resources import path
from tests.unit.domain.alarms.cases import Hall, cause


def product() -> dict[str, Any]:
    return tomllib.loads(path("alarms", "rules.toml").read_text("utf-8"))


def test_the_product_knows_every_trigger_and_every_card_is_used() -> None:
    rules = read(product())
    assert {rule.trigger for rule in rules.rules} == set(Trigger)
    assert {rule.card for rule in rules.rules} == set(rules.cards)
    assert all(len(card.steps) == len(card.steps_en) for card in rules.cards.values())


def test_a_site_changes_keys_of_a_rule_and_adds_its_own() -> None:
    site = {
        "version": "坪山",
        "settings": {"flood": 12},
        "rules": [
            {"id": "R-06", "version": 2, "count": 50},
            {"id": "P-01", "name": "本区", "trigger": "fault", "severity": "info"},
        ],
    }
    rules = read(product(), site)
    changed, own = rules.rule("R-06"), rules.rule("P-01")
    assert changed is not None
    assert own is not None
    assert (changed.version, changed.count, changed.clear_below) == (2, 50, 16)
    assert (rules.version, rules.settings.flood, rules.settings.manageable) == ("1+坪山", 12, 2)


@pytest.mark.parametrize(
    ("site", "word"),
    [
        ({"rules": [{"id": "R-06", "count": 50}]}, "version"),
        ({"rules": [{"id": "P", "name": "x", "trigger": "burst", "severity": "minor"}]}, "count"),
        ({"rules": [{"id": "P", "name": "x", "trigger": "sensitive_item", "severity": "minor"}]}, "items"),
        ({"rules": [{"id": "P", "name": "x", "trigger": "fault", "severity": "loud"}]}, "severity"),
        ({"rules": [{"id": "P", "name": "x", "trigger": "fault", "severity": "info", "card": "no"}]}, "card"),
        ({"rules": [{"id": "P", "name": "x", "trigger": "fault", "severity": "info", "suppresses": ["P"]}]}, "P"),
        ({"rules": [{"id": "P", "name": "x", "trigger": "fault", "severity": "info", "hours": ["9", "x"]}]}, "08:00"),
        ({"rules": [{"id": "R-06", "version": 9, "clear_below": 99}]}, "clear_below"),
        ({"rules": [{"id": "R-06", "version": 9, "colour": "red"}]}, "colour"),
        ({"settings": {"flood": 1}}, "flood"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(site: dict[str, Any], word: str) -> None:
    with pytest.raises(RuleError, match=word):
        read(product(), site)


def test_a_night_goes_over_midnight() -> None:
    assert [within(("22:00", "06:00"), time(h)) for h in (21, 22, 0, 5, 6)] == [False, True, True, True, False]


def test_load_counts_the_rings_of_ten_minutes_that_concern_the_seat() -> None:
    hall = Hall()
    hall.raised(
        cause(source="a"), cause(source="b", roles=(Role.REGISTRAR,)), cause(source="c", severity=Severity.INFO)
    )
    alarms = list(hall.alarms.values())
    assert load_of(alarms, Role.DISPATCHER, "2", Settings(), hall.now).count == 1
    assert load_of(alarms, Role.SHIFT_LEADER, "1", Settings(), hall.now).count == 2
    assert load_of(alarms, Role.SHIFT_LEADER, "1", Settings(), hall.now + timedelta(minutes=10)).count == 0


def test_a_flood_is_the_limit_and_more() -> None:
    hall = Hall()
    hall.raised(*(cause(source=f"s{n}") for n in range(10)))
    load = load_of(hall.alarms.values(), Role.SHIFT_LEADER, "1", Settings(), hall.now)
    assert (load.count, load.is_flood, load.is_high) == (10, True, False)
    less = load_of(list(hall.alarms.values())[1:], Role.SHIFT_LEADER, "1", Settings(), hall.now)
    assert (less.is_flood, less.is_high) == (False, True)


def test_four_hours_are_counted_in_spans_of_ten_minutes() -> None:
    hall = Hall()
    hall.raised(cause(source="a"), cause(source="b", severity=Severity.MINOR))
    hall.now += timedelta(minutes=25)
    spans = buckets(hall.alarms.values(), Settings(), hall.now)
    assert len(spans) == 24
    assert [(place, span.counts) for place, span in enumerate(spans) if span.total] == [
        (21, {Severity.MAJOR: 1, Severity.MINOR: 1})
    ]
