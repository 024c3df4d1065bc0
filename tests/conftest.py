"""What every test relies on: Qt without a screen, where the shared real data lies, and a fixed profile for random examples."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from tests import goals
from tests.patience import WAIT_S

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
os.environ.pop("QT_STYLE_OVERRIDE", None)

settings.register_profile(
    "ci", deadline=None, print_blob=True, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly",
    settings.get_profile("ci"),
    derandomize=False,
    max_examples=int(os.environ.get("LIANDONG_EXAMPLES", "10000")),
)
PROFILE = os.environ.get("LIANDONG_HYPOTHESIS", "ci")
settings.load_profile(PROFILE)

ROOT = Path(__file__).resolve().parents[1]
WAIT_MS = round(WAIT_S * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A night's examples are bounded by their number, not by the time that one run of all may take."""
    if PROFILE == "nightly":
        for item in items:
            item.add_marker(pytest.mark.timeout(0), append=False)


def pytest_collection_finish() -> None:
    """From here on memory is only collected between tests, on the main thread: a widget in a cycle that the collector finds
    while another thread runs is destroyed on that thread, and Qt crashes later, in a test that has nothing to do with it.
    """
    gc.collect()
    gc.freeze()  # what is alive now stays: a collection between two tests takes a few milliseconds
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    gc.collect()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """What took longer than promised travels with the report."""
    if call.when == "call":
        item.user_properties += [("late", line) for line in goals.LATE.pop(item.nodeid, ())]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    late = [(each.nodeid, line) for each in terminalreporter.getreports("passed") for line in goals.lines(each)]
    if late:
        terminalreporter.section("later than promised")
    for node, line in late:
        terminalreporter.line(f"{node}: {line}")


class PatientBot(QtBot):
    """pytest-qt's own waits five seconds, which a busy machine takes for nothing: here they wait as all tests do."""

    def waitUntil(self, callback, *, timeout=WAIT_MS):
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=WAIT_MS, **more):
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitActive(self, widget, *, timeout=WAIT_MS):
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget, *, timeout=WAIT_MS):
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input beside the checkout; tests that need it are skipped, with the reason, where it is absent."""
    place = Path(os.environ.get("LIANDONG_SHARED", ROOT.parent / "shared")) / "data"
    if not place.is_dir():
        pytest.skip(f"no shared data at {place}")
    return place
