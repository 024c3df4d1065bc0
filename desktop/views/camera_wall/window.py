"""The desk copy of 视频墙: named walls, sizes and groups above the grid, counts and actions beside it, keys of screens.md §4d."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.cameras.values import TileState, TileView
from desktop.services.cameras.walls import SIZES
from desktop.theme.theme import Theme
from desktop.views.camera_wall import words
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.grid import CameraGrid
from desktop.views.camera_wall.keep import SnapshotKeeper
from desktop.views.camera_wall.report_form import ReportForm
from desktop.views.camera_wall.show import CameraShow
from desktop.views.camera_wall.snapshot import watermarked
from desktop.views.link_words import not_yet, not_yet_status
from desktop.views.shell import CAMERAS, DeskWindow, WallSource
from desktop.views.words import filled, role_word, who
from desktop.widgets.action_button import Action
from desktop.widgets.action_row import ActionRow
from desktop.widgets.base import set_shown
from desktop.widgets.camera_cell import CameraCell
from desktop.widgets.camera_panel import CameraPanel
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.labels import plain_label
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.wording import enumerated
from domain.actor import ref_of
from domain.cameras import Camera, CameraId
from domain.ids import TicketId
from domain.vocabulary import Role
from domain.wall.targets import CAMERAS as CAMERA_WALL
from domain.wall.targets import camera_on_wall
from domain.wall.values import Content

COUNTS_MS = 500
SIDE_STEPS = 9
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CameraWindow(DeskWindow):
    """`snapshot_taken(ticket id, QImage)`: the picture with its watermark, on its way to the ticket."""

    snapshot_taken = Signal(str, QImage)

    def __init__(self, theme: Theme, feed: CameraFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, feed.bridge, CAMERAS, self.tr("视频墙"), parent)
        self._feed = feed
        self._keeper = SnapshotKeeper(feed.bridge, self)
        self._report_form = ReportForm(theme, feed, self)
        self._walls = ChipRow(theme)
        self._sizes = ChipRow(theme)
        self._group = plain_label(theme, size="body", role="text.secondary")
        self._grid = CameraGrid(theme, feed)
        self._panel = CameraPanel(theme)
        self._chosen = plain_label(theme, size="body", weight="title", wrap=True)
        self._facts = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._told = plain_label(theme, size="small", role="accent.base", wrap=True)
        self._actions = ActionRow(theme, columns=1)
        self._message = PanelMessage(theme)
        self._stack = QStackedWidget()
        self.show_control = CameraShow(feed, self._grid, wall=False, parent=self)
        self._counts = QTimer(self)
        self._counts.setInterval(COUNTS_MS)
        self._counts.timeout.connect(self._show_counts)
        self._lay_out_panes()
        self._connect_panes()
        self._refresh()

    def _lay_out_panes(self) -> None:
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._message)
        self._grid.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grid.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        bar = self._bar = QHBoxLayout()
        bar.addWidget(self._walls)
        bar.addWidget(self._group, 1)
        bar.addWidget(self._sizes)
        left = self._left = QVBoxLayout()
        left.addLayout(bar)
        left.addWidget(self._stack, 1)
        side = self._side = QVBoxLayout()
        for part in (self._panel, self._chosen, self._facts, self._report_form.form, self._actions, self._told):
            side.addWidget(part, 1 if part is self._panel else 0)
        central = QWidget()
        row = self._row = QHBoxLayout(central)
        row.addLayout(left, 1)
        row.addLayout(side)
        self.set_central(central)
        self._space()

    def _space(self) -> None:
        theme = self.theme
        pad, gap = theme.space("page"), theme.space("s")
        self._row.setContentsMargins(pad, theme.space("m"), pad, pad)
        self._row.setSpacing(pad)
        for layout in (self._left, self._side, self._bar):
            layout.setSpacing(gap)
        width = theme.space("xl") * SIDE_STEPS
        for part in (self._panel, self._chosen, self._facts, self._report_form.form, self._actions, self._told):
            part.setFixedWidth(width)

    def _connect_panes(self) -> None:
        self._walls.clicked.connect(self.show_control.show_wall)
        self._sizes.clicked.connect(self._on_size)
        self._grid.picked.connect(self._on_picked)
        self._grid.enlarge_asked.connect(self._on_enlarge)
        self._grid.moved.connect(self._on_moved)
        self._actions.triggered.connect(self._run)
        self._keeper.told.connect(self._told.set_text)
        self._report_form.told.connect(self._told.set_text)
        self._report_form.form.cancelled.connect(self._grid.setFocus)
        self.show_control.changed.connect(self._refresh)
        self._feed.events_changed.connect(self._show_chosen)
        self._feed.health_changed.connect(self._show_counts)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._space()

    # -- for others -----------------------------------------------------------------------------------

    def show_camera(self, camera_id: str) -> bool:
        """From the map, a ticket or an alarm: its group, selected."""
        found = self.show_control.show_camera(CameraId(camera_id))
        self._show_chosen()
        return found

    def wall_content(self) -> Content:
        """The selected camera, else the wall of cameras that is open."""
        chosen = self._grid.selected()
        return camera_on_wall(chosen) if chosen is not None else Content(CAMERA_WALL, self.show_control.wall.name)

    def wall_sources(self) -> Sequence[WallSource]:
        """Cells, while their order is locked; unlocked, a drag changes the order."""
        return tuple((cell, self._content_of(cell), Qt.KeyboardModifier.NoModifier) for cell in self._grid.cells())

    def _content_of(self, cell: CameraCell) -> Callable[[QPoint], Content | None]:
        def content(_at: QPoint) -> Content | None:
            camera_id = self._grid.camera_of(cell)
            return None if camera_id is None or self._grid.unlocked else camera_on_wall(camera_id)

        return content

    # -- showing --------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        control = self.show_control
        current = control.wall.name
        chips = [ChipValue(w.name, words.wall_word(w.name), selected=w.name == current) for w in self._feed.walls]
        self._walls.set_chips(chips)
        sizes = [ChipValue(str(size), str(size), selected=size == control.size) for size in SIZES]
        self._sizes.set_chips(sizes)
        groups = control.wall.groups(control.size)
        place = filled(self.tr("第 {n} 组，共 {total} 组"), {"n": control.group + 1, "total": groups})
        self._group.set_text(place + (self.tr(" · 轮巡中") if control.touring else ""))
        if control.wall.ids:
            self._stack.setCurrentWidget(self._grid)
        else:
            link = self.bridge.freshness.of()
            known = self._feed.has_register
            why = not_yet(link) or self.tr("还没有收到视频点位表，收到后自动显示")
            self._message.set_message(
                self.tr("没有登记视频。请管理员导入点位表。") if known else why,
                status=None if known else not_yet_status(link) or ("freshness", "catching_up"),
            )
            self._stack.setCurrentWidget(self._message)
        self._show_counts()
        self._show_chosen()

    def _show_counts(self) -> None:
        self._panel.set_counts(self.show_control.counts())
        self._show_actions()

    def _camera(self) -> Camera | None:
        chosen = self._grid.selected()
        return self._feed.cameras.get(chosen) if chosen is not None else None

    def _show_chosen(self) -> None:
        camera = self._camera()
        set_shown(self._chosen, camera is not None)
        set_shown(self._facts, camera is not None)
        if camera is not None:
            self._chosen.set_text(camera.name)
            sector = ""
            if camera.radius_m and camera.angle and camera.direction is not None:
                sector = filled(
                    self.tr("朝向 {d}° · 张角 {a}° · {r} 米"),
                    {"d": f"{camera.direction:g}", "a": f"{camera.angle:g}", "r": f"{camera.radius_m:g}"},
                )
            rights = ""
            if camera.rights:
                roles = enumerated(role_word(Role(each)) for each in camera.rights)
                rights = filled(self.tr("可查看的角色：{roles}"), {"roles": roles})
            parts = (camera.place, camera.model, camera.owner, camera.id, sector, rights)
            self._facts.set_text(" · ".join(part for part in parts if part))
        self._show_actions()

    def _show_actions(self) -> None:
        camera = self._camera()
        view = self._feed.view(camera.id) if camera is not None else None
        no_picture = _no_picture(view)
        if not no_picture and camera is not None and self._ticket_of(camera) is None:
            no_picture = self.tr("没有对应的工单，先在队列或地图打开一件")
        no_place = self._report_form.refusal(camera)
        large = self._grid.enlarged() is not None
        control = self.show_control
        none = "" if camera is not None else self.tr("没有选中视频")
        can_try = view is not None and view.state in (TileState.LOST, TileState.NEVER)
        no_need = "" if can_try else none or self.tr("没有断开")
        self._actions.set_actions(
            (
                Action(
                    "enlarge", self.tr("缩回") if large else self.tr("放大"), "Enter", enabled=not none, reason=none
                ),
                Action("snapshot", self.tr("截图入工单"), "P", enabled=not no_picture, reason=no_picture),
                Action("report", self.tr("在此建单"), "T", enabled=not no_place, reason=no_place),
                Action("retry", self.tr("立即重连"), "R", enabled=can_try, reason=no_need),
                Action("tour", self.tr("停止轮巡") if control.touring else self.tr("轮巡"), "Space"),
                Action("unlock", self.tr("锁定次序") if self._grid.unlocked else self.tr("调整次序"), "L"),
            )
        )

    # -- doing ----------------------------------------------------------------------------------------

    def _run(self, action: str) -> None:
        doing = {
            "enlarge": self._toggle_enlarged,
            "snapshot": self.take_snapshot,
            "report": self._report,
            "retry": self._retry,
            "tour": self._toggle_tour,
            "unlock": self._toggle_lock,
        }
        doing[action]()

    def _ticket_of(self, camera: Camera) -> TicketId | None:
        """The ticket in the camera's sector, else the one that this seat has open."""
        event = self._feed.event_at(camera.id)
        return event.ticket.id if event is not None else self.bridge.viewed_ticket

    def take_snapshot(self) -> None:
        """P: what is on the screen now, watermarked, becomes a photo of the ticket in the sector, else of the one that is open."""
        camera = self._camera()
        view = self._feed.view(camera.id) if camera is not None else None
        refused, ticket_id = _no_picture(view), self._ticket_of(camera) if camera is not None else None
        if camera is None or view is None or refused or ticket_id is None:
            self._told.set_text(refused or self.tr("没有对应的工单，先在队列或地图打开一件"))
            return
        bridge, now = self.bridge, self.bridge.clock.now_business()
        by = who(ref_of(bridge.actor)) if bridge.actor is not None else self.tr("未登录")
        notes = [] if view.state is TileState.LIVE else [words.state_text(self.theme, view)]
        notes += [self.tr("演示画面")] if camera.demo else []
        taken_at = f"{self.site.local(now):%Y-%m-%d %H:%M:%S}"
        image = watermarked(view.picture, self.theme, camera, taken_at, by, " · ".join(notes))
        about = " · ".join(part for part in (camera.name, camera.place, camera.id, *notes) if part)
        self._keeper.keep(ticket_id, image, now, about)
        self.snapshot_taken.emit(ticket_id, image)

    def _report(self) -> None:
        camera = self._camera()
        refused = self._report_form.refusal(camera)
        if camera is None or refused:
            self._told.set_text(refused)
            return
        self._report_form.open(camera)

    def _retry(self) -> None:
        camera = self._camera()
        if camera is not None:
            self._feed.try_now(camera.id)

    def _toggle_enlarged(self) -> None:
        chosen = self._grid.selected()
        if chosen is not None:
            self._on_enlarge(chosen)

    def _toggle_tour(self) -> None:
        self.show_control.set_tour(not self.show_control.touring)
        self._refresh()

    def _toggle_lock(self) -> None:
        self._grid.unlocked = not self._grid.unlocked
        self._told.set_text(self.tr("把一格拖到另一格上，两格互换") if self._grid.unlocked else "")
        self._show_actions()

    def _on_size(self, size: str) -> None:
        self.show_control.show_size(int(size))

    def _on_picked(self, _camera_id: str) -> None:
        self._told.set_text("")
        self.show_control.refresh_demand()
        self._show_chosen()
        self._grid.setFocus()

    def _on_enlarge(self, camera_id: str) -> None:
        back = self._grid.enlarged() is not None
        self.show_control.enlarge(None if back else CameraId(camera_id))

    def _on_moved(self, source: str, target: str) -> None:
        problem = self.show_control.swap(source, target)
        if problem:
            self._told.set_text(filled(self.tr("次序没有存下：{reason}"), {"reason": problem}))

    # -- Qt -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text().upper()
        control = self.show_control
        if key in _ARROWS:
            self._grid.step(*_ARROWS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle_enlarged()
        elif key == Qt.Key.Key_Escape and self._grid.enlarged() is not None:
            control.enlarge(None)
        elif key == Qt.Key.Key_Escape:
            self._grid.select(None)
            self._refresh()
        elif key == Qt.Key.Key_Space:
            self._toggle_tour()
        elif text in ("[", "【"):
            control.step_group(-1)
        elif text in ("]", "】"):
            control.step_group(1)
        elif text in ("P", "T", "R", "L"):
            self._run({"P": "snapshot", "T": "report", "R": "retry", "L": "unlock"}[text])
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_control.set_visible(True)
        self._counts.start()
        self._grid.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._counts.stop()
        self.show_control.set_visible(False)
        super().hideEvent(event)


def _no_picture(view: TileView | None) -> str:
    """Why no snapshot can be taken; "" where one can."""
    if view is None:
        return words.translate("camera_wall", "没有选中视频")
    if view.state is TileState.RESTRICTED:
        return words.translate("camera_wall", "本席无权查看")
    return "" if view.picture is not None else words.translate("camera_wall", "还没有画面")
