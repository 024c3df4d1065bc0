"""The hall under load: 12 windows on 6 screens, how long the windows stand still and what a paint costs; memory of opening and closing.

    python -m benchmarks.hall [--quick] [--soak SECONDS]

A real backend on the loopback and the load of benchmarks.slice; the windows run in this process, on six offscreen screens, placed
as the product places them. The ratio between 1,000 and 50 changes a second is what counts; times are printed with the machine's load.
"""

import argparse
import asyncio
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCREENS = 6
LOADS = (50, 1000)
CYCLES, QUICK_CYCLES = 200, 5
SECONDS, QUICK_SECONDS = 30.0, 8.0
WARM_UP_S = 4.0
SAMPLE_S = 10.0
SOAK_RATE = 50
STAYS = "attention"
LEAK_KIB = 20.0
"""reliability.md F37: resident memory per cycle of opening and closing a window."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="does it run at all: seconds and few cycles")
    parser.add_argument(
        "--soak", type=float, metavar="SECONDS", help="only 50 changes a second for so long, memory watched"
    )
    parser.add_argument("--kind", metavar="WINDOW", help="only open and close this kind of window")
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
    shutil.copytree(ensure_template(DaySpec(), demo_site(), folder / "template", lambda done, total: None), data)
    with _backend(data, "--clock-base", "2018-10-09T10:00:00+08:00") as (url, _):
        desk = _token(data, Role.DISPATCHER)
        load = _token(data, Role.SHIFT_LEADER, seat="9", import_right=True)
        return _desktop(folder / "desk", url, desk, load, args)


def _desktop(folder: Path, url: str, token: str, load: str, args: argparse.Namespace) -> int:
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

    def start_load(rate: int, seconds: float, ids: list[str]) -> "subprocess.Popen[str]":
        command = [sys.executable, "-P", "-m", "benchmarks.slice", "--load", url, load, str(rate), str(seconds)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write(" ".join(ids))
        process.stdin.close()
        return process

    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(_measure(folder, url, token, start_load, garbage, args))
    return 0


async def _measure(
    folder: Path,
    url: str,
    token: str,
    start_load: "Callable[[int, float, list[str]], subprocess.Popen[str]]",
    garbage: Any,
    args: argparse.Namespace,
) -> None:
    from desktop import settings
    from desktop.app.kinds import KINDS
    from desktop.app.windows import Windows
    from desktop.bridge import Bridge
    from desktop.services.app_state import Services
    from desktop.views.shell import LAUNCHER

    folder.mkdir(parents=True)
    services = Services(folder, url, token)
    bridge = Bridge(services)
    windows = Windows(bridge, settings.Settings(server=url, windows=_places()), remember=True)
    await services.start()
    deadline = time.monotonic() + 60
    while len(bridge.mirror.tickets) < 100:
        if time.monotonic() > deadline:
            raise RuntimeError("no tickets came")
        await asyncio.sleep(0.05)
    begun = time.perf_counter()
    windows.start(tuple(_places()))
    print(f"12 windows opened in {time.perf_counter() - begun:.1f} s", flush=True)
    ids = [str(ticket.id) for ticket in bridge.mirror.tickets.values() if ticket.is_open][:500]
    if args.soak is not None:
        await _soak(start_load, ids, args.soak)
    elif args.kind:
        await _cycles(windows, garbage, (args.kind,), args.cycles)
    else:
        await _loads(start_load, ids, QUICK_SECONDS if args.quick else SECONDS)
        await _cycles(windows, garbage, tuple(kind for kind in KINDS if kind != LAUNCHER), args.cycles)
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


async def _loads(start_load: Any, ids: list[str], seconds: float) -> None:
    from benchmarks.slice_windows import Turns, _percentile

    worst: dict[int, float] = {}
    turns, frames = Turns(), _Frames()
    for rate in LOADS:
        process = start_load(rate, seconds + WARM_UP_S, ids)
        await asyncio.sleep(WARM_UP_S)
        turns.late_ms.clear()
        frames.start()
        await asyncio.sleep(seconds)
        paints = frames.stop()
        late = list(turns.late_ms)
        worst[rate] = _percentile(late, 0.99)
        print(
            f"{rate} changes/s: loop turn late p50 {_percentile(late, 0.5):.1f} ms, p99 {worst[rate]:.0f} ms, worst {max(late):.0f} ms · "
            f"paint p50 {_percentile(paints, 0.5):.2f} ms, p99 {_percentile(paints, 0.99):.1f} ms, {len(paints) / seconds:.0f} paints/s · "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        while process.poll() is None:
            await asyncio.sleep(0.1)
    slow, fast = LOADS
    print(f"ratio of p99 lateness {fast}/s : {slow}/s = {worst[fast] / max(worst[slow], 0.1):.2f}", flush=True)


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


async def _cycles(windows: Any, garbage: Any, kinds: tuple[str, ...], cycles: int) -> None:
    """Each kind opened and closed; the first tenth warms caches and does not count. Windows that stay fill theirs meanwhile: one does."""
    for key, window in windows.shown().items():
        if key != STAYS:
            window.close()
    for kind in kinds:
        before = 0.0
        for cycle in range(cycles + max(1, cycles // 10)):
            if cycle == max(1, cycles // 10):
                before = _settled_mb(garbage)
            window = windows.open_another(kind)
            await asyncio.sleep(0)
            window.close()
            del window
            await asyncio.sleep(0.01)
        grown_kib = 1024 * (_settled_mb(garbage) - before) / cycles
        word = "ok" if grown_kib <= LEAK_KIB else "GROWS"
        print(f"{kind}: {grown_kib:+.1f} KiB per cycle over {cycles} cycles {word}", flush=True)


async def _soak(start_load: Any, ids: list[str], seconds: float) -> None:
    process = start_load(SOAK_RATE, seconds, ids)
    begun = time.monotonic()
    samples: list[tuple[float, float]] = []
    while process.poll() is None:
        await asyncio.sleep(SAMPLE_S)
        samples.append((time.monotonic() - begun, _rss_mb()))
        print(f"{samples[-1][0]:.0f} s: {samples[-1][1]:.0f} MB", flush=True)
    half = samples[len(samples) // 2 :]
    if len(half) > 2:
        hours = (half[-1][0] - half[0][0]) / 3600
        print(f"second half: {(half[-1][1] - half[0][1]) / hours:+.1f} MB per hour", flush=True)


def _settled_mb(garbage: Any) -> float:
    garbage.collect_now()
    # What the allocator keeps though nobody uses it is no leak: give it back before looking.
    ctypes.CDLL(None).malloc_trim(0)
    return _rss_mb()


def _rss_mb() -> float:
    from benchmarks.slice import _rss_mb as rss_of

    return rss_of(os.getpid())


if __name__ == "__main__":
    sys.exit(main())
