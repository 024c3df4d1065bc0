"""A seat at the queue, for all tests of that window by hand."""

from collections.abc import Callable

import pytest

from desktop.theme.assets import load_fonts
from domain.vocabulary import Role
from tests.qt.fakes import FakeBridge
from tests.qt.views.test_queue_window import Seat


@pytest.fixture
def seat(qapp, qtbot) -> Callable[..., Seat]:
    load_fonts()

    def make(tickets, role: Role = Role.DISPATCHER) -> Seat:
        desk = Seat(qtbot, FakeBridge(tickets, role=role))
        desk.view.setFocus()
        return desk

    return make
