"""`liandong faults`: runs the fault matrix of a source checkout and prints what became of each fault. The tests do the work."""

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from cli.errors import OperatorError

ROOT = Path(__file__).resolve().parents[1]
MATRIX = ROOT / "tests" / "faults" / "matrix.py"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "faults",
        help="故障矩阵自检 / run the fault matrix on this machine (kill, cut, stall, full disk …)",
        description="Injects each fault of the matrix on this machine's loopback and prints a table: what was injected, how,"
        " and passed, failed or not run with the reason. Exit code 0 only if nothing failed.",
    )
    parser.add_argument(
        "--full", action="store_true", help="全部，约半小时内 / all of it, under half an hour; else the quick ones"
    )
    parser.add_argument("--only", action="append", default=[], metavar="F1", help="only this fault; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table there, too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if not MATRIX.is_file():
        raise OperatorError("故障测试只在源码目录中 / the fault tests are part of the source checkout only", 3)
    if importlib.util.find_spec("pytest") is None:
        raise OperatorError(
            "请先运行 ./liandong test 建立测试环境 / run ./liandong test once first: pytest is missing", 3
        )
    spec = importlib.util.spec_from_file_location("liandong_fault_matrix", MATRIX)
    assert spec is not None
    assert spec.loader is not None
    matrix = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = matrix  # dataclasses look their module up
    spec.loader.exec_module(matrix)
    known = [fault.number for fault in matrix.MATRIX]
    if unknown := [number for number in args.only if number not in known]:
        raise OperatorError(f"{', '.join(unknown)}：没有这个编号 / no such fault; known: {', '.join(known)}")
    paths = [path for path in matrix.paths(frozenset(args.only)) if (ROOT / path).exists()]
    options = [part for number in args.only for part in ("--fault", number)]
    if args.json:
        options += ["--fault-json", str(args.json.resolve())]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.faults.table", *options, *paths]
    environ = {**os.environ, "LIANDONG_FAULTS": "full" if args.full else "quick"}
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
