"""What months do to the hall, in short: windows opened and closed again and again, and an hour of a recorded day at 20 times its speed."""

import asyncio
import ctypes
import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STAYS = "attention"
LEAK_KIB = 20.0
"""reliability.md F37: resident memory per cycle of opening and closing a window."""
DAY_MIB = 20.0
"""reliability.md F37: growth in a day."""
SAMPLE_S = 60.0
SOAK_SPEED, SOAK_SCALE = 20, 5
"""A recorded day of a district (1,600 tickets) at 20 times its speed."""


async def cycles(windows: Any, garbage: Any, kinds: tuple[str, ...], count: int) -> None:
    """Each kind opened and closed; half as many before them warm caches and do not count. Windows that stay fill theirs meanwhile: one does."""
    for key, window in windows.shown().items():
        if key != STAYS:
            window.close()
    for kind in kinds:
        before, objects, busy = 0.0, 0, len(asyncio.all_tasks())
        held, blocks = 0.0, 0
        for cycle in range(count + max(1, count // 2)):
            if cycle == max(1, count // 2):
                await _answered(busy)
                before = _settled_mb(garbage)
                objects, held, blocks = widgets(), _held_kib(), sys.getallocatedblocks()
            window = windows.open_another(kind)
            await asyncio.sleep(0)
            window.close()
            del window
            await asyncio.sleep(0.01)
        await _answered(busy)
        grown_kib = 1024 * (_settled_mb(garbage) - before) / count
        word = "ok" if grown_kib <= LEAK_KIB else "GROWS"
        print(
            f"{kind}: {grown_kib:+.1f} KiB per cycle over {count} cycles goal<={LEAK_KIB:.0f} {word} · widgets {widgets() - objects:+d} · "
            f"per cycle in use {(_held_kib() - held) / count:+.1f} KiB of C++, {(sys.getallocatedblocks() - blocks) / count:+.1f} blocks of Python",
            flush=True,
        )


async def _answered(busy: int) -> None:
    """Until the questions of closed windows are answered (a disk that is slow today holds them), half a minute at most."""
    deadline = time.monotonic() + 30
    while len(asyncio.all_tasks()) > busy and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.1)


async def soak(windows: Any, garbage: Any, backend: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Prints a line a minute and at the end the slopes of the second half; stalls are as the machine's load made them."""
    from benchmarks.slice_windows import Turns, _percentile

    turns = Turns()
    begun = time.monotonic()
    resident, left = [], []
    while time.monotonic() - begun < seconds:
        turns.late_ms.clear()
        await asyncio.sleep(min(SAMPLE_S, seconds))
        late = list(turns.late_ms)
        minute, plain = (time.monotonic() - begun) / 60, rss_mb(os.getpid())
        settled = _settled_mb(garbage)
        resident.append((minute, settled))
        left.append(max(late))
        print(
            f"{minute:5.1f} min: {plain:.1f} MB, {settled:.1f} MB without spare memory · backend {rss_mb(backend.pid):.0f} MB · "
            f"files {_files()} · threads {_threads()} · widgets {widgets()} · objects {len(gc.get_objects())} · "
            f"tickets {len(windows.bridge.mirror.tickets)} · log {windows.bridge.mirror.seq} · turn late p50 {_percentile(late, 0.5):.1f} ms, "
            f"p99 {_percentile(late, 0.99):.0f} ms, worst {max(late):.0f} ms · load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        await asyncio.sleep(0.05)  # the look itself is no turn of the windows
    half = resident[len(resident) // 2 :]
    if len(half) > 2:
        fit = statistics.linear_regression([at for at, _ in half], [mb for _, mb in half])
        per_day = fit.slope * 60 * 24 / SOAK_SPEED
        word = "ok" if per_day <= DAY_MIB else "GROWS"
        print(
            f"second half: {60 * fit.slope:+.1f} MB per hour at {SOAK_SPEED} times, {per_day:+.1f} MB per day of the hall "
            f"goal<={DAY_MIB:.0f} {word} · worst turn of a minute: median {statistics.median(left):.0f} ms, worst {max(left):.0f} ms (under load)",
            flush=True,
        )


def widgets() -> int:
    """How many widgets there are in the program."""
    from PySide6.QtWidgets import QApplication

    return len(QApplication.allWidgets())


def _settled_mb(garbage: Any) -> float:
    garbage.collect_now()
    # What the allocator keeps though nobody uses it is no leak: give it back before looking.
    ctypes.CDLL(None).malloc_trim(0)
    return rss_mb(os.getpid())


class _Heap(ctypes.Structure):
    """struct mallinfo2 of glibc, bytes."""

    _fields_ = [
        *((name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd")),
        *((name, ctypes.c_size_t) for name in ("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")),
    ]


def _held_kib() -> float:
    """What C++ has asked for and not given back: tells a leak from memory that the allocator could not return (holes between blocks)."""
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Heap
    heap = ask()
    return float(heap.uordblks + heap.hblkhd) / 1024


def _files() -> int:
    return len(os.listdir("/proc/self/fd"))


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


def rss_mb(pid: int) -> float:
    """Resident memory of a process in MiB."""
    from benchmarks.slice import _rss_mb

    return _rss_mb(pid)


@contextmanager
def demo_backend(data: Path) -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    """The recorded day on a copy of its past, at the soak's speed; address and process."""
    ready = data / "ready"
    command = [sys.executable, "-P", "-m", "cli.main", "demo-backend", "--data", str(data), "--ready-file", str(ready)]
    process = subprocess.Popen([*command, "--speed", str(SOAK_SPEED), "--scale", str(SOAK_SCALE)])
    try:
        deadline = time.monotonic() + 60
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the backend did not start")
            time.sleep(0.02)
        yield ready.read_text().strip(), process
    finally:
        process.terminate()
        process.wait(20)
