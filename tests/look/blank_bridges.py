"""Bridges that have nothing to show, each in one of the ways in which there can be nothing, and those whose every question fails.

`empty`: all came and holds nothing. `loading`, `never`: it did not come. An error is none of these: the window has its data, and
what it asks beside the stream fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import msgspec
from msgspec.structs import replace

from desktop.services.topics import Topic
from desktop.services.values import Answer, Fresh, Freshness
from desktop.views.kpi_board.extras import Spots
from domain.actor import Actor
from domain.cameras import HEALTH_TOPIC, CameraList, HealthList
from domain.cameras import TOPIC as CAMERA_TOPIC
from domain.handover.since import Since
from domain.ids import SeatId, UserId
from domain.kpi_types import Ages, Board, Kpi, LevelShare, OpenSplit, Overview, Period, Rate
from domain.vocabulary import Role
from protocol.reference import OVERVIEW_TOPIC, TOPIC
from tests.look.test_windows_in_english import latin
from tests.qt import fake_kpi
from tests.qt.alarms.scene import AlarmBridge
from tests.qt.fakes import FakeBridge
from tests.qt.handover.scene import HandoverBridge
from tests.qt.inspection.scene import InspectionBridge
from tests.qt.samples import NOW

FAILS = "query_failed"
"""Code of every answer in an error scene."""
BRIDGES = (FakeBridge, HandoverBridge, InspectionBridge, AlarmBridge, fake_kpi.FakeKpiBridge)
EVERYONE_OUT = Role.SECURITY_ADMIN
"""The role that no window of the hall is made for."""


def empty_bridge(role: Role = Role.SHIFT_LEADER) -> FakeBridge:
    """A new site on its first day: everything came, nothing is in it."""
    bridge = FakeBridge((), role=role)
    _use(bridge, TOPIC, latin(bridge.reference))
    bridge.reference = bridge.topics.values[TOPIC].value
    _use(bridge, OVERVIEW_TOPIC, empty_overview())
    _use(bridge, CAMERA_TOPIC, CameraList(version=1))
    _use(bridge, HEALTH_TOPIC, HealthList())
    for source in (OVERVIEW_TOPIC, CAMERA_TOPIC):
        bridge.freshness.values[source] = Freshness(source=source, state=Fresh.LIVE, as_of=NOW, age_s=0.8)
    bridge.answers |= {
        "board": Answer(msgspec.json.encode(empty_board())),
        "since": Answer(msgspec.json.encode(Since(since=NOW, now=NOW, first=True))),
        "list_usage": Answer(b"[]"),
        "hotspots": Answer(msgspec.json.encode(Spots(as_of=NOW, rows=(), periods=0))),
    }
    return bridge


def bare_tables(bridge: FakeBridge) -> None:
    """Of the tables of the site nothing either."""
    bare = replace(bridge.reference, items=(), areas=(), units=())
    bridge.reference = bare
    _use(bridge, TOPIC, bare)


def loading_bridge() -> FakeBridge:
    bridge = FakeBridge(())
    bridge.topics.values.clear()
    bridge.go(Fresh.CATCHING_UP, snapshot=(3120, 5000))
    return bridge


def never_bridge() -> FakeBridge:
    bridge = FakeBridge(())
    bridge.topics.values.clear()
    bridge.actor = None
    bridge.go(Fresh.NEVER, retry_in_s=4.0)
    return bridge


def guarded_bridge() -> FakeBridge:
    """Somebody sits here whose role may not."""
    bridge = empty_bridge()
    bridge.actor = Actor(user=UserId("u9"), role=EVERYONE_OUT, seat=SeatId("9"))
    return bridge


@contextmanager
def failing_questions() -> Iterator[None]:
    """While it holds, whatever any bridge is asked beside the stream fails at once."""

    def fail(_self: object, _what: str, _args: dict[str, Any], done: Callable[[Answer], None]) -> None:
        done(Answer(error=FAILS))

    patches = [patch.object(kind, "ask_then", fail) for kind in BRIDGES]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def _use(bridge: FakeBridge, name: str, value: Any) -> None:
    bridge.topics.values[name] = Topic(name, 1, NOW, value)


def _nothing(name: str, period: Period) -> Kpi:
    return Kpi(id=name, numerator=0, denominator=0, as_of=NOW, formula=1, period=period)


def _month() -> Period:
    start = NOW.date().replace(day=1)
    return Period(start, (start + timedelta(days=31)).replace(day=1))


def _levels() -> tuple[LevelShare, ...]:
    return tuple(LevelShare(level, 0, 0, share) for level, (_, share) in fake_kpi.PLATEAU.items())


def empty_overview() -> Overview:
    """The first minute of the first day: N = 0 everywhere."""
    full = fake_kpi.make_overview()
    rates = tuple(
        Rate(kpi=_nothing(rate.kpi.id, _month()), target=rate.target, floor=rate.floor, trend=()) for rate in full.rates
    )
    hours = 15
    none = (0,) * hours + (None,) * (24 - hours)
    hourly = replace(full.hourly, accepted=none, closed=none, band_low=(), band_high=())
    return replace(
        full, as_of=NOW, day=NOW.date(), findings=(), accepted_today=0, accepted_usual=None, closed_today=0, closed_same_day=0,
        reopened_today=0, ended_today=0, opening=0, open=OpenSplit(total=0), overdue_areas=(), oldest_overdue_s=None,
        rates=rates, hourly=hourly, levels=_levels(), ranking=(), hotspots=(), last_call_back_at=None,
    )  # fmt: skip


def empty_board() -> Board:
    full, month = fake_kpi.make_board(), _month()
    return replace(
        full, as_of=NOW, period=month, kpis=tuple(_nothing(kpi.id, month) for kpi in full.kpis), previous=(), daily=(),
        levels=_levels(), ranking=(), ages=Ages(tickets=0, median_h=None, p90_h=None), backlog=(), units=(), sources=(),
    )  # fmt: skip
