"""责令整改通知书 as a small sheet: a preview made of the failed cells before it is issued, the paper itself afterwards. Painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import CENTER, LEFT, RIGHT, draw_text, fill_rounded, hair_line, wrapped_text
from desktop.widgets.wording import listed

COLUMNS = 2


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What the sheet says. `served` "" = not yet; `served_well` puts the tick before it."""

    number: str
    body: str
    problems: tuple[str, ...]
    issuer: str
    served: str
    served_well: bool = False


class NoticeCard(ThemedWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text: NoticeText | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: NoticeText | None) -> None:
        if text == self._text:
            return
        self._text = text
        if text is None:
            self.setAccessibleName("")
        else:
            parts = (text.number, self.tr("责令整改通知书"), text.body, *text.problems, text.issuer, text.served)
            self.setAccessibleName(listed(parts))
        self.updateGeometry()
        self.update()

    def text(self) -> NoticeText | None:
        return self._text

    # -- geometry -----------------------------------------------------------------------------------

    def _pad(self) -> int:
        return round(self._theme.space("xl") * 0.9)

    def _body_height(self, width: float) -> float:
        assert self._text is not None
        return wrapped_text(self._theme.font("body"), "　　" + self._text.body, width).boundingRect().height()

    def _problem_rows(self) -> int:
        return 0 if self._text is None else -(-len(self._text.problems) // COLUMNS)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._text is None:
            return 0
        theme, pad = self._theme, self._pad()
        height = pad * 1.6 + theme.line_px("caption") + theme.line_px("heading") * 1.3
        height += self._body_height(width - 2 * pad) + self._problem_rows() * theme.line_px("small") * 1.15
        return round(height + theme.row("normal"))

    def sizeHint(self) -> QSize:
        width = self.width() or self._theme.space("xl") * 20
        return QSize(self._theme.space("xl") * 20, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    # -- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        text, theme = self._text, self._theme
        if text is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_rounded(painter, QRectF(self.rect()), theme.radius("panel"), theme.color("surface.raised"))
        pad = self._pad()
        box = QRectF(self.rect()).adjusted(pad, pad * 0.8, -pad, 0)
        line = QRectF(box.left(), box.top(), box.width(), theme.line_px("caption"))
        draw_text(painter, line, text.number, theme.font("caption"), theme.color("text.secondary"), RIGHT)
        title = QRectF(box.left(), line.bottom(), box.width(), theme.line_px("heading") * 1.2)
        self._paint_title(painter, title)
        body = wrapped_text(theme.font("body"), "　　" + text.body, box.width())
        painter.setPen(QPen(theme.color("text.primary")))
        body.draw(painter, QPointF(box.left(), title.bottom()))
        top = title.bottom() + self._body_height(box.width())
        self._paint_problems(painter, box, top, text)
        foot = QRectF(box.left(), self.height() - theme.row("normal"), box.width(), theme.row("normal"))
        hair_line(painter, theme, foot.left(), foot.top(), foot.right())
        self._paint_foot(painter, foot, text)
        painter.end()

    def _paint_title(self, painter: QPainter, box: QRectF) -> None:
        """Spread, as the title of an official paper is."""
        spread = " ".join(self.tr("责令整改通知书"))
        draw_text(painter, box, spread, self._theme.font("heading", "title"), self._theme.color("text.primary"), CENTER)

    def _paint_problems(self, painter: QPainter, box: QRectF, top: float, text: NoticeText) -> None:
        theme = self._theme
        height, width = theme.line_px("small") * 1.15, box.width() / COLUMNS
        rows = self._problem_rows()
        for place, problem in enumerate(text.problems):
            x = box.left() + theme.space("xs") + place // rows * width
            line = QRectF(x, top + place % rows * height, width - theme.space("s"), height)
            draw_text(painter, line, f"{place + 1}. {problem}", theme.font("small"), theme.color("text.primary"), LEFT)

    def _paint_foot(self, painter: QPainter, box: QRectF, text: NoticeText) -> None:
        theme, font = self._theme, self._theme.font("caption")
        used = draw_text(painter, box, text.served, font, theme.color("text.primary"), RIGHT)
        if text.served_well:
            side = theme.px("body")
            pixmap = theme.icon_pixmap("check", "sla.ok", side, self.devicePixelRatioF())
            x = box.right() - used - side - theme.space("xs")
            painter.drawPixmap(round(x), round(box.center().y() - side / 2), pixmap)
            used += side + theme.space("s")
        issuer = box.adjusted(0, 0, -used - theme.space("m"), 0)
        draw_text(painter, issuer, text.issuer, font, theme.color("text.secondary"), LEFT)
