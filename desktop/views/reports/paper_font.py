"""The font of papers: the bundled one, so that a report looks the same on every machine, with figures of equal width."""

from PySide6.QtGui import QFont

FAMILY = "Noto Sans SC"


def paper_font(size_px: float, bold: bool = False) -> QFont:
    """`size_px` in pixels of the device."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(size_px)))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return readable(font)


def readable(font: QFont) -> QFont:
    """The same font, whose figures can be copied and searched in a PDF.

    In text without a Chinese character (a digest, a number) the font's local forms put other glyphs for figures, of which Qt cannot
    say in the PDF what they mean: a reader, and `pdftotext`, finds gaps there.
    """
    font.setFeature(QFont.Tag.fromString("locl"), 0)
    return font
