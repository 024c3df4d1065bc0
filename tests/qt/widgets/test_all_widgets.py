"""What holds for every widget: it opens in both themes and profiles, has a name, shows nothing as "–", cuts no text."""

import gc
import weakref

import pytest
from catalogue import EMPTY, FILLED
from PySide6.QtWidgets import QWidget
from widget_look import alike, is_blank, lay_out, painted_line, painted_texts, picture

from desktop.theme.theme import Theme

NOTHING_ON_A_WALL = ("key_hint",)
DESK_ONLY = ("top_bar",)
AS_WIDE_AS_THE_WINDOW = ("top_bar", "status_bar", "command_bar", "wall_header", "headline", "alarm_strip")


@pytest.mark.parametrize("name", FILLED)
def test_it_opens_paints_and_has_an_accessible_name(qtbot, theme, name):
    widget = FILLED[name](theme)
    qtbot.addWidget(widget)
    lay_out(widget)
    if not (theme.is_wall and name in NOTHING_ON_A_WALL):
        assert not is_blank(picture(widget))
    assert name == "label" or named(widget)


def named(widget: QWidget) -> bool:
    """A widget has its own name, or is only a frame around children that have one."""
    return bool(widget.accessibleName()) or any(child.accessibleName() for child in widget.findChildren(QWidget))


@pytest.mark.parametrize("name", FILLED)
def test_at_its_own_size_no_text_is_cut(qtbot, theme, name):
    if theme.is_wall and name in DESK_ONLY:
        theme = theme.with_axes(profile="desk", scale=1.2)
    widget = FILLED[name](theme)
    qtbot.addWidget(widget)
    window = 1366 if theme.scale == 1.0 and not theme.is_wall else 1920
    lay_out(widget, window if name in AS_WIDE_AS_THE_WINDOW else None)
    # 派遣中… is a word of its own, not a cut.
    assert "…" not in painted_line(widget).replace("中…", "")


@pytest.mark.parametrize("name", EMPTY)
def test_a_missing_number_prints_as_a_dash(qtbot, theme, name):
    widget = EMPTY[name](theme)
    qtbot.addWidget(widget)
    lay_out(widget)
    texts = painted_texts(widget)
    assert any("–" in text for text in texts), texts
    assert not any("None" in text or "nan" in text for text in texts)


@pytest.mark.parametrize("name", FILLED)
def test_another_theme_restyles_it_completely(qapp, qtbot, name):
    dark, light = Theme.load("dark"), Theme.load("light", scale=1.3)
    changed, fresh = FILLED[name](dark), FILLED[name](light)
    for widget in (changed, fresh):
        qtbot.addWidget(widget)
    lay_out(changed)
    changed.apply_theme(light)
    qapp.sendPostedEvents()  # layouts measure again
    lay_out(changed)
    lay_out(fresh, changed.width(), changed.height())
    assert painted_line(changed) == painted_line(fresh)
    assert alike(picture(changed), picture(fresh))


@pytest.mark.parametrize("name", FILLED)
def test_nothing_keeps_it_alive_after_its_last_user(qtbot, desk, name):
    gone = weakref.ref(lay_out(FILLED[name](desk)))
    gc.collect()
    assert gone() is None


def test_no_widget_opens_a_window_of_its_own(qapp, qtbot, desk):
    before = {w for w in qapp.topLevelWidgets() if w.isVisible()}
    widgets = [make(desk) for make in (*FILLED.values(), *EMPTY.values())]
    opened = {w for w in qapp.topLevelWidgets() if w.isVisible()} - before
    assert opened == set()
    for widget in widgets:
        qtbot.addWidget(widget)
