"""`liandong replay` and `liandong simulate`: arguments only; the work is in cli.replay_jobs and cli.simulate_jobs."""

import argparse
import os
from pathlib import Path

from cli.values import positive

SEED = 2018


def add_replay_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "replay",
        help="把历史工单文件送入运行中的后端 / feed a recorded ticket file into a running backend",
        description="Feeds a file of the Pingshan layout (.csv or .csv.gz, UTF-8 or GBK). Feeding it twice adds nothing.",
    )
    parser.add_argument("file", type=Path, help="recorded tickets, layout as in resources/samples/README.md")
    _add_target(parser)
    parser.add_argument(
        "--refused", type=Path, metavar="FILE", help="write refused rows there instead of to the screen"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="seed of the simulated stages (default %(default)s)")
    parser.set_defaults(run=_replay)


def add_simulate_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "simulate",
        help="每秒 N 件的负载 / load of N tickets a second into a running backend",
        description="Invented tickets with the places, categories, units and channels of the recorded sample.",
    )
    _add_target(parser)
    parser.add_argument("--rate", type=positive, default=1.0, help="tickets a second (default %(default)g)")
    parser.add_argument("--seconds", type=positive, default=60.0, help="how long (default %(default)g)")
    parser.add_argument("--seed", type=int, default=1, help="seed (default %(default)s)")
    parser.set_defaults(run=_simulate)


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="URL", help="backend address, for example ws://127.0.0.1:8700")
    parser.add_argument(
        "--token",
        default=os.environ.get("LIANDONG_TOKEN", ""),
        help="token of role source (liandong backend token --role source --import); default: $LIANDONG_TOKEN",
    )


def _replay(args: argparse.Namespace) -> int:
    from cli import replay_jobs

    return replay_jobs.run(args)


def _simulate(args: argparse.Namespace) -> int:
    from cli import simulate_jobs

    return simulate_jobs.run(args)
