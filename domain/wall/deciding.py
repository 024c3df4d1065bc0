"""May it happen? The rules of screens.md §4g: one seat holds the control, the hand wins over rules, a step is taken back for 30 s."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import singledispatch

from domain.documents import DocContext, DocDecision, refuse
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role
from domain.wall import commands, events
from domain.wall.values import (
    ASK_S,
    ROTATION_MOST,
    RULES_MOST,
    SCENES_MOST,
    SCREENS_MOST,
    UNDO_S,
    Contents,
    RuleKind,
    Scene,
    Screen,
    Wall,
)

Decided = DocDecision | Rejection
PERSONAL_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}")
"""Seven digits and more in one: nothing of a person is ever shown on a wall (screens.md §5), and a public number is shorter."""


class WallCode(StrEnum):
    """In brackets: what `detail` carries."""

    BAD_SCREENS = "bad_screens"  # none, too many, or a number twice
    NO_SCREEN = "no_screen"  # the wall has no such screen [screen]
    BAD_CONTENTS = "bad_contents"  # nothing, or more views than a rotation holds [screen]
    NO_CONTROL = "no_control"  # another seat holds the control [seat]
    HELD = "held"  # as long as the holder may still answer [seat]
    NOT_ASKED = "not_asked"  # nobody asks for the control
    NOTHING_TO_UNDO = "nothing_to_undo"
    NO_SCENE = "no_scene"  # [name]
    NO_RULE = "no_rule"  # [name]
    TOO_MANY = "too_many"  # scenes or rules [most]
    NO_CLASS = "no_class"  # an alarm rule without a class of alarms
    NO_SOURCE = "no_source"  # a rule of silence without a source
    NO_ROTATION = "no_rotation"  # the screen has no views that turn [screen]
    OTHER_ROTATION = "other_rotation"  # it turns other views by now [screen]
    PAUSED = "paused"  # it stands still already [screen]
    PAUSED_NOT = "paused_not"  # [screen]
    RUNS = "runs"  # the rule lies over the wall already
    RUNS_NOT = "runs_not"
    NOTICE_EMPTY = "notice_empty"  # nothing but spaces
    NOTICE_NUMBER = "notice_number"  # it holds a number of a person: phone, identity card, account
    NO_NOTICE = "no_notice"


def decide(command: commands.Command, wall: Wall | None, ctx: DocContext) -> Decided:
    if isinstance(command, commands.Register):
        fault = _screens_fault(command.screens)
        return fault or DocDecision(events.Registered(name=command.name, screens=command.screens))
    assert wall is not None  # documents.decide has seen to it
    return _decide(command, wall, ctx)


@singledispatch
def _decide(command: commands.Command, wall: Wall, ctx: DocContext) -> Decided:
    raise TypeError(f"no rule for {type(command).__name__}")


@_decide.register
def _(command: commands.Report, wall: Wall, ctx: DocContext) -> Decided:
    return _screens_fault(command.screens) or DocDecision(events.Reported(screens=command.screens))


@_decide.register
def _(command: commands.Apply, wall: Wall, ctx: DocContext) -> Decided:
    fault = _not_mine(wall, ctx, free_is_mine=True) or _contents_fault(command.screens, wall)
    if fault is not None:
        return fault
    return DocDecision(
        events.Applied(screens=dict(command.screens), scene=command.scene, role=ctx.actor.role, seat=ctx.actor.seat)
    )


@_decide.register
def _(command: commands.Undo, wall: Wall, ctx: DocContext) -> Decided:
    fault = _not_mine(wall, ctx)
    if fault is not None:
        return fault
    if wall.before is None or _passed(wall.applied_at, UNDO_S, ctx):
        return refuse(WallCode.NOTHING_TO_UNDO)
    return DocDecision(events.Undone())


@_decide.register
def _(command: commands.TakeControl, wall: Wall, ctx: DocContext) -> Decided:
    me = ctx.actor
    if wall.holder in ("", me.seat) or _may_take_over(wall, ctx):
        return DocDecision(events.ControlTaken(role=me.role, seat=me.seat))
    return refuse(WallCode.HELD, seat=wall.holder)


@_decide.register
def _(command: commands.AskControl, wall: Wall, ctx: DocContext) -> Decided:
    me = ctx.actor
    if wall.holder in ("", me.seat):
        return DocDecision(events.ControlTaken(role=me.role, seat=me.seat))
    return DocDecision(events.ControlAsked(role=me.role, seat=me.seat))


@_decide.register
def _(command: commands.AnswerControl, wall: Wall, ctx: DocContext) -> Decided:
    fault = _not_mine(wall, ctx)
    if fault is not None:
        return fault
    if not wall.asked_by or wall.asked_role is None:
        return refuse(WallCode.NOT_ASKED)
    if command.grant:
        return DocDecision(events.ControlTaken(role=wall.asked_role, seat=wall.asked_by))
    return DocDecision(events.ControlRefused(seat=wall.asked_by))


@_decide.register
def _(command: commands.ReleaseControl, wall: Wall, ctx: DocContext) -> Decided:
    return _not_mine(wall, ctx) or DocDecision(events.ControlReleased())


@_decide.register
def _(command: commands.SetLock, wall: Wall, ctx: DocContext) -> Decided:
    if command.screen not in wall.numbers():
        return refuse(WallCode.NO_SCREEN, screen=command.screen)
    fault = _not_mine(wall, ctx, free_is_mine=True)
    return fault or DocDecision(events.LockSet(screen=command.screen, locked=command.locked))


@_decide.register
def _(command: commands.SetPause, wall: Wall, ctx: DocContext) -> Decided:
    if command.screen not in wall.numbers():
        return refuse(WallCode.NO_SCREEN, screen=command.screen)
    fault = _not_mine(wall, ctx, free_is_mine=True) or _pause_fault(command, wall)
    if fault is not None:
        return fault
    return DocDecision(
        events.PauseSet(
            screen=command.screen,
            paused=command.paused,
            content=command.content if command.paused else None,
            role=ctx.actor.role,
            seat=ctx.actor.seat,
        )
    )


@_decide.register
def _(command: commands.KeepScene, wall: Wall, ctx: DocContext) -> Decided:
    if command.name not in wall.scenes and len(wall.scenes) >= SCENES_MOST:
        return refuse(WallCode.TOO_MANY, most=SCENES_MOST)
    fault = _contents_fault(command.screens, wall)
    if fault is not None:
        return fault
    return DocDecision(events.SceneKept(scene=Scene(command.name, dict(command.screens), command.night)))


@_decide.register
def _(command: commands.DropScene, wall: Wall, ctx: DocContext) -> Decided:
    if command.name not in wall.scenes:
        return refuse(WallCode.NO_SCENE, name=command.name)
    return DocDecision(events.SceneDropped(name=command.name))


@_decide.register
def _(command: commands.KeepRule, wall: Wall, ctx: DocContext) -> Decided:
    rule = command.rule
    if rule.scene not in wall.scenes:
        return refuse(WallCode.NO_SCENE, name=rule.scene)
    if rule.kind is RuleKind.ALARM and not rule.alarm_class:
        return refuse(WallCode.NO_CLASS)
    if rule.kind is RuleKind.SILENCE and rule.source is None:
        return refuse(WallCode.NO_SOURCE)
    if rule.name not in wall.rules and len(wall.rules) >= RULES_MOST:
        return refuse(WallCode.TOO_MANY, most=RULES_MOST)
    return DocDecision(events.RuleKept(rule=rule))


@_decide.register
def _(command: commands.DropRule, wall: Wall, ctx: DocContext) -> Decided:
    if command.name not in wall.rules:
        return refuse(WallCode.NO_RULE, name=command.name)
    return DocDecision(events.RuleDropped(name=command.name))


@_decide.register
def _(command: commands.StartRule, wall: Wall, ctx: DocContext) -> Decided:
    rule = wall.rules.get(command.name)
    if rule is None or not rule.on:
        return refuse(WallCode.NO_RULE, name=command.name)
    scene = wall.scenes.get(rule.scene)
    if scene is None:
        return refuse(WallCode.NO_SCENE, name=rule.scene)
    if _runs(wall, command.name):
        return refuse(WallCode.RUNS)
    free = wall.numbers() - set(wall.locked)
    screens = {number: contents for number, contents in scene.screens.items() if number in free}
    return DocDecision(events.RuleStarted(name=command.name, screens=screens))


@_decide.register
def _(command: commands.EndRule, wall: Wall, ctx: DocContext) -> Decided:
    if not _runs(wall, command.name):
        return refuse(WallCode.RUNS_NOT)
    return DocDecision(events.RuleEnded(name=command.name))


@_decide.register
def _(command: commands.SetNotice, wall: Wall, ctx: DocContext) -> Decided:
    unknown = set(command.screens) - wall.numbers()
    if unknown:
        return refuse(WallCode.NO_SCREEN, screen=min(unknown))
    fault = _not_mine(wall, ctx, free_is_mine=True)
    if fault is not None:
        return fault
    text = " ".join(command.text.split())
    if not text:
        return refuse(WallCode.NOTICE_EMPTY)
    if PERSONAL_NUMBER.search(text):
        return refuse(WallCode.NOTICE_NUMBER)
    until = ctx.now + timedelta(minutes=command.minutes) * ctx.rate
    me = ctx.actor
    return DocDecision(events.NoticeSet(text=text, until=until, screens=command.screens, role=me.role, seat=me.seat))


@_decide.register
def _(command: commands.ClearNotice, wall: Wall, ctx: DocContext) -> Decided:
    fault = _not_mine(wall, ctx, free_is_mine=True)
    if fault is not None:
        return fault
    return refuse(WallCode.NO_NOTICE) if wall.notice is None else DocDecision(events.NoticeCleared())


def may_take_over_at(wall: Wall, rate: float) -> datetime | None:
    """From when on (business time) the one who asked may take the control without an answer."""
    return None if wall.asked_at is None else wall.asked_at + timedelta(seconds=ASK_S * rate)


def _may_take_over(wall: Wall, ctx: DocContext) -> bool:
    """Who asked, and the duty leader, once the holder had 30 s to answer."""
    at = may_take_over_at(wall, ctx.rate)
    asks = ctx.actor.seat == wall.asked_by or ctx.actor.role is Role.SHIFT_LEADER
    return at is not None and asks and ctx.now >= at


def _not_mine(wall: Wall, ctx: DocContext, *, free_is_mine: bool = False) -> Rejection | None:
    if wall.holder == ctx.actor.seat and wall.holder:
        return None
    if free_is_mine and not wall.holder:
        return None
    return refuse(WallCode.NO_CONTROL, seat=wall.holder)


def _pause_fault(command: commands.SetPause, wall: Wall) -> Rejection | None:
    shown = wall.shown().get(command.screen)
    if shown is None or len(shown.contents) < 2:
        return refuse(WallCode.NO_ROTATION, screen=command.screen)
    if command.paused == (shown.pause is not None):
        return refuse(WallCode.PAUSED if command.paused else WallCode.PAUSED_NOT, screen=command.screen)
    if command.content is not None and command.content not in shown.contents:
        return refuse(WallCode.OTHER_ROTATION, screen=command.screen)
    return None


def _runs(wall: Wall, rule: str) -> bool:
    return any(layer.rule == rule for layer in wall.picture.layers)


def _passed(since: datetime | None, seconds: float, ctx: DocContext) -> bool:
    """Real seconds: business time runs at `rate`."""
    return since is None or (ctx.now - since).total_seconds() > seconds * ctx.rate


def _screens_fault(screens: tuple[Screen, ...]) -> Rejection | None:
    numbers = {screen.number for screen in screens}
    if not 1 <= len(screens) <= SCREENS_MOST or len(numbers) != len(screens):
        return refuse(WallCode.BAD_SCREENS)
    return None


def _contents_fault(screens: Mapping[int, Contents], wall: Wall) -> Rejection | None:
    if not screens:
        return refuse(WallCode.BAD_SCREENS)
    for number, contents in screens.items():
        if number not in wall.numbers():
            return refuse(WallCode.NO_SCREEN, screen=number)
        if not 1 <= len(contents) <= ROTATION_MOST:
            return refuse(WallCode.BAD_CONTENTS, screen=number)
    return None
