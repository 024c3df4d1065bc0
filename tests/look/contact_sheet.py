"""Every window × profile × theme × language × state on sheets, for looking at beside the mock-ups.

usage: python tests/look/contact_sheet.py OUT_DIR [--window KEY …] [--full]

One sheet for each window (`queue.png`): a row for each theme and language, a column for each state that the window can be in;
one (`pages.png`) for pages behind the first. `--full` also writes each picture alone, 1920 × 1080.
The data are those of the look tests: no backend, no real people. Walls are dark only.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.app.language import Texts
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from tests.look.scenes import PAGES, Look, Stage, keys, looks_of, profile_of, stage, theme_for

SMALL = QSize(640, 360)
LABEL_PX, GAP_PX = 26, 8
LANGUAGES = {"zh": "zh_CN", "en": "en"}
Sheet = dict[tuple[str, str], QImage]
"""(row, column) → picture."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--window", action="append", help="only this window or page, may be repeated")
    parser.add_argument("--full", action="store_true", help="also each picture alone")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    load_fonts()
    sheets: dict[str, Sheet] = {}
    with stage(app) as made:
        for language, source in LANGUAGES.items():
            texts = Texts(app)
            texts.use(source)
            for key in args.window or keys():
                _shoot(made, key, language, sheets, args.folder if args.full else None)
    for name, sheet in sheets.items():
        file = args.folder / f"{name}.png"
        if not _laid_out(name, sheet).save(str(file)):
            print(f"{file}: cannot be written", file=sys.stderr)
            return 3
        print(file, flush=True)
    return 0


def _shoot(made: Stage, key: str, language: str, sheets: dict[str, Sheet], alone: Path | None) -> None:
    for theme_name in ("dark", "light") if profile_of(key) == "desk" else ("dark",):
        for look in looks_of(key):
            window = made.make(key, theme_for(key, theme_name, language), look)
            image = window.grab().toImage()
            made.close(window)
            if alone is not None:
                image.save(str(alone / f"{key}-{theme_name}-{language}-{look}.png"))
            small = image.scaled(SMALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            row = f"{theme_name} {language}"
            if key in PAGES:
                sheets.setdefault("pages", {})[key, row] = small
            else:
                sheets.setdefault(key, {})[row, str(look)] = small


def _laid_out(name: str, sheet: Sheet) -> QImage:
    rows = list(dict.fromkeys(row for row, _ in sheet))
    columns = list(dict.fromkeys(column for _, column in sheet))
    theme = Theme.load("dark", "desk")
    wide, high = SMALL.width() + GAP_PX, SMALL.height() + LABEL_PX + GAP_PX
    image = QImage(len(columns) * wide + GAP_PX, len(rows) * high, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface.app"))
    painter = QPainter(image)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color("text.primary"))
    for (row, column), small in sheet.items():
        left, top = GAP_PX + columns.index(column) * wide, rows.index(row) * high
        label = QRect(left, top, SMALL.width(), LABEL_PX)
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, f"{name} · {row} · {column}")
        painter.drawImage(left, top + LABEL_PX, small)
    painter.end()
    return image


__all__ = ["Look", "main"]

if __name__ == "__main__":
    sys.exit(main())
