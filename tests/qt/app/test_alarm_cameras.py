"""A critical alarm brings the cameras near it, others turn no wall, and an answered one lets go."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.app.alarm_cameras import AlarmCameras
from desktop.services.values import Fresh
from domain.alarms.values import Alarm
from domain.alarms.words import Severity, Trigger
from domain.cameras import CameraId
from domain.ticket import Point
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW, make_ticket

SPOT = Point(114.35, 22.69)


class Alarms(QObject):
    changed = Signal()

    def __init__(self, *ringing: Alarm) -> None:
        super().__init__()
        self.ringing = list(ringing)

    def unacknowledged(self) -> list[Alarm]:
        return self.ringing

    def ring(self, *ringing: Alarm) -> None:
        self.ringing = list(ringing)
        self.changed.emit()


class Cameras:
    """Where nothing is near but SPOT."""

    def __init__(self) -> None:
        self.cameras = {CameraId("C1"): None}
        self.told: list[object] = []

    def bring_near(self, place: Point) -> tuple[str, ...]:
        self.told.append(place)
        return ("C1",) if place == SPOT else ()

    def bring(self, ids: tuple[str, ...]) -> None:
        self.told.append(ids)


def alarm(name: str, severity: Severity = Severity.CRITICAL, **fields: object) -> Alarm:
    known = {"ticket": "181009-0001", **fields}
    return Alarm(
        id=name,
        version=1,
        changed_at=NOW,
        rule="r",
        rule_version=1,
        trigger=next(iter(Trigger)),
        severity=severity,
        source=name,
        raised_at=NOW,
        **known,
    )


@pytest.fixture
def bridge(qapp):
    return FakeBridge([make_ticket(1, point=SPOT), make_ticket(2, point=None)])


def test_a_new_critical_alarm_brings_cameras_and_its_answer_lets_them_go(bridge):
    alarms, cameras = Alarms(alarm("old")), Cameras()
    joined = AlarmCameras(bridge, alarms, lambda: cameras)
    alarms.ring(alarm("old"))
    assert cameras.told == []  # what rang before we came turns nothing
    alarms.ring(alarm("old"), alarm("minor", Severity.MINOR), alarm("nowhere", ticket="181009-0002"))
    assert cameras.told == []
    alarms.ring(alarm("old"), alarm("new", rang_at=(NOW, NOW + timedelta(seconds=9))))
    assert cameras.told == [SPOT]
    alarms.ring(alarm("old"))
    assert cameras.told == [SPOT, ()]
    alarms.ring(replace(alarm("old"), ring=2))  # it rings again
    assert cameras.told[-1] == SPOT
    del joined


def test_an_alarm_about_a_camera_brings_that_camera(bridge):
    alarms, cameras = Alarms(), Cameras()
    joined = AlarmCameras(bridge, alarms, lambda: cameras)
    alarms.ring(alarm("lost", ticket=None, camera="C1"))
    assert cameras.told == [("C1",)]
    del joined


def test_what_a_snapshot_brings_turns_no_wall(bridge):
    bridge.go(Fresh.OFFLINE)
    alarms, cameras = Alarms(), Cameras()
    joined = AlarmCameras(bridge, alarms, lambda: cameras)
    bridge.go(Fresh.LIVE)
    alarms.ring(alarm("hours old"))
    assert cameras.told == []
    alarms.ring(alarm("hours old"), alarm("new"))
    assert cameras.told == [SPOT]
    del joined


def test_without_a_camera_window_nothing_is_started(bridge):
    alarms = Alarms()
    joined = AlarmCameras(bridge, alarms, lambda: None)
    alarms.ring(alarm("new"))
    assert joined._for == ""
