"""Pictures of every window, for a machine without a screen: what the windows show after some seconds of real running."""

import asyncio
import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.app.kinds import KINDS
from desktop.app.windows import Windows
from desktop.views.find.window import FindWindow
from desktop.views.launch_entries import WALL_MAP
from desktop.views.map.wall import WallMapWindow
from desktop.views.map.window import MapWindow
from desktop.views.new_ticket.window import NewTicketWindow
from desktop.views.queue.window import QueueWindow
from desktop.views.shell import FIND, LAUNCHER, MAP, NEW_TICKET, QUEUE, TICKET
from desktop.widgets.map_canvas.surface import MapSurface
from domain.clocks import running_clock
from domain.vocabulary import URGENCY_RANK, State

SIZE = QSize(1920, 1080)
DETAIL_S = 2
"""Before the picture the queue opens a ticket: its record needs a moment to come."""


async def take_shots(windows: Windows, folder: Path, seconds: int, stop: asyncio.Event) -> int:
    """Opens every window, one in a turn, and writes a PNG of each after `seconds`. Returns 0, 1 when told to stop before, 3 when
    the folder refuses."""
    for name in KINDS:
        window = windows.open(name)
        if name != LAUNCHER:
            window.resize(SIZE)
        await asyncio.sleep(0)
    for phase_s in (max(1, seconds - DETAIL_S), DETAIL_S):
        try:
            await asyncio.wait_for(stop.wait(), phase_s)
            return 1
        except TimeoutError:
            _open_a_ticket(windows)
            _open_a_place(windows)
    for name, window in windows.shown().items():
        for ground in window.findChildren(MapSurface):
            ground.finish()
        file = folder / f"{name}.png"
        if not _save(window, file):
            print(f"{file}: 写不了 / cannot be written: choose another --shots folder", file=sys.stderr)
            return 3
        print(f"{file} {window.width()}x{window.height()}", flush=True)
        await asyncio.sleep(0)
    return 0


def _open_a_ticket(windows: Windows) -> None:
    """The queue with a ticket in its detail pane: the one in handling that runs out first, a joint one if there is."""
    queue = windows.shown().get(QUEUE)
    if not isinstance(queue, QueueWindow) or queue.table_pane.view.selected_row() is not None:
        return
    now = windows.bridge.clock.now_business()
    ahead = [
        (len(ticket.parts) < 2, clock.due_at, ticket.id)
        for ticket in windows.bridge.mirror.tickets.values()
        if ticket.state is State.HANDLING and (clock := running_clock(ticket)) is not None and clock.due_at > now
    ]
    if ahead:
        chosen = min(ahead)[2]
        queue.select_ticket(chosen)
        if TICKET in windows.shown():
            windows.open_ticket(chosen)
        _type_a_call(windows)


def _open_a_place(windows: Windows) -> None:
    """Map and wall map with a ticket that cameras cover, if there is one; the urgent ones first."""
    desk, wall = windows.shown().get(MAP), windows.shown().get(WALL_MAP)
    if not isinstance(desk, MapWindow) or desk.canvas.selection() is not None:
        return
    found = [
        (URGENCY_RANK[ticket.urgency], -len(ticket.parts), ticket.id)
        for ticket in windows.bridge.mirror.tickets.values()
        if ticket.is_open
        and ticket.point is not None
        and any(covers for _, _, covers in windows.cameras().feed.cameras_at(ticket.point))
    ]
    if found:
        chosen = min(found)[2]
        desk.select_ticket(chosen, bring=True)
        if isinstance(wall, WallMapWindow):
            wall.show_ticket(chosen)


def _save(window: QWidget, file: Path) -> bool:
    file.parent.mkdir(parents=True, exist_ok=True)
    return window.grab().save(str(file), "PNG")


def _type_a_call(windows: Windows) -> None:
    """The window of new tickets with a call on the line, and a search: what they look like at work."""
    names = windows.feed.names
    item = next((item for item in names.items if item.kind == "component"), None)
    window, found = windows.shown().get(NEW_TICKET), windows.shown().get(FIND)
    if item is not None and isinstance(window, NewTicketWindow) and window.draft.is_empty:
        window.form.text.setPlainText(f"{item.filing_condition} {item.name}")
    if names.towns and isinstance(found, FindWindow) and not found.line.text():
        found.line.setText(names.towns[0].name)
