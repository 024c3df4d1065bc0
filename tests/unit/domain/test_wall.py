"""The wall: control, steps and their undoing, rules that come and go, and what it showed at any past moment."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import documents
from domain.actor import Actor
from domain.documents import DocCode, DocCommand, DocContext, DocDecision, DocEvent
from domain.ids import SeatId, UserId
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role
from domain.wall import commands
from domain.wall.deciding import WallCode
from domain.wall.kind import DIRECTORS, ROLES, WALL
from domain.wall.projection import wall_at
from domain.wall.values import (
    ASK_S,
    ROTATION_MOST,
    SCENES_MOST,
    UNDO_S,
    Cause,
    Content,
    Pause,
    Rule,
    RuleKind,
    Screen,
    Wall,
)
from tests.replay.document_walks import WALKS
from tests.unit.domain.builders import RULES

T0 = datetime(2024, 5, 8, 4, 0, tzinfo=UTC)
RATE = 60.0
OVERVIEW, QUEUE, MAP = (Content("wall_overview"),), (Content("wall_queue"),), (Content("wall_map", "440310001"),)


def actor(role: Role, seat: str = "") -> Actor:
    return Actor(user=UserId(f"{role}{seat}"), role=role, seat=SeatId(seat))


HOST, CENTRE = actor(Role.WALL, "wall"), actor(Role.SYSTEM)
LEADER, ONE, TWO = actor(Role.SHIFT_LEADER, "1"), actor(Role.DISPATCHER, "2"), actor(Role.DISPATCHER, "3")


class Hall:
    """A wall of three screens, its history, and a clock that moves only when told."""

    def __init__(self) -> None:
        self.now = T0
        self.wall: Wall | None = None
        self.history: list[tuple[int, DocEvent, datetime]] = []
        self.give(HOST, commands.Register(name="主屏", screens=tuple(Screen(number=n) for n in (1, 2, 3))))

    def try_(self, who: Actor, command: DocCommand) -> DocDecision | Rejection:
        ctx = DocContext(
            actor=who,
            now=self.now,
            rules=RULES,
            rate=RATE,
            lookup=lambda kind, doc_id: None,
            open_of=lambda kind: (),
            ticket=lambda ticket_id: None,
        )
        decision = documents.decide(WALL, command, self.wall, ctx)
        if isinstance(decision, DocDecision):
            version = self.wall.version + 1 if self.wall else 1
            state = documents.fold(WALL, self.wall, "wall-主屏", version, decision.event, self.now)
            assert isinstance(state, Wall)
            self.wall = state
            self.history.append((version, decision.event, self.now))
        return decision

    def give(self, who: Actor, command: DocCommand) -> Wall:
        decision = self.try_(who, command)
        assert isinstance(decision, DocDecision), decision
        assert self.wall is not None
        return self.wall

    def code(self, who: Actor, command: DocCommand) -> str:
        decision = self.try_(who, command)
        assert isinstance(decision, Rejection)
        return decision.code

    def pass_s(self, real_s: float) -> None:
        self.now += timedelta(seconds=real_s * RATE)

    def views(self) -> dict[int, str]:
        assert self.wall is not None
        return {number: shown.contents[0].view for number, shown in self.wall.shown().items()}


def night(hall: Hall) -> None:
    hall.give(LEADER, commands.KeepScene(name="夜间", screens={2: MAP, 3: MAP}))
    hall.give(LEADER, commands.KeepRule(rule=Rule("夜间", RuleKind.TIME, "夜间")))


def test_a_step_changes_several_screens_at_once_and_says_who() -> None:
    hall = Hall()
    wall = hall.give(ONE, commands.Apply(screens={1: OVERVIEW, 2: QUEUE}))
    assert hall.views() == {1: "wall_overview", 2: "wall_queue"}
    assert (wall.shown()[1].seat, wall.shown()[1].cause, wall.holder) == ("2", Cause.HAND, "2")


def test_only_the_seat_with_the_control_changes_the_wall() -> None:
    hall = Hall()
    hall.give(ONE, commands.Apply(screens={1: OVERVIEW}))
    assert hall.code(TWO, commands.Apply(screens={1: QUEUE})) == WallCode.NO_CONTROL
    hall.give(ONE, commands.ReleaseControl())
    hall.give(TWO, commands.Apply(screens={1: QUEUE}))


def test_an_unanswered_request_is_granted_after_half_a_minute() -> None:
    hall = Hall()
    hall.give(ONE, commands.TakeControl())
    hall.give(TWO, commands.AskControl())
    hall.pass_s(ASK_S - 1)
    assert hall.code(TWO, commands.TakeControl()) == WallCode.HELD
    hall.pass_s(1)
    assert hall.code(actor(Role.DISPATCHER, "4"), commands.TakeControl()) == WallCode.HELD
    assert hall.give(TWO, commands.TakeControl()).holder == "3"


def test_the_holder_answers() -> None:
    hall = Hall()
    hall.give(ONE, commands.TakeControl())
    assert hall.code(ONE, commands.AnswerControl(grant=True)) == WallCode.NOT_ASKED
    hall.give(TWO, commands.AskControl())
    assert hall.give(ONE, commands.AnswerControl(grant=False)).holder == "2"
    hall.give(TWO, commands.AskControl())
    assert hall.give(ONE, commands.AnswerControl(grant=True)).holder == "3"


def test_a_step_is_taken_back_for_thirty_seconds() -> None:
    hall = Hall()
    hall.give(ONE, commands.Apply(screens={1: OVERVIEW}))
    hall.give(ONE, commands.Apply(screens={1: QUEUE, 2: MAP}))
    hall.pass_s(UNDO_S)
    hall.give(ONE, commands.Undo())
    assert hall.views() == {1: "wall_overview"}
    hall.give(ONE, commands.Apply(screens={1: QUEUE}))
    hall.pass_s(UNDO_S + 1)
    assert hall.code(ONE, commands.Undo()) == WallCode.NOTHING_TO_UNDO


def test_a_rule_lies_over_the_wall_and_gives_it_back() -> None:
    hall = Hall()
    hall.give(LEADER, commands.Apply(screens={1: OVERVIEW, 2: QUEUE, 3: QUEUE}))
    night(hall)
    hall.give(LEADER, commands.SetLock(screen=3, locked=True))
    wall = hall.give(CENTRE, commands.StartRule(name="夜间"))
    assert hall.views() == {1: "wall_overview", 2: "wall_map", 3: "wall_queue"}
    assert wall.shown()[2].name == "夜间"
    hall.give(CENTRE, commands.EndRule(name="夜间"))
    assert hall.views() == {1: "wall_overview", 2: "wall_queue", 3: "wall_queue"}


def test_the_hand_wins_over_a_rule() -> None:
    hall = Hall()
    night(hall)
    hall.give(LEADER, commands.Apply(screens={1: OVERVIEW, 2: QUEUE, 3: QUEUE}))
    hall.give(CENTRE, commands.StartRule(name="夜间"))
    hall.give(LEADER, commands.Apply(screens={2: OVERVIEW}))
    assert hall.views()[2] == "wall_overview"
    hall.give(CENTRE, commands.EndRule(name="夜间"))
    assert hall.views() == {1: "wall_overview", 2: "wall_overview", 3: "wall_queue"}


def test_what_the_wall_showed_at_a_past_moment() -> None:
    hall = Hall()
    seen = []
    for contents in (OVERVIEW, QUEUE, MAP):
        hall.pass_s(60)
        hall.give(ONE, commands.Apply(screens={1: contents}))
        seen.append((hall.now + timedelta(seconds=1), hall.wall))
    for at, wall in seen:
        assert wall_at(hall.history, "wall-主屏", at) == wall  # type: ignore[arg-type] # events of this kind
    assert wall_at(hall.history, "wall-主屏", T0 - timedelta(seconds=1)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (commands.Apply(screens={9: OVERVIEW}), WallCode.NO_SCREEN),
        (commands.Apply(screens={}), WallCode.BAD_SCREENS),
        (commands.Apply(screens={1: ()}), WallCode.BAD_CONTENTS),
        (commands.Apply(screens={1: OVERVIEW * (ROTATION_MOST + 1)}), WallCode.BAD_CONTENTS),
        (commands.SetLock(screen=9, locked=True), WallCode.NO_SCREEN),
        (commands.DropScene(name="无"), WallCode.NO_SCENE),
        (commands.DropRule(name="无"), WallCode.NO_RULE),
        (commands.KeepRule(rule=Rule("夜间", RuleKind.TIME, "无")), WallCode.NO_SCENE),
        (commands.Undo(), WallCode.NO_CONTROL),
        (commands.Register(name="主屏", screens=(Screen(number=1),)), DocCode.ROLE),
    ],
)
def test_refusals(command: DocCommand, code: str) -> None:
    assert Hall().code(LEADER, command) == code


def test_other_refusals() -> None:
    hall = Hall()
    assert hall.code(HOST, commands.Register(name="主屏", screens=(Screen(number=1),))) == DocCode.EXISTS
    assert hall.code(HOST, commands.Report(screens=(Screen(number=1), Screen(number=1)))) == WallCode.BAD_SCREENS
    assert hall.code(CENTRE, commands.StartRule(name="夜间")) == WallCode.NO_RULE
    assert hall.code(CENTRE, commands.EndRule(name="夜间")) == WallCode.RUNS_NOT
    night(hall)
    no_class = commands.KeepRule(rule=Rule("火情", RuleKind.ALARM, "夜间"))
    assert hall.code(LEADER, no_class) == WallCode.NO_CLASS
    no_source = commands.KeepRule(rule=Rule("静默", RuleKind.SILENCE, "夜间"))
    assert hall.code(LEADER, no_source) == WallCode.NO_SOURCE
    hall.give(CENTRE, commands.StartRule(name="夜间"))
    assert hall.code(CENTRE, commands.StartRule(name="夜间")) == WallCode.RUNS
    for number in range(1, SCENES_MOST):
        hall.give(LEADER, commands.KeepScene(name=f"场景{number}", screens={1: MAP}))
    assert hall.code(LEADER, commands.KeepScene(name="多", screens={1: MAP})) == WallCode.TOO_MANY


def test_a_wall_host_never_directs_and_no_officer_is_a_host() -> None:
    assert {name for name, roles in ROLES.items() if Role.WALL in roles} == {"register", "report"}
    assert all(roles <= DIRECTORS for name, roles in ROLES.items() if Role.SHIFT_LEADER in roles)


@given(st.integers(0, 2**32))
def test_rules_never_lose_what_was_set_by_hand(seed: int) -> None:
    """Whatever came and went: with all rules ended the wall shows its base, and every screen shows something once set."""
    random, hall = Random(seed), Hall()
    walk = next(walk for walk in WALKS if walk.kind is WALL)
    ever: set[int] = set()
    for _ in range(40):
        hall.pass_s(random.choice((1, 20, 40)))
        before = hall.wall
        command = walk.step(random, hall.wall)
        decision = hall.try_(random.choice((HOST, LEADER, ONE, CENTRE)), command)
        assert hall.wall is not None
        if isinstance(decision, DocDecision) and isinstance(command, commands.Apply):
            ever |= set(command.screens)
            assert all(hall.wall.shown()[n].contents == c for n, c in command.screens.items())
        if isinstance(command, commands.StartRule | commands.EndRule) and before is not None:
            assert hall.wall.picture.base == before.picture.base
    for layer in hall.wall.picture.layers if hall.wall else ():
        hall.give(CENTRE, commands.EndRule(name=layer.rule))
    assert hall.wall is not None
    assert hall.wall.shown() == hall.wall.picture.base


def test_a_night_scene_is_quiet_by_hand_and_by_rule_and_only_where_it_hangs() -> None:
    hall = Hall()
    hall.give(LEADER, commands.KeepScene(name="夜间", screens={2: MAP}, night=True))
    hall.give(LEADER, commands.KeepScene(name="日常", screens={2: QUEUE}))
    assert hall.wall is not None
    assert not any(hall.wall.night_on(number) for number in (1, 2, 3))
    hall.give(LEADER, commands.Apply(screens={2: MAP}, scene="夜间"))
    assert [hall.wall.night_on(number) for number in (1, 2, 3)] == [False, True, False]
    hall.give(LEADER, commands.Apply(screens={2: QUEUE}, scene="日常"))
    assert not hall.wall.night_on(2)
    hall.give(LEADER, commands.KeepRule(rule=Rule("夜", RuleKind.TIME, "夜间")))
    hall.give(CENTRE, commands.StartRule(name="夜"))
    assert hall.wall.night_on(2)
    hall.give(LEADER, commands.Apply(screens={2: QUEUE}))  # the hand wins, and puts the light on
    assert not hall.wall.night_on(2)


# -- a rotation stands still ---------------------------------------------------------------------------

TURNING = (*OVERVIEW, *QUEUE, *MAP)


def pause(screen: int = 1, content: Content | None = None) -> commands.SetPause:
    return commands.SetPause(screen=screen, paused=True, content=content)


def go_on(screen: int = 1) -> commands.SetPause:
    return commands.SetPause(screen=screen, paused=False)


def stands(wall: Wall, number: int = 1) -> Pause | None:
    return wall.shown()[number].pause


def test_a_rotation_stands_still_on_what_was_in_sight_and_tells_who_and_since_when() -> None:
    hall = Hall()
    hall.give(ONE, commands.Apply(screens={1: TURNING}))
    hall.pass_s(7)
    wall = hall.give(ONE, pause(content=QUEUE[0]))
    assert stands(wall) == Pause(hall.now, Role.DISPATCHER, SeatId("2"), QUEUE[0])
    assert stands(hall.give(ONE, go_on())) is None
    assert hall.wall is not None
    assert hall.wall.shown()[1].contents == TURNING


def test_what_cannot_stand_still_or_stands_already_is_refused() -> None:
    hall = Hall()
    hall.give(ONE, commands.Apply(screens={1: TURNING, 2: QUEUE}))
    assert hall.code(ONE, pause(9)) == WallCode.NO_SCREEN
    assert hall.code(ONE, pause(2)) == WallCode.NO_ROTATION, "one view stays anyway"
    assert hall.code(ONE, pause(3)) == WallCode.NO_ROTATION, "nothing hangs there"
    assert hall.code(ONE, pause(content=Content("wall_cameras"))) == WallCode.OTHER_ROTATION
    assert hall.code(TWO, pause()) == WallCode.NO_CONTROL
    assert hall.code(ONE, go_on()) == WallCode.PAUSED_NOT
    hall.give(ONE, pause())
    assert hall.code(ONE, pause()) == WallCode.PAUSED


def test_a_new_rotation_turns_and_a_step_taken_back_brings_the_pause_back() -> None:
    hall = Hall()
    hall.give(ONE, commands.Apply(screens={1: TURNING}))
    hall.give(ONE, pause())
    assert stands(hall.give(ONE, commands.Apply(screens={1: TURNING[:2]}))) is None
    assert stands(hall.give(ONE, commands.Undo())) is not None


def test_what_a_rule_hangs_over_a_rotation_turns_and_what_comes_back_stands_still_as_before() -> None:
    hall = Hall()
    hall.give(LEADER, commands.Apply(screens={2: TURNING}))
    hall.give(LEADER, pause(2))
    night(hall)
    assert stands(hall.give(CENTRE, commands.StartRule(name="夜间")), 2) is None
    assert hall.code(LEADER, go_on(2)) == WallCode.NO_ROTATION, "the rule's scene has one view there"
    assert stands(hall.give(CENTRE, commands.EndRule(name="夜间")), 2) is not None


def test_taking_back_a_step_elsewhere_leaves_a_pause_that_came_after_it() -> None:
    hall = Hall()
    hall.give(ONE, commands.Apply(screens={1: TURNING}))
    hall.give(ONE, commands.Apply(screens={2: QUEUE}))
    hall.give(ONE, pause())
    assert stands(hall.give(ONE, commands.Undo())) is not None
    assert hall.views() == {1: "wall_overview"}
