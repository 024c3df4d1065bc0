"""What a screen offers is what decide accepts, but for the arguments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import commands
from domain.lifecycle import MATRIX, Code, Decision, Offer, decide, offers
from domain.vocabulary import Role, State
from tests.examples import examples
from tests.unit.domain.builders import BRIGADE, PLAUSIBLE, at_state, ctx, handler, joint
from tests.unit.domain.walks import ACTORS, OTHER, life

OF_ARGUMENTS = {
    Code.REASON_REQUIRED, Code.UNKNOWN_UNIT, Code.UNKNOWN_ITEM, Code.UNKNOWN_AREA, Code.UNKNOWN_TICKET, Code.BAD_TIME,
    Code.ITSELF, Code.TARGET_ENDED, Code.SAME_UNIT, Code.ALREADY_PART, Code.NO_UNITS, Code.PARTS_OPEN,
    Code.DELAY_TOO_LONG, Code.DELAY_TYPE, Code.SUSPEND_PAST, Code.SUSPEND_TOO_LONG, Code.NOT_A_PART, Code.LEAD_PART,
    Code.NOT_YOUR_UNIT, Code.WHISTLE_NOT_UP, Code.ALREADY_CHECKED_IN, Code.SIGN_FIRST, Code.CHECK_IN_FIRST,
    Code.PART_REPORTED, Code.PART_NOT_REPORTED, Code.NOT_HIGHER, Code.SAME_AREA, Code.NO_PARENT, Code.PARENT_IS_CHILD,
    Code.ALREADY_SUPERVISED, Code.NOT_OVERDUE, Code.OPINION_REQUIRED, Code.NOT_REACHED, Code.ACT_NOT_NOW,
}  # fmt: skip
"""Codes that another argument (another unit, text, date) could avoid; NOT_YOUR_UNIT: the unit named in the command."""


@settings(max_examples=examples(40))
@given(st.integers(0, 2**32), st.integers(0, 9))
def test_offers_and_decide_say_the_same(seed: int, look: int) -> None:
    for number, one in enumerate(life(seed, 60)):
        if number % 10 != look:
            continue
        for who in ACTORS:
            context = ctx(who, one.at, other=OTHER)
            offered = {offer.command: offer for offer in offers(one.after, context)}
            for command in PLAUSIBLE:
                offer = offered.get(commands.name_of(command))
                answer = decide(command, one.after, context)
                if offer is None:
                    assert isinstance(command, commands.Report) or answer.code == Code.ROLE  # type: ignore[union-attr]
                elif not offer.ok:
                    assert (answer.code, answer.detail) == (offer.code, offer.detail)  # type: ignore[union-attr]
                else:
                    assert isinstance(answer, Decision) or answer.code in OF_ARGUMENTS, (command, answer)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_offered_all_it_could_ever_do(role: Role) -> None:
    offered = [offer.command for offer in offers(at_state(State.HANDLING), ctx(role))]
    assert offered == [name for name, roles in MATRIX.items() if role in roles and name != "report"]


def test_a_greyed_offer_says_why() -> None:
    found = {offer.command: offer for offer in offers(at_state(State.CHECKING), ctx(Role.DISPATCHER))}
    assert found["dispatch"] == Offer(command="dispatch", ok=False, code="state", detail={"state": State.CHECKING})
    assert found["remind"] == Offer(command="remind", ok=True)


def test_a_co_unit_is_offered_its_part_and_not_the_whole() -> None:
    ready = {offer.command for offer in offers(joint(), handler(unit=BRIGADE)) if offer.ok}
    assert ready == {"sign", "check_in", "comment"}
