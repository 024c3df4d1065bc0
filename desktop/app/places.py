"""Keys of windows and where they stand: several windows of one kind, named layouts, and what is kept between runs."""

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from desktop.app.screen_keeper import ScreenKeeper
from desktop.settings import Layout, ScreenSetup, Settings, WindowPlace
from desktop.theme.theme import wall_scale
from desktop.theme.tokens import Tokens
from desktop.views.shell import DeskWindow
from desktop.views.window_place import place_of, screen_for, show_at

COPY = "#"


def kind_of(key: str) -> str:
    """`queue#2` is a window of kind `queue`."""
    return key.partition(COPY)[0]


def next_key(kind: str, taken: Iterable[str]) -> str:
    """A free key for one more window of the kind: `queue`, `queue#2`, `queue#3`, …"""
    known = set(taken)
    if kind not in known:
        return kind
    number = 2
    while f"{kind}{COPY}{number}" in known:
        number += 1
    return f"{kind}{COPY}{number}"


def tell_numbers(windows: Mapping[str, QWidget]) -> None:
    """Each desk window is told which of its kind it is, in the order of their keys."""
    kinds: dict[str, list[str]] = {}
    for key in windows:
        kinds.setdefault(kind_of(key), []).append(key)
    for keys in kinds.values():
        for number, key in enumerate(sorted(keys, key=_by_number), start=1):
            window = windows[key]
            if isinstance(window, DeskWindow):
                window.set_number(number, len(keys))


def _by_number(key: str) -> tuple[int, str]:
    return len(key), key  # queue, queue#2, queue#10


class Places(QObject):
    """`open_now` gives the open windows by key. Nothing is read from or written to disk in here."""

    def __init__(self, open_now: Callable[[], Mapping[str, QWidget]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_now = open_now
        self.keeper = ScreenKeeper(open_now, self)

    def show(self, window: QWidget, key: str, place: WindowPlace | None) -> None:
        """Shows a window where it belongs, with what it showed there; from then on the keeper brings it back."""
        if place is not None and place.shows and isinstance(window, DeskWindow):
            window.show_again(place.shows)
        show_at(window, place)
        self.keeper.remember(key, place if place is not None and place.screen else place_of(window))

    def taken(self, known: Mapping[str, WindowPlace]) -> dict[str, WindowPlace]:
        """Places of all windows: those open as they stand (or belong, while their screen is missing), the others as known."""
        places = {key: replace(place, open=False) for key, place in known.items()}
        for key, window in self._open_now().items():
            home = self.keeper.home(key)
            if home is not None and (self.keeper.settling or self.keeper.is_away(key)):
                places[key] = replace(home, open=True)
                continue
            place = place_of(window)
            self.keeper.remember(key, place)
            places[key] = place
        return places

    def layout(self, leave_out: frozenset[str]) -> Layout:
        """The arrangement as it is now; `leave_out` are kinds that belong to no layout."""
        taken = self.taken({})
        return Layout({key: place for key, place in taken.items() if kind_of(key) not in leave_out})


def setup_of(settings: Settings, screen: QScreen) -> ScreenSetup:
    """What was measured of this screen, with the pitch of the pixels that it has now: another resolution or scale on the same
    glass makes them larger or smaller."""
    known = settings.screens.get(screen.serialNumber()) or settings.screens.get(screen.name()) or ScreenSetup()
    width = screen.geometry().width()
    if known.width_px <= 0 or width <= 0:
        return known
    return replace(known, pitch_mm=known.pitch_mm * known.width_px / width)


def scale_on(tokens: Tokens, settings: Settings, screen: QScreen | None) -> float:
    """What wall sizes are multiplied by on this screen: from pitch and distance that a person measured, else 1."""
    if screen is None:
        return 1.0
    setup = setup_of(settings, screen)
    wall = tokens.profiles["wall"]
    if setup.pitch_mm <= 0 and setup.distance_mm <= 0:
        return 1.0
    return wall_scale(tokens, setup.pitch_mm or wall.pitch_mm, setup.distance_mm or wall.distance_mm)


def scale_for(tokens: Tokens, settings: Settings, place: WindowPlace | None) -> float:
    """The same for the screen on which a window is going to stand."""
    return scale_on(tokens, settings, screen_for(place))
