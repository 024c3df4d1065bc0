"""`liandong demo`: arguments only; the work is in cli.demo_jobs, which is loaded when the command runs."""

import argparse
from datetime import date, datetime
from pathlib import Path

SHOT_SECONDS = 20
ROLES = ("shift_leader", "dispatcher", "registrar", "coordinator", "leader", "wall", "system_admin")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "demo",
        help="重放真实的一天 / replay a real recorded day through the whole house",
        description="Starts backend and windows on a recorded day of Pingshan district. Stages and places are simulated.",
    )
    _add_day(parser)
    parser.add_argument(
        "--shots", type=Path, metavar="DIR", help="no windows on screen: write a PNG of each window into DIR"
    )
    parser.add_argument(
        "--seconds",
        type=_seconds,
        default=SHOT_SECONDS,
        help="how long to run before the pictures (default %(default)s)",
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the demo's data there (default: removed at the end)"
    )
    parser.add_argument(
        "--theme", choices=("dark", "light"), default="dark", help="colours of desk windows (default %(default)s)"
    )
    parser.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language of the windows (default %(default)s)"
    )
    parser.add_argument(
        "--role", choices=ROLES, default="dispatcher", help="who sits at the desk (default %(default)s)"
    )
    parser.add_argument(
        "--wall-screens",
        type=int,
        choices=range(7),
        default=4,
        metavar="N",
        help="emulated screens of a wall computer that the director leads, 0 = no wall (default %(default)s, at most 6)",
    )
    parser.set_defaults(run=_demo)


def add_backend_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The demo's own backend, started by `demo` as a process: a backend with the recorded day running inside."""
    parser = commands.add_parser("demo-backend", description="The backend half of the demo; `liandong demo` starts it.")
    _add_day(parser)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with the prepared past")
    parser.add_argument("--port", type=int, default=0, help="port, 0 = any free one (default)")
    parser.add_argument("--ready-file", type=Path, metavar="FILE", help="write the address there once listening")
    parser.set_defaults(run=_demo_backend)


def _add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--day", type=_day, default=date(2018, 10, 9), help="recorded day (default: %(default)s, the busiest)"
    )
    parser.add_argument(
        "--at", type=_time, default=_time("10:00"), help="site time at which the demo starts (default 10:00)"
    )
    parser.add_argument(
        "--speed", type=float, default=60.0, help="business seconds per real second (default %(default)g)"
    )
    parser.add_argument(
        "--scale", type=int, default=1, help="multiply arrivals: 5 = about 1,600 a day (default %(default)s)"
    )


def _demo(args: argparse.Namespace) -> int:
    from cli import demo_jobs

    return demo_jobs.run(args)


def _demo_backend(args: argparse.Namespace) -> int:
    from cli import demo_backend

    return demo_backend.run(args)


def _seconds(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r}: 要 / want 1 to 86400 seconds")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: 要 / want a day such as 2018-10-09") from error


def _time(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%H:%M")
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: 要 / want a time such as 10:00") from error
