"""Several tickets of one log, merged and hung under each other at random: none is ever lost, and no ring arises."""

from pathlib import Path
from random import Random
from tempfile import mkdtemp

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import commands
from domain.actor import Scope
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import Level, State
from protocol.messages import Outcome
from tests.examples import examples
from tests.unit.backend.house import DISPATCHER, HANDLER, REGISTRAR, SHIFT_LEADER, UNIT_A, House

MOST = 7
STEPS = 60
Family = dict[TicketId, Ticket]


def everything(house: House) -> Family:
    return {ticket.id: ticket for ticket in house.store.iter_tickets(Scope())}


def give(house: House, random: Random, ids: list[TicketId]) -> Outcome | None:
    """One command on one ticket, mostly of the kind that binds two together."""
    one, other = random.choice(ids), random.choice(ids)
    version = house.ticket(one).version
    acts = (
        (DISPATCHER, commands.Merge(into=other, text="重复")),
        (DISPATCHER, commands.Merge(into=other, text="重复")),
        (DISPATCHER, commands.SetParent(parent=random.choice((other, other, None)), text="同一事件")),
        (REGISTRAR, commands.File()),
        (DISPATCHER, commands.Dispatch(lead=UNIT_A)),
        (HANDLER, commands.Sign()),
        (HANDLER, commands.ReportResult(resolved_level=Level.TOWN)),
        (DISPATCHER, commands.Close()),
        (SHIFT_LEADER, commands.ForceClose(text="无法处置")),
    )
    actor, command = random.choices(acts, (3, 3, 4, 3, 3, 3, 3, 3, 1))[0]
    before = everything(house)
    outcome = house.do(actor, command, one, version)
    if isinstance(command, commands.Close) and outcome.status == "applied":
        assert not [kin for kin in before.values() if kin.parent == one and kin.is_open]
    return outcome


def check(family: Family, ids: list[TicketId]) -> None:
    """Every report is still there, and from each a way of one step leads to the ticket that stands for it."""
    assert set(family) == set(ids)
    for ticket in family.values():
        assert (ticket.state is State.MERGED) is (ticket.merged_into is not None)
        if ticket.merged_into is not None:
            assert family[ticket.merged_into].merged_into is None
            assert ticket.merged_into != ticket.id
        if ticket.parent is not None:
            assert family[ticket.parent].parent is None
            assert ticket.parent != ticket.id


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_merging_and_binding_loses_no_ticket_and_makes_no_ring(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    refused: set[str] = set()
    with House(Path(mkdtemp(dir=tmp_path))) as house:
        ids = [house.reported() for _ in range(MOST)]
        for _ in range(STEPS):
            outcome = give(house, random, ids)
            assert outcome is not None
            assert outcome.status in ("applied", "rejected"), outcome
            refused.add(outcome.code)
            check(everything(house), ids)
        assert len(everything(house)) == MOST
    assert "defect" not in refused
