"""One camera: its picture, its place, and its state with age by word and shape. Takes a QImage; knows no camera service.

The words on the picture stand on a dark band in both themes, so glyphs and words take the dark theme's colours there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPen, QPixmap

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_glyph, paint_status
from desktop.widgets.painting import CENTER, draw_text, hatch_brush, paint_focus, text_width
from desktop.widgets.wording import listed

BAND_ALPHA = 0.78
LOST_ALPHA = 0.68
"""How far the last picture of a lost line is darkened: nobody may take it for now."""
LEAST_DIRECT = 0.5
MADE_FOR = 16
"""A source makes pictures in steps of so many points: one that is less larger than the cell was made for it."""
GREY_STATES = frozenset({"frozen", "lost"})
EMPTY_STATES = frozenset({"restricted", "never", "connecting"})


@dataclass(frozen=True, slots=True)
class CellValue:
    """What one cell shows. `picture_number` rises with each picture, and stands for it in comparisons. `notice`: in the middle, or on the frozen strip.

    `tag` is the ticket or case in this camera's sector, with its status glyph; it brings the accent frame when `event`.
    """

    name: str
    state: str
    state_text: str
    picture: QImage | None = field(default=None, compare=False)
    picture_number: int = 0
    notice: str = ""
    reason: str = ""
    tag: str = ""
    tag_status: tuple[str, str] | None = None
    event: bool = False
    place: str = ""


class CameraCell(ThemedWidget):
    """`pressed` on a click; what a click means is the grid's. Paint only; a new picture repaints this cell alone."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._value: CellValue | None = None
        self._selected = False
        self._scaled: QImage | None = None
        self._scaled_key: tuple[object, ...] = ()
        self._kept: dict[str, tuple[tuple[object, ...], QPixmap]] = {}
        self._dark = theme.with_axes(name="dark")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, True)

    def value(self) -> CellValue | None:
        return self._value

    def set_value(self, value: CellValue | None) -> None:
        """None = an empty place of the grid."""
        if value == self._value:
            return
        self._value = value
        words = spoken(value) if value else ""
        if words != self.accessibleName():
            self.setAccessibleName(words)
        self.update()

    def set_selected(self, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected
            self.update()

    def restyle(self) -> None:
        self._dark = self._theme.with_axes(name="dark")
        self._scaled_key = ()
        self._kept.clear()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, self._theme.space("xl") * 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 3, self._theme.space("xl") * 2)

    # -- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        value = self._value
        if value is None:
            painter.fillRect(box, self._theme.color("surface.panel"))
        else:
            if value.picture is None or value.state == "restricted":
                painter.fillRect(box, self._theme.component("camera_cell", "ground"))
            self._paint_picture(painter, box, value)
            if value.state in EMPTY_STATES or value.state == "lost":
                self._paint_notice(painter, self._above_band(box), value)
            if value.state == "frozen":
                self._paint_frozen(painter, box, value)
            low = QRectF(0, box.bottom() - self._band_height(), box.width(), self._band_height())
            said = (value.name, value.state, value.state_text, value.notice)
            self._paint_kept(painter, "band", said, low, lambda kept, room: self._paint_band(kept, room, value))
            if value.tag:
                top = QRectF(0, 0, self._tag_width(box, value), self._band_height())
                said = (value.tag, *(value.tag_status or ()))
                self._paint_kept(painter, "tag", said, top, lambda kept, room: self._paint_tag(kept, room, value))
            self._paint_frame(painter, box, value)
        painter.end()

    def _paint_picture(self, painter: QPainter, box: QRectF, value: CellValue) -> None:
        if value.picture is None or value.state == "restricted":
            return
        grey = value.state in GREY_STATES
        part = self._fitting(value.picture)
        if part is not None and not grey:
            painter.drawImage(QPoint(0, 0), value.picture, part)
            return
        if not grey and self.width() * self.devicePixelRatioF() >= LEAST_DIRECT * value.picture.width():
            # Half the size or more: the painter's own filter is good enough, and several times cheaper.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, value.picture, _middle(value.picture, box))
            return
        key = (value.picture_number, grey, self.size(), self.devicePixelRatioF())
        if key != self._scaled_key or self._scaled is None:
            self._scaled, self._scaled_key = self._fit(value.picture, grey), key
        painter.drawImage(0, 0, self._scaled)
        if value.state == "lost":
            painter.fillRect(box, self._theme.color("surface.video", LOST_ALPHA))

    def _fitting(self, picture: QImage) -> QRect | None:
        """The middle part of a picture that was made for this cell (a few points larger at most): it is copied, not scaled."""
        if self.devicePixelRatioF() != 1.0:
            return None
        spare_x, spare_y = picture.width() - self.width(), picture.height() - self.height()
        if spare_x < 0 or spare_y < 0 or min(spare_x, spare_y) >= MADE_FOR:
            return None
        return QRect(spare_x // 2, spare_y // 2, self.width(), self.height())

    def _fit(self, picture: QImage, grey: bool) -> QImage:
        """The picture in the size of the cell; made once for each picture."""
        ratio = self.devicePixelRatioF()
        size = QSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        part = picture.copy(_middle(picture, QRectF(self.rect())).toRect())
        image = part.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        if grey:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        image.setDevicePixelRatio(ratio)
        return image

    def _band_height(self) -> float:
        return self._theme.line_px("body") + self._theme.space("s")

    def _above_band(self, box: QRectF) -> QRectF:
        return box.adjusted(0, 0, 0, -self._band_height())

    def _paint_kept(
        self,
        painter: QPainter,
        name: str,
        said: tuple[str, ...],
        box: QRectF,
        paint: Callable[[QPainter, QRectF], None],
    ) -> None:
        """Words over the picture are painted when they change, and copied with every picture: five times a second, on every
        tile. On paper and in drawings they stay words."""
        if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
            painter.save()
            painter.translate(box.topLeft())
            paint(painter, QRectF(0, 0, box.width(), box.height()))
            painter.restore()
            return
        ratio = self.devicePixelRatioF()
        size = (box.size() * ratio).toSize()
        key = (*said, size.width(), size.height(), ratio)
        known = self._kept.get(name)
        if known is None or known[0] != key:
            picture = QPixmap(size)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inside = QPainter(picture)
            paint(inside, QRectF(0, 0, box.width(), box.height()))
            inside.end()
            known = self._kept[name] = (key, picture)
        painter.drawPixmap(box.topLeft(), known[1])

    def _paint_band(self, painter: QPainter, band: QRectF, value: CellValue) -> None:
        theme, pad, side = self._theme, self._theme.space("s"), self._theme.glyph_px
        painter.fillRect(band, theme.color("video.band", BAND_ALPHA))
        text = theme.color("text.on_video")
        font = theme.font("body")
        state = value.state_text
        name_width = text_width(theme.font("body", "title"), value.name)
        if value.notice and value.state in EMPTY_STATES:
            # The middle says it already: the name comes first where both do not fit.
            whole = name_width + 3.7 * pad + side + text_width(font, state)
            state = state if whole <= band.width() else ""
        words = min(text_width(font, state), band.width() * 0.55)
        right = QRectF(band.right() - pad - words, band.top(), words, band.height())
        draw_text(painter, right, state, font, text)
        glyph = QRectF(right.left() - pad * 0.7 - side, band.center().y() - side / 2, side, side)
        paint_status(painter, self._dark, "camera", value.state, glyph)
        name = QRectF(band.left() + pad, band.top(), glyph.left() - band.left() - 2 * pad, band.height())
        draw_text(painter, name, value.name, theme.font("body", "title"), text)

    def _paint_notice(self, painter: QPainter, box: QRectF, value: CellValue) -> None:
        """Glyph, what it means and why, in the middle; a low cell leaves out the reason, then the glyph."""
        theme, gap = self._theme, self._theme.space("s")
        line = theme.line_px("body")
        lines = [text for text in (value.notice, value.reason) if text]
        side = float(theme.glyph_px * 1.6)
        while lines and side + gap + line * len(lines) > box.height() and len(lines) > 1:
            lines.pop()
        height = side + gap + line * len(lines)
        y = box.center().y() - height / 2
        look = self._dark.status("camera", value.state)
        paint_glyph(painter, look.shape, QRectF(box.center().x() - side / 2, y, side, side), look.color, look.fill)
        y += side + gap
        for place, text in enumerate(lines):
            room = QRectF(box.left() + gap, y, box.width() - 2 * gap, line)
            color = theme.color("text.on_video", 1.0 if place == 0 else 0.75)
            draw_text(painter, room, text, theme.font("body" if place == 0 else "caption"), color, CENTER)
            y += line

    def _paint_frozen(self, painter: QPainter, box: QRectF, value: CellValue) -> None:
        theme = self._theme
        strip = QRectF(box.left(), box.top(), box.width(), self._band_height())
        painter.fillRect(strip, theme.color("video.band", BAND_ALPHA))
        step = theme.space("m") + theme.space("xs")
        painter.fillRect(strip, hatch_brush(self._dark.color("camera.frozen", 0.75), step, step / 2.8))
        width = min(strip.width(), text_width(theme.font("body"), value.notice) + 2 * theme.space("s"))
        words = QRectF(strip.left(), strip.top(), width, strip.height())
        if value.tag:
            words.moveRight(strip.right())
        painter.fillRect(words, theme.color("video.band"))
        room = words.adjusted(theme.space("s"), 0, -theme.space("s"), 0)
        draw_text(painter, room, value.notice, theme.font("body"), theme.color("text.on_video"))

    def _tag_width(self, box: QRectF, value: CellValue) -> float:
        theme, pad = self._theme, self._theme.space("s")
        glyph = theme.glyph_px + pad if value.tag_status else 0
        return min(box.width(), text_width(theme.font("body"), value.tag) + glyph + 2 * pad + 1)

    def _paint_tag(self, painter: QPainter, tag: QRectF, value: CellValue) -> None:
        theme, pad, side = self._theme, self._theme.space("s"), self._theme.glyph_px
        glyph = side + pad if value.tag_status else 0
        painter.fillRect(tag, theme.color("video.band", BAND_ALPHA))
        if value.tag_status:
            spot = QRectF(tag.left() + pad, tag.center().y() - side / 2, side, side)
            paint_status(painter, self._dark, *value.tag_status, spot)
        room = QRectF(tag.left() + pad + glyph, tag.top(), tag.width() - glyph - 2 * pad + 1, tag.height())
        draw_text(painter, room, value.tag, theme.font("body"), theme.color("text.on_video"))

    def _paint_frame(self, painter: QPainter, box: QRectF, value: CellValue) -> None:
        theme = self._theme
        if value.event:
            width = theme.pen("series") * 1.5
            pen = QPen(theme.component("camera_cell", "event_edge"), width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        if self._selected:
            inset = theme.pen("series") * 1.5 if value.event else 0
            paint_focus(painter, theme, box.adjusted(inset, inset, -inset, -inset))

    # -- input --------------------------------------------------------------------------------------

    def mousePressEvent(self, event) -> None:
        self.pressed.emit()
        event.ignore()  # the grid enlarges and drags cells

    def mouseDoubleClickEvent(self, event) -> None:
        """The second of two quick clicks means nothing: who double-clicks by habit finds the picture large, not small again."""


def _middle(picture: QImage, box: QRectF) -> QRectF:
    """The part of the picture that fills a box of another shape."""
    scale = max(box.width() / max(1, picture.width()), box.height() / max(1, picture.height()))
    width, height = box.width() / scale, box.height() / scale
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)


def spoken(value: CellValue) -> str:
    """石浦桥东，冻结，画面 2 分 11 秒未变."""
    return listed((value.name, value.state_text, value.notice, value.reason, value.tag))
