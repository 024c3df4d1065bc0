"""This computer as a wall: tells the centre its screens, hangs up what the director set, and sends small pictures of it.

Without a line it shows the last scene from the cache, marked. No login and no input: the token of the machine is enough.
"""

import base64
import logging
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen
from PySide6.QtWidgets import QWidget

from desktop.app.places import scale_on, setup_of
from desktop.bridge import Bridge
from desktop.services import screens as rules
from desktop.services.values import TICKETS, Answer, Fresh, Refusal
from desktop.settings import Settings
from desktop.theme.theme import Theme
from desktop.views.site_time import SiteTime
from desktop.views.wall_director import words
from desktop.views.wall_stage.stage import MakeView, Stage
from desktop.views.window_place import all_screens
from desktop.views.words import filled
from desktop.widgets.painting import format_age
from domain.vocabulary import Role
from domain.wall.commands import Register, Report
from domain.wall.kind import NAME, wall_id
from domain.wall.values import SCREENS_MOST, Content, Pause, Screen, Wall
from protocol.reference import OVERVIEW_TOPIC
from protocol.reference import TOPIC as REFERENCE_TOPIC
from protocol.text import MAX_TEXT
from protocol.walls import PICTURE_MOST

log = logging.getLogger("desktop")
PICTURE_EVERY_MS = 500
"""One screen each time: a wall of six sends a picture of each every three seconds."""
PICTURE_WIDTH = 320
JPEG_QUALITY = 70
SETTLE_MS = 300
SOURCES = {"wall_overview": OVERVIEW_TOPIC}
"""Where a view has another source than the tickets."""


