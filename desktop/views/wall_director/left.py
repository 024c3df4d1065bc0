"""The left column: the library of views, and a line that names one ticket, camera or place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.wall_director import words
from desktop.views.wall_director.library import Library
from desktop.views.wall_director.look import Look
from desktop.widgets.labels import plain_label
from domain.wall.values import Content

WIDTH = 312


class Left(QWidget):
    """`named(text)`: Enter in the line."""

    named = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(round(WIDTH * theme.scale))
        self.library = Library(theme, words.library())
        self.thing = QLineEdit()
        self.thing.setPlaceholderText(self.tr("工单号、视频名或地名，回车送选中屏"))
        self.thing.setAccessibleName(self.tr("要上墙的工单、视频或地点"))
        self.thing.returnPressed.connect(self._on_named)
        column = QVBoxLayout(self)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(plain_label(theme, self.tr("画面"), "body", weight="title"))
        column.addWidget(self.library)
        column.addSpacing(theme.space("s"))
        column.addWidget(self.thing)
        hint = self.tr(
            "拖到屏上，或按数字选屏、回车送上；Shift 回车加入轮播。上墙内容自动脱敏：来电人、电话、门牌不显示。"
        )
        column.addWidget(plain_label(theme, hint, "caption", role="text.tertiary", wrap=True))
        column.addStretch(1)

    def show_look(self, look: Look) -> None:
        """Small pictures in the library; those of what is staged are wanted first."""
        previews, shown = look.feed.previews, {}
        views = [Content(entry.id) for entry in words.library()]
        coming = [content for contents in look.feed.staged.values() for content in contents]
        previews.want((*coming, *views))
        for content in views:
            preview = previews.of(content)
            if preview is not None:
                shown[content.view] = (preview.image, words.preview_text(preview, previews.age_s(preview)))
        self.library.set_previews(shown)

    def _on_named(self) -> None:
        self.named.emit(self.thing.text().strip())
