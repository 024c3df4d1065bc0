"""The map joined with the other windows: what a person asks for on the map happens where it belongs."""

import pytest

from desktop.app.windows import Windows
from desktop.settings import Settings
from desktop.theme.assets import load_fonts
from desktop.views.map.window import MapWindow
from desktop.views.queue.window import QueueWindow
from desktop.views.shell import MAP, QUEUE
from domain.vocabulary import State
from tests.qt.fakes import FakeBridge
from tests.qt.samples import make_ticket

pytestmark = pytest.mark.qt_log_ignore("qt.multimedia", ".*")


@pytest.fixture
def hall(qapp, qtbot):
    load_fonts()
    bridge = FakeBridge([make_ticket(1, state=State.FILED), make_ticket(2)])
    windows = Windows(bridge, Settings(), remember=False)
    yield windows
    windows.close_all()


def test_sending_the_nearest_force_opens_the_dispatch_form_for_it(hall):
    unit = hall.feed.names.units[3].id
    window = hall.open(MAP)
    assert isinstance(window, MapWindow)
    window.dispatch_requested.emit("181009-0001", unit)
    queue = hall.shown()[QUEUE]
    assert isinstance(queue, QueueWindow)
    assert queue.desk.ticket_id == "181009-0001"
    assert queue.detail.action_panel.form.values()["lead"] == unit


def test_an_area_of_the_map_filters_the_queue(hall):
    window = hall.open(MAP)
    window.area_selected.emit(("181009-0002",))
    queue = hall.shown()[QUEUE]
    assert isinstance(queue, QueueWindow)
    assert queue.table.ticket_count == 1
    assert queue.table.position("181009-0002") is not None
