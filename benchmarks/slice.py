"""The slice end to end, in one run: durable accepts, accepted → painted, GUI stall, cold start, memory.

    python -m benchmarks.slice [--quick] [--json FILE]

A real backend process on loopback, a load process that reminds tickets (half of them in sight), and the windows of the
desktop in this process, offscreen: queue, wall overview and KPI board open. Latency is counted from the log's server_time to
the end of the paint event that shows the row; both clocks are this machine's. Times are judged with the load printed beside.
"""

import argparse
import asyncio
import json
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from backend.auth import TokenStore
from backend.reference import demo_site
from backend.simulator.day import DaySpec, sample_rows
from backend.simulator.plan import make_plan
from backend.simulator.run import Simulator
from backend.simulator.template import ensure_template
from backend.store.store import Store
from cli.feeder import Feeder
from domain import commands
from domain.actor import Actor, Scope
from domain.ids import SeatId, UserId
from domain.vocabulary import Role

WARM_UP_S = 4.0
SPEED = 1.0
PAINT_GOALS = {50: ("P3", 60.0), 1000: ("P3", 100.0)}
STALL_P99_MS, STALL_WORST_MS = 16.0, 50.0
COLD_MS, COLD_TIMES = 1500.0, 3.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="shorter phases and a smaller big cache")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--load", nargs=4, metavar=("URL", "TOKEN", "RATE", "SECONDS"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.load:
        url, token, rate, seconds = args.load
        return asyncio.run(_remind(url, token, float(rate), float(seconds), sys.stdin.read().split()))
    figures: dict[str, Any] = {"machine": _machine(), "quick": args.quick}
    print(figures["machine"], flush=True)
    with tempfile.TemporaryDirectory(prefix="liandong-slice-") as scratch:
        folder = Path(scratch)
        template = ensure_template(DaySpec(), demo_site(), folder / "template", lambda done, total: None)
        _accepts(folder, figures, 400 if args.quick else 1500)
        _live(folder, template, figures, 8.0 if args.quick else 20.0)
        sizes = (7_000, 60_000) if args.quick else (7_000, 600_000)
        _cold(folder, template, figures, sizes, 3 if args.quick else 5)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1, default=str), "utf-8")
    return 0


# -- durable accepts ------------------------------------------------------------------------------


def _accepts(folder: Path, figures: dict[str, Any], tickets: int) -> None:
    data = folder / "accepts"
    with _backend(data, "--clock-base", "2018-11-30T10:00:00+08:00") as (url, _):
        token = _token(data, Role.SOURCE, import_right=True)

        async def feed() -> tuple[int, float]:
            site = demo_site()
            rows = sample_rows(site)[:tickets]
            plans = [make_plan(row, site.rules, sorted(site.units), 1, 0, None) for row in rows]
            async with Feeder(url, token) as feeder:
                simulator = Simulator(plans, feeder)
                simulator.start()
                begun = time.perf_counter()
                await simulator.run_until(rows[-1].reported_at + timedelta(days=20))
                return simulator.done.total(), time.perf_counter() - begun

        steps, seconds = asyncio.run(feed())
    figures["accepts_per_s"] = steps / seconds
    print(
        f"durable accepts over the websocket (decide, row, event, outcome, fsync): {steps / seconds:,.0f}/s ({steps} events)"
    )


# -- accepted to painted, stall, memory -------------------------------------------------------------


def _live(folder: Path, template: Path, figures: dict[str, Any], seconds: float) -> None:
    data = folder / "live"
    shutil.copytree(template, data)
    with _backend(data, "--clock-base", "2018-10-09T10:00:00+08:00") as (url, process):
        desk = _token(data, Role.DISPATCHER)
        load = _token(data, Role.SHIFT_LEADER, seat="9", import_right=True)  # a feeder may be quicker than a person
        figures["live"] = _desktop(folder / "desk", url, desk, load, process.pid, seconds)
    for rate, found in figures["live"]["rates"].items():
        name, goal = PAINT_GOALS[int(rate)]
        word = "ok" if found["paint_p99_ms"] <= goal else "short"
        print(
            f"{name} at {rate} events/s asked, {found['rate']:.0f}/s seen: accepted -> painted p50 {found['paint_p50_ms']:.0f} ms, "
            f"p99 {found['paint_p99_ms']:.0f} ms goal<={goal:.0f} {word} (n={found['painted']}, load {found['load']:.1f})"
        )
        word = "ok" if found["stall_p99_ms"] <= STALL_P99_MS and found["stall_worst_ms"] <= STALL_WORST_MS else "short"
        print(
            f"P4 at {rate} events/s, three windows: loop turn p99 {found['stall_p99_ms']:.0f} ms, worst {found['stall_worst_ms']:.0f} ms "
            f"goal<={STALL_P99_MS:.0f}/{STALL_WORST_MS:.0f} {word}"
        )
    print(
        f"P12 memory: backend {figures['live']['backend_mb']:.0f} MB, desktop with three windows {figures['live']['desktop_mb']:.0f} MB"
    )


