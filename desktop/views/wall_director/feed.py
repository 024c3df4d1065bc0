"""What the director window knows of one wall, and what it gives: the document, small pictures, staged changes, the past.

Staged changes live here, on this desk only, until they are applied in one step. No painting.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from desktop.services.values import Answer, Refusal
from desktop.views.trouble import Trouble
from desktop.views.wall_director.previews import MakeView, Previews
from desktop.views.wall_director.titles import Titles
from domain.documents import DocCommand
from domain.kpi_types import Overview
from domain.wall import commands
from domain.wall.deciding import WallCode, may_take_over_at
from domain.wall.kind import DIRECTORS, NAME, ROLES
from domain.wall.values import ROTATION_MOST, UNDO_S, Content, Contents, Rule, Shown, Wall
from protocol.messages import Outcome
from protocol.walls import LOST_S, Change, ChangesReply, PicturesReply, ScreenPicture

if TYPE_CHECKING:
    from desktop.bridge import Bridge

POLL_MS = 1000
REPLAY_H = 8
"""Business hours that the replay strip covers."""


class _Past(msgspec.Struct, frozen=True):
    """Of the answer to `history` only what is shown."""

    overview: Overview


class WallFeed(QObject):
    """`changed`: document or staging; `pictures_changed`; `past_changed`: replay; `refused(code, detail)`."""

    changed = Signal()
    pictures_changed = Signal()
    past_changed = Signal()
    refused = Signal(str, object)

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        make: MakeView | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._monotonic = bridge, monotonic
        self.id = ""
        self.staged: dict[int, Contents] = {}
        self.staged_scene = ""
        self.pictures: dict[int, ScreenPicture] = {}
        self.images: dict[int, QImage] = {}
        self._image_at: dict[int, float] = {}
        """When each image was what its screen shows, on this machine's own clock: it grows old while no new one comes."""
        self._seen_at: float | None = None
        self.changes: tuple[Change, ...] = ()
        self.pictures_trouble, self.changes_trouble, self.past_trouble = Trouble(), Trouble(), Trouble()
        self.past_at: datetime | None = None
        self.past: Wall | None = None
        self.past_overview: Overview | None = None
        self._sent: tuple[dict[int, Contents], str] | None = None
        """The step that is on its way, until it is known to have come or was refused."""
        self.titles = Titles(bridge)
        self.previews = Previews(make, self, monotonic=monotonic)
        self.previews.changed.connect(self.pictures_changed)
        self._asking, self._asked_at = False, 0.0
        self._watchers: set[QObject] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        bridge.documents_changed.connect(self._on_documents_changed)
        bridge.outcome_arrived.connect(self._on_outcome)
        self._choose()

    # -- what there is ------------------------------------------------------------------------------

    def walls(self) -> tuple[Wall, ...]:
        found = self._bridge.mirror.documents.get(NAME, {}).values()
        return tuple(sorted((wall for wall in found if isinstance(wall, Wall)), key=lambda wall: wall.id))

    def wall(self) -> Wall | None:
        found = self._bridge.mirror.documents.get(NAME, {}).get(self.id)
        return found if isinstance(found, Wall) else None

    def shown(self) -> Mapping[int, Shown]:
        """What hangs there: now, or at the moment that is looked back at."""
        wall = self.past if self.past_at is not None else self.wall()
        return wall.shown() if wall is not None else {}

    @property
    def seat(self) -> str:
        return self._bridge.actor.seat if self._bridge.actor else ""

    @property
    def directs(self) -> bool:
        """Whether this role leads walls at all; true while nobody knows who sits here."""
        actor = self._bridge.actor
        return actor is None or actor.role in DIRECTORS

    @property
    def makes_rules(self) -> bool:
        """Whether this role may say what starts scenes; true while nobody knows who sits here."""
        actor = self._bridge.actor
        return actor is None or actor.role in ROLES["keep_rule"]

    @property
    def mine(self) -> bool:
        """Whether this seat may change the wall: its role may, and it has the control, or nobody has."""
        wall = self.wall()
        return self.directs and wall is not None and wall.holder in ("", self.seat)

    @property
    def seen_s(self) -> float | None:
        """Real seconds since the host was heard; None = not since the centre started. Goes on while this desk has no line."""
        return None if self._seen_at is None else self._monotonic() - self._seen_at

    @property
    def online(self) -> bool:
        """Whether this desk has a line."""
        return self._bridge.online

    @property
    def host_lost(self) -> bool:
        """Whether nobody knows how the wall looks now: its computer is silent, or this desk hears of nothing."""
        seen_s = self.seen_s
        return seen_s is None or seen_s > LOST_S or not self._bridge.online

    def image_age_s(self, number: int) -> float | None:
        """Real seconds since the screen was seen to look like its image; None = there is no image."""
        at = self._image_at.get(number)
        return None if at is None else self._monotonic() - at

    def undo_left_s(self) -> float:
        """Real seconds for which the last step may be taken back; 0 = not any more, or not by this seat."""
        wall = self.wall()
        if wall is None or wall.before is None or wall.applied_at is None or wall.holder != self.seat:
            return 0.0
        clock = self._bridge.clock
        passed_s = (clock.now_business() - wall.applied_at).total_seconds() / max(clock.rate, 1e-9)
        return max(0.0, UNDO_S - passed_s)

    def take_over_in_s(self) -> float | None:
        """Real seconds until an own request for the control is granted by itself; None = this seat asks for nothing."""
        wall = self.wall()
        if wall is None or wall.asked_by != self.seat or not self.seat:
            return None
        clock = self._bridge.clock
        at = may_take_over_at(wall, clock.rate)
        assert at is not None
        return max(0.0, (at - clock.now_business()).total_seconds() / max(clock.rate, 1e-9))

    # -- staging ------------------------------------------------------------------------------------

    def coming(self, number: int) -> Contents:
        """What the screen will show once applied: what is staged, else what hangs there."""
        shown = self.shown().get(number)
        return self.staged.get(number, shown.contents if shown else ())

    def stage(self, number: int, content: Content, *, add: bool = False) -> None:
        """Put a view on a screen, or (`add`) into its rotation. Nothing on the wall changes yet."""
        before = self.coming(number) if add else ()
        self.stage_all(number, (*before, content)[-ROTATION_MOST:])

    def stage_all(self, number: int, contents: Contents) -> None:
        """Another rotation as a whole; the one that hangs there already is no change."""
        shown = self.shown().get(number)
        if shown is not None and shown.contents == contents:
            self.staged.pop(number, None)
        else:
            self.staged[number] = contents
        self.staged_scene = ""
        self.changed.emit()

    def stage_scene(self, name: str) -> None:
        wall = self.wall()
        scene = wall.scenes.get(name) if wall is not None else None
        if scene is not None:
            self.staged = dict(scene.screens)
            self.staged_scene = name
            self.changed.emit()

    def unstage(self) -> None:
        self.staged, self.staged_scene = {}, ""
        self.changed.emit()

    # -- acting -------------------------------------------------------------------------------------

    def apply(self) -> bool:
        """All staged changes in one step; False where there is none, or it is refused at once. Refused, they stay staged."""
        wall, staged = self.wall(), (dict(self.staged), self.staged_scene)
        if not self.staged or wall is None:
            return False
        if not self.directs and self._bridge.actor is not None:
            self.refused.emit("role", {"role": self._bridge.actor.role})
            return False
        if not self.mine:
            self.refused.emit(WallCode.NO_CONTROL, {"seat": wall.holder})
            return False
        if not self._act(commands.Apply(screens=staged[0], scene=staged[1])):
            return False
        self._sent = staged
        self.unstage()
        return True

    def undo(self) -> None:
        self._act(commands.Undo())

    def set_notice(self, text: str, minutes: int, screens: tuple[int, ...]) -> None:
        """One line over the wall; of no screens = over all."""
        self._act(commands.SetNotice(text=text, minutes=minutes, screens=screens))

    def clear_notice(self) -> None:
        self._act(commands.ClearNotice())

    def toggle_lock(self, number: int) -> None:
        wall = self.wall()
        if wall is not None:
            self._act(commands.SetLock(screen=number, locked=number not in wall.locked))

    def turn_pause(self, number: int) -> None:
        """What turns on a screen stands still on the view that this desk sees of it, or goes on."""
        wall, picture = self.wall(), self.pictures.get(number)
        shown = wall.shown().get(number) if wall is not None else None
        paused = shown is not None and shown.pause is not None
        seen = picture.shows if shown is not None and picture is not None and picture.shows in shown.contents else None
        self._act(commands.SetPause(screen=number, paused=not paused, content=None if paused else seen))

    def keep_scene(self, name: str, *, night: bool = False) -> None:
        """What hangs there now, with what is staged, under a name; `night`: with quiet text."""
        wall = self.wall()
        hung = wall.shown() if wall is not None else {}
        screens = {number: shown.contents for number, shown in hung.items()} | self.staged
        self._act(commands.KeepScene(name=name, screens=screens, night=night))

    def turn_night(self, name: str) -> None:
        """A scene between night and day; what hangs of it on the wall follows at once."""
        wall = self.wall()
        scene = wall.scenes.get(name) if wall is not None else None
        if scene is not None:
            self._act(commands.KeepScene(name=name, screens=scene.screens, night=not scene.night))

    def drop_scene(self, name: str) -> None:
        self._act(commands.DropScene(name=name))

    def keep_rule(self, rule: Rule) -> None:
        self._act(commands.KeepRule(rule=rule))

    def drop_rule(self, name: str) -> None:
        self._act(commands.DropRule(name=name))

    def control(self) -> None:
        """The one key of the control: take it, ask for it, give it to who asks, or lay it down."""
        wall = self.wall()
        if wall is None:
            return
        if wall.holder == self.seat and wall.holder:
            self._act(commands.AnswerControl(grant=True) if wall.asked_by else commands.ReleaseControl())
        elif self.take_over_in_s() == 0.0:
            self._act(commands.TakeControl())
        else:
            self._act(commands.AskControl())

    def refuse_control(self) -> None:
        self._act(commands.AnswerControl(grant=False))

    def _act(self, command: DocCommand) -> bool:
        wall = self.wall()
        if wall is None:
            return False
        given = self._bridge.commander.act(NAME, command, wall)
        if isinstance(given, Refusal):
            self.refused.emit(given.code, given.detail)
            return False
        return True

    def _on_outcome(self, outcome: Outcome) -> None:
        if outcome.ticket_id == self.id and outcome.status == "applied":
            self._sent = None
        if outcome.ticket_id == self.id and outcome.status in ("rejected", "conflict"):
            if self._sent is not None and not self.staged:
                # Somebody took the control in between: what was staged is not lost with it.
                (self.staged, self.staged_scene), self._sent = self._sent, None
                self.changed.emit()
            self.refused.emit(outcome.code or outcome.status, outcome.detail)

    def _on_documents_changed(self, kind: str) -> None:
        if kind == NAME:
            self._choose()
            self.changed.emit()

    def _choose(self) -> None:
        if self.wall() is None:
            walls = self.walls()
            self.choose(walls[0].id if walls else "")

    def choose(self, wall_id: str) -> None:
        """Look at another wall; what was staged for the one before is dropped with its pictures."""
        if wall_id == self.id:
            return
        self.id = wall_id
        self.pictures, self.images, self._image_at, self._seen_at = {}, {}, {}, None
        self.changes, self.past_at, self.past, self.past_overview = (), None, None, None
        self.unstage()

    # -- pictures -----------------------------------------------------------------------------------

    def watch(self, watcher: QObject, watching: bool) -> None:
        """Ask for pictures only while somebody looks."""
        if not watching:
            self._watchers.discard(watcher)
        else:
            self._watchers.add(watcher)
        if self._watchers and not self._timer.isActive():
            self._timer.start()
            self._poll()
        elif not self._watchers:
            self._timer.stop()
        self.previews.watch(bool(self._watchers))

    def _poll(self) -> None:
        if self._asking or not self.id or not self._bridge.online:
            return
        self._asking, self._asked_at = True, self._monotonic()
        have = {str(number): picture.n for number, picture in self.pictures.items()}
        self._bridge.ask_then("wall_pictures", {"wall": self.id, "have": have}, self._on_pictures)

    def _on_pictures(self, answer: Answer) -> None:
        if not isValid(self):
            return  # the window was closed while the question was on its way
        self._asking = False
        if self._missed(self.pictures_trouble, answer) or answer.body is None:
            self.pictures_changed.emit()
            return
        self.take(msgspec.json.decode(answer.body, type=PicturesReply, strict=False), self._asked_at)

    def take(self, reply: PicturesReply, asked_at: float | None = None) -> None:
        """What the answer does not hold stays as it was, and grows old. Ages of the answer count from the question: on a slow line,
        or in a program that stood still, nothing may look newer than it is."""
        now = self._monotonic() if asked_at is None else asked_at
        self._seen_at = None if reply.seen_s is None else now - reply.seen_s
        for number, picture in reply.screens.items():
            if picture.jpeg:
                image = QImage.fromData(base64.b64decode(picture.jpeg))
                if image.isNull():
                    continue  # its number is not taken: it is asked for again
                self.images[number] = image
            self.pictures[number] = picture
            if number in self.images:
                self._image_at[number] = now - picture.age_s
                if picture.shows is not None and not self.host_lost:
                    self.previews.take(picture.shows, self.images[number], now - picture.age_s)
        self.pictures_changed.emit()

    # -- the past -----------------------------------------------------------------------------------

    def ask_changes(self) -> None:
        """The record of the last hours, for the replay strip."""
        now = self._bridge.clock.now_business()
        args = {"wall": self.id, "since": (now - timedelta(hours=REPLAY_H)).isoformat(), "until": now.isoformat()}
        self._ask("wall_changes", args, self._on_changes)

    def look_back(self, at: datetime | None) -> None:
        """What hung there at that moment, and the figures of that moment; None = back to now."""
        self.past_at, self.past, self.past_overview = at, None, None
        self.past_trouble.clear()
        self.past_changed.emit()
        if at is not None:
            day = at.date()
            self._ask("wall_at", {"wall": self.id, "at": at.isoformat()}, self._on_past)
            self._ask(
                "history",
                {"at": at.isoformat(), "start": day.isoformat(), "end": (day + timedelta(days=1)).isoformat()},
                self._on_past_figures,
            )

    def _ask(self, what: str, args: dict[str, Any], done: Any) -> None:
        if self.id:
            self._bridge.ask_then(what, args, done)

    def _on_changes(self, answer: Answer) -> None:
        if not isValid(self):
            return
        if not self._missed(self.changes_trouble, answer) and answer.body is not None:
            self.changes = msgspec.json.decode(answer.body, type=ChangesReply).changes
        self.past_changed.emit()

    def _missed(self, trouble: Trouble, answer: Answer) -> bool:
        """Whether the answer brings nothing; `trouble` keeps since when."""
        if answer.error or answer.body is None:
            trouble.failed(answer.error, self._bridge.clock.now_business())
            return True
        trouble.clear()
        return False

    def _on_past(self, answer: Answer) -> None:
        if not isValid(self):
            return
        if self.past_at is None:
            return
        if self._missed(self.past_trouble, answer) or answer.body is None:
            self.past_changed.emit()
        else:
            self.past = msgspec.json.decode(answer.body, type=Wall | None)
            self.past_changed.emit()

    def _on_past_figures(self, answer: Answer) -> None:
        if not isValid(self) or self.past_at is None:
            return
        if answer.error or answer.body is None:
            self.past_trouble.failed(answer.error, self._bridge.clock.now_business())
            self.past_changed.emit()
        else:
            self.past_overview = msgspec.json.decode(answer.body, type=_Past).overview
            self.past_changed.emit()
