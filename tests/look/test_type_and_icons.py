"""One family of icons, and no glyph that leaves its line: Chinese with many strokes, descenders, accents, in every size and scale."""

import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

import resources
from desktop.theme.assets import load_fonts
from desktop.theme.theme import DESK_SCALES, Theme
from desktop.widgets.painting import draw_text

SIZES = ("caption", "small", "body", "title", "heading", "number_m", "number_l", "number_xl")
WEIGHTS = ("body", "label", "title", "number")
HARD = "龘警闽国龍鬱口gjpqy(){}[]|ÅÉ0189%/"
AROUND = 40
ONE_FAMILY = ('viewBox="0 0 24 24"', 'fill="none"', 'stroke="currentColor"', 'stroke-width="2"', "lucide")


def test_all_icons_are_drawn_by_one_hand() -> None:
    icons = list(resources.path("icons").glob("*.svg"))
    odd = {icon.name: mark for icon in icons for mark in ONE_FAMILY if mark not in icon.read_text("utf-8")}
    assert icons
    assert odd == {}


def test_every_icon_that_the_program_names_is_of_the_family(qapp) -> None:
    named = set()
    for source in (resources.path("icons").parents[1] / "desktop").rglob("*.py"):
        named |= set(re.findall(r'icon_pixmap\(\s*"([a-z0-9-]+)"|icon="([a-z0-9-]+)"', source.read_text("utf-8")))
    names = {name for pair in named for name in pair if name}
    bundled = {icon.stem for icon in resources.path("icons").glob("*.svg")}
    assert names
    assert names - bundled == set()


def ink_rows(theme: Theme, size: str, weight: str) -> tuple[int, int, int]:
    """(first row, last row) with ink, counted from the top of the line, and the height of the line."""
    line = theme.line_px(size)
    image = QImage(len(HARD) * theme.px(size) * 2, line + 2 * AROUND, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    box = QRectF(0, AROUND, image.width(), line)
    draw_text(painter, box, HARD, theme.font(size, weight), QColor("white"))
    painter.end()
    stride, raw = image.bytesPerLine(), bytes(image.constBits())
    rows = [row for row in range(image.height()) if max(raw[row * stride : row * stride + image.width()]) > 64]
    return rows[0] - AROUND, rows[-1] - AROUND, line


@pytest.mark.parametrize("scale", [*DESK_SCALES, 2.0])
@pytest.mark.parametrize("profile", ["desk", "wall"])
def test_no_glyph_leaves_its_line(qapp, profile: str, scale: float) -> None:
    load_fonts()
    theme = Theme.load("dark", profile, scale=scale)
    outside = {}
    for size in SIZES:
        for weight in WEIGHTS:
            first, last, line = ink_rows(theme, size, weight)
            if first < 0 or last >= line:
                outside[size, weight] = (first, last, line)
    assert outside == {}
