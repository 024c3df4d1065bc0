"""The command line below a table: an input, the keys that act on it, and a sentence saying what will happen before Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import KeyHint
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import RIGHT, draw_runs, draw_text, runs_text, text_width
from desktop.widgets.values import Run


class _Frame(ThemedWidget):
    """The bordered box around the input; the border shows the focus of the input inside."""

    def __init__(self, theme: Theme, edit: QLineEdit, parent=None) -> None:
        super().__init__(theme, parent)
        self._edit = edit

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.focus" if self._edit.hasFocus() else "line.strong"), 1))
        painter.setBrush(theme.color("surface.app"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
        painter.end()


class _Sentence(ThemedWidget):
    """What will happen, and at the right how it can be undone."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._runs: tuple[Run, ...] = ()
        self._right = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_runs(self, runs: Sequence[Run], right: str) -> None:
        self._runs, self._right = tuple(runs), right
        self.setAccessibleName(f"{runs_text(self._runs)} {right}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.line_px("small"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        font = theme.font("small")
        right = min(box.width() / 2, text_width(font, self._right))
        draw_text(
            painter,
            QRectF(box.right() - right - 1, 0, right + 1, box.height()),
            self._right,
            font,
            theme.color("text.tertiary"),
            RIGHT,
        )
        box.setRight(box.right() - right - theme.space("m"))
        draw_runs(painter, box, self._runs, theme, "small")
        painter.end()


class CommandBar(ThemedWidget):
    """Enter submits, Esc leaves, the text is parsed by the view."""

    text_changed = Signal(str)
    submitted = Signal(str)
    cancelled = Signal()
    completion_requested = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._edit = QLineEdit()
        self._edit.setProperty("bare", True)
        self._edit.setPlaceholderText(self.tr("/ 命令，例如 /催办 区环卫所"))
        self._edit.setAccessibleName(self.tr("命令"))
        self._edit.textChanged.connect(self.text_changed)
        self._edit.returnPressed.connect(self._on_return_pressed)
        self._edit.installEventFilter(self)
        self._frame = _Frame(theme, self._edit)
        row = self._row = QHBoxLayout(self._frame)
        row.addWidget(self._edit, 1)
        for key, text in (("Tab", self.tr("补全")), ("Enter", self.tr("执行")), ("Esc", self.tr("退出"))):
            row.addWidget(KeyHint(theme, key))
            row.addWidget(plain_label(theme, text, "caption", "text.tertiary"))
        self._sentence = _Sentence(theme)
        column = self._column = QVBoxLayout(self)
        column.addWidget(self._frame)
        column.addWidget(self._sentence)
        self.restyle()

    def focus_input(self, text: str = "/") -> None:
        """Put the cursor into the line; an empty line starts with `text`."""
        if not self._edit.text():
            self._edit.setText(text)
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def input(self) -> QLineEdit:
        """The line itself, for focus order and tests."""
        return self._edit

    def text(self) -> str:
        """What is typed."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Replace what is typed (completion)."""
        self._edit.setText(text)

    def set_sentence(self, runs: Sequence[Run], right: str = "") -> None:
        """What Enter would do; at the right how it can be undone."""
        self._sentence.set_runs(runs, right)

    def clear(self) -> None:
        """Empty the line and the sentence."""
        self._edit.clear()
        self._sentence.set_runs((), "")

    def restyle(self) -> None:
        theme = self._theme
        self._edit.setFont(theme.font("small"))
        self._row.setContentsMargins(theme.space("m"), theme.space("xs"), theme.space("s"), theme.space("xs"))
        self._row.setSpacing(theme.space("xs"))
        self._frame.setFixedHeight(theme.row("normal"))
        self._column.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), theme.space("s"))
        self._column.setSpacing(theme.space("xs"))

    def _on_return_pressed(self) -> None:
        self.submitted.emit(self._edit.text())

    def eventFilter(self, watched, event) -> bool:
        if watched is self._edit and event.type() == event.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
            if event.key() == Qt.Key.Key_Tab:
                self.completion_requested.emit()
                return True
        if watched is self._edit and event.type() in (event.Type.FocusIn, event.Type.FocusOut):
            self._frame.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.panel"))
        painter.fillRect(QRectF(0, 0, self.width(), self._theme.pen("hair")), self._theme.color("line.hair"))
        painter.end()
