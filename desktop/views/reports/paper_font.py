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
    return font
