"""After a language switch every window speaks the new language, also where its feed was made before."""

from datetime import UTC, datetime

import pytest

from desktop.app.windows import Windows
from desktop.settings import Settings
from desktop.theme.assets import load_fonts
from desktop.views.shell import HANDOVER, INSPECTION, LIST
from tests.qt.fakes import FakeBridge

NOW = datetime(2018, 10, 9, 2, tzinfo=UTC)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", "pipewire|PulseAudio|FFmpeg", extend=True)


@pytest.fixture
def hall(qapp, qtbot):
    load_fonts()
    windows = Windows(FakeBridge(()), Settings(), remember=False)
    yield windows
    windows.close_all()


@pytest.mark.parametrize(
    ("key", "feed"), [(HANDOVER, "handovers"), (INSPECTION, "inspections"), (LIST, "tables")], ids=str
)
def test_dates_and_words_of_a_feed_follow_the_language(hall, key: str, feed: str):
    hall.open(key)
    before = getattr(hall, feed)().site
    hall._on_language_requested("en")
    after = getattr(hall, feed)().site
    assert before.date_of(NOW) != after.date_of(NOW)
    assert key in hall.shown()
