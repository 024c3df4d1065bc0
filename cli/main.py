"""The console command `liandong`: reads arguments and hands over. No work is done here, and no module of the product is
loaded before it is known which command runs (`--help` stays quick).

Exit codes: 0 done · 1 something was refused · 2 wrong arguments or nothing to work with · 3 this machine or its data do
not allow it now.
"""

import argparse
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from cli import backend, cameras, demo, desktop, faults, feed, maps, report, tables
from cli.errors import OperatorError

AddParser = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]

COMMANDS: tuple[AddParser, ...] = (
    demo.add_parser,
    backend.add_parser,
    desktop.add_parser,
    feed.add_replay_parser,
    feed.add_simulate_parser,
    demo.add_backend_parser,
    faults.add_parser,
    report.add_parser,
    cameras.add_parser,
    maps.add_parser,
    tables.add_list_parser,
    tables.add_organisation_parser,
    tables.add_components_parser,
    tables.add_roster_parser,
)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="liandong",
        description="联动：城市网格治理指挥大厅 / Liandong: the command centre for city grid governance",
    )
    parser.add_argument("--version", action="version", version=f"liandong {_version()}")
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for add in COMMANDS:
        add(commands)
    return parser


def main(arguments: list[str] | None = None) -> int:
    args = build_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        return run(args)
    except OperatorError as problem:
        print(f"liandong: {problem}", file=sys.stderr)
        return problem.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; nothing more to say, not even at interpreter exit
        return 1


def _version() -> str:
    try:
        return version("liandong")
    except PackageNotFoundError:
        return "(source)"


if __name__ == "__main__":
    sys.exit(main())