class WallHost(QObject):
    """`start`, then on its own until `close`. `make` gives views; `changed` comes when stages were made anew."""

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        name: str,
        settings: Settings,
        theme: Theme,
        make: MakeView,
        parent: QObject | None = None,
        *,
        full_screen: bool = True,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._name, self._settings, self._theme, self._make = bridge, name, settings, theme, make
        self._full_screen = full_screen
        self.id = wall_id(name)
        self.stages: dict[int, Stage] = {}
        self._looks: dict[tuple[float, bool], Theme] = {(1.0, False): theme}
        self._told: tuple[Screen, ...] = ()
        self._sent: dict[int, str] = {}
        self._turn = 0
        self._to_hang: list[int] = []
        self._hanging = _timer(self, 0, self._on_hanging)
        self._settle = _timer(self, SETTLE_MS, self._arrange, single=True)
        self._pictures = _timer(self, PICTURE_EVERY_MS, self._on_picture_time)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._on_screen_added)
        app.screenRemoved.connect(self._on_screens_changed)
        for screen in app.screens():
            self._follow(screen)
        bridge.documents_changed.connect(self._on_documents_changed)
        bridge.freshness_changed.connect(self._on_freshness_changed)
        bridge.clock_ticked.connect(self._on_tick)

    def start(self) -> None:
        self._arrange()
        self._pictures.start()

    def close(self) -> None:
        """At the end of the program."""
        self._pictures.stop()
        self._settle.stop()
        self._hanging.stop()
        for stage in self.stages.values():
            stage.close()
            stage.deleteLater()
        self.stages = {}

    def wall(self) -> Wall | None:
        """The wall as the centre, or the cache, knows it."""
        found = self._bridge.mirror.documents.get(NAME, {}).get(self.id)
        return found if isinstance(found, Wall) else None

    # -- screens ------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """A stage for each screen, where it stands now; those of screens that are gone close."""
        numbered = self._numbered()
        for number in [each for each in self.stages if each not in numbered]:
            stage = self.stages.pop(number)
            stage.close()
            stage.deleteLater()
        for number, screen in numbered.items():
            stage = self.stages.get(number) or self._new_stage(number, screen)
            stage.setScreen(screen)
            stage.setGeometry(screen.geometry())
            if self._full_screen:
                stage.showFullScreen()
            else:
                stage.show()
        self._hang()
        self._tell_screens()
        self.changed.emit()

    def _numbered(self) -> dict[int, QScreen]:
        """Screens by number, as one reads: 1 is the leftmost of the top row."""
        places = rules.positions(all_screens())
        screens = QGuiApplication.screens()
        return {place + 1: screens[i] for i, place in enumerate(places) if place < SCREENS_MOST}

    def _new_stage(self, number: int, screen: QScreen) -> Stage:
        theme = self._look(number, screen)
        stage = self.stages[number] = Stage(theme, number, self._make, self._fresh)
        return stage

    def _look(self, number: int, screen: QScreen) -> Theme:
        """Type for this screen's pixels as they are now, and quiet where a night scene hangs."""
        wall = self.wall()
        axes = scale_on(self._theme.tokens, self._settings, screen), wall is not None and wall.night_on(number)
        known = self._looks.get(axes)
        if known is None:
            known = self._looks[axes] = self._theme.with_axes(scale=axes[0], night=axes[1])
        return known

    def _facts(self) -> tuple[Screen, ...]:
        found = []
        for number, screen in sorted(self._numbered().items()):
            area = screen.geometry()
            setup = setup_of(self._settings, screen)
            found.append(
                Screen(
                    number=number,
                    name=screen.name()[:64],
                    left=area.left(),
                    top=area.top(),
                    width=area.width(),
                    height=area.height(),
                    pitch_mm=setup.pitch_mm,
                    distance_mm=setup.distance_mm,
                )
            )
        return tuple(found)

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._on_screens_changed)
        screen.logicalDotsPerInchChanged.connect(self._on_screens_changed)

    def _on_screen_added(self, screen: QScreen) -> None:
        self._follow(screen)
        self._settle.start()

    def _on_screens_changed(self, _what: object = None) -> None:
        self._settle.start()

    # -- what hangs there ---------------------------------------------------------------------------

    def _hang(self) -> None:
        """One screen in a turn of the loop: making six views at once would stop the pictures of all."""
        self._to_hang = sorted(self.stages)
        self._hanging.start()

    def _on_hanging(self) -> None:
        if not self._to_hang:
            self._hanging.stop()
            return
        stage = self.stages.get(number := self._to_hang.pop(0))
        if stage is not None:
            wall = self.wall()
            shown = wall.shown().get(number) if wall is not None else None
            stage.set_waiting(filled(self.tr("{name} · 等待导播"), {"name": self._name}))
            stage.wear(self._look(number, stage.screen()))
            stage.set_contents(*(shown.contents, shown.pause) if shown is not None else ((),))

    def _fresh(self, content: Content) -> str:
        return str(self._bridge.freshness.of(SOURCES.get(content.view, TICKETS)).state)

    def _on_documents_changed(self, kind: str) -> None:
        if kind == NAME:
            self._hang()
            self._show_marks()
            self._show_notice()
            self._tell_screens()

    def _on_freshness_changed(self, _source: str = "") -> None:
        self._show_marks()
        self._tell_screens()

    def _on_tick(self) -> None:
        self._show_marks()
        self._show_notice()
        self._tell_screens()

    def _show_notice(self) -> None:
        """The line of the director, until its time is over; this machine's own clock ends it without a line, too."""
        wall, now = self.wall(), self._bridge.clock.now_business()
        for number, stage in self.stages.items():
            notice = wall.notice_on(number, now) if wall is not None else None
            stage.set_notice(notice.text if notice is not None else "")

    def _show_marks(self) -> None:
        """Below what a screen shows: who made its rotation stand still and since when, and that there is no line."""
        known, wall = self._bridge.freshness.of(TICKETS), self.wall()
        lost = ""
        if known.state in (Fresh.OFFLINE, Fresh.STALE, Fresh.NEVER):
            lost = filled(
                self.tr("与联动服务断开 {age} · 保持最后场景"), {"age": format_age(known.since_s or known.age_s)}
            )
        hung = wall.shown() if wall is not None else {}
        for number, stage in self.stages.items():
            pause = hung[number].pause if number in hung else None
            stage.set_mark(" · ".join(part for part in (self._pause_words(pause), lost) if part))

    def _pause_words(self, pause: Pause | None) -> str:
        if pause is None:
            return ""
        topic = self._bridge.topics.get(REFERENCE_TOPIC)
        site = SiteTime(topic.value.zone) if topic is not None else SiteTime()
        return words.pause_text(pause, site.stamp(pause.since, self._bridge.clock.now_business()))

    # -- to the centre ------------------------------------------------------------------------------

    def _tell_screens(self) -> None:
        """Once per change of the screens, when there is a line and the machine may."""
        actor, facts = self._bridge.actor, self._facts()
        if actor is None or actor.role is not Role.WALL or not self._bridge.online:
            return
        wall = self.wall()
        if facts == self._told or not facts or (wall is not None and wall.screens == facts):
            return
        if self._bridge.freshness.of(TICKETS).state is not Fresh.LIVE:
            return  # the wall's own document may still be on its way
        command = Register(name=self._name, screens=facts) if wall is None else Report(screens=facts)
        given = self._bridge.commander.act(NAME, command, wall)
        if isinstance(given, Refusal):
            log.warning("the wall could not tell its screens: %s", given.code)
        else:
            self._told = facts

    def _on_picture_time(self) -> None:
        """The next screen's picture, if the line is up."""
        if not self.stages or not self._bridge.online or self.wall() is None:
            return
        numbers = sorted(self.stages)
        number = numbers[self._turn % len(numbers)]
        self._turn += 1
        stage = self.stages[number]
        jpeg = small_picture(stage)
        rotation = stage.rotation
        args = {
            "wall": self.id,
            "screen": number,
            "jpeg": [] if self._sent.get(number) == jpeg else in_parts(jpeg),
            "index": rotation.index if rotation else 0,
            "left_s": max(0.0, round(rotation.left_s, 1)) if rotation else 0.0,
            "fresh": stage.state(),
            "skipped": rotation.skipped if rotation else 0,
            "shows": msgspec.to_builtins(stage.hangs()),
        }
        self._sent[number] = jpeg
        self._bridge.ask_then("wall_picture", args, self._on_picture_taken)

    def _on_picture_taken(self, answer: Answer) -> None:
        if answer.error or answer.body == b"false":
            # The server does not have the last ones: the next are sent whole.
            self._sent = {}
            if answer.error and answer.error not in ("offline", "timeout", "busy"):
                log.warning("a picture of the wall was refused: %s", answer.error)


def small_picture(stage: QWidget) -> str:
    """JPEG of a stage in base64, small enough for one frame; poorer where it would be too large."""
    assert isinstance(stage, Stage)
    height = max(1, round(PICTURE_WIDTH * stage.height() / max(stage.width(), 1)))
    image: QImage = stage.picture(QSize(PICTURE_WIDTH, height))
    for quality in (JPEG_QUALITY, JPEG_QUALITY // 2, JPEG_QUALITY // 4):
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", quality)  # type: ignore[call-overload] # the stubs know text formats as bytes
        data = bytes(buffer.data().data())
        if len(data) <= PICTURE_MOST:
            return base64.b64encode(data).decode("ascii")
    return ""


def in_parts(text: str) -> list[str]:
    """As long as one text of a message may be."""
    return [text[start : start + MAX_TEXT] for start in range(0, len(text), MAX_TEXT)]


def _timer(parent: QObject, ms: int, slot: Callable[[], None], *, single: bool = False) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(ms)
    timer.setSingleShot(single)
    timer.timeout.connect(slot)
    return timer
