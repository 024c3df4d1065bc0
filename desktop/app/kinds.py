"""The kinds of windows: how each is made, and what its signals lead to. Everything else about windows is desktop.app.windows.

A window's module is loaded when the first window of its kind opens: the queue stands before charts, papers and players are read.
Adding a kind is one function and one line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.services.maps.package import MapPackage
from desktop.theme.theme import Theme
from desktop.views.launch_entries import WALL_BOARD, WALL_CAMERAS, WALL_INSPECTION, WALL_MAP, WALL_QUEUE
from desktop.views.launcher import Launcher
from desktop.views.queue.feed import TicketFeed
from desktop.views.shell import (
    ALARMS,
    ATTENTION,
    BOARD,
    CAMERAS,
    DIRECTOR,
    EVALUATION,
    FIND,
    HANDOVER,
    INSPECTION,
    LAUNCHER,
    LIST,
    MAP,
    NEW_TICKET,
    ORGANISATION,
    OVERVIEW,
    QUEUE,
    TICKET,
)
from domain.wall import targets
from domain.wall.values import Content

if TYPE_CHECKING:
    from desktop.app.alarm_parts import AlarmParts
    from desktop.app.cameras import Cameras
    from desktop.views.handover.feed import HandoverFeed
    from desktop.views.inspection.feed import InspectionFeed
    from desktop.views.tables.feed import TablesFeed
    from desktop.views.wall_director.feed import WallFeed

WALL = "wall"
DESK = "desk"


class Hall(Protocol):
    """What a window may need of the program around it; Windows is the one there is."""

    bridge: Bridge
    feed: TicketFeed
    alarms: AlarmParts

    def map_package(self) -> MapPackage: ...
    def cameras(self) -> Cameras: ...
    def inspections(self) -> InspectionFeed: ...
    def tables(self) -> TablesFeed: ...
    def handovers(self) -> HandoverFeed: ...
    def show_tickets(self, title: str, ids: tuple[str, ...]) -> None: ...
    def open_ticket(self, ticket_id: str) -> None: ...
    def find_in_queue(self, ticket_id: str) -> None: ...
    def offer_dispatch(self, ticket_id: str, unit: str) -> None: ...
    def show_area(self, ids: tuple[str, ...]) -> None: ...
    def wall_feed(self) -> WallFeed: ...
    def show_camera(self, camera_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of window; `id` is also its name in the settings, in the launcher and of its picture."""

    id: str
    profile: str
    make: Callable[[Hall, Theme], QWidget]


