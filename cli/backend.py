"""`liandong backend`: the server process, and the small jobs on its data folder (`token`, `verify`, `recount`)."""

import argparse
import os
from pathlib import Path

from cli import backend_jobs, recount_jobs
from cli.values import instant, positive

DEFAULT_PORT = 8700


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "backend",
        help="运行后端，或管理它的数据 / run the backend, or manage its data",
        description="Runs the backend until SIGTERM or Ctrl-C. It listens on this machine only.",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据目录 / data folder; made when missing")
    parser.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help="端口 / port, 0 = any free one (default %(default)s)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="本机地址 / loopback address (default %(default)s)")
    parser.add_argument(
        "--database",
        default=os.environ.get("LIANDONG_DATABASE", ""),
        metavar="URL",
        help="sqlite:///PATH 或 postgresql://…，也可用环境变量 LIANDONG_DATABASE / "
        "or postgresql://USER@HOST/NAME, also from LIANDONG_DATABASE; default: log.sqlite in DIR",
    )
    parser.add_argument(
        "--clock-base", type=instant, metavar="ISO", help="业务时间起点 / business time at start (default: now)"
    )
    parser.add_argument(
        "--clock-rate", type=positive, default=1.0, metavar="N", help="business seconds per second (default 1)"
    )
    parser.add_argument(
        "--keep-days",
        type=_days,
        default=400,
        metavar="N",
        help="工作站缓存保留办结后 N 天 / days that workstations are given finished tickets (default %(default)s)",
    )
    parser.add_argument(
        "--accept-loss",
        action="store_true",
        help="数据库比水位旧时仍启动（新纪元）/ start although acknowledged records are missing (new epoch)",
    )
    parser.add_argument(
        "--escalate", action="store_true", help="环节超时自动上报 / escalate by itself when a stage limit is passed"
    )
    parser.add_argument(
        "--handovers", action="store_true", help="按班次自动起草交接班 / begin the handover of each shift by itself"
    )
    parser.add_argument("--ready-file", type=Path, metavar="FILE", help="write the address there once listening")
    parser.add_argument("--ready-fd", type=int, metavar="FD", help="write the address to this open descriptor")
    parser.set_defaults(run=backend_jobs.run_backend)
    jobs = parser.add_subparsers(title="数据管理 / on the data folder", metavar="JOB")
    _add_token(jobs)
    _add_verify(jobs)
    recount_jobs.add_parser(jobs)


def _add_token(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    token = jobs.add_parser(
        "token",
        help="签发令牌 / issue a token (also while the backend runs)",
        description="Prints a token once; only its hash is kept. A person's token lasts one shift of 12 hours.",
    )
    # SUPPRESS: `backend --data DIR token` and `backend token --data DIR` mean the same.
    token.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="数据目录 / data folder")
    token.add_argument(
        "--database",
        default=argparse.SUPPRESS,
        metavar="URL",
        help="postgresql://… 所有节点通用 / good at all its nodes",
    )
    token.add_argument("--user", required=True, help="账号 / account that acts")
    token.add_argument("--role", required=True, help="角色 / role, for example dispatcher, wall, source")
    token.add_argument("--seat", default="", help="席位 / seat name shown to others")
    token.add_argument("--unit", default="", help="所属单位 / unit the person works for")
    token.add_argument(
        "--scope",
        action="append",
        default=[],
        metavar="CODE",
        help="区划代码，可多次 / area code whose tickets are seen, may be repeated; all = everything (the default)",
    )
    token.add_argument(
        "--scope-unit", action="append", default=[], metavar="UNIT", help="also tickets in which this unit takes part"
    )
    token.add_argument("--unmasked", action="store_true", help="private values are not masked for this session")
    token.add_argument(
        "--import", dest="import_right", action="store_true", help="may state past times (role source, recorded days)"
    )
    token.add_argument("--hours", type=positive, default=None, help="有效小时 / hours it lasts; default one shift")
    token.set_defaults(run=backend_jobs.issue)


def _add_verify(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verify = jobs.add_parser(
        "verify",
        help="校验日志 / check that the log is what was once written",
        description="Walks the hash chain and names the first event that was changed, removed or swapped.",
    )
    verify.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="数据目录 / data folder")
    verify.add_argument("--database", default=argparse.SUPPRESS, metavar="URL", help="sqlite:///PATH or postgresql://…")
    verify.add_argument("--rows", action="store_true", help="also fold every ticket anew and compare")
    verify.set_defaults(run=backend_jobs.verify)


def _days(text: str) -> int:
    try:
        days = int(text)
    except ValueError:
        days = 0
    if not 1 <= days <= 36500:
        raise argparse.ArgumentTypeError(f"{text!r}: 要 1 到 36500 天 / want 1 to 36500 days")
    return days


def _port(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r}: 要 0 到 65535 / want 0 to 65535")
    return port
