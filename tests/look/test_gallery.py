"""Whole pages at the size of the mock-ups: nothing is squeezed, nothing is cut that the mock-ups show whole."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

sys.path.insert(0, str(Path(__file__).parents[1] / "qt" / "widgets"))

from gallery import PAGES, STATES
from widget_look import painted_line

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp):
    qapp.setStyle("Fusion")
    load_fonts()


def shown(qtbot, name, theme_name, state):
    profile, make = PAGES[name]
    page = make(Theme.load(theme_name, profile), state)
    qtbot.addWidget(page)
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page.resize(1920, 1080)
    page.show()
    return page


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("theme_name", ["dark", "light"])
@pytest.mark.parametrize("name", ["wall_overview", "desk_overview", "desk_queue"])
def test_no_widget_is_lower_than_it_needs(qtbot, name, theme_name, state):
    page = shown(qtbot, name, theme_name, state)
    squeezed = [
        type(widget).__name__
        for widget in page.findChildren(ThemedWidget)
        if widget.isVisible() and widget.height() < widget.minimumSizeHint().height()
    ]
    assert squeezed == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ["wall_overview", "desk_overview"])
def test_no_text_of_the_overview_is_cut(qtbot, name, state):
    assert "…" not in painted_line(shown(qtbot, name, "dark", state))


@pytest.mark.parametrize("name", PAGES)
def test_smallest_text_keeps_to_the_profile(qtbot, name):
    page = shown(qtbot, name, "dark", "live")
    least = 24 if PAGES[name][0] == "wall" else 12
    sizes = {widget.font().pixelSize() for widget in page.findChildren(ThemedWidget)} - {-1}
    assert all(size >= least for size in sizes)
