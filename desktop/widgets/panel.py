"""A panel: header with title and age, and a body that is content, loading, empty, error or no permission (screens.md §3)."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.freshness_badge import freshness_text
from desktop.widgets.painting import fill_rounded, format_count
from desktop.widgets.panel_header import header_height, paint_panel_header
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.values import Freshness


class Panel(ThemedWidget):
    """Holds one body widget. Each state keeps the size of the panel, so neighbours never jump."""

    action_requested = Signal()

    def __init__(self, theme: Theme, title: str, parent=None) -> None:
        super().__init__(theme, parent)
        self._title, self._note = title, ""
        self._freshness: Freshness | None = None
        self._body: QWidget | None = None
        self._stack = QStackedWidget()
        self._message = PanelMessage(theme)
        self._message.action_requested.connect(self.action_requested)
        self._stack.addWidget(self._message)
        outer = self._outer = QVBoxLayout(self)
        outer.addWidget(self._stack)
        self.restyle()
        self._describe()

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title = title
        self._describe()

    def title(self) -> str:
        """What the header says."""
        return self._title

    def set_note(self, note: str) -> None:
        """What stands before the age: the period, or what a band means."""
        self._note = note
        self._describe()

    def set_freshness(self, freshness: Freshness) -> None:
        """Another age. A late panel is hatched; the body is told if it has `set_dimmed`."""
        was_late = self._freshness is not None and self._freshness.late
        self._freshness = freshness
        if freshness.late != was_late:
            self._dim_body()
        self._describe()

    def set_body(self, body: QWidget) -> None:
        """The content. The panel owns it."""
        if self._body is not None:
            self._stack.removeWidget(self._body)
            self._body.deleteLater()
        self._body = body
        self._stack.addWidget(body)
        self._dim_body()
        self.show_content()

    def body(self) -> QWidget | None:
        """The content widget."""
        return self._body

    def show_content(self) -> None:
        """Show the body."""
        if self._body is not None:
            self._stack.setCurrentWidget(self._body)

    def show_loading(self, done: int | None = None, total: int | None = None) -> None:
        """正在取快照 3,120 / 5,000: progress in words, no spinner."""
        text = self.tr("正在取快照")
        if done is not None:
            text += f" {format_count(done)} / {format_count(total)}"
        share = done / total if done is not None and total else None
        self._show_message(text, progress=share)

    def show_empty(self, sentence: str, action: str = "") -> None:
        """One sentence that says what would appear, and the next step as a button."""
        self._show_message(sentence, action=action)

    def show_error(self, what: str, since: str, next_step: str, code: str) -> None:
        """What failed, since when, what the system does next, and the code for support."""
        self._show_message(
            what,
            detail=self.tr("{since} 起。{next_step}").format(since=since, next_step=next_step),
            footnote=self.tr("代码 {code}").format(code=code),
            status=("alarm", "major"),
        )

    def show_no_permission(self, roles: str, can_request: bool = False) -> None:
        """本席无权查看, which role may, and a request button (desk only)."""
        self._show_message(
            self.tr("本席无权查看"),
            detail=self.tr("可查看的角色：{roles}").format(roles=roles),
            status=("camera", "restricted"),
            action=self.tr("申请") if can_request and not self._theme.is_wall else "",
        )

    def message(self) -> str:
        """The sentence shown instead of the body; empty while the body is shown."""
        return self._message.text() if self._stack.currentWidget() is self._message else ""

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._outer.setContentsMargins(pad, header_height(self._theme), pad, self._theme.space("m"))

    def _show_message(
        self,
        text: str,
        *,
        detail: str = "",
        footnote: str = "",
        action: str = "",
        status: tuple[str, str] | None = None,
        progress: float | None = None,
    ) -> None:
        self._message.set_message(text, detail, footnote, action, status, progress)
        self._stack.setCurrentWidget(self._message)

    def _dim_body(self) -> None:
        dim = getattr(self._body, "set_dimmed", None)
        if dim is not None:
            dim(self._freshness is not None and self._freshness.late)

    def _describe(self) -> None:
        age = "" if self._freshness is None else freshness_text(self._theme, self._freshness, "panel")
        self.setAccessibleName(" ".join(part for part in (self._title, self._note, age) if part))
        # The header alone: the age of every panel turns with the minute, and a chart is dear to paint.
        self.update(0, 0, self.width(), math.ceil(header_height(self._theme)))

    def sizeHint(self) -> QSize:
        return self._outer.sizeHint()

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        fill_rounded(painter, box, theme.radius("panel"), theme.component("panel", "ground"))
        header = QRectF(0, 0, box.width(), header_height(theme))
        paint_panel_header(painter, header, theme, self._title, self._note, self._freshness)
        painter.end()
