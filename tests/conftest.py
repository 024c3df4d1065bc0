"""What every test relies on: Qt without a screen, where the shared real data lies, and a fixed profile for random examples."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
os.environ.pop("QT_STYLE_OVERRIDE", None)

settings.register_profile(
    "ci", deadline=None, print_blob=True, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", settings.get_profile("ci"), derandomize=False, max_examples=10_000)
settings.load_profile(os.environ.get("LIANDONG_HYPOTHESIS", "ci"))

ROOT = Path(__file__).resolve().parents[1]


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


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input beside the checkout; tests that need it are skipped, with the reason, where it is absent."""
    place = Path(os.environ.get("LIANDONG_SHARED", ROOT.parent / "shared")) / "data"
    if not place.is_dir():
        pytest.skip(f"no shared data at {place}")
    return place
