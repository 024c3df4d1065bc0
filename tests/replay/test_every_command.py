"""For every command: a ticket before it, over the wire, plus its event, over the wire, is the ticket after it."""

from collections.abc import Iterator

import msgspec
import pytest

from domain import commands
from domain.projection import apply
from tests.replay.test_projection import TICKET, over_the_wire
from tests.unit.domain.walks import Happened, life

NAMES = sorted(commands.name_of(kind) for kind in commands.COMMAND_TYPES)
LIVES = 600
"""Lives looked through for a command; the rarest comes within some two hundred."""
EXAMPLES = 5


@pytest.fixture(scope="module")
def accepted() -> dict[str, list[Happened]]:
    """Accepted uses of every command: at least one of the rarest, up to EXAMPLES of the others."""
    found: dict[str, list[Happened]] = {name: [] for name in NAMES}
    for seed in range(LIVES):
        for one in life(seed, 80):
            uses = found[commands.name_of(one.command)]
            if len(uses) < EXAMPLES:
                uses.append(one)
        if all(found.values()):
            break
    return found


def folded(uses: list[Happened]) -> Iterator[tuple[bytes, bytes]]:
    for one in uses:
        before = None if one.before is None else TICKET.decode(msgspec.json.encode(one.before))
        after = apply(before, one.after.id, one.after.version, over_the_wire(one.decision.event), one.at)
        yield msgspec.json.encode(after), msgspec.json.encode(one.after)


@pytest.mark.parametrize("name", NAMES)
def test_the_event_of_a_command_makes_the_same_ticket_everywhere(
    name: str, accepted: dict[str, list[Happened]]
) -> None:
    assert accepted[name], f"no life of {LIVES} uses {name}"
    for here, there in folded(accepted[name]):
        assert here == there
