"""A command as a button with its key: plain, primary or danger. A disabled one stays visible and keeps its reason."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import CENTER, draw_text, fill_rounded, paint_focus, text_width

KINDS = ("plain", "primary", "danger")


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of an action row. `reason` says why it is disabled."""

    id: str
    text: str
    key: str = ""
    kind: str = "plain"
    enabled: bool = True
    reason: str = ""


class ActionButton(QAbstractButton):
    """Text at the left, key at the right; without key the text is centred."""

    def __init__(
        self, theme: Theme, text: str, key: str = "", kind: str = "plain", icon: str = "", parent=None
    ) -> None:
        super().__init__(parent)
        if kind not in KINDS:
            raise ValueError(f"no such kind of button: {kind}")
        self._theme, self._key, self._kind, self._icon, self._reason = theme, key, kind, icon, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_label(text, key)

    def set_label(self, text: str, key: str = "") -> None:
        """Another text and key."""
        self._key = key
        self.setText(text)
        self.setAccessibleName(f"{text} {key}".strip())
        self.updateGeometry()
        self.update()

    def show_action(self, action: Action) -> None:
        """All of an action; what is the same already is not touched."""
        if (self.text(), self._key) != (action.text, action.key):
            self.set_label(action.text, action.key)
        self.set_kind(action.kind)
        self.set_availability(action.enabled, action.reason)

    def set_kind(self, kind: str) -> None:
        """plain, primary or danger."""
        self._kind = kind
        self.update()

    def set_availability(self, enabled: bool, reason: str = "") -> None:
        """Enable, or disable with the reason that is printed below and read out."""
        self.setEnabled(enabled)
        self._reason = "" if enabled else reason
        self.setAccessibleDescription(self._reason)
        self.setToolTip(self._reason)
        self.update()

    def key(self) -> str:
        """The key printed on the button."""
        return self._key

    def reason(self) -> str:
        """Why the button is disabled; empty while it is enabled."""
        return self._reason

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def _height(self) -> int:
        return max(self._theme.row("compact"), self._theme.hit_px)

    def _colors(self) -> tuple[str, str, str]:
        """Roles of ground, border and text."""
        if not self.isEnabled():
            return "", "line.hair", "text.disabled"
        if self._kind == "primary":
            return "accent.base", "", "text.on_accent"
        ground = "surface.hover" if self.underMouse() else "surface.control"
        return ground, "line.strong", "urgency.top" if self._kind == "danger" else "text.primary"

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = 2 * theme.space("m") + text_width(theme.font("small", "title"), self.text())
        width += theme.space("l") + key_hint_width(theme, self._key) if self._key else 0
        width += theme.px("body") + theme.space("xs") if self._icon else 0
        return QSize(int(width) + 2, self._height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event) -> None:
        theme = self._theme
        ground, border, text = self._colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if ground:
            fill_rounded(painter, box, theme.radius("control"), theme.color(ground))
        if border:
            painter.setPen(QPen(theme.color(border), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
        if self.isDown() and self.isEnabled():
            fill_rounded(painter, box, theme.radius("control"), theme.color("surface.app", 0.25))
        self._paint_content(painter, box, text)
        if self.hasFocus():
            paint_focus(painter, theme, box)
        painter.end()

    def _paint_content(self, painter: QPainter, box: QRectF, text_role: str) -> None:
        theme = self._theme
        font = theme.font("small", "title" if self._kind == "primary" and self.isEnabled() else "body")
        inner = box.adjusted(theme.space("m"), 0, -theme.space("m"), 0)
        if self._icon:
            side = theme.px("body")
            pixmap = theme.icon_pixmap(self._icon, text_role, side, self.devicePixelRatioF())
            painter.drawPixmap(int(inner.left()), int(inner.center().y() - side / 2), pixmap)
            inner.setLeft(inner.left() + side + theme.space("xs"))
        if not self._key or theme.is_wall:
            draw_text(
                painter,
                inner,
                self.text(),
                font,
                theme.color(text_role),
                CENTER if not self._icon else Qt.AlignmentFlag.AlignLeft,
            )
            return
        width = key_hint_width(theme, self._key)
        on_accent = self._kind == "primary" and self.isEnabled()
        paint_key_hint(
            painter,
            theme,
            inner.right() - width,
            inner.center().y(),
            self._key,
            "text.on_accent" if on_accent else "surface.control",
            "text.on_accent" if on_accent else "text.tertiary",
            0.2 if on_accent else 0.0,
        )
        inner.setRight(inner.right() - width - theme.space("xs"))
        draw_text(painter, inner, self.text(), font, theme.color(text_role))
