"""What `liandong demo` does: a recorded day through backend, websocket, cache and windows, with one command.

Prepares the past (once), starts the backend and the desktop as processes of their own, and takes both down again.
Without a screen it says so and renders the windows into pictures.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_cache_path

from backend.auth import TokenStore
from backend.reference import demo_site
from backend.simulator.day import DayError, DaySpec
from backend.simulator.template import ensure_template
from backend.simulator.wall import WALL
from cli.errors import OperatorError
from cli.progress import Progress
from domain.actor import Actor, Scope
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from protocol.reference import Demo

READY_TIMEOUT_S = 30.0
SOURCE = "坪山区政府开放数据 民生诉求数据 2018"
PEOPLE = (
    (Role.SHIFT_LEADER, "1"),
    (Role.DISPATCHER, "2"),
    (Role.REGISTRAR, "3"),
    (Role.LEADER, "4"),
    (Role.COORDINATOR, "7"),
    (Role.WALL, "W1"),
    (Role.SYSTEM_ADMIN, "5"),
)


def run(args: argparse.Namespace) -> int:
    shots = _shots_folder(args)
    spec = DaySpec(day=args.day, at=args.at.time(), scale=args.scale)
    signal.signal(signal.SIGTERM, _on_sigterm)
    if not 0 < args.speed <= 3600:
        raise OperatorError(f"--speed {args.speed:g}: 要 0 以上、3600 以下 / want above 0, at most 3600")
    site = demo_site(Demo(str(spec.day), args.speed, SOURCE))
    progress = Progress("[演示] 装入当日之前的历史，仅首次 / loading the days before, first time only", sys.stdout)
    try:
        template = ensure_template(spec, site, user_cache_path("liandong") / "demo", progress)
    except DayError as error:
        raise OperatorError(str(error)) from error
    except OSError as error:
        raise OperatorError(
            f"演示数据写不了 / the demo data cannot be written: {error}; free some space or set XDG_CACHE_HOME"
        ) from error
    finally:
        progress.end()
    with _folder(args.data) as folder:
        backend_data = folder / "backend"
        if not backend_data.exists():
            shutil.copytree(template, backend_data)
        tokens = _issue_tokens(backend_data)
        return _run_halves(args, spec, folder, backend_data, tokens, shots)


def _run_halves(
    args: argparse.Namespace, spec: DaySpec, folder: Path, data: Path, tokens: dict[Role, str], shots: Path | None
) -> int:
    ready = folder / "backend.ready"
    ready.unlink(missing_ok=True)
    backend = subprocess.Popen(
        [*_self(), "demo-backend", "--data", str(data), "--ready-file", str(ready), "--day", str(spec.day),
         "--at", f"{spec.at:%H:%M}", "--speed", str(args.speed), "--scale", str(spec.scale)],
    )  # fmt: skip
    try:
        url = _wait_ready(backend, ready)
        print(
            f"后端 / backend {url} · 演示 ×{args.speed:g} · {spec.day} {spec.at:%H:%M} 起 · 环节与地点为模拟 / stages and places are simulated",
            flush=True,
        )
        return _desktop(args, folder, url, tokens, shots)
    finally:
        _end(backend)


def _desktop(args: argparse.Namespace, folder: Path, url: str, tokens: dict[Role, str], shots: Path | None) -> int:
    command = [*_windows(args, folder / "desk", url), "--theme", args.theme]
    environment = dict(os.environ, LIANDONG_TOKEN=tokens[Role(args.role)])
    if shots is not None:
        command += ["--shots", str(shots), "--seconds", str(args.seconds)]
        environment["QT_QPA_PLATFORM"] = "offscreen"
    wall = _wall(args, folder, url, tokens[Role.WALL]) if args.wall_screens else None
    desktop = subprocess.Popen(command, env=environment)
    try:
        return desktop.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(desktop)
        if wall is not None:
            _end(wall)


def _windows(args: argparse.Namespace, data: Path, url: str) -> list[str]:
    return [
        sys.executable, "-P", "-m", "desktop", "--connect", url, "--data", str(data), "--language", args.language,
    ]  # fmt: skip


def _wall(args: argparse.Namespace, folder: Path, url: str, token: str) -> "subprocess.Popen[bytes]":
    """A wall computer without a screen: what hangs there is seen in the director, as it is from any desk."""
    screens = [
        {"name": f"P{n + 1}", "x": n % 3 * 1920, "y": n // 3 * 1080, "width": 1920, "height": 1080}
        for n in range(args.wall_screens)
    ]
    layout = folder / "wall-screens.json"
    layout.write_text(json.dumps({"screens": screens}), "utf-8")
    environment = dict(os.environ, LIANDONG_TOKEN=token, QT_QPA_PLATFORM=f"offscreen:configfile={layout}")
    return subprocess.Popen([*_windows(args, folder / "wall", url), "--wall", WALL], env=environment)


def _issue_tokens(data: Path) -> dict[Role, str]:
    """One token per role, as an officer would get at login."""
    store = TokenStore(data)
    try:
        now = datetime.now(UTC)
        return {role: store.issue(_actor(role, seat), now) for role, seat in PEOPLE}
    finally:
        store.close()


def _on_sigterm(*_: object) -> None:
    """Ends like Ctrl-C does: the halves are taken down and the folder with its tokens is removed on the way out."""
    raise SystemExit(128 + signal.SIGTERM)


def _self() -> list[str]:
    return [sys.executable, "-P", "-m", "cli.main"]


def _shots_folder(args: argparse.Namespace) -> Path | None:
    """Where pictures go; None = windows on a screen. Says so when there is no screen."""
    shots: Path | None = args.shots
    if shots is None and not _has_screen():
        shots = Path("shots")
        print(
            f"没有屏幕，改为运行 {args.seconds} 秒后把各窗口画成图片，存入 {shots}/ "
            f"/ no screen: running {args.seconds} s and rendering every window into {shots}/",
            flush=True,
        )
    if shots is not None:
        try:
            shots.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OperatorError(
                f"{shots}: 建不了文件夹 / cannot be made ({error.strerror}); choose another --shots"
            ) from error
    return shots


def _has_screen() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _actor(role: Role, seat: str) -> Actor:
    return Actor(user=UserId(f"demo-{role}"), role=role, seat=SeatId(seat), scope=Scope())


@contextlib.contextmanager
def _folder(asked: Path | None) -> Iterator[Path]:
    if asked is not None:
        try:
            asked.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OperatorError(
                f"{asked}: 建不了文件夹 / cannot be made ({error.strerror}); choose another --data"
            ) from error
        yield asked
        return
    with tempfile.TemporaryDirectory(prefix="liandong-demo-") as folder:
        yield Path(folder)


def _wait_ready(backend: "subprocess.Popen[bytes]", ready: Path) -> str:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline:
        if ready.exists() and (url := ready.read_text("utf-8").strip()):
            return url
        if backend.poll() is not None:
            raise OperatorError(
                f"后端没有起来 / the backend ended with code {backend.returncode}; its reason stands above", 3
            )
        time.sleep(0.05)
    raise OperatorError(
        f"后端 {READY_TIMEOUT_S:.0f} 秒内没有就绪 / the backend was not ready in time; try again or lower --scale", 3
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a child we started: asked first, then made."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
