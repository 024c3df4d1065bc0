"""Over all desk windows: keys are registered, mean one thing, and work; every control has a name; focus walks them all; the largest text fits."""

import string
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import getCppPointer

from desktop.app.kinds import KINDS
from desktop.theme.assets import load_fonts
from desktop.theme.theme import DESK_SCALES, Theme
from desktop.views.keys import CTRL_KEYS, press_of, shared_keys, window_keys
from desktop.views.shell import DeskWindow
from tests.look.scenes import Stage, stage
from tests.look.test_windows_in_english import MAKERS

DESKS = [key for key, kind in KINDS.items() if kind.profile == "desk"]
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
LETTERS = string.ascii_uppercase
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", "qt.multimedia", ".*propagateSizeHints.*", "Error loading text-to-speech plug-in"
)


@pytest.fixture(autouse=True)
def _look(qapp):
    qapp.setStyle("Fusion")
    load_fonts()


@pytest.fixture
def opened(qapp) -> Iterator[Callable[..., QWidget]]:
    """Opens a window of a kind. Qt deletes it before Python lets go: its parts need their theme to the end."""
    made: list[QWidget] = []
    stages: list[Stage] = []
    around = ExitStack()

    def make(key: str, theme: Theme) -> QWidget:
        if key in MAKERS:
            return MAKERS[key](theme)
        stages.append(around.enter_context(stage(qapp)))  # cameras need devices behind them
        return stages[-1].make(key, theme)

    def open_one(key: str, scale: float = 1.0) -> QWidget:
        window = make(key, Theme.load("dark", "desk", scale=scale))
        window.hide()
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(1920, 1080)
        window.show()
        made.append(window)
        return window

    yield open_one
    for window in made:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    around.close()


def letters_of(printed: str) -> set[str]:
    """Letters that a printed key stands for: "J K ↑ ↓" for two, "Ctrl Z" for none."""
    parts = printed.split(" ")
    return set() if {"Ctrl", "Alt", "Shift"} & set(parts) else {one for one in parts if one in LETTERS}


def frames() -> list[str]:
    return [key for key in DESKS if key != "launcher"]


@pytest.mark.parametrize("key", frames())
def test_no_letter_means_two_things_in_a_window(opened, key):
    window = opened(key)
    assert isinstance(window, DeskWindow)
    letters = [letter for line in window.own_keys() for letter in sorted(letters_of(line.key))]
    # Joint inspection: X plans in the list and fails a cell in the checklist; both are said in its own line.
    assert sorted(letters) == sorted(set(letters)), letters


@pytest.mark.parametrize("key", frames())
def test_ctrl_and_f_keys_mean_the_same_everywhere(opened, key):
    shared = {line.key for line in shared_keys()}
    window = opened(key)
    assert isinstance(window, DeskWindow)
    assert [line.key for line in window.own_keys() if line.key in shared] == []
    assert {line.key for line in window.own_keys() if line.key.startswith("Ctrl")} <= set(CTRL_KEYS)
    bound = [one.key().toString() for one in window.findChildren(QShortcut)]
    assert {"F1", "F2", "F3", "F4", "F7", "F8", "F9", "Ctrl+K", "Ctrl+F", "Ctrl+Shift+L"} <= set(bound)


@pytest.mark.parametrize("key", frames())
def test_every_letter_that_works_is_in_the_map_of_keys(opened, key):
    """A hidden letter is a trap: whatever a window takes must stand on its sheet."""
    window = opened(key)
    assert isinstance(window, DeskWindow)
    known = {letter for line in window.own_keys() for letter in letters_of(line.key)}
    taken = {letter for letter in LETTERS if takes(window, letter)}
    assert taken - known == set()


def takes(window: QWidget, letter: str) -> bool:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key(ord(letter)), Qt.KeyboardModifier.NoModifier, letter.lower())
    QApplication.sendEvent(window, event)
    return event.isAccepted()


@pytest.mark.parametrize("key", frames())
def test_letters_work_wherever_the_keyboard_is(opened, key):
    """What the part with the keyboard takes when the window opens, the window takes when nothing in it has the keyboard."""
    at = opened(key)
    assert isinstance(at, DeskWindow)
    part = at.focusWidget()
    # Joint inspection: X and Y judge the cell that the grid shows as current, so they ask for the grid.
    letters = set(LETTERS) - ({"X", "Y"} if key == "inspection" else set())
    from_part = {one for one in sorted(letters) if part is not None and not is_input(part) and takes(part, one)}
    elsewhere = opened(key)
    assert from_part - {one for one in sorted(letters) if takes_bare(elsewhere, one)} == set()


@pytest.mark.parametrize("key", frames())
def test_an_opened_window_gives_the_keyboard_to_its_work_and_not_to_the_command_box(opened, key):
    window = opened(key)
    first = window.first_focus()
    at = window.focusWidget()
    assert first is None or at is first or (at is not None and first.isAncestorOf(at))


@pytest.mark.parametrize("key", frames())
def test_an_input_method_is_on_in_text_inputs_alone(opened, key):
    """It would swallow the letters of tables, maps and panes, and nobody could write Chinese without it."""
    window = opened(key)
    on = Qt.WidgetAttribute.WA_InputMethodEnabled
    # Lists that drop down are windows of their own.
    inside = (one for one in window.findChildren(QWidget) if one.window() is window)
    takers = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [describe(one) for one in takers if one.testAttribute(on) and not is_input(one)] == []
    inputs = (one for one in takers if isinstance(one, QLineEdit | QPlainTextEdit) and one.isEnabled())
    assert [describe(one) for one in inputs if not one.testAttribute(on) and not one.isReadOnly()] == []


