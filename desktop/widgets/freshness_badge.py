"""How fresh a value is: glyph, word and age. One widget and the sentences it shows; no clock is read here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_runs, format_age, runs_text, runs_width
from desktop.widgets.values import Freshness, Run

MODES = ("full", "panel", "source")


def freshness_runs(theme: Theme, freshness: Freshness, mode: str = "full", name: str = "") -> tuple[Run, ...]:
    """What the badge says.

    full: "实时 · 0.8 秒", for the link in a top bar. panel: "14:32" or "14:32 · 0.8 秒" while live, for a panel header.
    source: "12345 27 分钟前", for the status bar. Late states read alike in full and panel.
    """
    if mode not in MODES:
        raise ValueError(f"no such mode: {mode}")
    state = freshness.state
    if mode == "source":
        return _source_runs(theme, freshness, name)
    if state == "never":
        never = QCoreApplication.translate("freshness", "启动以来未接通")
        return (Run(" · ".join(part for part in (never, freshness.detail) if part), role="text.tertiary"),)
    if state == "catching_up":
        return (Run(_catching_up(theme, freshness), role="text.primary"),)
    if freshness.late:
        return (Run(_late(theme, freshness), role="text.primary"),)
    age = "" if freshness.age_s is None else format_age(freshness.age_s)
    if mode == "panel":
        return (Run(" · ".join(part for part in (freshness.as_of, age) if part), role="text.tertiary"),)
    tail = freshness.detail or age
    return (
        Run(" · ".join(part for part in (theme.status("freshness", state).word, tail) if part), role="text.primary"),
    )


def _late(theme: Theme, freshness: Freshness) -> str:
    translate = QCoreApplication.translate
    word = theme.status("freshness", freshness.state).word
    as_of = translate("freshness", "截至 {time}").format(time=freshness.as_of) if freshness.as_of else ""
    ago = _ago(freshness.age_s)
    when = translate("freshness", "，").join(part for part in (as_of, ago) if part)
    return " · ".join(part for part in (word, when, freshness.detail) if part)


def _ago(age_s: float | None) -> str:
    if age_s is None:
        return ""
    return QCoreApplication.translate("freshness", "{age}前").format(age=format_age(age_s))


def _catching_up(theme: Theme, freshness: Freshness) -> str:
    word = theme.status("freshness", "catching_up").word
    if freshness.behind is None:
        return word
    return QCoreApplication.translate("freshness", "{word} 还差 {n} 条").format(word=word, n=f"{freshness.behind:,}")


def _source_runs(theme: Theme, freshness: Freshness, name: str) -> tuple[Run, ...]:
    word = theme.status("freshness", freshness.state).word
    if freshness.detail:
        tail = freshness.detail
    elif freshness.late and freshness.age_s is not None:
        tail = _ago(freshness.age_s)
    elif freshness.state == "catching_up":
        tail = _catching_up(theme, freshness)
    else:
        tail = word
    return (Run(f"{name} {tail}" if name else tail, role="text.secondary"),)


def freshness_text(theme: Theme, freshness: Freshness, mode: str = "full", name: str = "") -> str:
    """The badge's words as one plain string; live in panel mode gets its word, because a glyph cannot be heard."""
    text = runs_text(freshness_runs(theme, freshness, mode, name))
    if mode == "panel" and freshness.state == "live":
        return f"{theme.status('freshness', 'live').word} {text}"
    return text


class FreshnessBadge(ThemedWidget):
    """Glyph and words. Grows and shrinks with its text; keep it at the right end of a row."""

    def __init__(self, theme: Theme, mode: str = "full", name: str = "", size: str = "caption", parent=None) -> None:
        super().__init__(theme, parent)
        self._mode, self._name, self._size = mode, name, size
        self._freshness = Freshness()
        self.set_freshness(self._freshness)

    def set_freshness(self, freshness: Freshness) -> None:
        """Show another freshness."""
        before = self.sizeHint().width()
        same_state = freshness.state == self._freshness.state
        self._freshness = freshness
        words = freshness_text(self._theme, freshness, self._mode, self._name)
        if same_state and words == self.accessibleName():
            return  # an age grows all the while, its words seldom
        self.setAccessibleName(words)
        if self.sizeHint().width() != before:
            self.updateGeometry()
        self.update()

    def freshness(self) -> Freshness:
        return self._freshness

    def restyle(self) -> None:
        self.set_freshness(self._freshness)

    def _runs(self) -> tuple[Run, ...]:
        return freshness_runs(self._theme, self._freshness, self._mode, self._name)

    def sizeHint(self) -> QSize:
        gap = self._theme.space("xs")
        width = self._theme.glyph_px + gap + runs_width(self._runs(), self._theme, self._size)
        return QSize(int(width) + 2, self._theme.line_px(self._size))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.glyph_px, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_freshness(painter, QRectF(self.rect()), self._theme, self._freshness, self._mode, self._name, self._size)
        painter.end()


def freshness_width(theme: Theme, freshness: Freshness, mode: str, name: str = "", size: str = "caption") -> float:
    """Width that `paint_freshness` needs."""
    runs = freshness_runs(theme, freshness, mode, name)
    return theme.glyph_px + theme.space("xs") + runs_width(runs, theme, size)


def paint_freshness(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    freshness: Freshness,
    mode: str,
    name: str = "",
    size: str = "caption",
) -> None:
    """Glyph and words from the left edge of `rect`, for painted headers and bars."""
    side = theme.glyph_px
    glyph = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
    paint_status(painter, theme, "freshness", freshness.state, glyph)
    words = rect.adjusted(side + theme.space("xs"), 0, 0, 0)
    draw_runs(painter, words, freshness_runs(theme, freshness, mode, name), theme, size)
