"""The card of one component 部件: what it is, its 16-digit number, where it stands, who answers for it, its state."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text, fill_rounded, hair_line, text_width, wrapped_text
from desktop.widgets.values import DASH
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class ComponentValue:
    """As printed. An empty text is shown as unknown. `wrong`: the state is not in order and must be seen."""

    number: str
    kind: str
    place: str = ""
    area: str = ""
    department: str = ""
    owner: str = ""
    maintainer: str = ""
    state: str = ""
    wrong: bool = False
    source: str = ""
    """Where the register comes from and how old it is: "部件登记 2018-10-09"."""


class ComponentCard(ThemedWidget):
    """Heading with kind and state, then one line per fact; long texts wrap, nothing is cut off."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._value: ComponentValue | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_component(None)

    def set_component(self, value: ComponentValue | None) -> None:
        """None = nothing is chosen: says so."""
        self._value = value
        if value is None:
            self.setAccessibleName(self._nothing())
        else:
            facts = (f"{word} {text}" for word, text in self._facts(value))
            self.setAccessibleName(listed((value.kind, value.state, *facts)))
        self.updateGeometry()
        self.update()

    def value(self) -> ComponentValue | None:
        return self._value

    def _nothing(self) -> str:
        return self.tr("未选部件")

    def _facts(self, value: ComponentValue) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("编号"), value.number),
            (self.tr("位置"), value.place or DASH),
            (self.tr("网格"), value.area or DASH),
            (self.tr("主管部门"), value.department or DASH),
            (self.tr("权属单位"), value.owner or DASH),
            (self.tr("养护单位"), value.maintainer or DASH),
        )

    def _label_width(self, value: ComponentValue) -> float:
        font = self._theme.font("small")
        return max(text_width(font, word) for word, _ in self._facts(value)) + self._theme.space("m")

    def _line_height(self, text: str, width: float) -> float:
        return wrapped_text(self._theme.font("small"), text, width).boundingRect().height() + self._theme.space("xs")

    def _head(self) -> int:
        return self._theme.line_px("title") + self._theme.space("s")

    def _foot(self, value: ComponentValue) -> int:
        return self._theme.line_px("caption") + self._theme.space("xs") if value.source else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme, value = self._theme, self._value
        pad = 2 * theme.space("m")
        if value is None:
            return pad + theme.line_px("small")
        room = max(1.0, width - pad - self._label_width(value))
        lines = sum(self._line_height(text, room) for _, text in self._facts(value))
        return round(pad + self._head() + theme.space("s") + lines + self._foot(value)) + 1

    def sizeHint(self) -> QSize:
        width = self.width() or self._theme.space("xl") * 14
        return QSize(self._theme.space("xl") * 14, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        least = self._theme.space("xl") * 9
        return QSize(least, self.heightForWidth(max(least, self.width())))

    def paintEvent(self, event) -> None:
        theme, value = self._theme, self._value
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_rounded(painter, QRectF(self.rect()), theme.radius("panel"), theme.color("surface.panel"))
        pad = theme.space("m")
        inner = QRectF(self.rect()).adjusted(pad, pad, -pad, -pad)
        if value is None:
            draw_text(painter, inner, self._nothing(), theme.font("small"), theme.color("text.tertiary"))
        else:
            self._paint_value(painter, inner, value)
        painter.end()

    def _paint_value(self, painter: QPainter, inner: QRectF, value: ComponentValue) -> None:
        theme = self._theme
        head = QRectF(inner.left(), inner.top(), inner.width(), self._head())
        role = "sla.overdue" if value.wrong else "text.secondary"
        font = theme.font("small", "title" if value.wrong else "body")
        draw_text(painter, head, value.state, font, theme.color(role), RIGHT)
        title = head.adjusted(0, 0, -text_width(font, value.state) - theme.space("m"), 0)
        draw_text(painter, title, value.kind, theme.font("title", "title"), theme.color("text.primary"))
        hair_line(painter, theme, inner.left(), head.bottom(), inner.width())
        top, indent = head.bottom() + theme.space("s"), self._label_width(value)
        small = theme.font("small")
        for word, text in self._facts(value):
            height = self._line_height(text, inner.width() - indent)
            one = QRectF(inner.left(), top, indent, self._line_height(word, indent) - theme.space("xs"))
            draw_text(painter, one, word, small, theme.color("text.tertiary"))
            painter.setPen(theme.color("text.primary"))
            wrapped_text(small, text, inner.width() - indent).draw(painter, QPointF(inner.left() + indent, top))
            top += height
        if value.source:
            foot = QRectF(inner.left(), inner.bottom() - self._foot(value), inner.width(), self._foot(value))
            draw_text(painter, foot, value.source, theme.font("caption"), theme.color("text.tertiary"))
