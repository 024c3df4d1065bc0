"""Pictures of a wall as the server keeps them."""

import asyncio
import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.wall_desk import WallDesk
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from protocol.walls import PicturesReply
from tests.unit.backend.house import House

HOST = Actor(user=UserId("w"), role=Role.WALL, seat=SeatId("wall"))
DESK = Actor(user=UserId("a"), role=Role.DISPATCHER, seat=SeatId("2"))
JPEG = base64.b64encode(b"picture").decode("ascii")


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def desk(tmp_path: Path, seconds: Seconds) -> Iterator[WallDesk]:
    with House(tmp_path) as house:
        yield WallDesk(house.store, house.kinds, seconds)


def give(desk: WallDesk, screen: int, *parts: str) -> bytes:
    return asyncio.run(desk.give(HOST, {"wall": "wall-a", "screen": screen, "jpeg": list(parts)}))


def ask(desk: WallDesk, have: dict[str, int] | None = None) -> PicturesReply:
    args: dict[str, Any] = {"wall": "wall-a", "have": have or {}}
    return msgspec.json.decode(asyncio.run(desk.pictures(DESK, args)), type=PicturesReply, strict=False)


def test_each_picture_has_its_own_age(desk: WallDesk, seconds: Seconds) -> None:
    give(desk, 1, JPEG)
    seconds.now = 2.5
    give(desk, 2, JPEG)
    seconds.now = 2.9
    reply = ask(desk)
    assert reply.seen_s == pytest.approx(0.4)
    assert [reply.screens[n].age_s for n in (1, 2)] == pytest.approx([2.9, 0.4])


def test_a_screen_that_looks_as_before_is_not_sent_again_and_is_of_now(desk: WallDesk, seconds: Seconds) -> None:
    give(desk, 1, JPEG)
    first = ask(desk).screens[1]
    seconds.now = 3.0
    assert give(desk, 1) == b"true"
    second = ask(desk, {"1": first.n}).screens[1]
    assert (second.n, second.jpeg, second.age_s) == (first.n, "", 0.0)


def test_a_server_that_has_no_picture_from_before_says_so(desk: WallDesk) -> None:
    assert give(desk, 1) == b"false"
    assert ask(desk).screens == {}
    assert give(desk, 1, JPEG) == b"true"
    assert ask(desk).screens[1].jpeg == JPEG
