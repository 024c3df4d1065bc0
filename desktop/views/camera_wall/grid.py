"""The cells of a camera wall: 1, 4, 9, 16 or 25, or one of them enlarged. Turns what the feed knows into cell values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal

from desktop.services.cameras.values import TileState
from desktop.theme.theme import Theme
from desktop.views.camera_wall import words
from desktop.views.camera_wall.feed import CameraFeed
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.camera_cell import CameraCell, CellValue
from desktop.widgets.sla_bar import format_remaining
from domain.cameras import CameraId

MOST = 25


class CameraGrid(ThemedWidget):
    """`picked(id)`, `enlarge_asked(id)` by hand; `moved(from, to)` when a cell was dragged onto another and the order is unlocked.
    `resized`: cells have another size."""

    picked = Signal(str)
    enlarge_asked = Signal(str)
    moved = Signal(str, str)
    resized = Signal()

    def __init__(self, theme: Theme, feed: CameraFeed, parent=None) -> None:
        super().__init__(theme, parent)
        self._feed = feed
        self._cells = [CameraCell(theme, self) for _ in range(MOST)]
        self._ids: tuple[CameraId, ...] = ()
        self._size = 16
        self._full: CameraId | None = None
        self._selected: CameraId | None = None
        self._drag_from: QPoint | None = None
        self.unlocked = False
        self.setAccessibleName(self.tr("视频画面"))
        for cell in self._cells:
            cell.pressed.connect(self._on_pressed)
        feed.changed.connect(self._on_changed)
        feed.events_changed.connect(self.refresh)

    def show_cameras(self, ids: Sequence[CameraId], size: int) -> None:
        """One group of a wall; places without a camera stay empty."""
        self._ids, self._size = tuple(ids)[:size], size
        if self._full not in self._ids:
            self._full = None
        if self._selected not in self._ids:
            self._selected = None
        self._arrange()
        self.refresh()

    def ids(self) -> tuple[CameraId, ...]:
        return self._ids

    def enlarged(self) -> CameraId | None:
        return self._full

    def selected(self) -> CameraId | None:
        return self._full or self._selected

    def enlarge(self, camera_id: CameraId | None) -> None:
        self._full = camera_id if camera_id in self._ids else None
        if self._full is not None:
            self._selected = self._full  # shrunk again, it is still the one a person works with
        self._arrange()
        self.refresh()

    def select(self, camera_id: CameraId | None) -> None:
        self._selected = camera_id if camera_id in self._ids else None
        self._mark_selected()

    def step(self, columns: int, rows: int) -> None:
        """Arrow keys."""
        if not self._ids:
            return
        per_row = self._columns()
        now = self._ids.index(self._selected) if self._selected in self._ids else 0
        target = now + columns + rows * per_row if self._selected is not None else 0
        self.select(self._ids[min(max(target, 0), len(self._ids) - 1)])
        if self._selected is not None:
            self.picked.emit(self._selected)

    def cell(self, camera_id: CameraId) -> CameraCell:
        """Raises ValueError for a camera that is not shown."""
        return self._cells[self._ids.index(camera_id)]

    def cells(self) -> tuple[CameraCell, ...]:
        """All cells, in their order; those beyond the group are hidden."""
        return tuple(self._cells)

    def camera_of(self, cell: CameraCell) -> CameraId | None:
        return self._id_of(cell)

    # -- values -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """All cells anew: another register, other events, another theme."""
        for place, cell in enumerate(self._cells):
            cell.set_value(self._value(self._ids[place]) if place < len(self._ids) else None)

    def _on_changed(self, camera_id: str) -> None:
        if camera_id in self._ids and self.isVisible():
            place = self._ids.index(CameraId(camera_id))
            self._cells[place].set_value(self._value(CameraId(camera_id)))

    def _value(self, camera_id: CameraId) -> CellValue:
        view = self._feed.view(camera_id)
        camera = self._feed.cameras.get(camera_id)
        event = self._feed.event_at(camera_id)
        tag, status = "", None
        if event is not None:
            name = self._feed.names.matter(event.ticket.item, event.ticket.item_version)[1]
            if event.joint:
                tag, status = words.translate("camera_wall", "联合检查"), ("joint", "lead")
            else:
                left = format_remaining(event.remaining_s, event.state)
                tag, status = f"{name} {left}".strip(), ("urgency", event.ticket.urgency.value)
        return CellValue(
            name=camera.name if camera else camera_id,
            place=camera.place if camera else "",
            state=view.state.value,
            state_text=words.state_text(self._theme, view),
            picture=view.picture,
            picture_number=view.number,
            notice=words.notice(view, wall=self._theme.is_wall),
            reason=words.reason(view),
            tag=tag,
            tag_status=status,
            event=event is not None and not event.joint and view.state is not TileState.RESTRICTED,
        )

    # -- geometry -----------------------------------------------------------------------------------

    def cell_pixels(self) -> tuple[int, int]:
        """Width and height of one cell on the screen."""
        ratio, cell = self.devicePixelRatioF(), self._cells[0].size()
        return max(1, round(cell.width() * ratio)), max(1, round(cell.height() * ratio))

    def _columns(self) -> int:
        return 1 if self._full is not None else round(self._size**0.5)

    def _arrange(self) -> None:
        """Equal cells, whole pixels; the rest of a pixel goes to the gaps."""
        columns, gap = self._columns(), self._theme.space("s")
        width = (self.width() - gap * (columns - 1)) / columns
        height = (self.height() - gap * (columns - 1)) / columns
        for place, cell in enumerate(self._cells):
            camera_id = self._ids[place] if place < len(self._ids) else None
            if self._full is not None:
                shown, spot = camera_id == self._full, 0
            else:
                shown, spot = place < self._size, place
            set_shown(cell, shown)
            if shown:
                row, column = divmod(spot, columns)
                x, y = round(column * (width + gap)), round(row * (height + gap))
                cell.setGeometry(QRect(x, y, round(width), round(height)))
        self._mark_selected()

    def _mark_selected(self) -> None:
        for place, cell in enumerate(self._cells):
            camera_id = self._ids[place] if place < len(self._ids) else None
            cell.set_selected(camera_id is not None and camera_id == self._selected and self._full is None)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.resized.emit()

    def restyle(self) -> None:
        self._arrange()
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 30, self._theme.space("xl") * 17)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self._theme.space("xl") * 5)

    # -- input --------------------------------------------------------------------------------------

    def _id_of(self, cell: object) -> CameraId | None:
        place = next((number for number, each in enumerate(self._cells) if each is cell), len(self._cells))
        return self._ids[place] if place < len(self._ids) else None

    def _on_pressed(self) -> None:
        camera_id = self._id_of(self.sender())
        if camera_id is not None:
            self.select(camera_id)
            self.picked.emit(camera_id)

    def mousePressEvent(self, event) -> None:
        self._drag_from = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event) -> None:
        """A tap enlarges, and shrinks again; while the order is unlocked cells are dragged, and a tap only selects."""
        start, self._drag_from = self._drag_from, None
        if start is None:
            return
        source, target = self._id_of(self.childAt(start)), self._id_of(self.childAt(event.position().toPoint()))
        if source is None or target is None:
            return
        if source == target and (self._full is not None or not self.unlocked):
            self.enlarge_asked.emit(source)
        elif source != target and self.unlocked:
            self.moved.emit(source, target)
