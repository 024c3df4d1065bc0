"""A desk with 20,000 open tickets in a cache of 600,000: memory of four windows and of the index of the finder, and the longest turn that
a whole new picture takes with twelve windows open.

    python -m benchmarks.big_desk [--quick]

Without a backend: the cache is made first. Turns are counted in CPU time of the painting thread, so that other programs do not count.
"""

import argparse
import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from backend.reference import demo_site
from backend.simulator.day import DaySpec
from backend.simulator.template import ensure_template
from benchmarks.slice import _machine, _prepared_cache, _rss_mb
from desktop.services.cache_rows import PUT_ROW
from protocol.snapshot import row_tuple, ticket_of

SERVER = "ws://127.0.0.1:9"
MEMORY_MB = 350.0
TURN_MS = 50.0
FOUR = ("queue", "wall_overview", "kpi_board", "map")
SETTLE_S = 6.0
ROUNDS = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of it")
    parser.add_argument("--part", nargs=2, metavar=("NAME", "DESK"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        return _windows(args.part[0], Path(args.part[1]))
    size, opened = (60_000, 2_000) if args.quick else (600_000, 20_000)
    print(f"{_machine()} · {size:,} tickets, {opened:,} open", flush=True)
    with tempfile.TemporaryDirectory(prefix="liandong-desk-") as scratch:
        folder = Path(scratch)
        template = ensure_template(DaySpec(), demo_site(), folder / "template", lambda done, total: None)
        token = _prepared_cache(folder / "desk", template, size)
        _open_more(next((folder / "desk").rglob("cache.sqlite")), opened)
        for part in ("memory", "reset"):
            command = [sys.executable, "-P", "-m", "benchmarks.big_desk", "--part", part, str(folder / "desk")]
            subprocess.run(command, env=dict(os.environ, LIANDONG_TOKEN=token), check=True)
    return 0


def _open_more(cache: Path, wanted: int) -> None:
    """Open tickets once more under other numbers until there are so many."""
    with closing(sqlite3.connect(cache)) as file:
        names = [row[1] for row in file.execute("PRAGMA table_info(ticket)")]
        rows = file.execute("SELECT * FROM ticket WHERE is_open = 1").fetchall()
        known = [ticket_of(dict(zip(names, row, strict=True))["body"]) for row in rows]
        more = []
        for number in range(len(known), wanted):
            copy, place = divmod(number, len(known))
            more.append(row_tuple(replace(known[place], id=f"{known[place].id}-{copy}")))
        file.executemany(PUT_ROW, more)
        file.commit()


def _windows(part: str, desk: Path) -> int:
    from benchmarks.hall import _six_screens

    scratch = Path(tempfile.mkdtemp(prefix="screens-", dir=desk))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_six_screens(scratch)}"
    os.environ["XDG_CONFIG_HOME"] = str(scratch / "config")
    import qasync
    from PySide6.QtWidgets import QApplication

    from desktop.app.garbage import GarbageTimer
    from desktop.theme.assets import load_fonts

    app = QApplication(["desk"])
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    garbage = GarbageTimer(app)
    garbage.start()
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete((_memory if part == "memory" else _reset)(desk, garbage))
    return 0


async def _desk(desk: Path) -> "tuple[Any, Any]":
    from desktop import settings
    from desktop.app.windows import Windows
    from desktop.bridge import Bridge
    from desktop.services.app_state import Services

    services = Services(desk, SERVER, os.environ["LIANDONG_TOKEN"])
    windows = Windows(Bridge(services), settings.Settings(server=SERVER), remember=False)
    await services.open()
    return services, windows


async def _memory(desk: Path, garbage: Any) -> None:
    from desktop.services.find_index import FindWord

    services, windows = await _desk(desk)
    for kind in FOUR:
        windows.open(kind).resize(1920, 1080)
        await asyncio.sleep(1)
    await asyncio.sleep(SETTLE_S)
    garbage.collect_now()
    four = _rss_mb(os.getpid())
    word = "ok" if four <= MEMORY_MB else "short"
    print(f"P12 memory: desktop with {len(FOUR)} windows {four:.0f} MB goal<={MEMORY_MB:.0f} {word}", flush=True)
    await services.find((FindWord("0042"),), 5)
    print(f"with the index of the finder {_rss_mb(os.getpid()):.0f} MB", flush=True)
    await _end(services, windows)


async def _reset(desk: Path, garbage: Any) -> None:
    from benchmarks.hall import _places, _Work

    services, windows = await _desk(desk)
    windows.start(tuple(_places()))
    await asyncio.sleep(2 * SETTLE_S)
    garbage.collect_now()
    work = _Work()
    for number in range(ROUNDS):
        same = number % 2 == 0
        # The same picture once more, as after a short break; then one in which every ticket is another.
        loaded = await asyncio.to_thread(_read, desk, services.mirror.tickets)
        if same:
            loaded = replace(loaded, tickets=tuple(services.mirror.tickets.values()))
        else:
            loaded = replace(loaded, tickets=tuple(replace(each, reminders=number) for each in loaded.tickets))
        await asyncio.sleep(1)
        work.taken_ms.clear()
        services.on_changes(services.mirror.reset(loaded))
        await asyncio.sleep(SETTLE_S)
        worst = sorted(work.taken_ms, reverse=True)[:3]
        word = "ok" if worst[0] <= TURN_MS else "short"
        print(
            f"reset, {'every ticket the same' if same else 'every ticket another'}: longest turns "
            f"{', '.join(f'{ms:.0f}' for ms in worst)} ms of own CPU, {sum(work.taken_ms):.0f} ms in all "
            f"goal<={TURN_MS:.0f} {word} (load {os.getloadavg()[0]:.1f})",
            flush=True,
        )
    await _end(services, windows)


def _read(desk: Path, held: Any) -> Any:
    from desktop.services.cache_file import CacheFile
    from domain.kinds import KINDS
    from protocol.documents import KindBook

    file = CacheFile(next(desk.rglob("cache.sqlite")), kinds=KindBook(KINDS))
    try:
        return file.load(held)
    finally:
        file.close()


async def _end(services: Any, windows: Any) -> None:
    windows.close_all()
    await windows.stop()
    await services.stop()


if __name__ == "__main__":
    sys.exit(main())