def _desktop(folder: Path, url: str, token: str, load_token: str, backend_pid: int, seconds: float) -> dict[str, Any]:
    import qasync
    from PySide6.QtWidgets import QApplication

    from benchmarks.slice_windows import measure
    from desktop.theme.assets import load_fonts

    app = QApplication.instance() or QApplication(["slice"])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    load_fonts()

    def start_load(rate: int, ids: list[str]) -> "subprocess.Popen[str]":
        command = [sys.executable, "-P", "-m", "benchmarks.slice", "--load", url, load_token, str(rate), str(seconds)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write(" ".join(ids))
        process.stdin.close()
        return process

    with qasync.QEventLoop(app) as loop:
        rates = loop.run_until_complete(measure(folder, url, token, start_load, tuple(PAINT_GOALS), seconds, WARM_UP_S))
    return {"rates": rates, "backend_mb": _rss_mb(backend_pid), "desktop_mb": _rss_mb(os.getpid())}


async def _remind(url: str, token: str, rate: float, seconds: float, ids: list[str]) -> int:
    """Reminds tickets at a steady rate; each waits for its own last answer, so that versions are right."""
    async with Feeder(url, token) as feeder:
        versions: dict[str, int] = {}
        for ticket_id in ids:
            ticket = await feeder.ticket(ticket_id)  # type: ignore[arg-type]
            if ticket is not None and ticket.is_open:
                versions[ticket_id] = ticket.version
        refused: Counter[str] = Counter()
        free = asyncio.Queue[str]()
        for ticket_id in versions:
            free.put_nowait(ticket_id)
        tasks: set[asyncio.Task[None]] = set()

        async def one(ticket_id: str) -> None:
            outcome = await feeder.act(commands.Remind(), ticket_id, versions[ticket_id])
            if outcome.status == "applied":
                versions[ticket_id] += 1
                free.put_nowait(ticket_id)
            else:
                refused[outcome.code or outcome.status] += 1

        begun = time.perf_counter()
        sent = 0
        while time.perf_counter() - begun < seconds:
            due = int((time.perf_counter() - begun) * rate)
            while sent < due and not free.empty():
                sent += 1
                task = asyncio.create_task(one(free.get_nowait()))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            await asyncio.sleep(0.002)
        await asyncio.gather(*tasks)
    if refused:
        print(f"load: refused {dict(refused)} of {sent}", file=sys.stderr)
    return 0


# -- cold start -------------------------------------------------------------------------------------


def _cold(folder: Path, template: Path, figures: dict[str, Any], sizes: tuple[int, ...], rounds: int) -> None:
    """Round by round a bare window and ours, the first round unseen; ratios of the same round, in time and in CPU."""
    for size in sizes:
        desk = folder / f"cold-{size}"
        token = _prepared_cache(desk, template, size)
        runs = [(_bare_window(), _one_start(desk, token)) for _ in range(rounds)][1:]
        bare, found = (statistics.median(run[side].ms for run in runs) for side in (0, 1))
        ratio = statistics.median(ours.ms / plain.ms for plain, ours in runs)
        cpu = statistics.median(ours.cpu_ms / plain.cpu_ms for plain, ours in runs)
        rss_mb = max(ours.rss_mb for _, ours in runs)
        figures[f"cold_{size}"] = {"ms": found, "bare_ms": bare, "ratio": ratio, "cpu_ratio": cpu, "rss_mb": rss_mb}
        word = "ok" if found <= COLD_MS and ratio <= COLD_TIMES else "short"
        print(
            f"P8 cold start, backend off, cache of {size:,}: {found:.0f} ms to the first painted queue, "
            f"ratio={ratio:.2f} of a bare window ({bare:.0f} ms), {cpu:.2f} of its CPU, goal<={COLD_MS:.0f} ms and <={COLD_TIMES:.0f} {word} "
            f"(load {os.getloadavg()[0]:.1f})"
        )


class _Start(NamedTuple):
    """Milliseconds since the birth of the process, and of its CPU, until the first paint."""

    ms: float
    cpu_ms: float
    rss_mb: float = 0.0


def _one_start(desk: Path, token: str) -> _Start:
    command = [
        sys.executable,
        "-P",
        "-m",
        "desktop",
        "--connect",
        "ws://127.0.0.1:9",
        "--data",
        str(desk),
        "--trace-start",
    ]
    environment = dict(os.environ, LIANDONG_TOKEN=token, XDG_CONFIG_HOME=str(desk / "config"))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed desktop has its byte code
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"first_useful_paint_ms=(\d+) cpu_ms=(\d+) rows=\d+ rss_mb=(\d+)", done.stdout)
    if found is None:
        raise RuntimeError(f"no painted queue: {done.stdout} {done.stderr[-2000:]}")
    return _Start(float(found[1]), float(found[2]), float(found[3]))


