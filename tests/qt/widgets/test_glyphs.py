"""Shapes must be told apart without colour."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from widget_look import lay_out, picture

from desktop.widgets.glyphs import SHAPES, Glyph, paint_glyph

INK = QColor("#000000")


def drawn(shape: str, side: int, fill: str = "solid") -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    paint_glyph(painter, shape, QRectF(0, 0, side, side), INK, fill, QColor("#FFFFFF"))
    painter.end()
    return image


def darkness(one: QImage, other: QImage) -> float:
    """Mean difference of grey, 0..255."""
    width, height = one.width(), one.height()
    pairs = (
        (one.pixelColor(x, y).lightness(), other.pixelColor(x, y).lightness())
        for x in range(width)
        for y in range(height)
    )
    return sum(abs(a - b) for a, b in pairs) / (width * height)


def test_every_two_shapes_differ_clearly_at_the_smallest_size_without_colour():
    images = {shape: drawn(shape, 12) for shape in SHAPES}
    close = [(a, b) for a, b in combinations(SHAPES, 2) if darkness(images[a], images[b]) < 8]
    assert close == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_stays_inside_its_rectangle(shape):
    image = QImage(48, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    paint_glyph(painter, shape, QRectF(12, 12, 24, 24), INK)
    painter.end()
    outside = [(x, y) for x in range(48) for y in range(48) if not (11 <= x <= 36 and 11 <= y <= 36)]
    assert all(image.pixelColor(x, y).lightness() == 255 for x, y in outside)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_drawn_in_the_colour_asked_for_only(shape):
    image = QImage(96, 96, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    paint_glyph(painter, shape, QRectF(0, 0, 96, 96), QColor("#00FF00"), "hollow")
    painter.end()
    names = {image.pixelColor(x, y).name() for x in range(96) for y in range(96)}
    assert "#00ff00" in names
    assert "#000000" not in names


@pytest.mark.parametrize("shape", ["octagon", "triangle_up", "triangle_down"])
def test_the_fill_of_an_alarm_says_its_state(shape):
    solid, tinted, hollow = (drawn(shape, 22, fill) for fill in ("solid", "tinted", "hollow"))
    assert darkness(solid, tinted) > 8
    assert darkness(tinted, hollow) > 8


def test_painting_leaves_the_painter_as_it_was():
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pen, transform = painter.pen(), painter.transform()
    paint_glyph(painter, "broken_link", QRectF(0, 0, 20, 20), INK)
    assert (painter.pen(), painter.transform()) == (pen, transform)
    painter.end()


def test_the_widget_says_its_word(qtbot, theme):
    glyph = Glyph(theme, "freshness", "stale")
    qtbot.addWidget(glyph)
    lay_out(glyph)
    assert glyph.accessibleName() == "陈旧"
    before = picture(glyph)
    glyph.set_status("freshness", "offline")
    assert glyph.accessibleName() == "断开"
    assert picture(glyph) != before
