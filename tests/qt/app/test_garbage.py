"""Cycles that hold Qt objects die on the GUI thread, never in a worker that happens to allocate."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from desktop.app.garbage import GarbageTimer


class Cycle:
    """Holds a Qt object and itself; tells in which thread it died."""

    def __init__(self, died_in: list[int]) -> None:
        self.held = QObject()
        self.itself = self
        self._died_in = died_in

    def __del__(self) -> None:
        self._died_in.append(threading.get_ident())


@pytest.fixture
def timer(qapp: object) -> Iterator[GarbageTimer]:
    timer = GarbageTimer()
    timer.start()
    yield timer
    timer.stop()


def _allocate() -> None:
    for _ in range(50):
        _ = [[] for _ in range(2_000)]


def test_a_worker_that_allocates_collects_nothing(timer: GarbageTimer) -> None:
    died_in: list[int] = []
    Cycle(died_in)
    worker = threading.Thread(target=_allocate)
    worker.start()
    worker.join()
    assert died_in == []
    timer.collect_now()
    assert died_in == [threading.get_ident()]


def test_the_timer_collects_on_the_gui_thread(timer: GarbageTimer, qtbot) -> None:
    died_in: list[int] = []
    Cycle(died_in)
    many = 2 * gc.get_threshold()[0] + 1_000  # a backend of another test may have raised it
    kept = [[] for _ in range(many)]
    qtbot.waitUntil(lambda: died_in == [threading.get_ident()])
    assert len(kept) == many


def test_what_lived_through_a_full_look_is_not_looked_through_by_the_next(timer: GarbageTimer) -> None:
    died_in: list[int] = []
    old, kept = Cycle(died_in), [[] for _ in range(1_000)]
    timer.collect_now()
    assert gc.get_count()[2] == 0
    assert not any(known is kept for known in gc.get_objects())
    del old
    timer.collect_new()
    assert died_in == []
    timer.collect_now()
    assert died_in == [threading.get_ident()]


def test_a_quarter_more_than_at_the_last_time_and_everything_is_looked_through(timer: GarbageTimer) -> None:
    died_in: list[int] = []
    old = Cycle(died_in)
    timer.collect_now()
    del old
    kept = [[[]] for _ in range(gc.get_freeze_count())]
    timer.collect_new()
    assert died_in == [threading.get_ident()]
    assert kept


def test_stopping_gives_the_collector_back(qapp: object) -> None:
    was_on = gc.isenabled()
    timer = GarbageTimer()
    timer.start()
    assert not gc.isenabled()
    timer.stop()
    assert gc.isenabled() == was_on
