"""What the work proposes to the list: only what was counted often enough, and never an item that is too young to be judged."""

from datetime import timedelta

from msgspec.structs import replace

from domain.catalogue import Catalogue, Item
from domain.ids import ItemCode
from domain.tables.proposals import Proposal, Usage, Why, proposals
from tests.unit.domain.builders import T0

SINCE = T0 - timedelta(days=180)
STREET = Item(code=ItemCode("A1"), class_name="市容", sub_class_name="占道", name="占道经营")
OTHER = Item(code=ItemCode("A9"), class_name="市容", sub_class_name="占道", name="其他占道")
LIST = Catalogue([STREET, OTHER])


def found(*usage: Usage, catalogue: Catalogue = LIST) -> tuple[Proposal, ...]:
    return proposals(catalogue, {each.item: each for each in usage}, SINCE)


def test_an_item_without_a_ticket_in_the_period_is_named_with_its_last_use() -> None:
    old = Usage(item="A1", total=7, recent=0, last_at=SINCE)
    assert found(old, Usage(item="A9", recent=1)) == (Proposal(Why.UNUSED, STREET, last_at=SINCE),)


def test_an_item_younger_than_the_period_is_not_called_unused() -> None:
    young = Catalogue([STREET, replace(OTHER, valid_from=T0)])
    assert found(Usage(item="A1", recent=1), catalogue=young) == ()


def test_other_is_too_coarse_above_a_fifth_of_its_sub_class_and_ten_tickets() -> None:
    def why(other: int, street: int) -> list[Why]:
        return [each.why for each in found(Usage(item="A1", recent=street), Usage(item="A9", recent=other))]

    assert why(10, 39) == [Why.OTHER]
    assert why(10, 40) == []
    assert why(9, 1) == []


def test_reports_refused_for_want_of_an_item_come_first() -> None:
    proposed = found(Usage(item="A1", recent=5, no_item=3), Usage(item="A9", recent=20, no_item=2))
    assert [(each.why, each.item.code, each.count, each.of) for each in proposed] == [
        (Why.NO_ITEM, "A1", 3, 5),
        (Why.OTHER, "A9", 20, 25),
    ]
