"""Which screen is which: found again by serial, by name or by its position, also after cables were swapped. No Qt in here."""

from collections.abc import Sequence

from msgspec import Struct

from desktop.settings import WindowPlace

LEAST_VISIBLE_PX = 80
"""A window of which less than this lies on screens, in either direction, counts as lost."""


class ScreenFacts(Struct, frozen=True, kw_only=True):
    """A screen as the windowing system tells it; left, top, width and height in device-independent pixels."""

    name: str
    serial: str = ""
    left: int
    top: int
    width: int
    height: int
    scale: float = 1.0


class Rect(Struct, frozen=True):
    left: int
    top: int
    width: int
    height: int


def positions(screens: Sequence[ScreenFacts]) -> tuple[int, ...]:
    """Position of each screen as one reads: 0 is the leftmost of the top row. Screens half a height apart are one row."""
    high = max((screen.height for screen in screens), default=1)
    top = min((screen.top for screen in screens), default=0)
    rows = [round((screen.top - top) / high) for screen in screens]
    order = sorted(range(len(screens)), key=lambda i: (rows[i], screens[i].left, screens[i].name))
    places = [0] * len(screens)
    for position, index in enumerate(order):
        places[index] = position
    return tuple(places)


def home(place: WindowPlace, screens: Sequence[ScreenFacts]) -> int | None:
    """Index of the screen that is certainly meant: same serial, else same name with no serial speaking against it."""
    if place.serial:
        same = [i for i, screen in enumerate(screens) if screen.serial == place.serial]
        # Cheap panels of one batch share a serial: then the name decides among them.
        named = [i for i in same if screens[i].name == place.screen]
        if len(same) == 1 or named:
            return (named or same)[0]
    for i, screen in enumerate(screens):
        if screen.name == place.screen and (not place.serial or not screen.serial or screen.serial == place.serial):
            return i
    return None


def best(place: WindowPlace, screens: Sequence[ScreenFacts]) -> int | None:
    """The screen to use: the one that is meant, else the one at the same position; None where there is no such screen."""
    found = home(place, screens)
    if found is not None:
        return found
    return next((i for i, position in enumerate(positions(screens)) if position == place.position), None)


def share_of(rect: Rect, room: Rect) -> tuple[float, float, float, float]:
    """A window's rectangle as parts of the screen's available area."""
    width, height = max(room.width, 1), max(room.height, 1)
    return (
        round((rect.left - room.left) / width, 5),
        round((rect.top - room.top) / height, 5),
        round(rect.width / width, 5),
        round(rect.height / height, 5),
    )


def rect_of(share: Sequence[float], room: Rect) -> Rect:
    """Back again; the result lies wholly in `room`."""
    left, top, width, height = share
    return inside(
        Rect(
            room.left + round(left * room.width),
            room.top + round(top * room.height),
            max(round(width * room.width), 1),
            max(round(height * room.height), 1),
        ),
        room,
    )


def inside(rect: Rect, room: Rect) -> Rect:
    """Moved and shrunk so that it lies in `room`."""
    width, height = min(rect.width, room.width), min(rect.height, room.height)
    left = max(room.left, min(rect.left, room.left + room.width - width))
    top = max(room.top, min(rect.top, room.top + room.height - height))
    return Rect(left, top, width, height)


def is_visible(rect: Rect, screens: Sequence[ScreenFacts]) -> bool:
    """Whether enough of a window lies on one of the screens to be seen and taken hold of."""
    wide, high = min(LEAST_VISIBLE_PX, rect.width), min(LEAST_VISIBLE_PX, rect.height)
    for screen in screens:
        across = min(rect.left + rect.width, screen.left + screen.width) - max(rect.left, screen.left)
        down = min(rect.top + rect.height, screen.top + screen.height) - max(rect.top, screen.top)
        if across >= wide and down >= high:
            return True
    return False
