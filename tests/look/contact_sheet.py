"""Every window × profile × theme × language × state on a few sheets, for looking at beside the mock-ups.

usage: python tests/look/contact_sheet.py OUT_DIR [--window KEY …] [--full]

One sheet per theme and language: a row for each window, a column for each state of the line. `--full` also writes each picture
alone, 1920 × 1080. The data are those of the look tests: no backend, no real people.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.language import Texts
from desktop.services.values import TICKETS, Fresh, Freshness
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.shell import LAUNCHER
from desktop.widgets.map_canvas.surface import MapSurface
from protocol.reference import OVERVIEW_TOPIC
from tests.look.test_windows_in_english import MAKERS

SIZE, SMALL = QSize(1920, 1080), QSize(480, 270)
LABEL_PX, GAP_PX = 26, 8
STATES = (Fresh.LIVE, Fresh.CATCHING_UP, Fresh.STALE, Fresh.OFFLINE, Fresh.NEVER)
AGES_S = {Fresh.STALE: 27 * 60.0, Fresh.OFFLINE: 360.0}
WALLS = ("wall_overview", "wall_queue", "wall_kpi_board", "wall_map", "wall_inspection", "wall_cameras")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--window", action="append", help="only this kind, may be repeated")
    parser.add_argument("--full", action="store_true", help="also each picture alone")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    load_fonts()
    keys = args.window or [key for key in MAKERS if key != LAUNCHER]
    texts = Texts(app)
    for language, source in (("zh", "zh_CN"), ("en", "en")):
        texts.use(source)
        for theme in ("dark", "light"):
            sheet = _sheet(args, keys, theme, language)
            file = args.folder / f"sheet-{theme}-{language}.png"
            if not sheet.save(str(file)):
                print(f"{file}: cannot be written", file=sys.stderr)
                return 3
            print(file, flush=True)
    return 0


def _sheet(args: argparse.Namespace, keys: list[str], theme_name: str, language: str) -> QImage:
    shown = [key for key in keys if theme_name == "dark" or key not in WALLS]
    width = len(STATES) * (SMALL.width() + GAP_PX) + GAP_PX
    row = SMALL.height() + LABEL_PX + GAP_PX
    desk = Theme.load(theme_name, "desk", language=language)
    sheet = QImage(width, max(1, len(shown)) * row, QImage.Format.Format_RGB32)
    sheet.fill(desk.color("surface.app"))
    painter = QPainter(sheet)
    painter.setFont(desk.font("small"))
    painter.setPen(desk.color("text.primary"))
    for down, key in enumerate(shown):
        theme = desk if key not in WALLS else Theme.load("dark", "wall", language=language)
        for across, state in enumerate(STATES):
            picture = _picture(key, theme, state)
            if args.full:
                picture.save(str(args.folder / f"{key}-{theme_name}-{language}-{state}.png"))
            left, top = GAP_PX + across * (SMALL.width() + GAP_PX), down * row
            painter.drawText(
                QRect(left, top, SMALL.width(), LABEL_PX), Qt.AlignmentFlag.AlignVCenter, f"{key} · {state}"
            )
            small = picture.scaled(SMALL, mode=Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(left, top + LABEL_PX, small)
    painter.end()
    return sheet


def _picture(key: str, theme: Theme, state: Fresh) -> QImage:
    """A window made anew: nothing of one state may stand in the picture of another."""
    window = MAKERS[key](theme)
    _put(window, state)
    window.resize(SIZE)
    window.show()
    for ground in window.findChildren(MapSurface):
        ground.finish()
    image = window.grab().toImage()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return image


class _AllIn:
    """A freshness book in which every source is in one state; ages as far as the state has one."""

    def __init__(self, book: Any, state: Fresh) -> None:
        self._book, self._state = book, state

    def of(self, source: str = TICKETS) -> Freshness:
        known: Freshness = self._book.of(source)
        if self._state is Fresh.NEVER or known.state is Fresh.NEVER:
            return Freshness(source=source)
        age_s = AGES_S.get(self._state, known.age_s)
        return replace(known, state=self._state, age_s=age_s, since_s=age_s, behind=412)


def _put(window: QWidget, state: Fresh) -> None:
    """Every source of the window's bridge into this state."""
    bridge: Any = getattr(window, "bridge", None) or getattr(window, "_bridge", None)
    if bridge is None or state is Fresh.LIVE:
        return
    bridge.freshness = _AllIn(bridge.freshness, state)
    for source in (TICKETS, OVERVIEW_TOPIC):
        bridge.freshness_changed.emit(source)
    bridge.clock_ticked.emit()


if __name__ == "__main__":
    sys.exit(main())
