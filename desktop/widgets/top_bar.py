"""The bar on top of every desk window: title, command box, alarm load, sound, link, shift and role, date and clock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.labels import PlainLabel, plain_label
from desktop.widgets.load_meter import LoadMeter
from desktop.widgets.painting import draw_text, fill_rounded, paint_focus, text_width
from desktop.widgets.tag import Tag
from desktop.widgets.values import Freshness

BAR_ROWS = 46 / 36  # height of the bar in normal rows


class CommandBox(QAbstractButton):
    """Looks like an input, opens the command palette: 单号、地点、单位，或 / 开头的命令."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(parent)
        self.apply_theme(theme)
        self.setText(self.tr("单号、地点、单位，或 / 开头的命令"))
        self.setAccessibleName(self.tr("搜索或命令 Ctrl K"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.setMaximumWidth(theme.space("xl") * 19)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.row("compact"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self._theme.row("compact"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill_rounded(painter, box, theme.radius("control"), theme.color("surface.panel"))
        role = "line.focus" if self.hasFocus() else "line.strong"
        painter.setPen(QPen(theme.color(role), theme.pen("hair")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
        side = theme.px("body")
        x = box.left() + theme.space("s")
        pixmap = theme.icon_pixmap("search", "text.tertiary", side, self.devicePixelRatioF())
        painter.drawPixmap(round(x), round(box.center().y() - side / 2), pixmap)
        x += side + theme.space("s")
        key = "Ctrl K"
        width = key_hint_width(theme, key)
        paint_key_hint(painter, theme, box.right() - width - theme.space("xs"), box.center().y(), key)
        room = QRectF(x, box.top(), box.right() - width - theme.space("m") - x, box.height())
        draw_text(painter, room, self.text(), theme.font("small"), theme.color("text.tertiary"))
        painter.end()


class SoundBadge(QAbstractButton):
    """Loudspeaker and what it does now; a click mutes for two minutes, a second one ends that."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, "quiet"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state("quiet", "")

    def set_state(self, state: str, text: str) -> None:
        """Another state; an unchanged one costs nothing."""
        if (state, text) == (self._state, self.text()) and self.accessibleName():
            return
        self._state = state
        self.setText(text)
        self.setAccessibleName(self.tr("声音 {state}").format(state=text or self.tr("正常")))
        self.updateGeometry()
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        text = text_width(theme.font("small"), self.text()) + theme.space("xs") if self.text() else 0
        return QSize(int(theme.px("title") + text) + 4, theme.line_px("small") + 2)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        side = theme.px("title")
        silent = self._state in ("muted", "no_sound")
        role = "text.primary" if self._state in ("ringing", "no_sound") else "text.secondary"
        icon = "volume-x" if silent else "volume-2"
        pixmap = theme.icon_pixmap(icon, role, side, self.devicePixelRatioF())
        painter.drawPixmap(2, round((self.height() - side) / 2), pixmap)
        room = QRectF(side + theme.space("xs") + 2, 0, self.width() - side, self.height())
        draw_text(painter, room, self.text(), theme.font("small"), theme.color(role))
        if self.hasFocus():
            paint_focus(painter, theme, QRectF(self.rect()))
        painter.end()


class WallHandle(QAbstractButton):
    """What the window shows, to the wall: a click asks for the screen, a drag goes onto one in the director."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(self.tr("上墙"))
        self.setAccessibleName(self.tr("上墙 W"))
        self.setAccessibleDescription(self.tr("点按选屏，或拖到导播的屏上"))
        self.setToolTip(self.accessibleDescription())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = theme.px("body") + theme.space("xs") + text_width(theme.font("small"), self.text())
        key = key_hint_width(theme, "W") + theme.space("s")
        return QSize(round(width + key + 2 * theme.space("s")), theme.row("compact"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill_rounded(painter, box, theme.radius("control"), theme.color("surface.control"))
        side = theme.px("body")
        x = box.left() + theme.space("s")
        pixmap = theme.icon_pixmap("monitor-up", "text.secondary", side, self.devicePixelRatioF())
        painter.drawPixmap(round(x), round(box.center().y() - side / 2), pixmap)
        words = box.adjusted(theme.space("s") + side + theme.space("xs"), 0, 0, 0)
        draw_text(painter, words, self.text(), theme.font("small"), theme.color("text.secondary"))
        right = box.right() - theme.space("s") - key_hint_width(theme, "W")
        paint_key_hint(painter, theme, right, box.center().y(), "W")
        if self.hasFocus():
            paint_focus(painter, theme, QRectF(self.rect()))
        painter.end()


class TopBar(ThemedWidget):
    """Fixed order; each part is set by its own method so that a clock tick touches the clock only."""

    command_requested = Signal()
    mute_requested = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._about = self._number = ""
        self._logo = _Logo(theme)
        self._title = plain_label(theme, size="title", weight="title")
        self._subtitle = plain_label(theme, size="small", role="text.tertiary", elide=True)
        self._demo = Tag(theme)
        self._command = CommandBox(theme)
        self._command.setObjectName("command_box")
        self._command.clicked.connect(self.command_requested)
        self.wall_handle = WallHandle(theme)
        self.wall_handle.hide()
        self._load = LoadMeter(theme)
        self._sound = SoundBadge(theme)
        self._sound.clicked.connect(self.mute_requested)
        self._freshness = FreshnessBadge(theme, "full", size="small")
        self._identity = plain_label(theme, size="small", role="text.secondary")
        self._date = plain_label(theme, size="small", role="text.tertiary")
        self._time = plain_label(theme, size="title", weight="number")
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self.setAccessibleName(self.tr("顶栏"))
        self.restyle()

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.addWidget(self._logo)
        for label in (self._title, self._subtitle):
            row.addWidget(label)
        row.addWidget(self._demo)
        row.addStretch(1)
        row.addWidget(self._command, 4)
        row.addWidget(self.wall_handle)
        row.addStretch(1)
        parts = (self._load, self._sound, self._freshness, self._identity)
        self._bars = [_Separator(self._theme) for _ in parts]
        for part, bar in zip(parts, self._bars, strict=True):
            row.addWidget(part)
            row.addWidget(bar)
        row.addWidget(self._date)
        row.addWidget(self._time)

    def _fit(self) -> None:
        """On a narrow window the least needed parts go, the date first; what is left is whole."""
        spare = dict(self._spare())
        items = (self._row.itemAt(place) for place in range(self._row.count()))
        parts = (item.widget() for item in items if item is not None)
        needs = {part: self._need(part) for part in parts if part is not None}
        kept = [part for part in needs if (spare[part] if part in spare else not part.isHidden())]
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() + self._row.spacing()
        for part in spare:
            if part in kept and sum(needs[one] + self._row.spacing() for one in kept) > room:
                kept.remove(part)
        for part in spare:
            set_shown(part, part in kept)

    def _need(self, part: QWidget) -> int:
        hint = part.sizeHint() if part is self._freshness else part.minimumSizeHint()
        return max(hint.width(), part.minimumWidth())

    def _spare(self) -> tuple[tuple[QWidget, bool], ...]:
        """Parts that may go and whether they say anything, in the order in which they go."""
        who = bool(self._identity.text())
        date = bool(self._date.text())
        title = bool(self._subtitle.text())
        return (self._subtitle, title), (self._date, date), (self._bars[3], who), (self._identity, who)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Window title, and what it is about."""
        if (title, subtitle) != (self._title.text(), self._about):
            self._about = subtitle
            self._title.set_text(title)
            self._show_subtitle()

    def set_number(self, text: str) -> None:
        """窗口 2 / 5; "" for the only one of its kind."""
        if text != self._number:
            self._number = text
            self._show_subtitle()

    def _show_subtitle(self) -> None:
        self._subtitle.set_text(" · ".join(part for part in (self._number, self._about) if part))
        self._fit()

    def set_freshness(self, freshness: Freshness) -> None:
        """State of the link."""
        before = self._freshness.sizeHint().width()
        self._freshness.set_freshness(freshness)
        if self._freshness.sizeHint().width() != before:
            self._fit()

    def set_identity(self, text: str) -> None:
        """Shift, role and seat: 白班 · 值班长 · 1 席. Never a person's name."""
        if text != self._identity.text():
            self._identity.set_text(text)
            self._fit()

    def set_clock(self, date_text: str, time_text: str) -> None:
        """Site date and time as printed."""
        if date_text != self._date.text():
            self._date.set_text(date_text)
            self._fit()
        self._time.set_text(time_text)

    def set_alarm_load(self, count: int | None, limit: int = 10) -> None:
        """Alarms of this seat in ten minutes against the flood limit; None hides the meter."""
        self._load.set_load(count, limit)
        set_shown(self._load, count is not None)
        set_shown(self._bars[0], count is not None)

    def set_sound(self, state: str, text: str) -> None:
        """quiet | ringing | muted | testing | no_sound, and its word; "" hides the loudspeaker."""
        self._sound.set_state(state, text)
        set_shown(self._sound, bool(state))
        set_shown(self._bars[1], bool(state))

    def set_demo(self, text: str) -> None:
        """演示 ×60 or empty."""
        self._demo.set_text(text)

    def labels(self) -> tuple[PlainLabel, ...]:
        """All labels, for tests of clipping."""
        return self._title, self._subtitle, self._identity, self._date, self._time

    def restyle(self) -> None:
        theme = self._theme
        row = self._row
        row.setContentsMargins(theme.space("l"), 0, theme.space("l"), 0)
        row.setSpacing(theme.space("m"))
        self.setFixedHeight(round(theme.row("normal") * BAR_ROWS))
        # Room for the widest time, so that a tick never shifts the bar.
        self._time.setMinimumWidth(self._time.fontMetrics().horizontalAdvance("00:00:00") + theme.space("xs"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        hair = self._theme.pen("hair")
        painter.fillRect(QRectF(0, self.height() - hair, self.width(), hair), self._theme.color("line.hair"))
        painter.end()


class _Separator(ThemedWidget):
    """A short vertical line between parts of a bar."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.pen("hair")), self._theme.px("title"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("line.hair"))
        painter.end()


class _Logo(ThemedWidget):
    """The mark of the program above the rail: a ring around a diamond in a rounded square."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("联动"))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px("number_m") + self._theme.space("m"), self._theme.px("number_l"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px("number_m")
        box = QRectF(1, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(theme.color("accent.base"), 1.6))
        painter.setBrush(theme.color("accent.quiet"))
        painter.drawRoundedRect(box, side * 0.24, side * 0.24)
        painter.translate(box.center())
        painter.rotate(45)
        inner = side * 0.26
        painter.drawRoundedRect(QRectF(-inner / 2, -inner / 2, inner, inner), 1, 1)
        painter.end()
