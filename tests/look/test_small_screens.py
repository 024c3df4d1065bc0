"""A desk window on a screen of 1920 x 1080 at 200 % has 960 x 540: bars and rail stand, the rest scrolls, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.app.kinds import KINDS
from desktop.theme.assets import load_fonts
from desktop.theme.theme import DESK_SCALES, Theme
from desktop.views.shell import LAUNCHER, DeskWindow, rail_items
from desktop.widgets.painting import text_width
from tests.look.scenes import PAGES, SIZE, Stage, settle, stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "qt.multimedia", ".*propagateSizeHints.*")
DESKS = [key for key, kind in KINDS.items() if kind.profile == "desk"]
SMALL = (960, 540)
LEAST = (1366, 768)
LEAVES = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)


@pytest.fixture
def scenes(qapp: QApplication) -> Iterator[Stage]:
    qapp.setStyle("Fusion")
    load_fonts()
    with stage(qapp) as made:
        yield made


def place_in(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def cut(window: QWidget) -> list[str]:
    """Controls and labels that reach beyond what shows them and cannot be scrolled into sight."""
    leaves = (
        one for one in window.findChildren(QWidget) if isinstance(one, LEAVES) and one.isVisible() and one.height()
    )
    return [
        f"{type(one).__name__} {one.accessibleName() or getattr(one, 'text', str)()}"
        for one in leaves
        if is_cut(window, one)
    ]


def is_cut(window: QWidget, leaf: QWidget) -> bool:
    box, at, across, down = place_in(window, leaf), leaf, False, False
    while at is not window:
        parent = at.parentWidget()
        assert parent is not None
        if isinstance(parent, QAbstractScrollArea) and parent.viewport() is at:
            # A bar that is never shown scrolls nothing into sight.
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            across |= parent.horizontalScrollBar().maximum() > 0 and parent.horizontalScrollBarPolicy() != off
            down |= parent.verticalScrollBar().maximum() > 0 and parent.verticalScrollBarPolicy() != off
        shown = place_in(window, at) if at is not leaf else box
        if not across and (box.left() < shown.left() - 1 or box.right() > shown.right() + 1):
            return True
        if not down and (box.top() < shown.top() - 1 or box.bottom() > shown.bottom() + 1):
            return True
        at = parent
    return not window.rect().adjusted(-1, -1, 1, 1).contains(box) and not (across or down)


@pytest.mark.parametrize("size", [SMALL, LEAST])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", DESKS)
def test_on_a_small_screen_every_window_fits_and_nothing_is_out_of_reach(
    scenes: Stage, key: str, language: str, size: tuple[int, int]
) -> None:
    window = scenes.make(key, Theme.load("dark", "desk", language=language))
    window.resize(*size)
    settle(window)
    assert (window.width(), window.height()) == size
    assert cut(window) == []
    scenes.close(window)


@pytest.mark.parametrize("key", [*DESKS, *PAGES])
def test_at_the_usual_size_nothing_is_cut(scenes: Stage, key: str) -> None:
    window = scenes.make(key, Theme.load("dark", "desk"))
    assert cut(window) == []
    scenes.close(window)


@pytest.mark.parametrize("key", [key for key in DESKS if key != LAUNCHER])
def test_what_takes_the_keyboard_on_a_small_screen_comes_into_sight(scenes: Stage, key: str, qtbot) -> None:
    window = scenes.make(key, Theme.load("dark", "desk", scale=DESK_SCALES[0]))
    window.resize(*SMALL)
    settle(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    last = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()][-1]
    last.setFocus()
    assert last.hasFocus()
    assert window.rect().contains(place_in(window, last).center())
    scenes.close(window)


def test_on_a_low_screen_the_rail_shows_icons_and_still_says_its_words(scenes: Stage) -> None:
    window = scenes.make("queue", Theme.load("dark", "desk"))
    window.resize(*SMALL)
    settle(window)
    assert isinstance(window, DeskWindow)
    buttons = window.rail.findChildren(QAbstractButton)
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    assert all(window.rail.rect().contains(place_in(window.rail, button)) for button in buttons)
    window.resize(SIZE)
    settle(window)
    assert window.rail.button("queue").height() > window.rail.button("queue").minimumSizeHint().height()
    scenes.close(window)


@pytest.mark.parametrize("key", ["alarms", "new_ticket", "handover", "queue"])
def test_at_the_least_size_of_a_desk_nothing_scrolls_as_a_whole(scenes: Stage, key: str) -> None:
    window = scenes.make(key, Theme.load("dark", "desk"))
    assert isinstance(window, DeskWindow)
    window.resize(*LEAST)
    window.show()
    settle(window)
    bars = (window._room.verticalScrollBar(), window._room.horizontalScrollBar())
    assert [bar.maximum() for bar in bars] == [0, 0]
    assert cut(window) == []
    scenes.close(window)


@pytest.mark.parametrize("key", [key for key in DESKS if key != LAUNCHER])
def test_a_place_of_the_rail_has_one_word_whatever_window_is_around_it(scenes: Stage, key: str) -> None:
    theme = Theme.load("dark", "desk", language="en")
    window = scenes.make(key, theme)
    assert isinstance(window, DeskWindow)
    for item in (entry for part in rail_items() for entry in part):
        shown = window.rail.button(item.id).item()
        assert shown.text == item.text
        assert text_width(theme.font("caption"), shown.text) < window.rail.sizeHint().width(), shown.text
    scenes.close(window)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_of_a_new_ticket_is_as_wide_as_its_pane(scenes: Stage, language: str) -> None:
    window = scenes.make("new_ticket", Theme.load("dark", "desk", language=language))
    window.resize(*LEAST)
    window.show()
    settle(window)
    assert [
        area.objectName() or type(area).__name__
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ] == []
    scenes.close(window)
