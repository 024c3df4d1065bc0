"""What is true after it happened. Believes every event."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import singledispatch
from typing import Any, TypeVar

from msgspec.structs import replace

from domain.ids import SeatId
from domain.vocabulary import Role
from domain.wall import events
from domain.wall.values import Cause, Contents, Layer, Notice, Pause, Picture, Shown, Wall

T = TypeVar("T")
_NOBODY = SeatId("")
_UNASKED: dict[str, Any] = {"asked_by": _NOBODY, "asked_role": None, "asked_at": None}


def apply(wall: Wall | None, doc_id: str, version: int, event: events.Event, at: datetime) -> Wall:
    if isinstance(event, events.Registered):
        return Wall(id=doc_id, version=version, changed_at=at, name=event.name, screens=event.screens)
    assert wall is not None
    return replace(_apply(event, wall, at), version=version, changed_at=at)


@singledispatch
def _apply(event: events.Event, wall: Wall, at: datetime) -> Wall:
    raise TypeError(f"no fold for {type(event).__name__}")


@_apply.register
def _(event: events.Reported, wall: Wall, at: datetime) -> Wall:
    return replace(wall, screens=event.screens)


@_apply.register
def _(event: events.Applied, wall: Wall, at: datetime) -> Wall:
    cause = Cause.SCENE if event.scene else Cause.HAND
    shown = _shown(event.screens, at, cause, event.scene, event.role, event.seat)
    # The hand wins: what was set by hand shows through every rule that lies over the wall now.
    layers = tuple(_without(layer, event.screens) for layer in wall.picture.layers)
    picture = Picture({**wall.picture.base, **shown}, layers, event.scene or wall.picture.scene)
    return replace(
        wall,
        picture=picture,
        before=wall.picture,
        applied_at=at,
        holder=event.seat,
        holder_role=event.role,
    )


@_apply.register
def _(event: events.Undone, wall: Wall, at: datetime) -> Wall:
    """Rules that ended since do not come back with it."""
    assert wall.before is not None
    still = {layer.rule for layer in wall.picture.layers}
    layers = tuple(layer for layer in wall.before.layers if layer.rule in still)
    newer = {layer.rule for layer in layers}
    added = tuple(layer for layer in wall.picture.layers if layer.rule not in newer)
    picture = replace(wall.before, layers=(*layers, *added))
    return replace(wall, picture=picture, before=None, applied_at=None)


@_apply.register
def _(event: events.ControlTaken, wall: Wall, at: datetime) -> Wall:
    return replace(wall, holder=event.seat, holder_role=event.role, **_UNASKED)


@_apply.register
def _(event: events.ControlAsked, wall: Wall, at: datetime) -> Wall:
    return replace(wall, asked_by=event.seat, asked_role=event.role, asked_at=at)


@_apply.register
def _(event: events.ControlRefused, wall: Wall, at: datetime) -> Wall:
    return replace(wall, **_UNASKED)


@_apply.register
def _(event: events.ControlReleased, wall: Wall, at: datetime) -> Wall:
    return replace(wall, holder=_NOBODY, holder_role=None, **_UNASKED)


@_apply.register
def _(event: events.LockSet, wall: Wall, at: datetime) -> Wall:
    rest = tuple(number for number in wall.locked if number != event.screen)
    return replace(wall, locked=tuple(sorted((*rest, event.screen))) if event.locked else rest)


@_apply.register
def _(event: events.PauseSet, wall: Wall, at: datetime) -> Wall:
    """The step before knows of it too: taking back what came to other screens since neither starts nor stops a rotation."""
    pause = Pause(at, event.role, event.seat, event.content) if event.paused else None
    before, turns = wall.before, wall.shown()[event.screen]
    if before is not None and before.shown().get(event.screen) == turns:
        before = before.with_pause(event.screen, pause)
    return replace(wall, picture=wall.picture.with_pause(event.screen, pause), before=before)


@_apply.register
def _(event: events.SceneKept, wall: Wall, at: datetime) -> Wall:
    return replace(wall, scenes={**wall.scenes, event.scene.name: event.scene})


@_apply.register
def _(event: events.SceneDropped, wall: Wall, at: datetime) -> Wall:
    return replace(wall, scenes=_but(wall.scenes, event.name))


@_apply.register
def _(event: events.RuleKept, wall: Wall, at: datetime) -> Wall:
    return replace(wall, rules={**wall.rules, event.rule.name: event.rule})


@_apply.register
def _(event: events.RuleDropped, wall: Wall, at: datetime) -> Wall:
    gone = replace(wall, rules=_but(wall.rules, event.name), started=_but(wall.started, event.name))
    return _ended(gone, event.name)


@_apply.register
def _(event: events.RuleStarted, wall: Wall, at: datetime) -> Wall:
    layer = Layer(event.name, _shown(event.screens, at, Cause.RULE, event.name, None, _NOBODY))
    picture = replace(wall.picture, layers=(*wall.picture.layers, layer))
    return replace(wall, picture=picture, started={**wall.started, event.name: at})


@_apply.register
def _(event: events.RuleEnded, wall: Wall, at: datetime) -> Wall:
    return _ended(wall, event.name)


@_apply.register
def _(event: events.NoticeSet, wall: Wall, at: datetime) -> Wall:
    return replace(wall, notice=Notice(event.text, at, event.until, event.screens, event.role, event.seat))


@_apply.register
def _(event: events.NoticeCleared, wall: Wall, at: datetime) -> Wall:
    return replace(wall, notice=None)


def wall_at(history: Iterable[tuple[int, events.Event, datetime]], doc_id: str, at: datetime) -> Wall | None:
    """Board replay: the wall as it was at `at`, from (version, event, when), oldest first. None: it did not exist yet."""
    wall = None
    for version, event, when in history:
        if when > at:
            break
        wall = apply(wall, doc_id, version, event, when)
    return wall


def _ended(wall: Wall, rule: str) -> Wall:
    layers = tuple(layer for layer in wall.picture.layers if layer.rule != rule)
    return replace(wall, picture=replace(wall.picture, layers=layers))


def _without(layer: Layer, screens: Mapping[int, Contents]) -> Layer:
    return Layer(layer.rule, {number: shown for number, shown in layer.screens.items() if number not in screens})


def _shown(
    screens: Mapping[int, Contents], at: datetime, cause: Cause, name: str, role: Role | None, seat: SeatId
) -> dict[int, Shown]:
    return {number: Shown(contents, at, cause, name, role, seat) for number, contents in screens.items()}


def _but(known: Mapping[str, T], name: str) -> dict[str, T]:
    return {key: value for key, value in known.items() if key != name}
