"""Cameras near a ticket, as a strip: small picture, place, distance, whether it covers the place, and state. Click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, paint_focus, rounded, text_width
from desktop.widgets.wording import sentences

PICTURE_SHAPE = 16 / 9


@dataclass(frozen=True, slots=True)
class StripCamera:
    """One line. `distance`: 120 米. `cover`: 覆盖, or 仅邻近. `state_text`: 实时, 静图 12 秒."""

    id: str
    name: str
    distance: str
    cover: str
    covers: bool
    state: str
    state_text: str
    picture: QImage | None = field(default=None, compare=False)
    picture_number: int = 0


class CameraStrip(ThemedWidget):
    """`activated(id)` on a click, or Enter on the row chosen by the arrow keys."""

    activated = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._cameras: tuple[StripCamera, ...] = ()
        self._empty = ""
        self._row = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def set_cameras(self, cameras: Sequence[StripCamera], empty: str = "") -> None:
        """Nearest first. `empty`: the sentence when there is none."""
        if (tuple(cameras), empty) == (self._cameras, self._empty):
            return
        if len(cameras) != len(self._cameras):
            self.updateGeometry()
        self._cameras, self._empty = tuple(cameras), empty
        self._row = min(self._row, max(0, len(self._cameras) - 1))
        lines = [f"{each.name} {each.cover} {each.distance} {each.state_text}" for each in self._cameras]
        self.setAccessibleName(sentences(lines) or empty)
        self.update()

    def cameras(self) -> tuple[StripCamera, ...]:
        return self._cameras

    def _height(self) -> int:
        return self._theme.line_px("body") + self._theme.line_px("caption") + self._theme.space("s")

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._cameras))
        height = self._height() * rows if self._cameras else self._theme.line_px("small")
        return QSize(self._theme.space("xl") * 10, height)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        if not self._cameras:
            draw_text(painter, QRectF(self.rect()), self._empty, theme.font("small"), theme.color("text.tertiary"))
        for place, camera in enumerate(self._cameras):
            box = QRectF(0, place * self._height(), self.width(), self._height())
            self._paint_row(painter, box, camera)
            if self.hasFocus() and place == self._row:
                paint_focus(painter, theme, box)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, camera: StripCamera) -> None:
        theme, gap = self._theme, self._theme.space("s")
        height = box.height() - theme.space("xs")
        picture = QRectF(box.left(), box.top() + theme.space("xs") / 2, height * PICTURE_SHAPE, height)
        self._paint_picture(painter, picture, camera)
        words = QRectF(picture.right() + theme.space("m"), box.top(), 0, box.height())
        words.setRight(box.right())
        first = QRectF(words.left(), picture.top(), words.width(), theme.line_px("body"))
        second = QRectF(words.left(), first.bottom(), words.width(), theme.line_px("caption"))
        distance = text_width(theme.font("body", "number"), camera.distance)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, first, camera.distance, theme.font("body", "number"), theme.color("text.primary"), right)
        name = first.adjusted(0, 0, -distance - gap, 0)
        draw_text(painter, name, camera.name, theme.font("body"), theme.color("text.primary"))
        side = theme.glyph_px
        spot = QRectF(second.left(), second.center().y() - side / 2, side, side)
        paint_status(painter, theme, "camera", camera.state, spot)
        state = second.adjusted(side + theme.space("xs"), 0, 0, 0)
        draw_text(painter, state, camera.state_text, theme.font("caption"), theme.color("text.secondary"))
        role = "text.primary" if camera.covers else "text.tertiary"
        draw_text(painter, second, camera.cover, theme.font("caption"), theme.color(role), right)

    def _paint_picture(self, painter: QPainter, box: QRectF, camera: StripCamera) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(rounded(box, theme.radius("control")))
        painter.fillRect(box, theme.component("camera_cell", "ground"))
        if camera.picture is not None and camera.state != "restricted":
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            picture = camera.picture
            if camera.state in ("lost", "frozen"):
                picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
            painter.drawImage(box, picture)
        painter.restore()

    # -- input --------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event) -> None:
        row = int(event.position().y() // self._height())
        if 0 <= row < len(self._cameras) and event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit(self._cameras[row].id)

    def keyPressEvent(self, event) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key())
        if step is not None and self._cameras:
            self._row = min(max(self._row + step, 0), len(self._cameras) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cameras:
            self.activated.emit(self._cameras[self._row].id)
        else:
            super().keyPressEvent(event)
