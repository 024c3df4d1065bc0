"""pytest plugin (`-p tests.faults.table`): runs the fault matrix and prints what became of each fault.

Marks the tests of the matrix with `fault`, leaves the others out, and ends with the table. A fault counts as passed only if
every case of it ran, passed, and took no longer than promised (else it is `late`); what did not run is said with its reason.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests import goals
from tests.faults.matrix import MATRIX, Case, Fault

ROOT = Path(__file__).resolve().parents[2]
ONLY = "--fault"
JSON = "--fault-json"


class Results:
    """node id → (result, reason)"""

    def __init__(self, only: frozenset[str], full: bool) -> None:
        self._only = only
        self._full = full
        self._said: dict[str, tuple[str, str]] = {}
        self._full_only: set[str] = set()

    @property
    def faults(self) -> list[Fault]:
        return [fault for fault in MATRIX if not self._only or fault.number in self._only]

    def wanted(self, item: pytest.Item) -> bool:
        matching = [case for fault in self.faults for case in fault.cases if case.matches(item.nodeid)]
        if matching and not self._full and item.get_closest_marker("full"):
            self._full_only.add(item.nodeid)
            return False
        return bool(matching)

    def take(self, report: pytest.TestReport) -> None:
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else "skipped"
            self._said[report.nodeid] = ("not run", reason.removeprefix("Skipped: "))
        elif report.failed:
            self._said[report.nodeid] = ("failed", "")
        elif report.when == "call":
            late = goals.lines(report)
            self._said.setdefault(report.nodeid, ("late", "; ".join(late)) if late else ("passed", ""))

    def of_case(self, case: Case) -> tuple[str, str]:
        said = [value for node, value in self._said.items() if case.matches(node)]
        if not said:
            if any(case.matches(node) for node in self._full_only):
                return "", ""  # of the full run only: nothing is claimed about it
            path, _, name = case.test.partition("::")
            exists = (ROOT / path).exists()
            return "not run", f"{name} was not collected" if exists else f"{path} does not exist yet"
        for result in ("failed", "not run", "late"):
            for each in said:
                if each[0] == result:
                    return each
        return "passed", ""

    def of_fault(self, fault: Fault) -> tuple[str, list[tuple[Case, str, str]]]:
        cases = [(case, *self.of_case(case)) for case in fault.cases]
        cases = [each for each in cases if each[1]]
        results = {result for _, result, _ in cases}
        if "failed" in results:
            return "failed", cases
        if results <= {"passed", "late"} and results:
            return "late" if "late" in results else "passed", cases
        return "partly run" if results & {"passed", "late"} else "not run", cases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(ONLY, action="append", default=[], metavar="F1", help="only this fault of the matrix")
    parser.addoption(JSON, default="", metavar="FILE", help="write the table there, too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fault: proves a fault of the matrix (tests/faults/matrix.py)")
    full = os.environ.get("LIANDONG_FAULTS") == "full"
    config.stash[RESULTS] = Results(frozenset(config.getoption(ONLY)), full)


RESULTS = pytest.StashKey[Results]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    results = config.stash[RESULTS]
    wanted = [item for item in items if results.wanted(item)]
    for item in wanted:
        item.add_marker("fault")
    left_out = [item for item in items if item not in wanted]
    config.hook.pytest_deselected(items=left_out)
    items[:] = wanted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    item.config.stash[RESULTS].take(report)
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    results = config.stash[RESULTS]
    rows: list[dict[str, Any]] = []
    write = terminalreporter.write_line
    write("")
    write(f"{'fault':5} {'result':10} what was injected, and how")
    for fault in results.faults:
        result, cases = results.of_fault(fault)
        ways = list(dict.fromkeys(case.how for case, _, _ in cases))
        write(f"{fault.number:5} {result:10} {fault.what}: {'; '.join(ways)}")
        for case, said, reason in cases:
            if said != "passed":
                write(f"      {said}: {case.test.split('::')[-1]}{': ' + reason if reason else ''}")
        row = {"fault": fault.number, "what": fault.what, "result": result}
        rows.append(row | {"cases": [{"test": c.test, "how": c.how, "result": r, "why": w} for c, r, w in cases]})
    counts = {
        word: sum(row["result"] == word for row in rows)
        for word in ("passed", "late", "failed", "partly run", "not run")
    }
    load = os.getloadavg()
    write(f"machine: {os.cpu_count()} cores, load {load[0]:.1f} at the end, {load[2]:.1f} over 15 minutes")
    write("faults: " + ", ".join(f"{count} {word}" for word, count in counts.items()))
    if config.getoption(JSON):
        Path(config.getoption(JSON)).write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
