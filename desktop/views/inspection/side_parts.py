"""Painted parts of the right pane: labelled lines, photos with place and time, rectification bars, past inspections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_glyph
from desktop.widgets.painting import CENTER, LEFT, draw_text, fill_rounded, text_width
from desktop.widgets.wording import listed, sentences

PHOTOS_SHOWN = 2
PHOTO_SHAPE = 133 / 214
"""Height by width of a photo in the pane."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture. `image` None = not here (yet); `why` says so."""

    caption: str
    image: QImage | None = None
    why: str = ""


class PhotoRow(ThemedWidget):
    """Two photos side by side; more are counted. A click asks for the next two."""

    more_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._photos: tuple[Photo, ...] = ()
        self._from = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_photos(self, photos: Sequence[Photo]) -> None:
        if len(photos) != len(self._photos):
            self._from = 0
        self._photos = tuple(photos)
        self.setAccessibleName(self.tr("照片 {n} 张").format(n=len(photos)))
        self.setHidden(not photos)
        self.updateGeometry()
        self.update()

    def photos(self) -> tuple[Photo, ...]:
        return self._photos

    def _gap(self) -> int:
        return self._theme.space("m")

    def _width(self, width: float) -> float:
        return (width - self._gap() * (PHOTOS_SHOWN - 1)) / PHOTOS_SHOWN

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._width(width) * PHOTO_SHAPE) + self._theme.line_px("caption") + self._theme.space("xs")

    def sizeHint(self) -> QSize:
        width = self.width() or self._theme.space("xl") * 20
        return QSize(self._theme.space("xl") * 20, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.heightForWidth(max(1, self.width())))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = self._width(self.width())
        for place, photo in enumerate(self._photos[self._from : self._from + PHOTOS_SHOWN]):
            box = QRectF(place * (width + self._gap()), 0, width, width * PHOTO_SHAPE)
            self._paint_photo(painter, box, photo)
            caption = QRectF(box.left(), box.bottom() + theme.space("xs"), width, theme.line_px("caption"))
            more = len(self._photos) - self._from - PHOTOS_SHOWN
            text = photo.caption
            if place == PHOTOS_SHOWN - 1 and more > 0:
                text = self.tr("{caption} · 还有 {n} 张").format(caption=text, n=more)
            draw_text(painter, caption, text, theme.font("caption"), theme.color("text.secondary"))
        painter.end()

    def _paint_photo(self, painter: QPainter, box: QRectF, photo: Photo) -> None:
        theme = self._theme
        fill_rounded(painter, box, theme.radius("control"), theme.color("surface.video"))
        if photo.image is None:
            draw_text(painter, box, photo.why, theme.font("caption"), theme.color("text.on_video"), CENTER)
            return
        image = photo.image
        scale = max(box.width() / image.width(), box.height() / image.height())
        source = QRectF(0, 0, box.width() / scale, box.height() / scale)
        source.moveCenter(QRectF(image.rect()).center())
        painter.drawImage(box, image, source)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if len(self._photos) > PHOTOS_SHOWN:
            self._from = (self._from + PHOTOS_SHOWN) % len(self._photos)
            self.update()
            self.more_requested.emit()


