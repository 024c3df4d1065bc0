"""Which windows are open, where they stand, and how they look. Makes windows of each kind and gives them what they need."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop import settings
from desktop.app.alarm_cameras import AlarmCameras
from desktop.app.alarm_parts import AlarmParts
from desktop.app.announcer import Announcer
from desktop.app.kinds import DESK, KINDS, WALL, Kind, wall_view
from desktop.app.places import Places, kind_of, next_key, scale_for, scale_on, tell_numbers
from desktop.app.to_wall import ToWall
from desktop.app.ways import Ways
from desktop.bridge import Bridge
from desktop.services.maps.package import MapPackage, package_or_fault
from desktop.settings import Layout, Settings, WindowPlace
from desktop.theme.theme import DESK_SCALES, Theme
from desktop.views.handover.outbox_report import OutboxReport
from desktop.views.launcher import Launcher
from desktop.views.palette.control import Palette
from desktop.views.queue.feed import TicketFeed
from desktop.views.shell import LAUNCHER, QUEUE, DeskWindow
from domain.wall.values import Content
from resources import path as resource_path

if TYPE_CHECKING:
    from desktop.app.cameras import Cameras
    from desktop.views.camera_wall.feed import CameraFeed
    from desktop.views.handover.feed import HandoverFeed
    from desktop.views.inspection.feed import InspectionFeed
    from desktop.views.tables.feed import TablesFeed
    from desktop.views.wall_director.feed import WallFeed

log = logging.getLogger("desktop")
SAVE_AFTER_MS = 800
SHOWN_AT_FIRST = (LAUNCHER, QUEUE)


def map_folder(chosen: Settings) -> Path:
    """The map package that the settings name, else the one of the installation."""
    return Path(chosen.map_folder) if chosen.map_folder else resource_path("maps", "demo")


class Windows(Ways):
    """`all_closed` comes when the last window was closed by hand; `language_changed` before windows are made in another language.

    `feed` is shared by all queues. `remember` False: places are neither read nor kept (pictures)."""

    all_closed = Signal()
    language_changed = Signal(str)

    def __init__(self, bridge: Bridge, chosen: Settings, *, remember: bool) -> None:
        super().__init__()
        self.bridge = bridge
        self._settings = chosen
        self._remember = remember
        self._package: MapPackage | None = None
        self._cameras: Cameras | None = None
        self._inspections: InspectionFeed | None = None
        self._tables: TablesFeed | None = None
        self._handovers: HandoverFeed | None = None
        self._outbox_report = OutboxReport(bridge, self)
        self._language = "zh" if chosen.language == "zh_CN" else "en"
        self.feed = TicketFeed(bridge, self._language, self)
        self.alarms = AlarmParts(bridge, self._language, self)
        self._alarm_cameras = AlarmCameras(bridge, self.alarms.feed, self._camera_feed, self)
        self._announcer = Announcer(bridge, self.alarms.feed, self)
        self.palette = Palette(bridge, self, self)
        self.to_wall = ToWall(bridge, self.shown_widgets, self.show_on_own_wall, self)
        self._themes = self._load_themes()
        self.to_wall.feed.previews.paint_with(self._preview)
        self._open: dict[str, QWidget] = {}
        self._wall_scales: dict[str, float] = {}
        """By what the type of each wall window is multiplied on its screen."""
        self.places = Places(self.shown, self)
        self.places.keeper.settled.connect(self._fit_walls)
        self._leaving: list[QWidget] = []
        self._closing = False
        self.held = False
        """While only some of the windows of a start are open: where they stand is not kept."""
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self._save)

    def start(self, asked: tuple[str, ...] = ()) -> None:
        """Opens what `at_start` says, at once (benchmarks, tests); the program takes turns: desktop.app.start."""
        for key in self.at_start(asked):
            self.open(key)

    def at_start(self, asked: tuple[str, ...] = ()) -> tuple[str, ...]:
        """What was asked, else what stood open last time, else the launcher and the queue."""
        known = self._settings.windows.items()
        return asked or tuple(key for key, place in known if place.open and kind_of(key) in KINDS) or SHOWN_AT_FIRST

    def safe_start(self) -> tuple[str, ...]:
        """After repeated crashes: the launcher alone, where nothing is remembered; what was remembered stays on disk."""
        self._remember = False
        return (LAUNCHER,)

    def shown(self) -> dict[str, QWidget]:
        return dict(self._open)

    def shown_widgets(self) -> tuple[QWidget, ...]:
        return tuple(self._open.values())

    def wall_feed(self) -> "WallFeed":
        """What is staged for the wall, shared by all director windows and by W."""
        return self.to_wall.feed

    def open(self, key: str) -> QWidget:
        """The window of this key (`queue`, `queue#2`), raised; made on first use. Raises KeyError for a key of no kind."""
        window = self._open.get(key)
        if window is None:
            kind = KINDS[kind_of(key)]
            window = kind.make(self, self._theme_for(key, kind))
            window.installEventFilter(self)
            window.setProperty("window_key", key)
            window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, True)
            self._connect(window)
            self._open[key] = window
            self._show_at(window, key)
            self._tell_launcher(key, is_open=True)
            tell_numbers(self._open)
        window.show()
        if self._remember:  # not for pictures: the offscreen platform knows no order of windows
            window.raise_()
            window.activateWindow()
        self._save_timer.start()
        return window

    def raise_all(self) -> None:
        """Someone started the program a second time: what is open comes forward."""
        for window in self._open.values():
            if window.isMinimized():
                window.showNormal()
            window.raise_()
            window.activateWindow()

    def open_another(self, kind: str) -> QWidget:
        """One more window of a kind, beside those that are open."""
        return self.open(next_key(kind, self._open))

    def wall_view(self, content: Content, theme: Theme, parent: QWidget) -> QWidget | None:
        """A view for a screen of the wall, as a child of `parent`; None for one that this version does not know."""
        return wall_view(self, content, theme, parent)

    def _preview(self, content: Content, room: QWidget) -> QWidget | None:
        """The desk's own wall copy of a view, for its small picture in the director."""
        return wall_view(self, content, self.wall_theme, room)

    @property
    def wall_theme(self) -> Theme:
        return self._themes[WALL]

    # -- layouts ----------------------------------------------------------------------------------

    @property
    def layouts(self) -> tuple[str, ...]:
        return tuple(self._settings.layouts)

    def keep_layout(self, name: str) -> None:
        """The arrangement as it is now, under this name."""
        self._settings = replace(
            self._settings, layouts={**self._settings.layouts, name: self.places.layout(frozenset({LAUNCHER}))}
        )
        self._save()
        launcher = self._open.get(LAUNCHER)
        if isinstance(launcher, Launcher):
            launcher.set_layouts(self.layouts)

    def use_layout(self, name: str) -> bool:
        """Open what the layout names, each in its place, and close the rest. False: no such layout."""
        layout = self._settings.layouts.get(name)
        if layout is None:
            return False
        self._arrange(layout)
        return True

    def _arrange(self, layout: Layout) -> None:
        wanted = {key: place for key, place in layout.windows.items() if kind_of(key) in KINDS}
        self._settings = replace(self._settings, windows={**self._settings.windows, **wanted})
        for key in wanted:
            if key in self._open:
                self.places.show(self._open[key], key, wanted[key])
            else:
                self.open(key)
        for key in tuple(self._open):
            if key not in wanted and key != LAUNCHER:
                self._open[key].close()

    def close_all(self) -> None:
        """At the end: places are kept as they are now, nothing more is announced."""
        self._save()
        self._closing = True
        for window in tuple(self._open.values()):
            window.close()
        self._open.clear()

    # -- joining ----------------------------------------------------------------------------------

    def _connect(self, window: QWidget) -> None:
        if isinstance(window, DeskWindow):
            window.window_requested.connect(self._on_window_requested)
            window.theme_requested.connect(self._on_theme_requested)
            window.scale_requested.connect(self._on_scale_requested)
            window.another_requested.connect(self._on_another_requested)
            window.shows_changed.connect(self._save_timer.start)
            window.command_requested.connect(self._on_palette_asked)
            window.show_alarms(self.alarms.feed, self.alarms.bell)
            self.to_wall.join(window)
        if isinstance(window, Launcher):
            window.open_requested.connect(self._on_window_requested)
            window.theme_requested.connect(self._on_theme_chosen)
            window.scale_requested.connect(self._on_scale_requested)
            window.language_requested.connect(self._on_language_requested)
            window.layout_requested.connect(self.use_layout)
            window.layout_kept.connect(self.keep_layout)
            window.set_layouts(self.layouts)

    def _on_window_requested(self, name: str) -> None:
        self.open(name)

    def _on_palette_asked(self) -> None:
        window = self.sender()
        if isinstance(window, DeskWindow):
            self.palette.open_on(window)

    def _on_another_requested(self, name: str) -> None:
        self.open_another(name)

    # -- cameras and inspections ------------------------------------------------------------------

    def cameras(self) -> "Cameras":
        """Shared by all windows that show cameras; made when the first opens."""
        from desktop.app.cameras import Cameras

        if self._cameras is None:
            folder = settings.config_dir() if self._remember else None
            self._cameras = Cameras(self.bridge, self._language, folder=folder)
        return self._cameras

    def _camera_feed(self) -> "CameraFeed | None":
        return None if self._cameras is None else self._cameras.feed

    def inspections(self) -> "InspectionFeed":
        from desktop.views.inspection.feed import InspectionFeed

        if self._inspections is None:
            self._inspections = InspectionFeed(self.bridge, self._language, self)
        return self._inspections

    def tables(self) -> "TablesFeed":
        """Shared by the windows of list and organisation; made when the first opens."""
        from desktop.views.tables.feed import TablesFeed

        if self._tables is None:
            self._tables = TablesFeed(self.bridge, self._language, self)
        return self._tables

    def handovers(self) -> "HandoverFeed":
        from desktop.views.handover.feed import HandoverFeed

        if self._handovers is None:
            self._handovers = HandoverFeed(self.bridge, self._language, self)
        return self._handovers

    async def stop(self) -> None:
        """After the windows are closed: ends streams."""
        if self._cameras is not None:
            await self._cameras.stop()
            self._cameras = None

    # -- maps -------------------------------------------------------------------------------------

    def map_package(self) -> MapPackage:
        """The local map; read at once where a map is asked for before `take_map` brought it."""
        if self._package is None:
            self._package = package_or_fault(map_folder(self._settings))
        return self._package

    def take_map(self, package: MapPackage) -> None:
        """Read in the background after the first windows stood."""
        if self._package is None:
            self._package = package

    # -- look -------------------------------------------------------------------------------------

    def _theme_for(self, key: str, kind: Kind) -> Theme:
        """Wall type is as large as the screen's pixels and the viewers' distance ask for."""
        theme = self._themes[kind.profile]
        if kind.profile != WALL:
            return theme
        window = self._open.get(key)
        if window is not None:
            scale = scale_on(theme.tokens, self._settings, window.screen())
        else:
            scale = scale_for(theme.tokens, self._settings, self._place(key))
        self._wall_scales[key] = scale
        return theme if scale == 1.0 else theme.with_axes(scale=scale)

    def _fit_walls(self) -> None:
        """Screens changed: wall windows take the type size of the screen on which they stand now, and with it another least size."""
        changed = False
        for key, window in self._open.items():
            theme = self._themes[KINDS[kind_of(key)].profile]
            scale = scale_on(theme.tokens, self._settings, window.screen())
            if theme.is_wall and self._wall_scales.get(key, 1.0) != scale:
                self._wall_scales[key], changed = scale, True
                window.apply_theme(theme.with_axes(scale=scale))  # type: ignore[attr-defined] # every kind has it
        if changed:
            QTimer.singleShot(0, self.places.keeper, self.places.keeper.settle)

    def _load_themes(self) -> dict[str, Theme]:
        chosen = self._settings
        return {
            DESK: Theme.load(chosen.theme, DESK, scale=chosen.scale, language=self._language),
            WALL: Theme.load("dark", WALL, language=self._language),
        }

    def _on_theme_requested(self) -> None:
        self._on_theme_chosen("light" if self._settings.theme == "dark" else "dark")

    def _on_theme_chosen(self, name: str) -> None:
        self._change(theme=name)

    def _on_scale_requested(self, step: int) -> None:
        nearest = min(range(len(DESK_SCALES)), key=lambda i: abs(DESK_SCALES[i] - self._settings.scale))
        place = min(max(nearest + step, 0), len(DESK_SCALES) - 1)
        self._change(scale=DESK_SCALES[place])

    def _on_language_requested(self, language: str) -> None:
        """Texts are made with their windows: every open window is made anew where it stood."""
        chosen = "zh_CN" if language == "zh" else "en"
        if chosen == self._settings.language:
            return
        self._save()
        self._settings = replace(self._settings, language=chosen)
        self.language_changed.emit(chosen)
        self._language = language
        self._tables = None
        self.to_wall.feed.previews.forget()
        for feed in (self._inspections, self._handovers):
            if feed is not None:
                feed.deleteLater()
        self._inspections = self._handovers = None
        self.feed.deleteLater()
        self.bridge.set_preparing(False)
        self.feed = TicketFeed(self.bridge, language, self)
        self.alarms.speak(language)
        self._alarm_cameras.follow(self.alarms.feed)
        self._announcer.follow(self.alarms.feed)
        if self._cameras is not None:
            self._cameras.speak(language)
        self._themes = self._load_themes()
        open_now = tuple(self._open)
        self._closing = True
        for window in tuple(self._open.values()):
            window.close()
        self._open.clear()
        self._closing = False
        for key in open_now:
            self.open(key)

    def _change(self, **changes: object) -> None:
        self._settings = replace(self._settings, **changes)
        self._themes = self._load_themes()
        for key, window in self._open.items():
            theme = self._theme_for(key, KINDS[kind_of(key)])
            window.apply_theme(theme)  # type: ignore[attr-defined] # every kind has it
        self._save_timer.start()

    # -- places -----------------------------------------------------------------------------------

    def _place(self, key: str) -> WindowPlace | None:
        return self._settings.windows.get(key) if self._remember else None

    def _show_at(self, window: QWidget, key: str) -> None:
        self.places.show(window, key, self._place(key))

    def _tell_launcher(self, key: str, *, is_open: bool) -> None:
        launcher = self._open.get(LAUNCHER)
        if isinstance(launcher, Launcher):
            for name in self._open if key == LAUNCHER else (key,):
                if launcher.knows(name):
                    launcher.set_open(name, is_open)

    def _save(self) -> None:
        if not self._remember or self._closing or self.held:
            return
        self._settings = replace(self._settings, windows=self.places.taken(self._settings.windows))
        try:
            settings.save(settings.config_dir(), self._settings)
        except OSError as error:
            log.warning("window places could not be kept: %s", error)

    def _on_closed(self, key: str) -> None:
        window = self._open.pop(key, None)
        self.places.keeper.forget(key)
        if window is not None:
            # Held until Qt has deleted it: the last Python reference must not go while its close event runs.
            self._leaving = [left for left in self._leaving if isValid(left)] + [window]
        self._tell_launcher(key, is_open=False)
        if self._closing:
            return
        if self._open:
            tell_numbers(self._open)
            self._save_timer.start()
        else:
            # The last one closed ends the program; it opens again next time.
            self.all_closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._save_timer.start()
        elif kind == QEvent.Type.Close and isinstance(watched, QWidget):
            if len(self._open) == 1:
                self._save()
            self._on_closed(str(watched.property("window_key")))
        return False
