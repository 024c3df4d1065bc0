"""Times that are promised. A test waits for what must happen, patiently; how long it took is noted beside it, listed at the end
of the run, and judged in the table of `liandong faults` only: a busy machine delays everything, and that is no fault of the product.
"""

import os
from collections import defaultdict

import pytest

PATIENCE = 5.0
"""So many times its promised time a test waits before what was promised counts as not happening at all."""
LATE: dict[str, list[str]] = defaultdict(list)
"""node id of a test → what took longer there than promised."""


def note(what: str, took_s: float, goal_s: float) -> None:
    """Keep that `what` took longer than promised, where it did."""
    if took_s > goal_s:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rsplit(" ", 1)[0]
        LATE[test].append(f"{what}: {took_s:.1f} s, goal {goal_s:g} s")


def lines(report: pytest.TestReport) -> list[str]:
    """What a test noted, also where another process ran it."""
    return [str(value) for name, value in report.user_properties if name == "late"]
