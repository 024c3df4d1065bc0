"""Run all checks of the repository, as `./liandong test` does: style, types, imports, tests.

What lives here: the order of the checks and their one report. Each check's rules stand in pyproject.toml.
Usage: run_checks.py [--full] [pytest arguments]. Every step runs even if one before it failed; the last line is
`N passed, N failed, N skipped`, and the exit code is 0 only if every step was good.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MOST_PROCESSES = 2
"""Of pytest: many tests start processes of their own, and a person may work beside them."""
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error|errors|xfailed|xpassed)\b")


def configured(root: Path) -> dict[str, bool]:
    """Which steps have their configuration: a tool without one would check by other rules than ours."""
    tools = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("tool", {})
    return {
        "ruff check": "lint" in tools.get("ruff", {}),
        "ruff format": "ruff" in tools,
        "mypy": "mypy" in tools,
        "lint-imports": "importlinter" in tools or (root / ".importlinter").exists(),
        "pytest": "pytest" in tools,
    }


def commands(root: Path, arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    full = "--full" in arguments
    rest = [argument for argument in arguments if argument != "--full"]
    marks = [] if full or "-m" in rest else ["-m", "not full"]
    # A file stays in one process: what it shares (a database server, a camera server) is made once.
    spread = (
        [] if {"-n", "-p"} & set(rest) else ["-n", str(min(MOST_PROCESSES, os.cpu_count() or 1)), "--dist", "loadfile"]
    )
    return [
        ("ruff check", [str(BIN / "ruff"), "check", str(root)]),
        ("ruff format", [str(BIN / "ruff"), "format", "--check", str(root)]),
        ("mypy", [sys.executable, "-m", "mypy"]),
        ("lint-imports", [str(BIN / "lint-imports")]),
        ("pytest", [sys.executable, "-m", "pytest", *marks, *spread, *rest]),
    ]


def closing_line(output: str) -> str:
    """The plain closing line told from pytest's own summary, its last line with a count."""
    summaries = [line for line in output.splitlines() if re.search(r" in [\d.]+s\b", line) and COUNT.search(line)]
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    for number, word in COUNT.findall(summaries[-1] if summaries else ""):
        kind = {"error": "failed", "errors": "failed", "xpassed": "failed", "xfailed": "skipped"}.get(word, word)
        counts[kind] += int(number)
    return ", ".join(f"{number} {word}" for word, number in counts.items())


def run(command: Sequence[str], environ: dict[str, str]) -> tuple[int, str]:
    """Run in the repository, show the output as it comes, and give it back."""
    seen = bytearray()
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
    ) as process:
        while process.stdout and (chunk := process.stdout.read(65536)):
            seen += chunk
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
    return process.returncode, seen.decode("utf-8", "replace")


def environment() -> dict[str, str]:
    environ = dict(os.environ, PYTHONUNBUFFERED="1")
    environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not os.access(ROOT, os.W_OK):
        scratch = tempfile.mkdtemp(prefix="liandong-checks-")
        environ |= {"RUFF_CACHE_DIR": f"{scratch}/ruff", "MYPY_CACHE_DIR": f"{scratch}/mypy"}
    return environ


def main(arguments: Sequence[str]) -> int:
    has_rules = configured(ROOT)
    environ = environment()
    failed: list[str] = []
    output = ""
    for name, command in commands(ROOT, arguments):
        print(f"── {name} …", flush=True)
        started = time.monotonic()
        if has_rules[name]:
            code, output = run(command, environ)
        else:
            code, output = 1, ""
            print(f"{name}: 没有找到它的配置 (no configuration found)", flush=True)
        if code:
            failed.append(name)
        word = "失败 failed" if code else "通过 ok"
        print(f"── {name}: {word}, {time.monotonic() - started:.1f} s", flush=True)
    if failed:
        print(f"未通过的检查 (checks that failed): {', '.join(failed)}", flush=True)
    print(closing_line(output), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
