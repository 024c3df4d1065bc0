"""P10: what camera tiles cost, against bare ffmpeg decoding the same streams in the same run, and whether the windows stall.

python -m benchmarks.cameras [--quick] [--json FILE]. One RTSP server (640x360 at 15, H.264) on loopback; for 4, 9 and 16
streams the sides take turns: ffmpeg (one process for each stream, decoded to nothing), our wall at preview, our wall at full
rate (every frame of every tile painted), and our wall as it runs: at preview, giving up streams for stills when it is late. CPU seconds of the side's own processes over the same wall time, the server's apart;
the median of each round's ratio is what counts. Needs ffmpeg and Debian's GStreamer RTSP server, and says so where they lack.
"""

import argparse
import asyncio
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVER = ROOT / "tests" / "cameras" / "rtsp_server.py"
SYSTEM_PYTHON = "/usr/bin/python3"
COUNTS = (4, 9, 16)
LIMIT_RATIO = 1.3
BEAT_MS = 20
TOUR_OFF_SIZE = {4: 4, 9: 9, 16: 16}
SIDES = ("ffmpeg", "preview", "full", "guarded")


def start_server() -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen(
        [SYSTEM_PYTHON, str(SERVER)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("ready "):
        process.wait()
        sys.exit(
            "no GStreamer RTSP server here: apt-get install gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-ugly …"
        )
    return process, int(line.split()[1])


def bare_ffmpeg(port: int, count: int, warm_s: float, measure_s: float) -> dict[str, float]:
    """CPU between two looks at /proc, so that opening is not counted."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-threads", "1", "-rtsp_transport", "tcp", "-i"]
    running = [
        subprocess.Popen(
            [*command, f"rtsp://127.0.0.1:{port}/cam{n}", "-an", "-f", "null", "-"],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for n in range(count)
    ]
    time.sleep(warm_s)
    begin, start = sum(_cpu_of(each.pid) for each in running), time.monotonic()
    time.sleep(measure_s)
    used, wall = sum(_cpu_of(each.pid) for each in running) - begin, time.monotonic() - start
    alive = sum(each.poll() is None for each in running)
    for each in running:
        each.terminate()
        each.wait()
    if alive < count:
        raise SystemExit(f"{count - alive} of {count} ffmpeg processes ended by themselves: the run is worth nothing")
    return {"cpu": used / wall}


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def our_side(side: str, port: int, count: int, warm_s: float, measure_s: float) -> dict[str, float]:
    """In a process of its own, as the program would run."""
    arguments = [str(port), str(count), str(warm_s), str(measure_s)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.cameras", "--side", side, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def play(side: str, port: int, count: int, warm_s: float, measure_s: float) -> None:
    """The child: a real wall window with `count` tiles, printed as one line of JSON."""
    import qasync
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    with qasync.QEventLoop(app) as loop:
        found = loop.run_until_complete(_play(side, port, count, warm_s, measure_s))
    print(json.dumps(found), flush=True)
    os._exit(0)


async def _play(side: str, port: int, count: int, warm_s: float, measure_s: float) -> dict[str, float]:
    from PySide6.QtCore import QObject, Qt, QTimer

    from backend.cameras import CameraRegister
    from desktop.services.cameras.values import CameraLimits, Demand, TileState
    from desktop.theme.assets import load_fonts
    from desktop.theme.theme import Theme
    from desktop.views.camera_wall.wall_window import CameraWallWindow
    from domain.cameras import CameraId
    from tests.qt.camera_stage import CameraStage

    load_fonts()
    with tempfile.TemporaryDirectory() as folder:
        register = CameraRegister(Path(folder))
        register.set_hosts(["127.0.0.1"])
        rows = "".join(f"C-{n},点位 {n},rtsp,rtsp://127.0.0.1:{port}/cam{n}\n" for n in range(count))
        register.import_csv("id,name,kind,main\n" + rows)
        # No falling back to stills, except where just that is measured: the full load, stalls included.
        limits = CameraLimits(live_wall=count, late_s=60.0 if side != "guarded" else CameraLimits().late_s)
        stage = CameraStage(Path(folder), register=register, limits=limits)
        window = CameraWallWindow(Theme.load(profile="wall"), stage.feed, size=TOUR_OFF_SIZE[count])
        window.show_control.set_tour(False)
        window.resize(1920, 1080)
        window.show()
        ids = [CameraId(f"C-{n}") for n in range(count)]
        viewers = [QObject() for _ in ids]
        if side == "full":
            for viewer, camera_id in zip(viewers, ids, strict=True):
                stage.feed.want(viewer, Demand(shown=(camera_id,), full=camera_id, wall=True))
        await asyncio.sleep(warm_s)
        lags: list[float] = []
        last = [time.perf_counter()]

        def beat() -> None:
            now = time.perf_counter()
            lags.append(now - last[0] - BEAT_MS / 1000)
            last[0] = now

        pulse = QTimer()
        pulse.setTimerType(Qt.TimerType.PreciseTimer)
        pulse.timeout.connect(beat)
        pulse.start(BEAT_MS)
        numbers = [stage.feed.view(each).number for each in ids]
        cpu, start = time.process_time(), time.perf_counter()
        await asyncio.sleep(measure_s)
        used, wall = time.process_time() - cpu, time.perf_counter() - start
        pictures = sum(stage.feed.view(each).number - number for each, number in zip(ids, numbers, strict=True))
        live = sum(stage.feed.view(each).state is TileState.LIVE for each in ids)
        lags.sort()
        await stage.stop()
        return {
            "cpu": used / wall,
            "pictures_per_tile_s": pictures / wall / count,
            "live": live,
            "stall_p99_ms": 1000 * lags[int(len(lags) * 0.99)],
            "stall_max_ms": 1000 * lags[-1],
        }


def measure(rounds: int, warm_s: float, measure_s: float) -> dict[str, Any]:
    server, port = start_server()
    found: dict[str, Any] = {}
    try:
        for count in COUNTS:
            results: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
            for turn in range(rounds):
                for side in SIDES if turn % 2 == 0 else tuple(reversed(SIDES)):
                    if side == "ffmpeg":
                        results[side].append(bare_ffmpeg(port, count, warm_s, measure_s))
                    else:
                        results[side].append(our_side(side, port, count, warm_s, measure_s))
            found[str(count)] = summary(count, results)
            show(count, found[str(count)])
    finally:
        server.kill()
        server.wait()
    return found


def summary(count: int, results: dict[str, list[dict[str, float]]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for side, rounds in results.items():
        told[side] = {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}
        told[side]["cpu_per_tile"] = told[side]["cpu"] / count
        ratios = [ours["cpu"] / bare["cpu"] for ours, bare in zip(rounds, results["ffmpeg"], strict=True)]
        told[side]["ratio"] = statistics.median(ratios)
        told[side]["worst_stall_ms"] = max((each.get("stall_max_ms", 0.0) for each in rounds), default=0.0)
    return told


def show(count: int, told: dict[str, Any]) -> None:
    for side in SIDES:
        row = told[side]
        line = f"{count:2d} tiles {side:8s} {100 * row['cpu_per_tile']:5.2f} % of a core per tile, {row['ratio']:.2f} x ffmpeg"
        if side != "ffmpeg":
            line += (
                f", {row['live']:.0f} live, {row['pictures_per_tile_s']:.1f} pictures/s per tile, "
                f"stall p99 {row['stall_p99_ms']:.0f} ms, worst {row['worst_stall_ms']:.0f} ms"
            )
        print(line, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.cameras")
    parser.add_argument("--quick", action="store_true", help="one round, short")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--side", nargs=5, metavar=("SIDE", "PORT", "COUNT", "WARM", "MEASURE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.side:
        side, port, count, warm_s, measure_s = args.side
        play(side, int(port), int(count), float(warm_s), float(measure_s))
        return 0
    if shutil.which("ffmpeg") is None:
        print("no ffmpeg here: there is nothing to compare with (apt-get install ffmpeg)")
        return 2
    rounds, warm_s, measure_s = (1, 6.0, 6.0) if args.quick else (5, 10.0, 12.0)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {rounds} round(s)")
    found = measure(rounds, warm_s, measure_s)
    ratio = found["16"]["preview"]["ratio"]
    verdict = "kept" if ratio <= LIMIT_RATIO else "NOT kept"
    print(f"P10: 16 tiles at preview {ratio:.2f} x bare ffmpeg, limit {LIMIT_RATIO}: {verdict}")
    if args.json:
        args.json.write_text(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
