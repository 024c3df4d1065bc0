"""`liandong desktop`: starts the Qt application as a process of its own. This file loads no Qt."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from cli.errors import OperatorError
from cli.supervisor import RUN_DEMO, Supervisor
from desktop import settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "desktop",
        help="打开大厅窗口 / open the windows",
        description="Opens the windows on the last known state, and keeps them live while the backend answers.",
    )
    parser.add_argument(
        "--connect",
        default="",
        metavar="URL",
        help="后端地址 / backend, such as ws://127.0.0.1:8700; default: as last time",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="缓存与待办目录 / folder of cache and outbox")
    parser.add_argument(
        "--token",
        default=os.environ.get("LIANDONG_TOKEN", ""),
        help="令牌 / token (liandong backend token); default: $LIANDONG_TOKEN",
    )
    parser.add_argument("--theme", choices=("dark", "light"), help="配色 / colours of desk windows")
    parser.add_argument("--language", choices=("zh", "en"), help="语言 / language of the windows")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="write a PNG of each window into DIR and end")
    parser.add_argument("--seconds", type=int, help="how long to run before the pictures")
    parser.add_argument(
        "--kiosk", action="store_true", help="无光标、无屏保、不可关闭 / no cursor, no screen saver, no closing"
    )
    parser.add_argument("--layout", metavar="NAME", help="打开这个窗口布局 / open this arrangement of windows")
    parser.add_argument("--wall", metavar="NAME", help="作为大屏主机 / be the wall of this name, led by the director")
    parser.add_argument("--no-restart", action="store_true", help="崩溃后不重启 / do not start again after a crash")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.connect and not args.connect.startswith(("ws://", "wss://")):
        raise OperatorError(
            f"--connect {args.connect}：要 ws:// 或 wss:// 开头 / want an address that starts with ws:// or wss://"
        )
    command = [sys.executable, "-P", "-m", "desktop"]
    for name in ("connect", "data", "theme", "language", "shots", "seconds", "layout", "wall"):
        value = getattr(args, name)
        if value:
            command += [f"--{name}", str(value)]
    if args.kiosk:
        command.append("--kiosk")
    # The token goes through the environment: arguments of a process are visible to everybody on the machine.
    environment = dict(os.environ, LIANDONG_TOKEN=args.token)
    folder: Path = args.data or settings.data_dir()
    if args.shots is not None or args.no_restart:
        code = _once(command, environment)
    else:
        code = Supervisor(command, environment, folder / "log" / "desktop.crash").run()
    return subprocess.call([sys.executable, "-P", "-m", "cli.main", "demo"]) if code == RUN_DEMO else code


def _once(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the windows got the same Ctrl-C and are closing
