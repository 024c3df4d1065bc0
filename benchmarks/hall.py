"""The hall under load: 12 windows on 6 screens, how long the windows stand still and what a paint costs; memory of opening and closing.

    python -m benchmarks.hall [--quick] [--soak SECONDS | --kinds [KIND …] --cycles N]

A real backend on the loopback and the load of benchmarks.slice; the windows run in this process, on six offscreen screens, placed
as the product places them. The ratio between 1,000 and 50 changes a second is what counts; times are printed with the machine's load.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from benchmarks.hall_months import SOAK_SCALE, cycles, demo_backend, soak
from desktop.services.values import ChangeSet

SCREENS = 6
LOADS = (50, 1000)
BATCHES = (2, 33)
"""Changes that go out together at those rates, 30 batches a second."""
BATCH_S = 0.04
ROUNDS, QUICK_ROUNDS = 200, 50
CYCLES, QUICK_CYCLES = 200, 5
SECONDS, QUICK_SECONDS = 30.0, 8.0
WARM_UP_S = 4.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="does it run at all: seconds and few cycles")
    parser.add_argument(
        "--soak", type=float, metavar="SECONDS", help="only the recorded day at 20 times its speed, memory watched"
    )
    parser.add_argument(
        "--kinds", metavar="KIND", nargs="*", help="only open and close these kinds of windows; none named = every kind"
    )
    parser.add_argument("--cycles", type=int, help=f"how often (default {CYCLES}, with --quick {QUICK_CYCLES})")
    args = parser.parse_args()
    args.cycles = args.cycles or (QUICK_CYCLES if args.quick else CYCLES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_six_screens(folder)}"
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        return _with_backend(folder, args)


def _six_screens(folder: Path) -> Path:
    screens = [
        {"name": f"wall-{n}", "x": n % 3 * 1920, "y": n // 3 * 1080, "width": 1920, "height": 1080, "dpr": 1}
        for n in range(SCREENS)
    ]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": screens}))
    return file


def _with_backend(folder: Path, args: argparse.Namespace) -> int:
    from backend.reference import demo_site
    from backend.simulator.day import DaySpec
    from backend.simulator.template import ensure_template
    from benchmarks.slice import _backend, _machine, _token
    from domain.vocabulary import Role

    print(_machine(), flush=True)
    data = folder / "backend"
    soaked = args.soak is not None
    spec = DaySpec(scale=SOAK_SCALE) if soaked else DaySpec()
    shutil.copytree(ensure_template(spec, demo_site(), folder / "template", lambda done, total: None), data)
    with (
        demo_backend(data) if soaked else _backend(data, "--clock-base", "2018-10-09T10:00:00+08:00") as (url, process)
    ):
        desk = _token(data, Role.DISPATCHER)
        load = _token(data, Role.SHIFT_LEADER, seat="9", import_right=True)
        return _desktop(folder / "desk", desk, Load(url, load, process), args)


class Load(NamedTuple):
    """The backend as the load sees it."""

    url: str
    token: str
    backend: "subprocess.Popen[bytes]"

    def start(self, rate: int, seconds: float, ids: list[str]) -> "subprocess.Popen[str]":
        """A process that changes these tickets so many times a second."""
        command = [
            sys.executable,
            "-P",
            "-m",
            "benchmarks.slice",
            "--load",
            self.url,
            self.token,
            str(rate),
            str(seconds),
        ]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write(" ".join(ids))
        process.stdin.close()
        return process


def _desktop(folder: Path, token: str, load: Load, args: argparse.Namespace) -> int:
    import qasync
    from PySide6.QtWidgets import QApplication

    from desktop.app.garbage import GarbageTimer
    from desktop.theme.assets import load_fonts

    app = QApplication(["hall"])
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    garbage = GarbageTimer(app)
    garbage.start()
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(_measure(folder, token, load, garbage, args))
    return 0


async def _measure(folder: Path, token: str, load: Load, garbage: Any, args: argparse.Namespace) -> None:
    from desktop import settings
    from desktop.app.kinds import KINDS
    from desktop.app.windows import Windows
    from desktop.bridge import Bridge
    from desktop.services.app_state import Services
    from desktop.views.shell import LAUNCHER

    folder.mkdir(parents=True)
    services = Services(folder, load.url, token)
    bridge = Bridge(services)
    windows = Windows(bridge, settings.Settings(server=load.url, windows=_places()), remember=True)
    await services.start()
    deadline = time.monotonic() + 60
    while len(bridge.mirror.tickets) < 100:
        if time.monotonic() > deadline:
            raise RuntimeError("no tickets came")
        await asyncio.sleep(0.05)
    begun = time.perf_counter()
    windows.start(tuple(_places()))
    print(f"12 windows opened in {time.perf_counter() - begun:.1f} s", flush=True)
    every = tuple(kind for kind in KINDS if kind != LAUNCHER)
    if args.soak is not None:
        await soak(windows, garbage, load.backend, args.soak)
    elif args.kinds is not None:
        await cycles(windows, garbage, tuple(args.kinds) or every, args.cycles)
    else:
        ids = [str(ticket.id) for ticket in bridge.mirror.tickets.values() if ticket.is_open][:500]
        await _batches(bridge, QUICK_ROUNDS if args.quick else ROUNDS)
        await _loads(load, ids, QUICK_SECONDS if args.quick else SECONDS)
        await cycles(windows, garbage, every, args.cycles)
    windows.close_all()
    await windows.stop()
    await services.stop()


def _places() -> "dict[str, Any]":
    """Two windows on each screen: six desk windows, six that fill a wall screen."""
    from desktop.settings import WindowPlace

    desk = ("queue", "map", "kpi_board", "inspection", "attention", "queue#2")
    wall = ("wall_overview", "wall_queue", "wall_kpi_board", "wall_map", "wall_inspection", "wall_queue#2")
    places = {}
    for number, (first, second) in enumerate(zip(desk, wall, strict=True)):
        places[first] = WindowPlace(screen=f"wall-{number}", position=number, open=True)
        places[second] = WindowPlace(screen=f"wall-{number}", position=number, full_screen=True, open=True)
    return places


async def _batches(bridge: Any, rounds: int) -> None:
    """What a batch of changes costs this thread, told and painted in all windows. CPU time: other programs do not count."""
    from benchmarks.slice_windows import _percentile

    tickets = [ticket for ticket in bridge.mirror.tickets.values() if ticket.is_open]
    for size in BATCHES:
        told, all_of_it = [], []
        for number in range(rounds + rounds // 10):
            chosen = [tickets[(number * size + place) % len(tickets)] for place in range(size)]
            begun = time.thread_time()
            bridge.tickets_changed.emit(
                ChangeSet(upserted=tuple(replace(each, reminders=each.reminders + number + 1) for each in chosen))
            )
            told.append(1000 * (time.thread_time() - begun))
            await asyncio.sleep(BATCH_S)
            all_of_it.append(1000 * (time.thread_time() - begun))
        told, all_of_it = told[rounds // 10 :], all_of_it[rounds // 10 :]
        print(
            f"a batch of {size} changes in 12 windows: told in {_percentile(told, 0.5):.1f} ms (p99 {_percentile(told, 0.99):.1f}), "
            f"told and painted in {_percentile(all_of_it, 0.5):.1f} ms (p99 {_percentile(all_of_it, 0.99):.1f}) of this thread's CPU",
            flush=True,
        )


async def _loads(load: Load, ids: list[str], seconds: float) -> None:
    from benchmarks.slice_windows import Turns, _percentile

    worst: dict[int, float] = {}
    turns, frames, work = Turns(), _Frames(), _Work()
    for rate in LOADS:
        process = load.start(rate, seconds + WARM_UP_S, ids)
        await asyncio.sleep(WARM_UP_S)
        turns.late_ms.clear()
        work.taken_ms.clear()
        frames.start()
        await asyncio.sleep(seconds)
        paints = frames.stop()
        late = list(turns.late_ms)
        worst[rate] = _percentile(late, 0.99)
        print(
            f"{rate} changes/s: work of a turn p99 {_percentile(work.taken_ms, 0.99):.0f} ms, worst {max(work.taken_ms):.0f} ms of the thread's own CPU, "
            f"{sum(work.taken_ms) / seconds / 10:.0f} % of a core · loop turn late p50 {_percentile(late, 0.5):.1f} ms, p99 {worst[rate]:.0f} ms, worst {max(late):.0f} ms · "
            f"paint p50 {_percentile(paints, 0.5):.2f} ms, p99 {_percentile(paints, 0.99):.1f} ms, {len(paints) / seconds:.0f} paints/s · "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        while process.poll() is None:
            await asyncio.sleep(0.1)
    slow, fast = LOADS
    print(f"ratio of p99 lateness {fast}/s : {slow}/s = {worst[fast] / max(worst[slow], 0.1):.2f}", flush=True)


class _Work:
    """CPU time of the painting thread between two turns of a 2 ms timer: what a stall would be on a machine with nobody else on it."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        from benchmarks.slice_windows import TURN_MS

        self.taken_ms: list[float] = []
        self._last = time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    def _on_turn(self) -> None:
        now = time.thread_time()
        self.taken_ms.append(1000 * (now - self._last))
        self._last = now


class _Frames:
    """How long one window takes to paint what is dirty in it: UpdateRequest of every window, by a filter on the application."""

    def __init__(self) -> None:
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QWidget

        taken = self._taken = []  # type: list[float]

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() != QEvent.Type.UpdateRequest or not isinstance(watched, QWidget):
                    return False
                begun = time.perf_counter()
                watched.event(event)  # paints everything that is dirty in this window, past all filters
                taken.append(1000 * (time.perf_counter() - begun))
                return True

        self._watch = Watch()

    def start(self) -> None:
        from PySide6.QtWidgets import QApplication

        self._taken.clear()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self._watch)

    def stop(self) -> list[float]:
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self._watch)
        return list(self._taken) or [0.0]


if __name__ == "__main__":
    sys.exit(main())
