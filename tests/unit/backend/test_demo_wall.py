"""The demo's wall hangs as soon as its computer has told its screens, by acts that the rules allow."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.simulator.wall import DAILY, URGENT, WALL, DemoWall
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from domain.wall import commands, kind
from domain.wall.values import Screen, Wall
from tests.unit.backend.house import House

HOST = Actor(user=UserId("w"), role=Role.WALL, seat=SeatId("W1"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, kinds=[kind.WALL]) as made:
        yield made


@pytest.mark.parametrize("count", [1, 4, 6])
def test_every_act_is_applied_and_the_control_is_free(
    house: House, count: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "backend.simulator")
    screens = tuple(Screen(number) for number in range(1, count + 1))
    house.act(HOST, kind.NAME, commands.Register(name=WALL, screens=screens))
    demo = DemoWall()
    demo.on_records(house.records)
    house.run(demo.run(house.service))
    assert caplog.records == []
    wall = next(each.document for each in reversed(house.records) if isinstance(each.document, Wall))
    assert wall.holder == ""
    assert set(wall.scenes) == {DAILY, URGENT}
    assert wall.picture.scene == DAILY
    assert set(wall.shown()) == set(range(1, min(count, 4) + 1))