def takes_bare(window: QWidget, letter: str) -> bool:
    """Like `takes`, after forms that earlier letters opened have lost the keyboard."""
    while (focused := window.focusWidget()) is not None and focused is not window:
        focused.clearFocus()
    return takes(window, letter)


def is_input(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox)


@pytest.mark.parametrize("key", frames())
def test_every_shortcut_stands_on_the_sheet_and_every_action_can_be_pressed(opened, key):
    """Both ways: what is bound is printed, and what the palette offers as an action is a key that can be pressed."""
    window = opened(key)
    assert isinstance(window, DeskWindow)
    lines = [*shared_keys(), *window.own_keys()]
    printed = {line.key.replace(" ", "+") for line in lines} | {"Ctrl++", "Ctrl+=", "Ctrl+-"}
    printed |= {one.replace("1–9", str(n)) for one in printed for n in range(1, 10)}
    printed |= {one.replace("Enter", "Return") for one in printed}
    assert {one.key().toString() for one in window.findChildren(QShortcut)} - printed == set()
    assert [line for line in window.own_keys() if line.command and press_of(line.key) is None] == []


def test_each_registered_key_can_be_pressed_by_the_palette():
    for window_id in ("alarms", "map", "cameras", "kpi_board"):
        for line in window_keys(window_id):
            assert not line.command or press_of(line.key) is not None, line


@pytest.mark.parametrize("key", frames())
def test_the_sheet_of_keys_opens_over_the_window_and_closes_by_any_key(opened, qtbot, key):
    window = opened(key)
    assert isinstance(window, DeskWindow)
    window.toggle_keys()
    sheet = window.keys_sheet
    assert sheet.isVisible()
    assert window.rect().contains(sheet.geometry())
    assert "Ctrl K" in sheet.accessibleDescription()
    qtbot.keyClick(sheet, Qt.Key.Key_X)
    assert not sheet.isVisible()


@pytest.mark.parametrize("key", DESKS)
def test_every_control_has_a_name(opened, key):
    window = opened(key)
    nameless = [describe(one) for one in controls(window) if not (one.accessibleName() or text_of(one)).strip()]
    assert nameless == []


@pytest.mark.parametrize("key", DESKS)
def test_what_takes_the_focus_has_a_name(opened, key):
    window = opened(key)
    takers = [
        one
        for one in window.findChildren(QWidget)
        if one.isVisibleTo(window) and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
    ]
    assert takers
    assert [describe(one) for one in takers if not (one.accessibleName() or text_of(one)).strip()] == []


@pytest.mark.parametrize("key", DESKS)
def test_tab_comes_round_to_where_it_began(opened, key):
    """The chain of focus reaches every control that is shown and can be used, and ends where it began."""
    window = opened(key)
    takers = (one for one in controls(window) if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    # Addresses, not widgets: who holds them longer than Qt does breaks the end of the window.
    wanted = {getCppPointer(one)[0] for one in takers}
    begin = getCppPointer(window)[0]
    reached: set[int] = set()
    at = window.nextInFocusChain()
    while getCppPointer(at)[0] != begin and len(reached) < 5000:
        reached.add(getCppPointer(at)[0])
        at = at.nextInFocusChain()
    assert getCppPointer(at)[0] == begin
    assert wanted - reached == set()


@pytest.mark.parametrize("key", DESKS)
def test_tab_walks_as_one_reads(opened, key):
    """From one control to the next never back: not to the left in a line, not up within a column."""
    window = opened(key)
    stops: list[tuple[QRect, str]] = []
    at = window.nextInFocusChain()
    while at is not window and len(stops) < 5000:
        takes_tab = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisibleTo(window) and at.isEnabled()
        if takes_tab and at.window() is window:
            stops.append((QRect(at.mapTo(window, QPoint()), at.size()), describe(at)))
        at = at.nextInFocusChain()
    assert [f"{before[1]} → {after[1]}" for before, after in pairwise(stops) if goes_back(before[0], after[0])] == []


def goes_back(before: QRect, after: QRect) -> bool:
    same_line = after.top() <= before.bottom() and before.top() <= after.bottom()
    same_column = after.left() <= before.right() and before.left() <= after.right()
    return (same_line and after.right() < before.left()) or (same_column and after.bottom() < before.top())


@pytest.mark.parametrize("key", DESKS)
def test_a_disabled_action_says_why(opened, key):
    window = opened(key)
    silent = [
        describe(one)
        for one in window.findChildren(QAbstractButton)
        if one.isVisibleTo(window) and not one.isEnabled() and not one.accessibleDescription()
    ]
    assert silent == []


@pytest.mark.parametrize("key", frames())
def test_at_the_largest_text_no_control_is_squeezed(opened, qtbot, key):
    """150 %, the most that Ctrl + gives, on a screen of 1920 x 1080: what is shown keeps the height it needs."""
    window = opened(key, scale=DESK_SCALES[-1])
    qtbot.waitUntil(lambda: squeezed(window) == [])


def squeezed(window: QWidget) -> list[str]:
    buttons = (one for one in controls(window) if isinstance(one, QAbstractButton))
    return [describe(one) for one in buttons if one.height() < one.minimumSizeHint().height()]


def controls(window: QWidget) -> Iterator[QWidget]:
    return (one for one in window.findChildren(QWidget) if isinstance(one, CONTROLS) and one.isVisibleTo(window))


def text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def describe(widget: QWidget) -> str:
    parents = []
    at: QWidget | None = widget
    while at is not None and len(parents) < 4:
        parents.append(f"{type(at).__name__}#{at.objectName()}")
        at = at.parentWidget()
    return " < ".join(parents)
