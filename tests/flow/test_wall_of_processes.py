"""Two desktops and a wall of two screens against one backend, each a process of its own, started as in the product."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.auth import issue_token
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from tests.faults import processes
from tests.faults.cluster import Node
from tests.patience import WAIT_S

ROOT = Path(__file__).resolve().parents[2]
Look = dict[str, Any]


class Seat:
    """One desktop process. Its windows are worked with keys, its state is what they show."""

    def __init__(self, folder: Path, server: Node, role: Role, seat: str, *arguments: str, screens: int = 1) -> None:
        self._folder = folder / f"{role}-{seat}"
        self._folder.mkdir(exist_ok=True)
        file = self._folder / "screens.json"
        listed = [
            {"name": f"S{n}", "x": n * 1920, "y": 0, "width": 1920, "height": 1080, "dpr": 1} for n in range(screens)
        ]
        file.write_text(json.dumps({"screens": listed}))
        who = Actor(user=UserId(f"{role}{seat}"), role=role, seat=SeatId(seat))
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HOME": str(self._folder),
            "XDG_CONFIG_HOME": str(self._folder / "config"),
            "QT_QPA_PLATFORM": f"offscreen:configfile={file}",
            "LIANDONG_TOKEN": issue_token(server.data, who),
        }
        data = ["--connect", f"ws://127.0.0.1:{server.port}", "--data", str(self._folder / "data")]
        self._command = [sys.executable, "-P", "-m", "tests.flow.seat_program", *data, *arguments]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "said.log").open("ab") as log:
            self._process = processes.start(
                [*processes.dies_with_us("KILL"), *self._command],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def do(self, do: str, **more: Any) -> Look:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write((json.dumps({"do": do, **more}) + "\n").encode())
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, (self._folder / "said.log").read_text("utf-8", "replace")[-3000:]
        answer: Look = json.loads(line)
        return answer

    def key(self, key: str, part: str, held: str = "") -> None:
        self.do("key", window="wall_director", key=key, part=part, held=held)

    def until(self, holds: Callable[[Look], object], what: str) -> Look:
        deadline = time.monotonic() + WAIT_S
        while True:
            seen = self.do("look")
            if holds(seen):
                return seen
            assert time.monotonic() < deadline, f"{what}: {seen}"
            time.sleep(0.1)  # another process: there is nothing to wait on but its next answer

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.communicate(timeout=WAIT_S)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Node]:
    made = Node(tmp_path / "backend")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def new_seat(tmp_path: Path, server: Node) -> Iterator[Callable[..., Seat]]:
    made: list[Seat] = []

    def new(role: Role, seat: str, *arguments: str, screens: int = 1) -> Seat:
        made.append(Seat(tmp_path, server, role, seat, *arguments, screens=screens))
        made[-1].start()
        return made[-1]

    yield new
    for each in made:
        each.kill()


def stage(number: int) -> Callable[[Look], Look]:
    """What hangs on a screen of the wall; nothing yet while its program starts."""
    return lambda seen: seen.get("stages", {}).get(str(number), {"view": "", "mark": "", "notice": ""})


def test_a_wall_is_led_from_two_desks_through_kills_of_backend_and_wall(server: Node, new_seat) -> None:
    wall = new_seat(Role.WALL, "wall", "--wall", "主屏", screens=2)
    one = new_seat(Role.SHIFT_LEADER, "1", "--window", "wall_director")
    two = new_seat(Role.DISPATCHER, "2", "--window", "wall_director")
    for desk in (one, two):
        desk.until(lambda seen: seen.get("screens") == 2, "the wall registered")

    # A step by keys reaches the wall and the other desk, with a picture and with who did it.
    one.key("2", "canvas")
    one.key("Return", "library")
    assert wall.do("look")["stages"]["2"]["view"] == ""
    one.key("Return", "library", "ctrl")
    wall.until(lambda seen: stage(2)(seen)["view"] == "wall_overview", "on the wall")
    two.until(lambda seen: "2" in seen["shown"] and "2" in seen["pictures"], "at the other desk")
    seen = two.until(lambda seen: "控制权 1 席" in seen["head"] and "画面" in seen["head"], "its head says who leads")
    assert seen["holder"] == "1"

    # A notice by the holder; the other seat may not, is told why, asks, and gets the control.
    one.do("key", window="wall_director", part="notice.text", key="A")
    one.key("Return", "notice.text")
    wall.until(lambda seen: stage(1)(seen)["notice"] == "a", "notice on the wall")
    two.key("1", "canvas")
    two.key("Return", "library")
    two.key("Return", "library", "ctrl")
    assert wall.do("look")["stages"]["1"]["view"] == ""
    two.key("T", "canvas")
    two.until(lambda seen: "已申请" in seen["head"], "asks")
    one.until(lambda seen: "申请控制权" in seen["head"], "asked for")
    one.key("T", "canvas")
    two.until(lambda seen: seen["holder"] == "2" and "控制权在本席" in seen["head"], "handed over")
    two.key("Return", "library", "ctrl")
    wall.until(lambda seen: stage(1)(seen)["view"] == "wall_overview", "the other desk leads")

    # The backend dies: the wall keeps what it shows and says so; killed itself, it comes back with it from its own disk.
    server.kill()
    seen = wall.until(lambda seen: "断开" in stage(1)(seen)["mark"], "marked")
    assert [seen["stages"][n]["view"] for n in "12"] == ["wall_overview"] * 2
    one.until(lambda seen: "联动服务断开" in seen["head"], "pictures are called old")
    wall.kill()
    wall.start()
    wall.until(lambda seen: stage(2)(seen)["view"] == "wall_overview" and "断开" in stage(2)(seen)["mark"], "alone")
    server.start()
    wall.until(lambda seen: stage(1)(seen)["mark"] == "" and stage(1)(seen)["view"] == "wall_overview", "back")
    seen = one.until(lambda seen: "画面" in seen["head"] and "屏在线" in seen["head"], "pictures again")
    assert seen["shown"] == {"1": "wall_overview", "2": "wall_overview"}
    one.until(lambda seen: seen["changes"].count("applied") == 2, "on the record")


@pytest.mark.timeout(600)
def test_a_paused_rotation_stands_still_through_kills_of_backend_and_wall(server: Node, new_seat) -> None:
    wall = new_seat(Role.WALL, "wall", "--wall", "主屏", screens=1)
    one = new_seat(Role.SHIFT_LEADER, "1", "--window", "wall_director")
    one.until(lambda seen: seen.get("screens") == 1, "the wall registered")

    # Two views of five and fifteen seconds, all by keys; the second one is paused when the desk sees it.
    one.key("Return", "library")
    one.key("Right", "library")
    one.key("Return", "library", "shift")
    for key in ("Minus",) * 5 + ("Down",) + ("Minus",) * 3:
        one.key(key, "side.rotation")
    one.key("Return", "library", "ctrl")
    seen = one.until(lambda seen: seen["seen"].get("1") == "wall_overview", "the first view on the wall")
    seen = one.until(lambda seen: seen["seen"].get("1") not in ("", None, "wall_overview"), "it turned")
    second = seen["seen"]["1"]
    one.key("Space", "canvas")
    wall.until(lambda seen: "轮播暂停 · 1 席" in stage(1)(seen)["mark"], "marked on the wall")
    one.until(lambda seen: seen["paused"] == {"1": "1"}, "shown at the desk")

    def stands(seen: Look) -> bool:
        return stage(1)(seen)["view"] == second and "轮播暂停 · 1 席" in stage(1)(seen)["mark"]

    server.kill()
    wall.until(lambda seen: stands(seen) and "断开" in stage(1)(seen)["mark"], "without a line")
    wall.kill()
    wall.start()
    wall.until(lambda seen: stands(seen) and "断开" in stage(1)(seen)["mark"], "from its own disk")
    server.start()
    wall.until(lambda seen: stands(seen) and "断开" not in stage(1)(seen)["mark"], "with a line again")

    one.until(lambda seen: "屏在线" in seen["head"], "the desk has a line")
    one.key("Space", "canvas")
    wall.until(lambda seen: stage(1)(seen)["mark"] == "" and stage(1)(seen)["view"] == "wall_overview", "turns again")
    one.until(lambda seen: seen["changes"].count("pause_set") == 2, "both on the record")
