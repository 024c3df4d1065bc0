"""Every window as a scene: full of data, on its further pages, and in every state that it can be in. For pictures and for tests.

Full scenes are those of test_windows_in_english; blank ones come from the program's own way of making windows
(desktop.app.kinds) over a bridge that has nothing.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import qasync
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.kinds import KINDS, WALL, WALL_BOARD, WALL_CAMERAS
from desktop.app.windows import Windows
from desktop.services.cameras.walls import WallBook
from desktop.services.screens import ScreenFacts
from desktop.services.topics import Topic
from desktop.services.values import TICKETS, Fresh, Freshness
from desktop.settings import Settings
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.wall_window import CameraWallWindow
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.evaluation.window import APPEALS, CALLS, HOLLOW
from desktop.views.first_run import FirstRun
from desktop.views.palette.control import Palette
from desktop.views.shell import (
    ALARMS,
    BOARD,
    CAMERAS,
    DIRECTOR,
    EVALUATION,
    HANDOVER,
    INSPECTION,
    LIST,
    MAP,
    NEW_TICKET,
    ORGANISATION,
    QUEUE,
    TICKET,
)
from desktop.views.tables.organisation_values import CALENDAR, COMPONENTS, POSTS, UNITS
from desktop.views.window_place import OWN_SIZE
from desktop.widgets.map_canvas.surface import MapSurface
from domain.cameras import TOPIC as CAMERA_TOPIC
from domain.cameras import CameraList
from domain.vocabulary import Role
from protocol.reference import OVERVIEW_TOPIC, TOPIC
from tests.look.blank_bridges import (
    bare_tables,
    empty_bridge,
    failing_questions,
    guarded_bridge,
    loading_bridge,
    never_bridge,
)
from tests.look.test_windows_in_english import MAKERS, desk_bridge, latin
from tests.qt.camera_stage import CameraStage, ticket_before
from tests.qt.fakes import FakeBridge, FakeFreshness
from tests.qt.palette.test_palette import Doings
from tests.qt.samples import NOW

SIZE = QSize(1920, 1080)
SETTLE_MS = 150
SETTLE_TURNS = 15
WALL_SETTLE_MS = 450
"""A wall shows what is new three times a second."""
AGES_S = {Fresh.STALE: 27 * 60.0, Fresh.OFFLINE: 360.0}


class Look(StrEnum):
    """What a window may look like (screens.md §3). The first five have data, the others none or not for this seat."""

    LIVE = "live"
    CATCHING_UP = "catching_up"
    STALE = "stale"
    OFFLINE = "offline"
    ERROR = "error"
    EMPTY = "empty"
    LOADING = "loading"
    NEVER = "never"
    NO_PERMISSION = "no_permission"


WITH_DATA = (Look.LIVE, Look.CATCHING_UP, Look.STALE, Look.OFFLINE)
BLANK = (Look.EMPTY, Look.LOADING, Look.NEVER, Look.ERROR, Look.NO_PERMISSION)
ASKS = (
    QUEUE,
    TICKET,
    BOARD,
    WALL_BOARD,
    LIST,
    HANDOVER,
    MAP,
    EVALUATION,
    ALARMS,
    INSPECTION,
    DIRECTOR,
)
"""Windows that ask the server beside the stream, and so can be told that it failed. Find reads this machine's cache, the tiles of a
camera say themselves what fails, new tickets, the organisation and walls of tickets ask nothing."""
GUARDED = (INSPECTION, HANDOVER, LIST, ORGANISATION, DIRECTOR, NEW_TICKET, CAMERAS)
"""Windows in which a seat may be without a right; evaluation says it in answer to the key (N), other windows beside the button. What a seat may see of tickets and figures is its scope: rows beyond it never come
to this machine, so no window can lack the right to show them."""

# -- further pages of a window ------------------------------------------------------------------------


def _organisation(view: str) -> Callable[[Theme], QWidget]:
    def make(theme: Theme) -> QWidget:
        window: Any = MAKERS[ORGANISATION](theme)
        window.show_view(view)
        return window

    return make


def _evaluation(tab: str) -> Callable[[Theme], QWidget]:
    def make(theme: Theme) -> QWidget:
        window: Any = MAKERS[EVALUATION](theme)
        window.show_tab(tab)
        return window

    return make


def _bulk(theme: Theme) -> QWidget:
    window: Any = MAKERS[QUEUE](theme)
    for place in range(3):
        row = window.table.ticket_row(window.table.line_position() + 1 + place)
        window.bulk.toggle(row.id)
    window.bulk.start()
    return window


def _explorer(theme: Theme) -> QWidget:
    from desktop.views.kpi_board.breakdown import BreakdownReply, Row
    from desktop.views.kpi_board.explorer_feed import COUNTS, RATES
    from domain.kpi_types import Kpi
    from tests.qt import fake_kpi

    window: Any = MAKERS[BOARD](theme)
    window.resize(SIZE)
    window.show()
    window.board.magnifier.toggle(theme)
    days = [fake_kpi.TODAY - timedelta(days=n) for n in range(60)]
    kpi = Kpi(id="any", numerator=0, denominator=0, as_of=fake_kpi.NOW)
    dice = random.Random(3)
    for _ in (*COUNTS, *RATES):
        rows = tuple(Row((day.isoformat(),), dice.randint(700, 900), dice.randint(900, 1100)) for day in days)
        window.bridge.answer("breakdown", BreakdownReply(kpi=kpi, total=len(rows), rows=rows))
    return window


def _roster(theme: Theme) -> QWidget:
    window: Any = MAKERS[HANDOVER](theme)
    window.resize(SIZE)
    window.show()
    window.roster.toggle()
    return window


def _keys(theme: Theme) -> QWidget:
    window: Any = MAKERS[QUEUE](theme)
    window.resize(SIZE)
    window.show()
    window.toggle_keys()
    return window


def _palette(text: str) -> Callable[[Theme], QWidget]:
    def make(theme: Theme) -> QWidget:
        window: Any = MAKERS[QUEUE](theme)
        window.resize(SIZE)
        window.show()
        doings = Doings()
        palette = Palette(window.bridge, doings, window)
        window.kept = (doings, palette)
        palette.open_on(window)
        assert palette.box is not None
        palette.box.input.setText(text)
        return window

    return make


def _first_run(step: int) -> Callable[[Theme], QWidget]:
    def make(theme: Theme) -> QWidget:
        screens = (
            ScreenFacts(name="B", left=1920, top=0, width=1920, height=1080),
            ScreenFacts(name="A", serial="S1", left=0, top=0, width=1920, height=1080),
        )
        window = FirstRun(theme, screens)
        window.token.setText("secret")
        for _ in range(step):
            window.go_on()
        return window

    return make


PAGES: dict[str, Callable[[Theme], QWidget]] = {
    "queue.bulk": _bulk,
    "queue.keys": _keys,
    "queue.palette": _palette("pq"),
    "queue.command": _palette("/"),
    "organisation.units": _organisation(UNITS),
    "organisation.posts": _organisation(POSTS),
    "organisation.components": _organisation(COMPONENTS),
    "organisation.calendar": _organisation(CALENDAR),
    "evaluation.calls": _evaluation(CALLS),
    "evaluation.hollow": _evaluation(HOLLOW),
    "evaluation.appeals": _evaluation(APPEALS),
    "kpi_board.explorer": _explorer,
    "handover.roster": _roster,
    "first_run.server": _first_run(0),
    "first_run.role": _first_run(1),
    "first_run.screens": _first_run(2),
}
"""Pages behind the first: key of the window, a dot, its name."""

# -- making them --------------------------------------------------------------------------------------


def keys() -> tuple[str, ...]:
    """All kinds, and the further pages behind them."""
    pages = {key: [page for page in PAGES if page.startswith(f"{key}.")] for key in KINDS}
    return tuple(name for key in KINDS for name in (key, *pages[key])) + tuple(p for p in PAGES if p[:9] == "first_run")


def profile_of(key: str) -> str:
    kind = KINDS.get(key.partition(".")[0])
    return kind.profile if kind is not None else "desk"


def looks_of(key: str) -> tuple[Look, ...]:
    """The states this window can be in. A further page is shown live: its states are those of its window."""
    if key in PAGES:
        return (Look.LIVE,)
    spare = {Look.ERROR: key in ASKS, Look.NO_PERMISSION: key in GUARDED}
    return tuple(look for look in Look if spare.get(look, True))


class Stage:
    """Makes scenes. One at a time: `window` closes the one before."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._cameras = CameraStage(folder, loop=loop)
        self._halls: list[Windows] = []
        self._failures = ExitStack()

    def make(self, key: str, theme: Theme, look: Look = Look.LIVE) -> QWidget:
        """Shown at 1920 x 1080, laid out and painted; a window of its own size keeps it."""
        if look is Look.ERROR:
            window = self._failing(key, theme)
        elif look is Look.NO_PERMISSION:
            window = self._guarded(key, theme)
        elif look in BLANK:
            window = self._blank(key, theme, look)
        else:
            window = self._full(key, theme)
            put(window, look)
        window.resize(window.sizeHint() if window.property(OWN_SIZE) else SIZE)
        window.show()
        settle(window, WALL_SETTLE_MS if profile_of(key) == WALL or look is Look.ERROR else SETTLE_MS)
        return window

    def _full(self, key: str, theme: Theme) -> QWidget:
        if key in (CAMERAS, WALL_CAMERAS):
            return self._camera_window(key, theme)
        return (PAGES.get(key) or MAKERS[key])(theme)

    def _camera_window(self, key: str, theme: Theme, rights: tuple[str, ...] = ()) -> QWidget:
        """`rights`: roles that may see the pictures, none = all."""
        stage = self._cameras
        stage.desk.on_change.clear()
        stage.bridge.reference = latin(desk_bridge().reference)
        stage.bridge.topics.values[TOPIC] = Topic(TOPIC, 1, NOW, stage.bridge.reference)
        stage.bridge.freshness = FakeFreshness()
        stage.bridge.online = stage.bridge.commander.online = True
        first = stage.register.cameras[0].id
        stage.bridge.mirror.tickets = {one.id: one for one in (ticket_before(stage.register, first, 1),)}
        stage.feed = CameraFeed(stage.bridge, stage.desk, WallBook(), theme.language)  # type: ignore[arg-type]
        listed = latin(msgspec.json.decode(stage.register.published(), type=CameraList))
        if rights:
            listed = replace(listed, cameras=tuple(replace(one, rights=rights) for one in listed.cameras))
        stage._publish(CAMERA_TOPIC, listed)
        stage.tell_health()
        window: QWidget = (CameraWindow if key == CAMERAS else CameraWallWindow)(theme, stage.feed)
        window.setProperty("keeps", True)
        window.bridge_for_looks = stage.bridge  # type: ignore[attr-defined]
        return window

    def _failing(self, key: str, theme: Theme) -> QWidget:
        """With its data, and every question beside the stream fails for as long as the window is open."""
        self._failures.enter_context(failing_questions())
        if key not in (BOARD, WALL_BOARD):
            made: Any = self._full(key, theme)
            if key == EVALUATION:
                made.show_tab(HOLLOW)
            return made
        window = self._blank(key, theme, Look.EMPTY)
        window.bridge_for_looks = self._halls[-1].bridge  # type: ignore[attr-defined]
        return window

    def _guarded(self, key: str, theme: Theme) -> QWidget:
        """What the window holds is there; the role that sits here may not see it, or not change it."""
        if key == CAMERAS:
            return self._camera_window(key, theme, rights=(Role.SHIFT_LEADER.value,))
        if key != DIRECTOR:
            return self._blank(key, theme, Look.NO_PERMISSION)
        window: Any = self._full(key, theme)
        window.bridge.actor = guarded_bridge().actor
        window.bridge.freshness_changed.emit(TICKETS)
        window.bridge.clock_ticked.emit()
        made: QWidget = window
        return made

    def _blank(self, key: str, theme: Theme, look: Look) -> QWidget:
        bridge = blank_bridge(key, look)
        language = "zh_CN" if theme.language == "zh" else "en"
        hall = Windows(bridge, Settings(language=language), remember=False)  # type: ignore[arg-type]
        self._halls.append(hall)
        return KINDS[key].make(hall, theme)

    def close(self, window: QWidget) -> None:
        window.hide()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        for hall in self._halls:
            self._loop.run_until_complete(hall.stop())
            hall.deleteLater()
        self._halls = []
        self._failures.close()

    def stop(self) -> None:
        self._loop.run_until_complete(self._cameras.stop())