class LabelledLines(ThemedWidget):
    """严重程度  较重 — label, optional chevron, value."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """(label, value, severity or "")."""
        self._lines = tuple(lines)
        self.setAccessibleName(listed(f"{label} {value}" for label, value, _ in self._lines))
        self.setHidden(not lines)
        self.updateGeometry()
        self.update()

    def _row(self) -> float:
        return self._theme.line_px("body") * 1.2

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, round(self._row() * len(self._lines)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        indent = theme.space("xl") * 3.5
        for place, (label, value, severity) in enumerate(self._lines):
            box = QRectF(0, place * self._row(), self.width(), self._row())
            draw_text(painter, box, label, theme.font("small"), theme.color("text.secondary"))
            words = box.adjusted(indent, 0, 0, 0)
            if severity:
                side = theme.glyph_px
                look = theme.status("urgency", {"minor": "normal", "serious": "high", "grave": "top"}[severity])
                glyph = QRectF(words.left(), box.center().y() - side / 2, side, side)
                paint_glyph(painter, look.shape, glyph, look.color)
                words = words.adjusted(side + theme.space("xs"), 0, 0, 0)
            draw_text(painter, words, value, theme.font("body"), theme.color("text.primary"))
        painter.end()


@dataclass(frozen=True, slots=True)
class Progress:
    letter: str
    done: int
    total: int


class RectifyBars(ThemedWidget):
    """整改与复查: one bar per premises at the left, the day of the re-check at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[Progress, ...] = ()
        self._day, self._note = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_progress(self, rows: Sequence[Progress], day: str, note: str) -> None:
        self._rows, self._day, self._note = tuple(rows), day, note
        bars = listed(f"{row.letter} {row.done} / {row.total}" for row in rows)
        self.setAccessibleName(sentences((bars, f"{self.tr('复查日')} {day} {note}")))
        self.updateGeometry()
        self.update()

    def _row(self) -> float:
        return self._theme.row("compact") * 0.93

    def sizeHint(self) -> QSize:
        height = max(self._row() * len(self._rows), self._row() * 2.6)
        return QSize(self._theme.space("xl") * 14, round(height) + self._theme.space("s"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        middle = self.width() * 0.505
        for place, row in enumerate(self._rows):
            box = QRectF(0, place * self._row(), middle - theme.space("xl"), self._row())
            draw_text(painter, box, row.letter, theme.font("small"), theme.color("text.secondary"))
            count = f"{row.done} / {row.total}"
            room = theme.space("xl") * 2.2
            bar = box.adjusted(theme.space("xl") * 1.4, 0, -room, 0)
            bar = QRectF(bar.left(), bar.center().y() - theme.space("xs"), bar.width(), theme.space("s"))
            painter.fillRect(bar, theme.color("sla.track"))
            share = row.done / row.total if row.total else 1.0
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), theme.color("chart.s1"))
            words = QRectF(bar.right() + theme.space("s"), box.top(), room, box.height())
            draw_text(painter, words, count, theme.font("small", "number"), theme.color("text.primary"))
        painter.fillRect(
            QRectF(middle, 0, theme.pen("hair"), self.height() - theme.space("s")), theme.color("line.hair")
        )
        right = QRectF(middle + theme.space("l"), 0, self.width() - middle - theme.space("l"), theme.line_px("small"))
        draw_text(painter, right, self.tr("复查日"), theme.font("small"), theme.color("text.secondary"))
        day = right.translated(0, right.height())
        day.setHeight(theme.line_px("number_m"))
        draw_text(painter, day, self._day, theme.font("number_m", "number"), theme.color("text.primary"))
        note = QRectF(right.left(), day.bottom(), right.width(), theme.line_px("caption"))
        draw_text(painter, note, self._note, theme.font("caption"), theme.color("text.tertiary"))
        painter.end()


@dataclass(frozen=True, slots=True)
class PastLine:
    """One earlier inspection of the same premises. `passed` None = its re-check is not known."""

    day: str
    title: str
    failed: str
    outcome: str
    passed: bool | None = None


class PastList(ThemedWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[PastLine, ...] = ()
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Sequence[PastLine], empty: str) -> None:
        """Newest first; `empty` is said where there are none."""
        self._lines, self._empty = tuple(lines), empty
        spoken = sentences(f"{line.day} {line.title} {line.failed} {line.outcome}" for line in lines)
        self.setAccessibleName(spoken or empty)
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[PastLine, ...]:
        return self._lines

    def _row(self) -> float:
        return self._theme.line_px("small") * 1.25

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, round(self._row() * max(1, len(self._lines))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        font = theme.font("small")
        if not self._lines:
            box = QRectF(0, 0, self.width(), self._row())
            draw_text(painter, box, self._empty, font, theme.color("text.tertiary"))
        date = max((text_width(font, line.day) for line in self._lines), default=0.0) + theme.space("l")
        for place, line in enumerate(self._lines):
            box = QRectF(0, place * self._row(), self.width(), self._row())
            draw_text(painter, box, line.day, font, theme.color("text.secondary"))
            title = QRectF(date, box.top(), self.width() * 0.42 - date, box.height())
            draw_text(painter, title, line.title, font, theme.color("text.primary"))
            failed = QRectF(self.width() * 0.42, box.top(), self.width() * 0.18, box.height())
            draw_text(painter, failed, line.failed, font, theme.color("text.primary"))
            outcome = QRectF(self.width() * 0.61, box.top(), self.width() * 0.39, box.height())
            if line.passed is not None:
                side = theme.px("body")
                icon, role = ("check", "sla.ok") if line.passed else ("x", "sla.overdue")
                pixmap = theme.icon_pixmap(icon, role, side, self.devicePixelRatioF())
                painter.drawPixmap(round(outcome.left()), round(box.center().y() - side / 2), pixmap)
                outcome = outcome.adjusted(side + theme.space("xs"), 0, 0, 0)
            draw_text(painter, outcome, line.outcome, font, theme.color("text.primary"), LEFT)
        painter.end()
