"""What all kinds of documents share: who may, existence, scope, and the fold, shown on the toy kind."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from domain.actor import Actor, Scope, ScopeKey
from domain.documents import DocContext, DocDecision, DocumentError, covers, decide, fold, key_of, may, numbered
from domain.ids import AreaCode, UnitId
from domain.lifecycle import Rejection
from domain.vocabulary import Role
from tests.unit.domain.builders import OTHER_TOWN, RULES, T0, TOWN, TOWN_CENTRE, actor
from tests.unit.domain.notices import NOTICE, Move, Notice, Post, Posted, TakeDown, Tick, Ticked


def context(who: Actor) -> DocContext:
    return DocContext(
        actor=who, now=T0, rules=RULES, lookup=lambda *_: None, open_of=lambda _: (), ticket=lambda _: None
    )


def notice(**fields: Any) -> Notice:
    return Notice(**{"id": "NB-1", "version": 3, "changed_at": T0, "posted_at": T0 - timedelta(minutes=5)} | fields)


@pytest.mark.parametrize("role", Role)
def test_what_is_not_listed_is_allowed_to_nobody(role: Role) -> None:
    answer = decide(NOTICE, Move(area=TOWN), notice(), context(actor(role)))
    if role is Role.SHIFT_LEADER:
        assert isinstance(answer, DocDecision)
    else:
        assert answer == Rejection("role", {"role": role})
    assert may(NOTICE, "move", role) is (role is Role.SHIFT_LEADER)
    assert not may(NOTICE, "no_such_command", role)


def test_a_document_is_made_once_and_worked_on_only_when_it_is_there() -> None:
    leader = context(actor(Role.SHIFT_LEADER))
    assert decide(NOTICE, Post(), notice(), leader) == Rejection("exists", {"id": "NB-1"})
    assert decide(NOTICE, TakeDown(), None, leader) == Rejection("no_document")


def test_what_a_session_does_not_see_it_does_not_touch() -> None:
    who = msgspec.structs.replace(actor(Role.SHIFT_LEADER), scope=Scope(areas=(AreaCode(TOWN),)))
    assert decide(NOTICE, TakeDown(), notice(area=OTHER_TOWN), context(who)) == Rejection("scope")
    assert isinstance(decide(NOTICE, TakeDown(), notice(area=TOWN), context(who)), DocDecision)


def test_free_text_stands_beside_the_event() -> None:
    answer = decide(NOTICE, Post(text="王先生 13800001234"), None, context(actor(Role.DISPATCHER)))
    assert answer == DocDecision(Posted(), {"text": "王先生 13800001234"})


def test_the_decision_computes_and_the_fold_believes() -> None:
    answer = decide(NOTICE, Tick(), notice(), context(actor(Role.DISPATCHER)))
    assert isinstance(answer, DocDecision)
    assert isinstance(answer.event, Ticked)
    assert answer.event.seconds == 300.0
    later = T0 + timedelta(hours=1)
    after = fold(NOTICE, notice(), "NB-1", 4, answer.event, later)
    assert (after.version, after.changed_at) == (4, later)


def test_version_and_instant_are_stamped_and_a_foreign_state_is_refused() -> None:
    careless = msgspec.structs.replace(NOTICE, apply=lambda state, doc_id, version, event, at: notice(version=1))
    assert fold(careless, None, "NB-1", 7, Posted(), T0) == notice(version=7)
    with pytest.raises(DocumentError, match="notice NB-2"):
        fold(careless, None, "NB-2", 7, Posted(), T0)


@pytest.mark.parametrize(
    ("scope", "area", "units", "seen"),
    [
        (Scope(), TOWN, (), True),
        (Scope(areas=(AreaCode(TOWN),)), TOWN + "001", (), True),
        (Scope(areas=(AreaCode(TOWN),)), OTHER_TOWN, (), False),
        (Scope(areas=(AreaCode(TOWN),)), "440310", (), False),
        (Scope(areas=(AreaCode(TOWN),)), "", (), True),
        (Scope(units=(UnitId(TOWN_CENTRE),)), "", (), True),
        (Scope(units=(UnitId(TOWN_CENTRE),)), OTHER_TOWN, (TOWN_CENTRE, "U-x"), True),
        (Scope(units=(UnitId(TOWN_CENTRE),)), OTHER_TOWN, ("U-x",), False),
    ],
)
def test_who_sees_a_document(scope: Scope, area: str, units: tuple[str, ...], seen: bool) -> None:
    assert covers(scope, notice(area=area, units=units)) is seen


def test_a_ticket_without_an_area_is_not_for_everybody() -> None:
    """The mark of a district-wide document is a value that no ticket's area can have."""
    assert not Scope(areas=(AreaCode(TOWN),)).covers_key(ScopeKey(""))
    assert key_of(notice(units=("b", "a", "b"))) == ScopeKey("*", ("a", "b"))


def test_numbers_of_the_day() -> None:
    assert numbered("XJ")(Post(), 7, date(2018, 10, 9)) == "XJ-181009-0007"
