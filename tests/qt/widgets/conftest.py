"""Fonts and themes for widget tests."""

import pytest

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme

AXES = [(name, profile) for name in ("dark", "light") for profile in ("desk", "wall")]


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp):
    qapp.setStyle("Fusion")
    load_fonts()


@pytest.fixture(params=AXES, ids=["-".join(axes) for axes in AXES])
def theme(request):
    return Theme.load(*request.param)


@pytest.fixture
def desk():
    return Theme.load("dark", "desk")


@pytest.fixture
def wall():
    return Theme.load("dark", "wall")
