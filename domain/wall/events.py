"""What happened to a wall. Everything needed to show the wall as it was at any moment stands in here."""

from datetime import datetime

from domain.documents import DocEvent
from domain.ids import SeatId
from domain.vocabulary import Role
from domain.wall.values import Content, Contents, Rule, Scene, Screen


class Registered(DocEvent, frozen=True, kw_only=True, tag="registered"):
    name: str
    screens: tuple[Screen, ...]


class Reported(DocEvent, frozen=True, kw_only=True, tag="reported"):
    screens: tuple[Screen, ...]


class Applied(DocEvent, frozen=True, kw_only=True, tag="applied"):
    screens: dict[int, Contents]
    scene: str = ""
    role: Role
    seat: SeatId


class Undone(DocEvent, frozen=True, kw_only=True, tag="undone"):
    pass


class ControlTaken(DocEvent, frozen=True, kw_only=True, tag="control_taken"):
    """By whom; also where the holder agreed."""

    role: Role
    seat: SeatId


class ControlAsked(DocEvent, frozen=True, kw_only=True, tag="control_asked"):
    role: Role
    seat: SeatId


class ControlRefused(DocEvent, frozen=True, kw_only=True, tag="control_refused"):
    seat: SeatId


class ControlReleased(DocEvent, frozen=True, kw_only=True, tag="control_released"):
    pass


class LockSet(DocEvent, frozen=True, kw_only=True, tag="lock_set"):
    screen: int
    locked: bool


class PauseSet(DocEvent, frozen=True, kw_only=True, tag="pause_set"):
    screen: int
    paused: bool
    content: Content | None = None
    role: Role
    seat: SeatId


class SceneKept(DocEvent, frozen=True, kw_only=True, tag="scene_kept"):
    scene: Scene


class SceneDropped(DocEvent, frozen=True, kw_only=True, tag="scene_dropped"):
    name: str


class RuleKept(DocEvent, frozen=True, kw_only=True, tag="rule_kept"):
    rule: Rule


class RuleDropped(DocEvent, frozen=True, kw_only=True, tag="rule_dropped"):
    name: str


class RuleStarted(DocEvent, frozen=True, kw_only=True, tag="rule_started"):
    name: str
    screens: dict[int, Contents]


class RuleEnded(DocEvent, frozen=True, kw_only=True, tag="rule_ended"):
    name: str


class NoticeSet(DocEvent, frozen=True, kw_only=True, tag="notice_set"):
    """`text` in the clear: what is shown to the whole hall is no secret of it, and no number of a person passes `deciding`."""

    text: str
    until: datetime
    screens: tuple[int, ...] = ()
    role: Role
    seat: SeatId


class NoticeCleared(DocEvent, frozen=True, kw_only=True, tag="notice_cleared"):
    pass


Event = (
    Registered
    | Reported
    | Applied
    | Undone
    | ControlTaken
    | ControlAsked
    | ControlRefused
    | ControlReleased
    | LockSet
    | PauseSet
    | SceneKept
    | SceneDropped
    | RuleKept
    | RuleDropped
    | RuleStarted
    | RuleEnded
    | NoticeSet
    | NoticeCleared
)
