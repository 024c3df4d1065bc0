"""Screens are found again, and no window is ever lost."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.screens import Rect, ScreenFacts, best, home, inside, is_visible, positions, rect_of, share_of
from desktop.settings import WindowPlace

SIZES = ((1920, 1080), (3840, 2160), (1280, 1024), (1080, 1920))


@st.composite
def walls(draw: st.DrawFn) -> tuple[ScreenFacts, ...]:
    """1 to 12 screens side by side, of mixed sizes and scales."""
    left, found = 0, []
    for number in range(draw(st.integers(1, 12))):
        width, height = draw(st.sampled_from(SIZES))
        scale = draw(st.sampled_from((1.0, 1.25, 1.5, 2.0)))
        serial = draw(st.sampled_from(("", f"S{number}")))
        found.append(
            ScreenFacts(name=f"DP-{number}", serial=serial, left=left, top=0, width=width, height=height, scale=scale)
        )
        left += width
    return tuple(found)


def place_on(screens: tuple[ScreenFacts, ...], index: int) -> WindowPlace:
    screen = screens[index]
    return WindowPlace(screen=screen.name, serial=screen.serial, position=positions(screens)[index])


@given(walls(), st.data())
def test_an_unchanged_wall_gives_every_window_its_screen(screens: tuple[ScreenFacts, ...], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(screens) - 1))
    assert home(place_on(screens, index), screens) == index == best(place_on(screens, index), screens)


@given(walls(), st.data())
def test_a_serial_is_found_again_behind_another_plug(screens: tuple[ScreenFacts, ...], data: st.DataObject) -> None:
    with_serial = [i for i, screen in enumerate(screens) if screen.serial]
    if not with_serial:
        return
    index = data.draw(st.sampled_from(with_serial))
    place = place_on(screens, index)
    turned = tuple(reversed(screens))
    found = home(place, turned)
    assert found is not None
    assert turned[found].serial == place.serial


def test_a_missing_screen_is_no_home_but_its_position_is_used() -> None:
    screens = tuple(
        ScreenFacts(name=f"DP-{i}", serial=f"S{i}", left=i * 1920, top=0, width=1920, height=1080) for i in range(3)
    )
    place = place_on(screens, 1)
    others = (screens[0], ScreenFacts(name="HDMI-1", serial="new", left=1920, top=0, width=1280, height=1024))
    assert home(place, others) is None
    assert best(place, others) == 1
    assert best(place, screens[:1]) is None


def test_a_screen_of_the_same_name_but_another_serial_is_not_the_home() -> None:
    place = WindowPlace(screen="DP-1", serial="old", position=0)
    assert home(place, (ScreenFacts(name="DP-1", serial="new", left=0, top=0, width=1, height=1),)) is None


rects = st.builds(Rect, st.integers(-5000, 30000), st.integers(-5000, 5000), st.integers(1, 6000), st.integers(1, 4000))


@given(rects, st.sampled_from(SIZES))
def test_what_is_put_inside_is_visible(rect: Rect, size: tuple[int, int]) -> None:
    screen = ScreenFacts(name="A", left=100, top=50, width=size[0], height=size[1])
    room = Rect(100, 50, *size)
    placed = inside(rect, room)
    assert is_visible(placed, (screen,))
    assert inside(placed, room) == placed


@given(st.sampled_from(SIZES), st.sampled_from(SIZES), st.data())
def test_a_share_survives_another_resolution(old: tuple[int, int], new: tuple[int, int], data: st.DataObject) -> None:
    before = Rect(0, 0, *old)
    rect = inside(data.draw(rects), before)
    after = rect_of(share_of(rect, before), Rect(0, 0, *new))
    back = rect_of(share_of(after, Rect(0, 0, *new)), before)
    assert max(abs(a - b) for a, b in zip(_numbers(rect), _numbers(back), strict=True)) <= 4


def _numbers(rect: Rect) -> tuple[int, int, int, int]:
    return rect.left, rect.top, rect.width, rect.height
