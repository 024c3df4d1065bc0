"""Named layouts with the product's own windows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop import settings
from desktop.app.places import scale_on
from desktop.app.windows import Windows
from desktop.bridge import Bridge
from desktop.models.ticket_filter import QueueFilter
from desktop.services.app_state import Services
from desktop.theme.theme import Theme
from desktop.views.queue.remembered import shown_again
from desktop.views.queue.window import QueueWindow
from desktop.views.shell import LAUNCHER, OVERVIEW, QUEUE, DeskWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


@pytest.fixture
def windows(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    services = Services(tmp_path / "data", "ws://127.0.0.1:1", "no token")
    hall = Windows(Bridge(services), settings.Settings(), remember=True)
    yield hall
    hall.close_all()


def kept() -> settings.Settings:
    return settings.load(settings.config_dir())[0]


def test_one_more_window_of_a_kind_has_a_place_of_its_own(windows: Windows) -> None:
    windows.open(QUEUE)
    windows.open_another(QUEUE)
    windows.open_another(QUEUE)
    assert list(windows.shown()) == ["queue", "queue#2", "queue#3"]
    windows.shown()["queue#2"].close()
    windows.open_another(QUEUE)
    assert list(windows.shown()) == ["queue", "queue#3", "queue#2"]


def test_several_windows_of_a_kind_say_which_of_how_many_they_are(windows: Windows) -> None:
    def said() -> dict[str, str]:
        return {key: window.top_bar._subtitle.text() for key, window in windows.shown().items()}  # type: ignore[attr-defined]

    windows.open(QUEUE)
    assert said() == {"queue": ""}
    windows.open_another(QUEUE)
    windows.open_another(QUEUE)
    assert said() == {"queue": "窗口 1 / 3", "queue#2": "窗口 2 / 3", "queue#3": "窗口 3 / 3"}
    windows.shown()["queue#2"].close()
    assert said() == {"queue": "窗口 1 / 2", "queue#3": "窗口 2 / 2"}
    windows.shown()["queue"].close()
    assert said() == {"queue#3": ""}


def test_text_size_and_theme_hold_after_a_restart_at_once(windows: Windows) -> None:
    window = windows.open(QUEUE)
    assert isinstance(window, DeskWindow)
    before = settings.Settings()
    window.scale_requested.emit(1)
    window.theme_requested.emit()
    windows.close_all()  # sooner than changes are written by themselves
    after = kept()
    assert after.scale > before.scale
    assert {before.theme, after.theme} == {"dark", "light"}
    again = Windows(windows.bridge, after, remember=False)
    theme = again.open(QUEUE)._theme  # type: ignore[attr-defined]
    assert (theme.name, theme.scale) == (after.theme, after.scale)
    again.close_all()


def test_a_layout_opens_what_it_names_and_closes_the_rest(windows: Windows) -> None:
    windows.open(QUEUE)
    windows.open_another(QUEUE)
    windows.open(OVERVIEW).showFullScreen()
    windows.keep_layout("早班")
    for window in tuple(windows.shown().values()):
        window.close()
    windows.open(LAUNCHER)
    windows.open("kpi_board")
    assert windows.use_layout("早班")
    assert set(windows.shown()) == {LAUNCHER, "queue", "queue#2", OVERVIEW}
    assert windows.shown()[OVERVIEW].isFullScreen()


def test_each_queue_of_a_layout_shows_what_it_showed(windows: Windows) -> None:
    first, second = windows.open(QUEUE), windows.open_another(QUEUE)
    assert isinstance(first, QueueWindow)
    assert isinstance(second, QueueWindow)
    first.show_view("overdue")
    second._on_facet_changed("urgency", frozenset({"normal"}))
    second._on_sort_requested("unit")
    windows.keep_layout("早班")
    first.show_view("mine")
    second.close()
    assert windows.use_layout("早班")
    told = [window.shows() for window in windows.shown_widgets() if isinstance(window, QueueWindow)]
    assert [shown_again(text) for text in told] == [
        (QueueFilter(view="overdue"), "remaining"),
        (QueueFilter(view="open", excluded={"urgency": frozenset({"normal"})}), "unit"),
    ]
    again = Windows(windows.bridge, kept(), remember=True)  # as after a restart
    assert sorted(again.at_start()) == ["queue", "queue#2"]
    assert [again.open(key).shows() for key in ("queue", "queue#2")] == told  # type: ignore[attr-defined]
    again.close_all()


def test_a_layout_is_kept_on_disk_and_an_unknown_one_is_refused(windows: Windows) -> None:
    windows.open(QUEUE)
    windows.keep_layout("早班")
    assert list(kept().layouts["早班"].windows) == ["queue"]
    assert not windows.use_layout("夜班")


def test_safe_mode_opens_the_launcher_alone_and_leaves_the_settings(windows: Windows) -> None:
    windows.open(QUEUE)
    windows.keep_layout("早班")
    windows.start(windows.safe_start())
    windows.close_all()
    assert kept().windows["queue"].open


def test_wall_type_follows_pitch_and_distance_of_its_screen() -> None:
    tokens, screen = Theme.load("dark", "wall").tokens, QGuiApplication.primaryScreen()
    twice = settings.ScreenSetup(distance_mm=2 * tokens.profiles["wall"].distance_mm)
    assert scale_on(tokens, settings.Settings(), screen) == 1.0
    assert scale_on(tokens, settings.Settings(screens={screen.name(): twice}), screen) == pytest.approx(2.0, rel=0.05)
    assert scale_on(tokens, settings.Settings(screens={"elsewhere": twice}), screen) == 1.0


def test_another_scale_of_a_screen_brings_every_window_into_sight(windows: Windows, qtbot) -> None:
    window = windows.open(QUEUE)
    screen = window.screen()
    window.move(screen.geometry().right() + 5_000, screen.geometry().bottom() + 5_000)
    screen.logicalDotsPerInchChanged.emit(144.0)
    assert windows.places.keeper.settling
    qtbot.waitUntil(lambda: screen.geometry().contains(window.geometry().topLeft()))