def _queue(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.queue.window import QueueWindow

    window = QueueWindow(theme, hall.bridge, hall.feed)
    # Pictures and players are read when the first ticket is selected: the queue stands before them.
    window.set_cameras(lambda: hall.cameras().feed)
    window.camera_requested.connect(hall.show_camera)
    window.ticket_requested.connect(hall.open_ticket)
    return window


def _queue_wall(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.queue.wall_queue import WallQueueWindow

    return WallQueueWindow(theme, hall.bridge, hall.feed)


def _overview(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.wall_overview.window import WallOverview

    window = WallOverview(hall.bridge, theme)
    window.show_alarm_feed(hall.alarms.feed)
    return window


def _board(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.kpi_board.window import KpiBoardWindow

    window = KpiBoardWindow(hall.bridge, theme)
    window.tickets_requested.connect(hall.show_tickets)
    return window


def _board_wall(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.kpi_board.window import KpiBoardWall

    return KpiBoardWall(hall.bridge, theme)


def _map(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.map.window import MapWindow

    window = MapWindow(theme, hall.bridge, hall.feed, hall.map_package())
    window.set_camera_feed(hall.cameras().feed)
    window.set_tables(hall.tables())
    window.ticket_open_requested.connect(hall.find_in_queue)
    window.area_selected.connect(hall.show_area)
    window.dispatch_requested.connect(hall.offer_dispatch)
    window.camera_requested.connect(hall.show_camera)
    return window


def _map_wall(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.map.wall import WallMapWindow

    window = WallMapWindow(theme, hall.bridge, hall.feed, hall.map_package())
    window.set_camera_feed(hall.cameras().feed)
    window.set_tables(hall.tables())
    return window


def _cameras(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.camera_wall.window import CameraWindow

    return CameraWindow(theme, hall.cameras().feed)


def _cameras_wall(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.camera_wall.wall_window import CameraWallWindow

    return CameraWallWindow(theme, hall.cameras().feed)


def _inspection(hall: Hall, theme: Theme) -> QWidget:
    from desktop.services.checklists import load_templates
    from desktop.views.inspection.window import InspectionWindow

    return InspectionWindow(theme, hall.bridge, hall.inspections(), load_templates())


def _inspection_wall(hall: Hall, theme: Theme) -> QWidget:
    from desktop.services.checklists import load_templates
    from desktop.views.inspection.wall import InspectionWall

    return InspectionWall(theme, hall.bridge, hall.inspections(), load_templates())


def _alarms(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.alarms.window import AlarmWindow

    window = AlarmWindow(theme, hall.alarms.feed, hall.alarms.bell, hall.cameras().feed)
    window.ticket_open_requested.connect(hall.open_ticket)
    window.camera_requested.connect(hall.show_camera)
    return window


def _handover(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.handover.window import HandoverWindow

    return HandoverWindow(theme, hall.bridge, hall.handovers())


def _attention(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.attention.window import AttentionWindow

    window = AttentionWindow(theme, hall.bridge)
    window.ticket_open_requested.connect(hall.find_in_queue)
    return window


def _ticket(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.ticket.window import TicketWindow

    window = TicketWindow(theme, hall.bridge, hall.feed)
    window.set_camera_feed(hall.cameras().feed)
    window.camera_requested.connect(hall.show_camera)
    return window


def _new_ticket(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.new_ticket.window import NewTicketWindow

    window = NewTicketWindow(theme, hall.bridge, hall.feed, hall.map_package())
    window.ticket_requested.connect(hall.open_ticket)
    return window


def _find(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.find.window import FindWindow

    window = FindWindow(theme, hall.bridge, hall.feed)
    window.ticket_requested.connect(hall.open_ticket)
    return window


def _list(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.tables.list_window import ListWindow

    return ListWindow(theme, hall.bridge, hall.tables())


def _director(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.wall_director.window import DirectorWindow

    return DirectorWindow(theme, hall.bridge, hall.wall_feed())


def _organisation(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.tables.organisation_window import OrganisationWindow

    return OrganisationWindow(theme, hall.bridge, hall.tables())


def _evaluation(hall: Hall, theme: Theme) -> QWidget:
    from desktop.views.evaluation.window import EvaluationWindow

    window = EvaluationWindow(theme, hall.bridge, hall.feed)
    window.ticket_requested.connect(hall.open_ticket)
    return window


def _launcher(hall: Hall, theme: Theme) -> QWidget:
    return Launcher(theme, hall.bridge)


KINDS = {
    kind.id: kind
    for kind in (
        Kind(LAUNCHER, DESK, _launcher),
        Kind(QUEUE, DESK, _queue),
        Kind(MAP, DESK, _map),
        Kind(CAMERAS, DESK, _cameras),
        Kind(INSPECTION, DESK, _inspection),
        Kind(ALARMS, DESK, _alarms),
        Kind(HANDOVER, DESK, _handover),
        Kind(BOARD, DESK, _board),
        Kind(LIST, DESK, _list),
        Kind(ORGANISATION, DESK, _organisation),
        Kind(ATTENTION, DESK, _attention),
        Kind(TICKET, DESK, _ticket),
        Kind(NEW_TICKET, DESK, _new_ticket),
        Kind(FIND, DESK, _find),
        Kind(DIRECTOR, DESK, _director),
        Kind(EVALUATION, DESK, _evaluation),
        Kind(OVERVIEW, WALL, _overview),
        Kind(WALL_QUEUE, WALL, _queue_wall),
        Kind(WALL_BOARD, WALL, _board_wall),
        Kind(WALL_MAP, WALL, _map_wall),
        Kind(WALL_CAMERAS, WALL, _cameras_wall),
        Kind(WALL_INSPECTION, WALL, _inspection_wall),
    )
}


def _one_ticket(hall: Hall, theme: Theme, ticket_id: str) -> QWidget:
    from desktop.views.ticket.wall import WallTicket

    return WallTicket(theme, hall.bridge, hall.feed, ticket_id)


def _one_camera(hall: Hall, theme: Theme, camera_id: str) -> QWidget:
    from desktop.views.camera_wall.wall_camera import WallCamera

    return WallCamera(theme, hall.cameras().feed, camera_id)


def _one_place(hall: Hall, theme: Theme, target: str) -> QWidget:
    from desktop.views.map.wall import WallMapWindow

    view = _map_wall(hall, theme)
    assert isinstance(view, WallMapWindow)
    view.show_target(target)
    return view


def _one_view(hall: Hall, theme: Theme, view_id: str) -> QWidget:
    from desktop.models.ticket_filter import VIEW_BY_ID
    from desktop.views.queue.wall_queue import WallQueueWindow

    if view_id not in VIEW_BY_ID:
        return _queue_wall(hall, theme)
    return WallQueueWindow(theme, hall.bridge, hall.feed, view_id)


def _one_camera_wall(hall: Hall, theme: Theme, name: str) -> QWidget:
    from desktop.views.camera_wall.wall_window import CameraWallWindow

    return CameraWallWindow(theme, hall.cameras().feed, name)


OF_ONE: dict[str, Callable[[Hall, Theme, str], QWidget]] = {
    targets.TICKET: _one_ticket,
    targets.CAMERA: _one_camera,
    targets.MAP: _one_place,
    targets.QUEUE: _one_view,
    targets.CAMERAS: _one_camera_wall,
}
"""View → how it is made where a content names one thing."""


def wall_view(hall: Hall, content: Content, theme: Theme, parent: QWidget) -> QWidget | None:
    """A view as part of a wall screen; None for one that is no wall view of this version. What a `target` names: domain.wall.targets."""
    kind, made = KINDS.get(content.view), OF_ONE.get(content.view)
    if content.target and made is not None:
        view = made(hall, theme, content.target)
    elif kind is not None and kind.profile == WALL:
        view = kind.make(hall, theme)
    else:
        return None
    view.setParent(parent)
    return view
