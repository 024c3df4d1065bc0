"""The ways from one window to another: each opens a window and says what it shall show. Windows (desktop.app.windows) has them all."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.views.launch_entries import WALL_MAP
from desktop.views.shell import CAMERAS, QUEUE, TICKET
from domain.cameras import CameraId
from domain.ids import TicketId
from domain.wall import targets
from domain.wall.values import Content


class Ways(QObject):
    """`open` is given by who keeps the windows."""

    def open(self, key: str) -> QWidget:
        raise NotImplementedError

    def open_view(self, view_id: str) -> None:
        """The queue with a saved view."""
        from desktop.views.queue.window import QueueWindow

        window = self.open(QUEUE)
        assert isinstance(window, QueueWindow)
        window.show_view(view_id)

    def search_queue(self, text: str) -> None:
        """The queue with what these words find among the open tickets."""
        from desktop.views.queue.window import QueueWindow

        window = self.open(QUEUE)
        assert isinstance(window, QueueWindow)
        window.show_view("open")
        window.search(text)

    def show_tickets(self, title: str, ids: tuple[str, ...]) -> None:
        """The queue with just these tickets, under a title that says where they come from."""
        from desktop.views.queue.window import QueueWindow

        window = self.open(QUEUE)
        assert isinstance(window, QueueWindow)
        window.show_tickets(frozenset(map(TicketId, ids)), title)

    def open_ticket(self, ticket_id: str) -> None:
        """The ticket window with this ticket."""
        from desktop.views.ticket.window import TicketWindow

        window = self.open(TICKET)
        assert isinstance(window, TicketWindow)
        window.open_ticket(ticket_id)

    def find_in_queue(self, ticket_id: str) -> None:
        """The queue with this ticket selected."""
        from desktop.views.queue.window import QueueWindow

        window = self.open(QUEUE)
        assert isinstance(window, QueueWindow)
        if not window.select_ticket(TicketId(ticket_id)):
            window.show_tickets(frozenset({TicketId(ticket_id)}), ticket_id)

    def offer_dispatch(self, ticket_id: str, unit: str) -> None:
        """The queue with this ticket and its dispatch form open for a unit; a person looks at it and sends it, or reads why not."""
        from desktop.views.queue.window import QueueWindow

        self.find_in_queue(ticket_id)
        window = self.open(QUEUE)
        assert isinstance(window, QueueWindow)
        window.desk.run("dispatch")
        panel = window.detail.action_panel
        box = panel.form.input("lead") if panel.form_is_open() and "lead" in panel.form.values() else None
        if isinstance(box, QComboBox) and box.findData(unit) >= 0:
            box.setCurrentIndex(box.findData(unit))

    def show_area(self, ids: tuple[str, ...]) -> None:
        """The queue with the tickets of a part of the map."""
        self.show_tickets(self.tr("地图选区"), ids)

    def show_on_own_wall(self, content: Content) -> None:
        """A wall window of this machine shows it: where no wall computer is registered, a second screen of the desk may be the wall."""
        from desktop.views.map.wall import WallMapWindow

        if content.view in (targets.TICKET, targets.MAP) and content.target:
            window = self.open(WALL_MAP)
            assert isinstance(window, WallMapWindow)
            window.show_target(content.target)
        elif content.view == targets.CAMERA:
            self.show_camera(content.target)
        else:
            self.open(content.view)

    def show_camera(self, camera_id: str) -> None:
        """The camera window with this camera enlarged."""
        from desktop.views.camera_wall.window import CameraWindow

        window = self.open(CAMERAS)
        assert isinstance(window, CameraWindow)
        window.show_camera(CameraId(camera_id))
