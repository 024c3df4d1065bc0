"""The header line of panels and tiles: title, note, freshness; hatched when late, thin line while catching up. Painting only."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.freshness_badge import freshness_text
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import (
    draw_text,
    fill_rounded,
    format_age,
    header_hatch,
    rounded,
    text_width,
)
from desktop.widgets.values import Freshness

NOTE_SIZE = "caption"


def header_height(theme: Theme) -> int:
    """Height of a panel header."""
    return theme.line_px("title") + theme.space("m")


def paint_panel_header(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    title: str,
    note: str,
    freshness: Freshness | None,
) -> None:
    """Paint the header in `rect`, the full width of the panel, padding included."""
    pad = theme.space("l")
    if freshness is not None and freshness.late:
        painter.setBrushOrigin(rect.topLeft())
        painter.fillPath(rounded(rect, theme.radius("panel"), top_only=True), header_hatch(theme))
    inner = rect.adjusted(pad, theme.space("xs"), -pad, 0)
    font = theme.font("title", "title")
    used = draw_text(painter, inner, title, font, theme.color("text.primary"))
    right = QRectF(inner.left() + used + theme.space("s"), inner.top(), 0, inner.height())
    right.setRight(inner.right())
    paint_age(painter, right, theme, note, freshness)
    if freshness is not None and freshness.state == "catching_up":
        width = theme.pen("focus") or theme.pen("hair")
        line = QRectF(rect.left(), rect.bottom() - width, rect.width() / 3, width)
        painter.fillRect(line, theme.color("freshness.catching_up"))


def paint_age(painter: QPainter, rect: QRectF, theme: Theme, note: str, freshness: Freshness | None) -> None:
    """Note, glyph and age at the right end of `rect`: the longest wording that fits, never without its glyph."""
    if freshness is None:
        draw_text(painter, _right_part(rect, theme, note), note, theme.font(NOTE_SIZE), theme.color("text.tertiary"))
        return
    side, gap = theme.glyph_px, theme.space("xs")
    font = theme.font(NOTE_SIZE)
    room = rect.width() - side - gap
    before, after = next(
        ((b, a) for b, a in _variants(theme, note, freshness) if text_width(font, b + a) + (gap if b else 0) <= room),
        ("", ""),  # half a time would be a wrong time: the glyph alone says whether it is fresh
    )
    before_width = text_width(font, before) + gap if before else 0.0
    x = rect.right() - (before_width + side + (gap + text_width(font, after) if after else 0.0))
    role = "text.primary" if freshness.late else "text.tertiary"
    if before:
        draw_text(
            painter, QRectF(x, rect.top(), before_width, rect.height()), before, font, theme.color("text.tertiary")
        )
    glyph = QRectF(x + before_width, rect.center().y() - side / 2, side, side)
    if freshness.late:
        _clear_ground(painter, theme, QRectF(x, rect.top(), rect.right() - x, rect.height()))
    paint_status(painter, theme, "freshness", freshness.state, glyph)
    text = QRectF(glyph.right() + gap, rect.top(), rect.right() - glyph.right() - gap + 1, rect.height())
    draw_text(painter, text, after, font, theme.color(role))


def _clear_ground(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    # Words on a hatch are hard to read: a quiet patch behind them.
    pad = theme.space("xs")
    height = theme.line_px(NOTE_SIZE)
    patch = QRectF(rect.left() - pad, rect.center().y() - height / 2, rect.width() + 2 * pad, height)
    fill_rounded(painter, patch, theme.radius("control"), theme.color("surface.panel", 0.55))


def _right_part(rect: QRectF, theme: Theme, note: str) -> QRectF:
    width = min(rect.width(), text_width(theme.font(NOTE_SIZE), note))
    return QRectF(rect.right() - width, rect.top(), width, rect.height())


def _variants(theme: Theme, note: str, freshness: Freshness) -> list[tuple[str, str]]:
    """(text before the glyph, text after it), longest first."""
    translate = QCoreApplication.translate
    if freshness.late:
        word = theme.status("freshness", freshness.state).word
        as_of = translate("freshness", "截至 {time}").format(time=freshness.as_of) if freshness.as_of else ""
        ago = ""
        if freshness.age_s is not None:
            ago = translate("freshness", "{age}前").format(age=format_age(freshness.age_s))
        both = translate("freshness", "，").join(p for p in (as_of, ago) if p)
        return [("", " · ".join(p for p in (word, both) if p)), ("", both), ("", ago or as_of), ("", freshness.as_of)]
    if freshness.state == "live":
        age = "" if freshness.age_s is None else format_age(freshness.age_s)
        long = " · ".join(p for p in (freshness.as_of, age) if p)
        noted = f"{note} ·" if note else ""
        return [(noted, long), (noted, freshness.as_of), (note, ""), ("", freshness.as_of)]
    words = freshness_text(theme, freshness, "panel")
    return [(f"{note} ·" if note else "", words), ("", words), ("", theme.status("freshness", freshness.state).word)]
