"""Panes share the width as the window wants it, until a person moves a border."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.panes import Panes, in_shares


@pytest.fixture
def panes(qtbot) -> Panes:
    made = Panes(Theme.load(), [QWidget() for _ in range(3)], share=in_shares((0.2, 0.3, 0.5)))
    qtbot.addWidget(made)
    made.resize(1002, 100)
    made.show()
    return made


def test_the_width_is_shared_anew_with_every_size(panes: Panes) -> None:
    assert panes.sizes() == [200, 300, 500]
    panes.resize(2002, 100)
    assert panes.sizes() == [400, 600, 1000]


def test_a_border_that_a_person_moved_is_not_moved_back(panes: Panes) -> None:
    panes.moveSplitter(400, 1)
    assert panes.sizes()[0] == 400
    panes.share_out()
    assert panes.sizes()[0] == 400


def test_no_pane_can_be_pushed_shut(panes: Panes) -> None:
    for place in range(3):
        panes.widget(place).setMinimumWidth(100)
    panes.moveSplitter(0, 1)
    assert panes.sizes()[0] == 100


def test_without_shares_one_pane_takes_what_is_over(qtbot) -> None:
    made = Panes(Theme.load(), [QWidget() for _ in range(3)], growing=1)
    qtbot.addWidget(made)
    made.resize(602, 100)
    made.show()
    made.setSizes([200, 200, 200])
    before = made.sizes()
    made.resize(902, 100)
    assert [new - old for new, old in zip(made.sizes(), before, strict=True)] == [0, 300, 0]
