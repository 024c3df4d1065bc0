"""Shift handover as a kind of document."""

from domain.documents import BlobRef, DocKind
from domain.handover.commands import Command
from domain.handover.deciding import decide, handover_id
from domain.handover.events import Event
from domain.handover.projection import apply
from domain.handover.values import Handover
from domain.vocabulary import Role

NAME = "handover"
PEOPLE = frozenset({Role.SHIFT_LEADER, Role.DISPATCHER})
_SYSTEM = frozenset({Role.SYSTEM})
_BY_PEOPLE = (
    "redraft edit add remove restore read_back agree ask answer check sign_out sign_in attach".split()  # noqa: SIM905
)


def _blobs(handover: Handover) -> tuple[BlobRef, ...]:
    return (*((handover.data,) if handover.data is not None else ()), *handover.papers)


HANDOVER = DocKind(
    name=NAME,
    commands=Command,
    events=Event,
    state=Handover,
    decide=decide,
    apply=apply,
    new_id=handover_id,
    roles={
        "begin": PEOPLE | _SYSTEM,
        "fill": _SYSTEM,
        "mark_late": _SYSTEM,
        **dict.fromkeys(_BY_PEOPLE, PEOPLE),
    },
    creates=frozenset({"begin"}),
    # Each is about one item or one check, or names by hash what it is about: two seats work on one report.
    any_version=frozenset(
        {"edit", "add", "remove", "restore", "read_back", "agree", "ask", "answer", "check", "sign_out", "sign_in"}
    ),
    blobs=_blobs,
)