BARE = """
import os, time
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtCore import QTimer
class Window(QWidget):
    def paintEvent(self, event):
        started = int(open("/proc/self/stat").read().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
        print(1000 * (time.clock_gettime(time.CLOCK_BOOTTIME) - started), 1000 * time.process_time(), flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1920, 1080)
window.show()
app.exec()
"""


def _bare_window() -> _Start:
    command = [sys.executable, "-c", BARE]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    return _Start(*map(float, said.split()))


def _prepared_cache(desk: Path, template: Path, size: int) -> str:
    """A desk that has been connected once, with `size` tickets in its cache: real ones, repeated as closed ones of the past."""
    data = desk / "backend"
    shutil.copytree(template, data)
    with _backend(data, "--clock-base", "2018-10-09T10:00:00+08:00", port=9) as (url, _):
        del url
    token = "bench-" + str(size)
    actor = Actor(user=UserId("bench"), role=Role.DISPATCHER, seat=SeatId("2"))
    from desktop.services.identity import Identities, login_dir

    server = "ws://127.0.0.1:9"
    Identities(desk).remember(server, token, actor)
    place = login_dir(desk, server, actor.user)
    place.mkdir(parents=True, exist_ok=True)

    async def snapshot() -> None:
        store = Store.open(data, business_now=lambda: datetime(2018, 10, 9, 2, tzinfo=UTC))
        try:
            await store.make_snapshot(Scope(), place / "cache.sqlite")
        finally:
            store.close()

    asyncio.run(snapshot())
    _multiply(place / "cache.sqlite", size)
    shutil.rmtree(data)
    return token


def _multiply(cache: Path, size: int) -> None:
    with closing(sqlite3.connect(cache)) as file:
        names = [row[1] for row in file.execute("PRAGMA table_info(ticket)")]
        others = ", ".join(name for name in names if name != "id")
        have = file.execute("SELECT count(*) FROM ticket").fetchone()[0]
        copy = 0
        while have < size:
            copy += 1
            have += file.execute(
                f"INSERT INTO ticket (id, {others}) SELECT id || '-' || ?, {others} FROM ticket "
                "WHERE is_open = 0 AND instr(id, '-') = length(id) - 4 AND changed_at < 1538900000000 LIMIT ?",
                (copy, size - have),
            ).rowcount
        file.commit()


# -- small ------------------------------------------------------------------------------------------


@contextmanager
def _backend(data: Path, *arguments: str, port: int = 0) -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    data.mkdir(parents=True, exist_ok=True)
    if port:
        yield "", None  # type: ignore[misc] # only the folder is wanted
        return
    ready = data / "ready"
    command = [
        sys.executable,
        "-P",
        "-m",
        "cli.main",
        "backend",
        "--data",
        str(data),
        "--port",
        "0",
        "--ready-file",
        str(ready),
    ]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the backend did not start")
            time.sleep(0.02)
        yield ready.read_text().strip(), process
    finally:
        process.terminate()
        process.wait(20)


def _token(data: Path, role: Role, seat: str = "2", *, import_right: bool = False) -> str:
    store = TokenStore(data)
    try:
        actor = Actor(user=UserId(f"bench-{role}"), role=role, seat=SeatId(seat), import_right=import_right)
        return store.issue(actor, datetime.now(UTC))
    finally:
        store.close()


def _rss_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def _machine() -> str:
    return f"{platform.platform()} · Python {platform.python_version()} · {os.cpu_count()} cores · load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
