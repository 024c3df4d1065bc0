"""What `python -m desktop` understands. The token comes from the environment: arguments of a process are visible to all."""

import argparse
import os
from pathlib import Path

from msgspec import Struct

from desktop import settings

TOKEN_VARIABLE = "LIANDONG_TOKEN"


class Arguments(Struct, frozen=True, kw_only=True):
    server: str
    token: str
    data: Path
    theme: str | None = None
    language: str | None = None
    shots: Path | None = None
    seconds: int = 20
    windows: tuple[str, ...] = ()
    trace_start: bool = False
    safe: bool = False
    kiosk: bool = False
    layout: str = ""
    wall: str = ""


def read(arguments: list[str] | None = None) -> Arguments:
    parser = argparse.ArgumentParser(prog="liandong desktop", description="联动大厅窗口 / the windows of the hall")
    parser.add_argument("--connect", default="", metavar="URL", help="backend, such as ws://127.0.0.1:8700")
    parser.add_argument(
        "--data", type=Path, default=settings.data_dir(), metavar="DIR", help="folder of cache and outbox"
    )
    parser.add_argument("--theme", choices=settings.CHOICES["theme"], help="colours of desk windows")
    parser.add_argument("--language", choices=("zh", "en"), help="language of the windows")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="write a PNG of each window into DIR and end")
    parser.add_argument("--seconds", type=int, default=20, help="how long to run before the pictures")
    parser.add_argument("--window", action="append", default=[], help="open this window at start, may be repeated")
    parser.add_argument(
        "--trace-start", action="store_true", help="print how long the first painted queue took, and end"
    )
    parser.add_argument("--safe", action="store_true", help="open the launcher alone, remember nothing")
    parser.add_argument("--kiosk", action="store_true", help="no cursor, no screen saver, nothing can be closed")
    parser.add_argument("--layout", default="", metavar="NAME", help="open this arrangement of windows")
    parser.add_argument(
        "--wall", default="", metavar="NAME", help="be a wall of this name: the director says what it shows"
    )
    found = parser.parse_args(arguments)
    return Arguments(
        server=found.connect,
        token=os.environ.get(TOKEN_VARIABLE, ""),
        data=found.data,
        theme=found.theme,
        language=found.language,
        shots=found.shots,
        seconds=found.seconds,
        windows=tuple(found.window),
        trace_start=found.trace_start,
        safe=found.safe,
        kiosk=found.kiosk,
        layout=found.layout,
        wall=found.wall,
    )
