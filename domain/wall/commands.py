"""Commands on a wall. Who may give them is in `kind`; whether they may happen is in `deciding`."""

from typing import Annotated

from msgspec import Meta

from domain.documents import DocCommand
from domain.wall.values import NOTICE_MINUTES, NOTICE_MOST, Content, Contents, Label, Rule, Screen


class Register(DocCommand, frozen=True, kw_only=True, tag="register"):
    """A wall host tells that it exists. Its name makes the document: a second host of the same name is refused (`exists`)."""

    name: Label
    screens: tuple[Screen, ...]


class Report(DocCommand, frozen=True, kw_only=True, tag="report"):
    """The host's screens are others now (unplugged, resolution)."""

    screens: tuple[Screen, ...]


class Apply(DocCommand, frozen=True, kw_only=True, tag="apply"):
    """All staged changes in one step: screen → what it shows. `scene`: where they came from. Takes the control if nobody has it."""

    screens: dict[int, Contents]
    scene: str = ""


class Undo(DocCommand, frozen=True, kw_only=True, tag="undo"):
    """As it was before the last step."""


class TakeControl(DocCommand, frozen=True, kw_only=True, tag="take_control"):
    """Free, or asked for without an answer."""


class AskControl(DocCommand, frozen=True, kw_only=True, tag="ask_control"):
    pass


class AnswerControl(DocCommand, frozen=True, kw_only=True, tag="answer_control"):
    grant: bool


class ReleaseControl(DocCommand, frozen=True, kw_only=True, tag="release_control"):
    pass


class SetLock(DocCommand, frozen=True, kw_only=True, tag="set_lock"):
    """A locked screen is left alone by rules."""

    screen: int
    locked: bool


class SetPause(DocCommand, frozen=True, kw_only=True, tag="set_pause"):
    """The rotation of a screen stands still, or goes on. `content`: the view of it that was in sight, None = nobody knows which."""

    screen: int
    paused: bool
    content: Content | None = None


class KeepScene(DocCommand, frozen=True, kw_only=True, tag="keep_scene"):
    name: Label
    screens: dict[int, Contents]
    night: bool = False


class DropScene(DocCommand, frozen=True, kw_only=True, tag="drop_scene"):
    name: str


class KeepRule(DocCommand, frozen=True, kw_only=True, tag="keep_rule"):
    rule: Rule


class DropRule(DocCommand, frozen=True, kw_only=True, tag="drop_rule"):
    name: str


class StartRule(DocCommand, frozen=True, kw_only=True, tag="start_rule"):
    """By the centre itself: the rule's reason came."""

    name: str


class EndRule(DocCommand, frozen=True, kw_only=True, tag="end_rule"):
    """Its reason is gone: what the rule laid over the wall is taken away."""

    name: str


class SetNotice(DocCommand, frozen=True, kw_only=True, tag="set_notice"):
    """One line over the whole wall, or over some screens, for so many real minutes. It takes the place of the one before."""

    text: Annotated[str, Meta(min_length=1, max_length=NOTICE_MOST)]
    minutes: Annotated[int, Meta(ge=NOTICE_MINUTES[0], le=NOTICE_MINUTES[1])] = 10
    screens: tuple[int, ...] = ()


class ClearNotice(DocCommand, frozen=True, kw_only=True, tag="clear_notice"):
    pass


Command = (
    Register
    | Report
    | Apply
    | Undo
    | TakeControl
    | AskControl
    | AnswerControl
    | ReleaseControl
    | SetLock
    | SetPause
    | KeepScene
    | DropScene
    | KeepRule
    | DropRule
    | StartRule
    | EndRule
    | SetNotice
    | ClearNotice
)
