"""One screen of a wall: a rotation that never flashes and never sticks, a broken view that stops nothing, a notice below the view."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.wall_stage.rotation import FRESH, Rotation
from desktop.views.wall_stage.stage import SHIFT_EVERY_S, SHIFT_PX, TICK_MS, Stage
from domain.ids import SeatId
from domain.vocabulary import Role
from domain.wall.values import Content, Pause
from tests.qt.samples import NOW

RED, GREEN = Content("wall_red", seconds=5), Content("wall_green", seconds=5)
BROKEN, UNKNOWN = Content("wall_broken", seconds=5), Content("wall_unknown", seconds=5)
COLOURS = {"wall_red": QColor(200, 0, 0), "wall_green": QColor(0, 200, 0)}
TICKS = round(5000 / TICK_MS)


class Paint(QWidget):
    """A view of one colour."""

    def __init__(self, colour: QColor, parent: QWidget) -> None:
        super().__init__(parent)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), colour)
        self.setPalette(palette)
        self.setAutoFillBackground(True)

    def apply_theme(self, theme: Theme) -> None:
        """One colour in every theme."""


class Wall:
    """A stage whose time moves by `ticks`; `states` says how fresh a view is."""

    def __init__(self, qtbot) -> None:
        self.states: dict[str, str] = {}
        self.made: list[str] = []
        self.stage = Stage(Theme.load("dark", "wall"), 1, self._make, self._fresh)
        self.stage._timer.stop()
        self.stage.resize(320, 180)
        self.stage.show()
        qtbot.addWidget(self.stage)

    def _make(self, content: Content, theme: Theme, parent: QWidget) -> QWidget | None:
        self.made.append(content.view)
        if content.view == "wall_broken":
            raise RuntimeError("a view with a defect")
        colour = COLOURS.get(content.view)
        return Paint(colour, parent) if colour is not None else None

    def _fresh(self, content: Content) -> str:
        return self.states.get(content.view, "live")

    def ticks(self, count: int, then: Callable[[], None] = lambda: None) -> None:
        for _ in range(count):
            self.stage._on_tick()
            then()

    def middle(self) -> tuple[int, int, int]:
        image = self.stage.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return image.pixelColor(image.width() // 2, image.height() // 2).getRgb()[:3]  # type: ignore[return-value]

    @property
    def current(self) -> str:
        assert self.stage.rotation is not None
        return self.stage.rotation.current.view


@pytest.fixture
def wall(qtbot) -> Wall:
    return Wall(qtbot)


def test_no_frame_of_a_change_is_empty(wall: Wall, qtbot) -> None:
    """From the first to the last moment of the fade every picture is a mixture of the two views, and of nothing else."""
    wall.stage.set_contents((RED, GREEN))
    frames: list[tuple[int, int, int]] = []

    def look() -> None:
        frames.append(wall.middle())

    fade = wall.stage._veil._fade
    fade.valueChanged.connect(look)
    for _ in range(4):
        before = wall.current
        wall.ticks(TICKS, look)
        assert wall.current != before
        qtbot.waitUntil(lambda: fade.state() == fade.State.Stopped)
        look()
    assert len(frames) > 4 * TICKS
    for red, green, blue in frames:
        assert blue < 8
        assert 185 <= red + green <= 215, (red, green, blue)


def test_the_next_view_is_made_before_its_turn(wall: Wall) -> None:
    wall.stage.set_contents((RED, GREEN))
    assert wall.made == ["wall_red"]
    wall.ticks(TICKS - 2)
    assert wall.current == "wall_red"
    assert wall.made == ["wall_red", "wall_green"]


def test_a_stale_view_is_passed_over_and_told(wall: Wall, qtbot) -> None:
    wall.states["wall_green"] = "stale"
    wall.stage.set_contents((RED, GREEN, Content("wall_red", "again", 5)))
    with qtbot.waitSignal(wall.stage.skipped) as told:
        wall.ticks(TICKS + 1)
    assert told.args == [GREEN]
    assert wall.stage.rotation is not None
    assert wall.stage.rotation.index == 2


@pytest.mark.parametrize("dead", [BROKEN, UNKNOWN])
def test_a_dead_view_in_a_rotation_is_passed_over(wall: Wall, dead: Content, caplog) -> None:
    wall.stage.set_contents((RED, dead, GREEN))
    seen = set()
    wall.ticks(3 * TICKS, lambda: seen.add(wall.current))
    assert seen == {"wall_red", "wall_green"}
    assert dead.view in caplog.text


@pytest.mark.parametrize("dead", [BROKEN, UNKNOWN])
def test_a_rotation_that_begins_with_a_dead_view_does_not_stick(wall: Wall, dead: Content) -> None:
    wall.stage.set_contents((RED,))
    wall.stage.set_contents((dead, GREEN))
    assert wall.middle()[0] > 150  # what hung there stays until the next comes
    wall.ticks(2)
    assert wall.current == "wall_green"
    assert wall.stage.state() == "live"


def test_a_screen_that_cannot_show_what_it_should_says_so(wall: Wall) -> None:
    wall.stage.set_contents((RED,))
    assert wall.stage.state() == "live"
    wall.stage.set_contents((UNKNOWN,))
    assert wall.stage.state() == "never"
    assert wall.middle()[0] > 150
    wall.stage.set_contents((GREEN,))
    assert wall.stage.state() == "live"


def test_a_defect_is_tried_again_after_a_while_and_not_with_every_turn(wall: Wall) -> None:
    wall.stage.set_contents((RED, BROKEN, GREEN))
    wall.ticks(20 * TICKS)
    assert wall.made.count("wall_broken") == 1
    wall.ticks(60 * TICKS)
    assert wall.made.count("wall_broken") == 2


def paused(content: Content | None = None) -> Pause:
    return Pause(NOW, Role.DISPATCHER, SeatId("2"), content)


def test_a_paused_rotation_stands_still_and_goes_on_with_what_was_left_of_its_turn(wall: Wall) -> None:
    wall.stage.set_contents((RED, GREEN))
    wall.ticks(TICKS - 2)
    wall.stage.set_contents((RED, GREEN), paused(RED))
    wall.ticks(10 * TICKS)
    assert wall.current == "wall_red"
    wall.stage.set_contents((RED, GREEN))
    wall.ticks(2)
    assert wall.current == "wall_green"


def test_a_pause_shows_what_was_in_sight_when_it_was_asked_for_after_a_start_too(wall: Wall, qtbot) -> None:
    """The picture at the desk is some seconds old: the wall may have gone on since."""
    wall.stage.set_contents((RED, GREEN))
    wall.stage.set_contents((RED, GREEN), paused(GREEN))
    assert wall.stage.hangs() == GREEN
    again = Wall(qtbot)
    again.stage.set_contents((RED, GREEN), paused(GREEN))
    assert again.made == ["wall_green"], "nothing else is seen before it"
    again.ticks(3 * TICKS)
    assert again.stage.hangs() == GREEN


def test_a_pause_on_a_view_that_cannot_be_made_is_no_empty_screen(wall: Wall) -> None:
    wall.stage.set_contents((RED, BROKEN), paused(BROKEN))
    wall.ticks(3 * TICKS)
    assert wall.stage.hangs() == RED
    assert wall.stage.state() == "live"


def test_a_pause_without_a_view_stands_on_what_is_in_sight(wall: Wall) -> None:
    wall.stage.set_contents((RED, GREEN))
    wall.ticks(TICKS)
    wall.stage.set_contents((RED, GREEN), paused())
    wall.ticks(3 * TICKS)
    assert wall.current == "wall_green"


@given(
    st.lists(st.integers(5, 60), min_size=2, max_size=6),
    st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=12),
)
def test_a_rotation_always_goes_on_while_any_other_view_is_fresh(dwell: list[int], weather: list[list[bool]]) -> None:
    """Whatever is stale when: no view stays longer than its turn unless all others are stale, and no stale one comes on."""
    rotation = Rotation([Content("v", str(n), seconds) for n, seconds in enumerate(dwell)])
    for fresh in weather:
        states = {str(n): "live" if fresh[n] else "stale" for n in range(len(dwell))}
        before, turn_s = rotation.index, rotation.left_s
        due = None
        for _ in range(round(turn_s) + 1):
            due, _stale = rotation.tick(1.0, lambda content, states=states: states[content.target])
            if due is not None:
                rotation.swapped(due)
                break
        others = [n for n in range(len(dwell)) if n != before and fresh[n]]
        assert (due is not None) == bool(others)
        if due is not None:
            assert states[str(due)] in FRESH
            assert rotation.left_s == dwell[due]
        assert rotation.left_s > 0


def test_a_notice_takes_its_line_below_the_view_and_gives_it_back(wall: Wall) -> None:
    wall.stage.set_contents((RED,))
    view = wall.stage.view()
    assert view is not None
    wall.stage.set_notice("21 时起有中雨")
    high = wall.stage.notice_high()
    assert high > 0
    area = wall.stage.area()
    assert view.geometry().bottom() < area.height() - high + 1
    assert wall.stage._notice.geometry().top() == area.height() - high
    wall.ticks(1)
    wall.stage.set_contents((GREEN,))  # what comes on later keeps off the line, too
    after = wall.stage.view()
    assert after is not None
    assert after.height() == area.height() - high
    wall.stage.set_notice("")
    assert after.size() == area.size()


def test_what_stands_still_moves_by_two_pixels_every_ten_minutes_and_stays_whole(wall: Wall) -> None:
    wall.stage.set_contents((RED,))
    wall.stage.set_notice("21 时起有中雨")
    wall.stage.set_mark("断开")
    view = wall.stage.view()
    assert view is not None
    moving = (view, wall.stage._notice, wall.stage._mark)
    sizes, places = [each.size() for each in moving], []
    for _ in range(8):
        places.append([each.pos() for each in moving])
        assert all(wall.stage.rect().contains(each.geometry()) for each in moving)
        assert [each.size() for each in moving] == sizes
        wall.ticks(round(SHIFT_EVERY_S * 1000 / TICK_MS) - 1)
        assert [each.pos() for each in moving] == places[-1]
        wall.ticks(1)
    for number in range(len(moving)):
        steps = [(b[number] - a[number]).manhattanLength() for a, b in pairwise(places)]
        assert set(steps) == {SHIFT_PX}  # never more at once, and never none
        assert len({(place[number].x(), place[number].y()) for place in places}) == 4
    assert places[4:] == places[:4]  # round and back, it does not drift away


def test_the_mark_of_a_lost_line_covers_nothing_of_the_view(wall: Wall) -> None:
    wall.stage.set_contents((RED,))
    view = wall.stage.view()
    assert view is not None
    for notice in ("", "21 时起有中雨"):
        wall.stage.set_notice(notice)
        wall.stage.set_mark("断开 3 分钟")
        lines = (
            (wall.stage._mark.geometry(), wall.stage._notice.geometry()) if notice else (wall.stage._mark.geometry(),)
        )
        assert not any(view.geometry().intersects(line) for line in lines)
        wall.stage.set_mark("")
        assert view.height() == wall.stage.area().height() - wall.stage.notice_high()
