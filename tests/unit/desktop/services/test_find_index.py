"""Whatever changed meanwhile: what is found is what a plain look at every ticket finds, newest first."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services import find_index
from desktop.services.find_index import FindIndex, FindRow, FindWord, row_of
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.ticket import Ticket
from tests.examples import examples
from tests.qt.samples import make_ticket

words = st.builds(
    FindWord,
    st.sampled_from(["", "181009", "-0", "00", "1", "sz7", "nothing"]),
    st.frozensets(st.sampled_from(["i1", "i2", "i3"]), max_size=2),
    st.sampled_from([(), ("4403",), ("440310001", "440310002003")]),
    st.frozensets(st.sampled_from(["u1", "u2"]), max_size=1),
)
tickets = st.builds(
    lambda n, item, area, unit, ref: make_ticket(
        n, item=ItemCode(item), area=AreaCode(area), unit=UnitId(unit) if unit else None, external_ref=ref
    ),
    st.integers(0, 30),
    st.sampled_from(["i1", "i2", "i3"]),
    st.sampled_from(["440310001001", "440310002003", "440310003", ""]),
    st.sampled_from(["", "u1", "u2"]),
    st.sampled_from(["", "SZ7", "sz70"]),
)


def plain(known: dict[TicketId, Ticket], asked: Sequence[FindWord]) -> list[TicketId]:
    def fits(row: FindRow, word: FindWord) -> bool:
        number = word.text and (word.text in row.id or word.text in row.ref.lower())
        in_area = any(row.area.startswith(area) for area in word.areas)
        return bool(number or in_area or row.item in word.items or row.unit in word.units)

    rows = sorted((row_of(ticket) for ticket in known.values()), key=lambda row: (-row.reported_ms, row.id))
    return [row.id for row in rows if asked and all(fits(row, word) for word in asked)]


@settings(max_examples=examples(200))
@given(
    st.lists(tickets, max_size=20),
    st.lists(tickets | st.integers(0, 30), max_size=20),
    st.lists(words, max_size=3),
    st.integers(1, 12),
    st.sampled_from([1, 4, 20_000]),
    st.sampled_from([0, 2, 500]),
)
def test_finds_what_a_plain_look_finds(first, changes, asked, limit, rebuild_at, stepped) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find_index, "REBUILD_AT", rebuild_at)
        patch.setattr(find_index, "STEPPED", stepped)
        known = {ticket.id: ticket for ticket in first}
        index = FindIndex([row_of(ticket) for ticket in known.values()])
        for change in changes:
            if isinstance(change, int):
                ticket_id = make_ticket(change).id
                known.pop(ticket_id, None)
                index.drop(ticket_id)
            else:
                known[change.id] = change
                index.put(change)
        wanted = plain(known, asked)
        found = index.find(asked, limit)
        assert list(found.ids) == wanted[:limit]
        assert found.total == len(wanted)
