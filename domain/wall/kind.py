"""The wall as a kind of document. It is district-wide: every seat may see what hangs on the wall, for everybody in the hall does."""

from datetime import date

from domain.documents import DocKind
from domain.vocabulary import Role
from domain.wall.commands import Command, Register
from domain.wall.deciding import decide
from domain.wall.events import Event
from domain.wall.projection import apply
from domain.wall.values import Wall

NAME = "wall"
DIRECTORS = frozenset({Role.SHIFT_LEADER, Role.DISPATCHER, Role.COORDINATOR})
_HOST = frozenset({Role.WALL})
_CENTRE = frozenset({Role.SYSTEM})
ROLES = {
    "register": _HOST,
    "report": _HOST,
    "apply": DIRECTORS,
    "undo": DIRECTORS,
    "take_control": DIRECTORS,
    "ask_control": DIRECTORS,
    "answer_control": DIRECTORS,
    "release_control": DIRECTORS,
    "set_lock": DIRECTORS,
    "set_pause": DIRECTORS,
    "keep_scene": DIRECTORS,
    "drop_scene": DIRECTORS,
    "keep_rule": frozenset({Role.SHIFT_LEADER}),
    "drop_rule": frozenset({Role.SHIFT_LEADER}),
    "set_notice": DIRECTORS,
    "clear_notice": DIRECTORS,
    "start_rule": _CENTRE,
    "end_rule": _CENTRE,
}


def wall_id(name: str) -> str:
    """The document of the wall of this name: a host that comes back finds it."""
    return f"wall-{name}"


def _new_id(command: object, n: int, day: date) -> str:
    assert isinstance(command, Register)
    return wall_id(command.name)


WALL = DocKind(
    name=NAME,
    commands=Command,
    events=Event,
    state=Wall,
    decide=decide,
    apply=apply,
    new_id=_new_id,
    roles=ROLES,
    creates=frozenset({"register"}),
    # The host reports while officers work, and the control says whose step counts: versions would only make false conflicts.
    any_version=frozenset(ROLES) - {"register"},
)
