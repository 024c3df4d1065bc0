"""What a wall is made of. Numbers of screens count from 1, as one reads: the top row from the left, then the next."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from domain.documents import DocumentState
from domain.ids import SeatId
from domain.vocabulary import Role, Source

UNDO_S = 30.0
ASK_S = 30.0
"""Real seconds: within the first a change is taken back, after the second an unanswered request for control is granted."""
SCREENS_MOST = 12
ROTATION_MOST = 12
SCENES_MOST = 9
"""One per digit key."""
RULES_MOST = 20
NOTICE_MOST = 60
"""Characters of a notice: one line of the wall."""
NOTICE_MINUTES = (1, 720)
NAME_MOST = 24
DWELL_S = (5, 3600)
SILENT_MINUTES = (1, 1440)

Label = Annotated[str, Meta(min_length=1, max_length=NAME_MOST)]
"""A short name of a thing (scene, rule, wall), written by the duty officer. Not a place for a text about people."""
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""Site time, hh:mm."""


class Content(Struct, frozen=True, omit_defaults=True):
    """One view on a screen. `target`: the ticket, camera or area that it shows, "" = the view's own choice.

    `seconds`: how long it stays in a rotation.
    """

    view: Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,31}$")]
    target: Annotated[str, Meta(max_length=64)] = ""
    seconds: Annotated[int, Meta(ge=DWELL_S[0], le=DWELL_S[1])] = 30


Contents = tuple[Content, ...]
"""One = it stays; several = a rotation."""


class Screen(Struct, frozen=True, omit_defaults=True):
    """A screen of the wall host: place and size in its own pixels; pitch and distance in millimetres, 0 = not measured."""

    number: Annotated[int, Meta(ge=1, le=SCREENS_MOST)]
    name: Annotated[str, Meta(max_length=64)] = ""
    left: int = 0
    top: int = 0
    width: Annotated[int, Meta(ge=1, le=65536)] = 1920
    height: Annotated[int, Meta(ge=1, le=65536)] = 1080
    pitch_mm: float = 0.0
    distance_mm: float = 0.0


class Cause(StrEnum):
    HAND = "hand"
    SCENE = "scene"
    RULE = "rule"


class Pause(Struct, frozen=True, omit_defaults=True):
    """A rotation stands still since then, by whom; on `content`, None = on whatever it was at."""

    since: datetime
    role: Role
    seat: SeatId
    content: Content | None = None


class Shown(Struct, frozen=True, omit_defaults=True):
    """What a screen shows, since when, and why: `name` is the scene or the rule; role and seat of who did it by hand.

    `pause` belongs to this rotation: what is hung over it turns by itself, and what comes back stands still as before.
    """

    contents: Contents
    since: datetime
    cause: Cause = Cause.HAND
    name: str = ""
    role: Role | None = None
    seat: SeatId = SeatId("")
    pause: Pause | None = None


class Layer(Struct, frozen=True):
    """What a rule lays over the wall until its reason is gone."""

    rule: str
    screens: dict[int, Shown]


class Notice(Struct, frozen=True, omit_defaults=True):
    """A line over the wall until `until` (business time); `screens` empty = all. Public in the hall, so it stands in the log as it is."""

    text: str
    since: datetime
    until: datetime
    screens: tuple[int, ...] = ()
    role: Role | None = None
    seat: SeatId = SeatId("")


class Picture(Struct, frozen=True, omit_defaults=True):
    """The whole wall at one moment: base, what rules laid over it (later ones on top), and the scene it came from."""

    base: dict[int, Shown] = {}
    layers: tuple[Layer, ...] = ()
    scene: str = ""

    def shown(self) -> dict[int, Shown]:
        """What each screen shows: the base, with the layers of rules over it."""
        found = dict(self.base)
        for layer in self.layers:
            found.update(layer.screens)
        return found

    def with_pause(self, number: int, pause: Pause | None) -> "Picture":
        """The rotation that is in sight on a screen stands still, or goes on; what lies below it stays as it is."""
        for place in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[place]
            if number in layer.screens:
                changed = Layer(layer.rule, _paused(layer.screens, number, pause))
                return replace(self, layers=(*self.layers[:place], changed, *self.layers[place + 1 :]))
        return replace(self, base=_paused(self.base, number, pause))


def _paused(screens: Mapping[int, Shown], number: int, pause: Pause | None) -> dict[int, Shown]:
    return {**screens, number: replace(screens[number], pause=pause)}


class Scene(Struct, frozen=True, omit_defaults=True):
    """`night`: its screens show text no brighter than secondary text (screens.md §5)."""

    name: Label
    screens: dict[int, Contents]
    night: bool = False


class RuleKind(StrEnum):
    TIME = "time"
    ALARM = "alarm"
    SILENCE = "silence"


class Rule(Struct, frozen=True, omit_defaults=True):
    """`time`: from `start` to `end` of each day (over midnight where end is earlier); `alarm`: while an alarm of the class is
    open; `silence`: while `source` has brought nothing for `minutes` (business time), looked at from `start` to `end`, the whole
    day where both are the same. Either way the scene lies over the wall meanwhile, and what was there comes back.
    """

    name: Label
    kind: RuleKind
    scene: str
    start: Clock = "20:00"
    end: Clock = "07:30"
    alarm_class: Annotated[str, Meta(max_length=32)] = ""
    on: bool = True
    source: Source | None = None
    minutes: Annotated[int, Meta(ge=SILENT_MINUTES[0], le=SILENT_MINUTES[1])] = 10


class Wall(DocumentState, frozen=True, kw_only=True):
    """The state. `holder`: seat that has the control; `asked_by` asks for it since `asked_at` (business time).

    `before` is what an undo brings back, until UNDO_S after `applied_at`. `started`: rule → when it last began.
    """

    name: str
    screens: tuple[Screen, ...]
    picture: Picture = Picture()
    locked: tuple[int, ...] = ()
    """Screens that no rule may change."""
    scenes: dict[str, Scene] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    started: dict[str, datetime] = field(default_factory=dict)
    holder: SeatId = SeatId("")
    holder_role: Role | None = None
    asked_by: SeatId = SeatId("")
    asked_role: Role | None = None
    asked_at: datetime | None = None
    before: Picture | None = None
    applied_at: datetime | None = None
    notice: Notice | None = None

    def notice_on(self, number: int, now: datetime) -> Notice | None:
        """The notice that a screen shows at this instant."""
        found = self.notice
        if found is None or now >= found.until or (found.screens and number not in found.screens):
            return None
        return found

    def shown(self) -> dict[int, Shown]:
        """What each screen shows now."""
        return self.picture.shown()

    def night_on(self, number: int) -> bool:
        """Whether what a screen shows came from a night scene, by hand or by a rule."""
        shown = self.shown().get(number)
        if shown is None or shown.cause is Cause.HAND:
            return False
        rule = self.rules.get(shown.name) if shown.cause is Cause.RULE else None
        scene = self.scenes.get(rule.scene if rule is not None else shown.name)
        return scene is not None and scene.night

    def numbers(self) -> frozenset[int]:
        return frozenset(screen.number for screen in self.screens)
