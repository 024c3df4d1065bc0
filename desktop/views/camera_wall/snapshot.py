"""A picture as evidence: what the camera shows, and under it camera, number, time and who took it, part of the picture itself."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.theme.theme import Theme
from desktop.widgets.painting import LEFT, draw_text
from domain.cameras import Camera

LINES = 2
HEIGHT_SHARE = 0.075
"""Of the picture's width: the band stays legible on a small picture and modest on a large one."""


def watermarked(picture: QImage, theme: Theme, camera: Camera, taken_at: str, taken_by: str, note: str = "") -> QImage:
    """A copy with a band below the picture, so that nothing of the picture is covered. `note`: 演示数据, 静图 12 秒."""
    dark = theme.with_axes(name="dark", profile="desk")
    line = max(dark.line_px("caption"), round(picture.width() * HEIGHT_SHARE / LINES))
    pad = line // 2
    image = QImage(picture.width(), picture.height() + LINES * line + pad, QImage.Format.Format_RGB32)
    image.fill(dark.color("video.band"))
    painter = QPainter(image)
    painter.drawImage(0, 0, picture)
    font = dark.font("caption")
    font.setPixelSize(max(dark.px("caption"), round(line * 0.62)))
    text = dark.color("text.on_video")
    room = QRectF(pad, picture.height() + pad / 2, image.width() - 2 * pad, line)
    first = " · ".join(part for part in (camera.name, camera.place, camera.id) if part)
    second = " · ".join(part for part in (taken_at, taken_by, note) if part)
    draw_text(painter, room, first, font, text, LEFT)
    draw_text(painter, room.translated(0, line), second, font, text, LEFT)
    painter.end()
    return image
