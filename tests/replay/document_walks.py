"""For each kind of document a way to live: what may be commanded next, so that the replay tests can walk it at random.

A kind of `domain.kinds` without a walk fails tests/replay/test_documents_replay.py.
"""

from collections.abc import Callable
from random import Random

from msgspec import Struct

from domain.actor import Actor
from domain.documents import DocCommand, DocKind, DocumentState
from domain.ids import AreaCode, SeatId, TicketId, UserId
from domain.vocabulary import Role
from tests.unit.domain.builders import BRIGADE, COMMUNITY, OTHER_TOWN, TOWN, TOWN_CENTRE
from tests.unit.domain.notices import NOTICE, Move, Post, TakeDown, Tick

AREAS: tuple[AreaCode | str, ...] = ("", TOWN, COMMUNITY, OTHER_TOWN, "440310")


def person(role: Role, seat: str = "1") -> Actor:
    """Sees everything: who sees what is the readers' side of these tests."""
    return Actor(user=UserId(f"{role}{seat}"), role=role, seat=SeatId(f"{role}{seat}"))


class Walk(Struct, frozen=True):
    """`step(random, state)` gives a command: one that makes a document for None. It may be refused now and then."""

    kind: DocKind
    actors: tuple[Actor, ...]
    step: Callable[[Random, DocumentState | None], DocCommand]


def _notice(random: Random, state: DocumentState | None) -> DocCommand:
    units = tuple(random.sample((TOWN_CENTRE, BRIGADE), random.randint(0, 2)))
    if state is None:
        text = random.choice(("", "请转告 13800001234"))
        return Post(area=random.choice(AREAS), units=units, ticket=TicketId("181009-0001"), text=text)
    if random.random() < 0.5:
        return Tick()
    return Move(area=random.choice(AREAS), units=units) if random.random() < 0.8 else TakeDown()


WALKS: tuple[Walk, ...] = (Walk(NOTICE, tuple(person(Role.SHIFT_LEADER, str(seat)) for seat in range(4)), _notice),)
