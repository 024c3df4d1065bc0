"""What `liandong backend`, `backend token` and `backend verify` do. The product's modules are loaded when a job starts."""

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cli.errors import OperatorError

if TYPE_CHECKING:
    from backend.app import Backend
    from domain.actor import Actor


def run_backend(args: argparse.Namespace) -> int:
    from backend.app import Backend
    from backend.config import BackendConfig
    from backend.reference import demo_site
    from backend.store.errors import StoreError

    config = BackendConfig(
        data=_folder(args),
        host=args.host,
        port=args.port,
        database=args.database,
        clock_base=args.clock_base,
        clock_rate=args.clock_rate,
        keep_days=args.keep_days,
        accept_loss=args.accept_loss,
        escalate=args.escalate,
        handovers=args.handovers,
    )
    log_to_stderr()
    try:
        return asyncio.run(serve(Backend(config, demo_site()), args.ready_file, args.ready_fd))
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem


async def serve(backend: "Backend", ready_file: Path | None = None, ready_fd: int | None = None) -> int:
    """Runs a backend until SIGTERM, SIGINT or its own failure (which is raised)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        await backend.start()
        head = backend.store.head.seq
        print(f"listening {backend.url} epoch={backend.store.epoch} head={head}", flush=True)
        announce(backend.url, ready_file, ready_fd)
        calm_collector()
        await backend.run(stop)
    finally:
        await backend.stop()
    print(f"stopped head={backend.store.head.seq}", flush=True)
    return 0


def calm_collector() -> None:
    """Fewer garbage collections: tickets and events are trees without cycles, and looking through them again and again
    costs a quarter of the time of a busy backend. What start-up made is never looked at again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def announce(url: str, ready_file: Path | None, ready_fd: int | None) -> None:
    """Tells whoever started us where we listen. The file appears whole or not at all."""
    try:
        if ready_file is not None:
            whole = ready_file.with_name(ready_file.name + ".new")
            whole.write_text(url + "\n", "utf-8")
            whole.replace(ready_file)
        if ready_fd is not None:
            os.write(ready_fd, f"{url}\n".encode())
            os.close(ready_fd)
    except OSError as problem:
        raise OperatorError(
            f"无法通知启动方：{problem.strerror} / cannot write --ready-file or --ready-fd: {problem.strerror}"
        ) from problem


def log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("websockets").setLevel(logging.ERROR)


def issue(args: argparse.Namespace) -> int:
    from backend.opening import issue_token
    from backend.selfcheck import prepare_folder
    from backend.store.errors import StoreError
    from backend.store.pg_engine import is_postgres

    actor = _actor(args)
    folder = _folder(args)
    valid_for = None if args.hours is None else timedelta(hours=args.hours)
    try:
        if not is_postgres(args.database):
            if not folder.exists():
                note = "这个数据目录还不存在，已新建；后端要用同一个 --data / this data folder was new, it was made: start the backend with the same --data"
                print(f"{folder}: {note}", file=sys.stderr)
            prepare_folder(folder)
        print(issue_token(args.database, folder, actor, valid_for))
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem
    return 0


def verify(args: argparse.Namespace) -> int:
    from backend.opening import verify_log
    from backend.store.errors import StoreError
    from domain.kinds import KINDS

    try:
        report = verify_log(args.database, _folder(args), rows=args.rows, kinds=KINDS)
    except FileNotFoundError as problem:
        raise OperatorError(f"{problem} 不存在 / there is no log: check --data") from problem
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem
    if report.ok:
        print(f"ok events={report.events} head={report.head_seq}")
        return 0
    where = f"row {report.bad_ticket}" if report.bad_ticket else f"seq {report.bad_seq}"
    print(f"bad {where}: {REASONS[report.reason]} (events read {report.events}, head {report.head_seq})")
    return 1


REASONS = {
    "missing": "记录缺失 / an event is missing here",
    "changed": "记录被改动 / this event is not what was written",
    "epoch": "纪元不符 / this event belongs to another epoch",
    "rewritten": "日志被整体改写 / the log was rewritten up to here",
    "cut": "日志尾部被截断 / the log ends before its head",
    "head": "日志头被改动 / the head stands before the end of the log",
    "below_high_water": "日志尾部丢失 / acknowledged events are missing",
    "row": "工单或单据与日志不符 / the ticket or document is not the fold of its events",
}


def _folder(args: argparse.Namespace) -> Path:
    from platformdirs import user_state_path

    from backend.store.pg_engine import is_postgres

    folder: Path | None = args.data
    if folder is None and is_postgres(args.database):
        # The log is in the database: what a node keeps beside it (lock, high-water file, snapshots) has a usual place.
        return user_state_path("liandong") / f"node-{args.port}"
    if folder is None:
        raise OperatorError(
            "需要 --data DIR，数据目录 / --data DIR is needed: the folder that holds, or will hold, the data"
        )
    return folder


def _actor(args: argparse.Namespace) -> "Actor":
    from backend.reference import demo_site
    from domain.actor import Actor, Scope
    from domain.ids import AreaCode, SeatId, UnitId, UserId
    from domain.vocabulary import Role

    with contextlib.suppress(ValueError):
        role = Role(args.role)
        site = demo_site()
        areas = tuple(AreaCode(code) for code in args.scope if code != "all")
        units = tuple(UnitId(unit) for unit in args.scope_unit)
        for code in areas:
            if code not in site.areas:
                raise OperatorError(f"--scope {code}：没有这个区划 / no such area; codes stand in the areas table")
        for unit in (*units, *([UnitId(args.unit)] if args.unit else [])):
            if unit not in site.units:
                raise OperatorError(f"{unit}：没有这个单位 / no such unit; ids stand in the units table")
        return Actor(
            user=UserId(args.user),
            role=role,
            seat=SeatId(args.seat),
            unit=UnitId(args.unit) if args.unit else None,
            scope=Scope(areas, units, masked=not args.unmasked),
            import_right=args.import_right,
        )
    known = ", ".join(role.value for role in Role)
    raise OperatorError(f"--role {args.role}：没有这个角色 / no such role; known: {known}")
