"""Random walks, the role × command × state table, and the replay property of joint inspection."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import DocCode, DocDecision, may, name_of
from domain.inspection import commands, events
from domain.inspection.deciding import STEPS, offers
from domain.inspection.kind import INSPECTION
from domain.inspection.matrix import MATRIX
from domain.inspection.values import Inspection
from domain.inspection.words import EDGES, ENDED, How, InspectionState, Measure, Result, Service, Severity
from domain.inspection.words import InspectionCode as Code
from domain.lifecycle.core import Rejection
from domain.vocabulary import PartState, Role
from tests.examples import examples
from tests.unit.domain.inspection.cases import (
    DEADLINE,
    LEAD,
    LEADER,
    UNITS,
    Course,
    context,
    found,
    handler,
    notice,
    plan,
    replayed,
)

ITEMS, LETTERS = ("x1", "x2", "s1"), ("甲", "乙")
CELLS = [(item, letter) for item in ITEMS for letter in LETTERS]
_units = st.sampled_from(UNITS)
_letters = st.sampled_from(LETTERS)
_texts = st.sampled_from(["", "原因"])
_finds = st.builds(lambda cell, fails: found(*cell, fails=fails), st.sampled_from(CELLS), st.booleans())
_measures = st.lists(st.sampled_from(list(Measure)), max_size=2).map(tuple)
_likely = st.one_of(
    st.builds(commands.CheckIn, unit=_units, how=st.sampled_from(list(How)), metres=st.none()),
    _finds,
    _finds,
    st.builds(lambda letter: notice(letter), _letters),
    st.builds(commands.ScorePart, unit=_units),
    st.builds(commands.RecordRecheck, premises=_letters),
    st.just(commands.SetRecheck(on=DEADLINE)),
    st.just(commands.Issue()),
    st.just(commands.Close(text="完成", open_reason="写明")),
)
_any = st.one_of(
    st.builds(commands.Urge, unit=_units),
    st.builds(commands.EndFindings, text=_texts),
    st.builds(
        commands.ReturnPart, unit=_units, cells=st.lists(st.sampled_from(CELLS), max_size=2).map(tuple), text=_texts
    ),
    st.builds(lambda letter, measures: notice(letter, measures=measures), _letters, _measures),
    st.builds(commands.ServeNotice, no=st.just("2018-180316-0001-1"), service=st.just(Service.LEFT)),
    st.builds(commands.Rectify, item=st.sampled_from(ITEMS), premises=_letters),
    st.builds(
        commands.RecordRecheck,
        premises=_letters,
        failed=st.lists(st.sampled_from(ITEMS), max_size=1).map(tuple),
        next_on=st.just(DEADLINE),
    ),
    st.builds(commands.ScorePart, unit=_units, quality=st.sampled_from([None, 0, 12, 21])),
    st.builds(commands.Close, text=_texts, open_reason=_texts),
    st.builds(commands.Cancel, text=st.sampled_from(["", "", "", "取消"])),
)
_actors = st.sampled_from([LEADER, LEADER, *map(handler, UNITS)])
_steps = st.lists(st.tuples(st.one_of(_likely, _likely, _any), _actors, st.integers(0, 30)), max_size=45)


def check(before: Inspection, after: Inspection, event: Any) -> None:
    """What is true after every event."""
    if after.state is not before.state:
        assert after.state in EDGES[before.state], (before.state, after.state)
    assert after.is_open == (after.state not in ENDED)
    assert sum(after.totals().values()) == len(after.plan.items) * len(after.plan.premises)
    for was, now in zip(before.parts, after.parts, strict=True):
        assert was.score is None or now.score == was.score, "scored once, for good"
        assert now.score is None or 0 <= now.score.total <= 100
        assert now.late_s >= 0
        if now.score is None:
            assert (now.state is PartState.REPORTED) <= (after.open_cells(unit=now.unit) == ())
    if after.state is InspectionState.CLOSED:
        assert all(part.score is not None for part in after.parts)
        assert after.to_recheck() == ()
        assert isinstance(event, events.Closed)
    if after.state is InspectionState.UNDER_WAY:
        assert after.open_cells()
    if after.state is InspectionState.RECHECKED:
        assert after.violations()


@given(_steps)
@settings(max_examples=examples(150), deadline=None)
def test_no_walk_skips_a_state_or_scores_twice(steps):
    course = Course()
    course.do(plan())
    scored = 0
    for command, actor, minutes in steps:
        course.now += timedelta(minutes=minutes)
        before = course.known
        decision = course.give(command, actor)
        if isinstance(decision, Rejection):
            assert decision.code in set(Code) | set(DocCode)
            assert course.known is before
            continue
        check(before, course.known, decision.event)
        scored += isinstance(decision.event, events.PartScored)
        scored += len(decision.event.scores) if isinstance(decision.event, events.Closed) else 0
    assert scored == sum(part.score is not None for part in course.known.parts)
    assert replayed(course.events) == course.known


@given(_steps, st.integers(0, 45))
@settings(max_examples=examples(60), deadline=None)
def test_a_snapshot_and_the_later_events_make_the_same(steps, cut):
    course = Course()
    course.do(plan())
    for command, actor, minutes in steps:
        course.now += timedelta(minutes=minutes)
        course.give(command, actor)
    cut = max(1, min(cut, len(course.events)))
    snapshot = replayed(course.events[:cut])
    assert replayed(course.events[cut:], snapshot) == course.known


# -- the table --------------------------------------------------------------------------------------


def in_state(state: InspectionState) -> Course:
    course = Course()
    if state is InspectionState.PLANNED:
        course.do(plan())
    elif state is InspectionState.ISSUED:
        course.issued()
    elif state is InspectionState.UNDER_WAY:
        course.all_there()
        course.do(found("x1", "甲", fails=True))
        course.do(found("x2", "甲"))
        course.do(found("s1", "甲"))
    elif state is InspectionState.FINDINGS_IN:
        course.all_found(("x1", "甲"))
    elif state is InspectionState.CANCELLED:
        course.issued()
        course.do(commands.Cancel(text="取消"))
    else:
        course.rectifying(("x1", "甲"))
        if state is not InspectionState.RECTIFYING:
            course.do(commands.RecordRecheck(premises="甲"))
        if state is InspectionState.CLOSED:
            course.do(commands.Close(text="完成"))
    assert course.known.state is state
    return course


SAMPLES: dict[str, Any] = {
    "revise": commands.Revise(**{name: getattr(plan(), name) for name in commands.PlanWords.__struct_fields__}),
    "issue": commands.Issue(),
    "check_in": commands.CheckIn(unit=LEAD, how=How.CODE),
    "find": commands.Find(item="x2", premises="乙", result=Result.VIOLATION, severity=Severity.GRAVE),
    "add_photo": None,
    "urge": commands.Urge(unit=UNITS[2]),
    "end_findings": commands.EndFindings(text="原因"),
    "return_part": commands.ReturnPart(unit=UNITS[1], cells=(("x2", "乙"),), text="原因"),
    "issue_notice": notice("甲"),
    "serve_notice": commands.ServeNotice(no="2018-180316-0001-1", service=Service.LEFT),
    "set_recheck": commands.SetRecheck(on=DEADLINE),
    "rectify": commands.Rectify(item="x1", premises="甲"),
    "record_recheck": commands.RecordRecheck(premises="甲"),
    "score_part": commands.ScorePart(unit=LEAD),
    "close": commands.Close(text="完成", open_reason="写明"),
    "cancel": commands.Cancel(text="原因"),
}
DESIGN: dict[str, tuple[str, str]] = {
    "revise": ("planned", "DCSH"),
    "issue": ("planned", "DCSH"),
    "check_in": ("issued under_way", "DCSHK"),
    "find": ("under_way findings_in", "DCSHK"),
    "add_photo": ("under_way findings_in rectifying", "DCSHK"),
    "urge": ("issued under_way findings_in rectifying", "DCSH"),
    "end_findings": ("under_way", "DCSH"),
    "return_part": ("under_way findings_in", "DCSH"),
    "issue_notice": ("under_way findings_in", "DCSH"),
    "serve_notice": ("under_way findings_in rectifying", "DCSHK"),
    "set_recheck": ("findings_in rectifying", "DCSH"),
    "rectify": ("under_way findings_in rectifying", "DCSHK"),
    "record_recheck": ("rectifying", "DCSHK"),
    "score_part": ("under_way findings_in rectifying rechecked", "DCSH"),
    "close": ("findings_in rechecked", "DCSH"),
    "cancel": ("planned issued under_way", "DCSH"),
}
"""Written apart from the code: states, and roles by letter."""
LETTER_OF = {
    Role.DISPATCHER: "D",
    Role.COORDINATOR: "C",
    Role.SHIFT_LEADER: "S",
    Role.HANDLER: "H",
    Role.COLLECTOR: "K",
}


def test_every_command_stands_in_the_table():
    assert set(SAMPLES) == set(DESIGN) == set(MATRIX) - {"plan"} == {name_of(kind) for kind in STEPS}


@pytest.mark.parametrize("name", list(DESIGN))
@pytest.mark.parametrize("state", list(InspectionState))
def test_state_decides_as_the_table_says(name, state):
    states, _ = DESIGN[name]
    offer = next(one for one in offers(in_state(state).known, context()) if one.command == name)
    if state.value not in states.split():
        expected = Code.UNITS_OPEN if (name, state) == ("close", InspectionState.UNDER_WAY) else Code.STATE
        assert (offer.ok, offer.code) == (False, expected)
    else:
        assert offer.code != Code.STATE


@pytest.mark.parametrize("name", [*DESIGN, "plan"])
@pytest.mark.parametrize("role", list(Role))
def test_role_decides_as_the_table_says(name, role):
    letters = DESIGN[name][1] if name != "plan" else "DCSH"
    assert may(INSPECTION, name, role) == (LETTER_OF.get(role, "-") in letters)


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample is not None])
def test_what_is_offered_is_what_is_accepted(name):
    """An offer says no more and no less than the decision, for every state and both kinds of seat."""
    command = SAMPLES[name]
    for state in InspectionState:
        for actor in (LEADER, handler(LEAD), handler(UNITS[2])):
            course = in_state(state)
            known = {offer.command: offer for offer in offers(course.known, context(actor, course.now))}
            decision = course.give(command, actor)
            if name not in known:
                assert isinstance(decision, Rejection)
            elif not known[name].ok:
                assert isinstance(decision, Rejection), (state, name)
            elif isinstance(decision, DocDecision):
                assert known[name].ok
