"""Remaining time in words, and a bar that shows each state."""

import pytest
from widget_look import is_blank, lay_out, picture

from desktop.theme.theme import Theme
from desktop.widgets.sla_bar import SlaBar, format_remaining

HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("seconds", "state", "words"),
    [
        (6 * 60 + 59, "at_risk", "剩 0:06"),
        (2 * HOUR + 43 * 60, "ok", "剩 2:43"),
        (59, "at_risk", "剩 <1分"),
        (1, "overdue", "超 <1分"),
        (-6720, "overdue", "超 1:52"),
        (6720, "overdue", "超 1:52"),
        (DAY - 1, "ok", "剩 23:59"),
        (DAY, "ok", "剩 1天0时"),
        (2 * DAY + 3 * HOUR + 1800, "ok", "剩 2天3时"),
        (500, "paused", "暂停"),
        (None, "none", "无时限"),
        (None, "ok", "–"),
    ],
)
def test_remaining_time_in_words(seconds, state, words):
    assert format_remaining(seconds, state) == words


def bar(qtbot, theme, *value):
    widget = SlaBar(theme)
    qtbot.addWidget(widget)
    widget.set_value(*value)
    return picture(lay_out(widget, 160, 24))


def test_each_state_looks_different(qtbot, theme):
    images = [bar(qtbot, theme, state, 0.5) for state in ("ok", "at_risk", "overdue", "paused")]
    assert all(a != b for i, a in enumerate(images) for b in images[:i])


def test_more_use_fills_more(qtbot, theme):
    assert bar(qtbot, theme, "ok", 0.2) != bar(qtbot, theme, "ok", 0.6)


def test_an_overrun_is_hatched_beyond_the_limit_and_capped(qtbot, theme):
    small, full, huge = (bar(qtbot, theme, "overdue", 1.0, over) for over in (0.2, 1.0, 50.0))
    assert small != full
    assert full == huge


def test_no_limit_paints_no_bar(qtbot, theme):
    assert is_blank(bar(qtbot, theme, "none", None))


def test_the_bar_says_its_state(qtbot):
    widget = SlaBar(Theme.load())
    qtbot.addWidget(widget)
    widget.set_value("at_risk", 0.92)
    assert widget.accessibleName() == "临期 92%"