@contextmanager
def stage(app: QApplication) -> Iterator[Stage]:
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory() as folder:
        made = Stage(Path(folder), loop)
        yield made
        made.stop()
    loop.close()
    asyncio.set_event_loop(None)


def settle(window: QWidget, for_ms: int = SETTLE_MS) -> None:
    """Layouts and short timers are through, the ground of maps is painted. In pieces: where one turn of the loop takes all of the time,
    what it brought about has its turns all the same.
    """
    for _ in range(SETTLE_TURNS):
        QTest.qWait(-(-for_ms // SETTLE_TURNS))
    for ground in window.findChildren(MapSurface):
        ground.finish()


def blank_bridge(key: str, look: Look) -> FakeBridge:
    """Nothing yet, nothing at all, or nothing for this seat."""
    made = {Look.LOADING: loading_bridge, Look.NEVER: never_bridge, Look.NO_PERMISSION: guarded_bridge}
    bridge = made.get(look, empty_bridge)()
    if look is Look.EMPTY and key in (LIST, ORGANISATION):
        bare_tables(bridge)
    return bridge


class _AllIn:
    """A freshness book in which every source is in one state; ages as far as the state has one."""

    def __init__(self, book: Any, state: Fresh) -> None:
        self._book, self._state = book, state

    def of(self, source: str = TICKETS) -> Freshness:
        known: Freshness = self._book.of(source)
        if known.state is Fresh.NEVER:
            return Freshness(source=source)
        age_s = AGES_S.get(self._state, known.age_s)
        return replace(known, state=self._state, age_s=age_s, since_s=age_s, behind=412)


def put(window: QWidget, look: Look) -> None:
    """Every source of the window's bridge into a state that keeps the data."""
    found: Any = getattr(window, "bridge_for_looks", None) or getattr(window, "bridge", None)
    bridge: Any = found or getattr(window, "_bridge", None)
    if bridge is None or look is Look.LIVE:
        return
    bridge.freshness = _AllIn(bridge.freshness, Fresh(look.value))
    bridge.online = look is not Look.OFFLINE
    if hasattr(bridge, "commander"):
        bridge.commander.online = bridge.online
    for source in (TICKETS, OVERVIEW_TOPIC):
        bridge.freshness_changed.emit(source)
    bridge.clock_ticked.emit()


def theme_for(key: str, name: str, language: str) -> Theme:
    """A wall is dark whatever the desks are."""
    profile = profile_of(key)
    return Theme.load("dark" if profile == WALL else name, profile, language=language)
