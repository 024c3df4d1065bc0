"""The whole sync under Hypothesis: 2 to 5 desks, 1 or 2 nodes, and everything that can go wrong between them, step by step.

All parts are the product's own (store, command service, hub, connections, session, mirror, cache file, outbox); only sockets and
clocks are the test's. After each step the invariants I1 to I15, I19 and I23 hold; at the end everybody is equal.
200 programs here, 10,000 with LIANDONG_HYPOTHESIS=nightly. A failing program is printed and kept by Hypothesis.
"""

import os
from collections import Counter
from datetime import timedelta

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.model.world import SCOPES, World

NIGHTLY = os.environ.get("LIANDONG_HYPOTHESIS") == "nightly"
pytestmark = pytest.mark.timeout(0 if NIGHTLY else 1200)
"""Bounded by its number of programs; a shared machine may be slow."""
EXAMPLES = int(os.environ.get("LIANDONG_EXAMPLES", "10000" if NIGHTLY else "200"))
STEPS = int(os.environ.get("LIANDONG_STEPS", "30" if NIGHTLY else "11"))
ANY = st.integers(0, 9)
SECONDS = st.sampled_from([0.5, 1.0, 3.0, 6.0, 14.0])
JUMPS = st.sampled_from([timedelta(hours=1), timedelta(hours=-1), timedelta(days=365), timedelta(days=-365)])
KINDS = st.sampled_from(["remind", "remind", "comment", "file", "dispatch", "relocate"])


SEEN: Counter[str] = Counter()


class Sync(RuleBasedStateMachine):
    @initialize(
        desks=st.integers(2, 5),
        nodes=st.sampled_from([1, 1, 2]),
        scopes=st.lists(st.integers(0, 3), min_size=1, max_size=5),
    )
    def begin(self, desks: int, nodes: int, scopes: list[int]) -> None:
        self.world = World(desks, nodes, scopes)
        for number in range(5):
            self.world.report(self.world.desks[0], number % 2)
        self.world.run(self.world.pass_time(1))

    def desk(self, number: int):  # type: ignore[no-untyped-def]
        return self.world.desks[number % len(self.world.desks)]

    def settle(self) -> None:
        self.world.run(self.world.settle())

    # -- people act ---------------------------------------------------------------------------------------

    @rule(number=ANY, area=st.integers(0, 1))
    def report(self, number: int, area: int) -> None:
        self.world.report(self.desk(number), area)
        self.settle()

    @rule(acts=st.lists(st.tuples(ANY, st.integers(0, 2), KINDS), min_size=3, max_size=10))
    def act_at_once(self, acts: list[tuple[int, int, str]]) -> None:
        """Several desks before anything moves: groups, races, chains of own commands."""
        for number, which, kind in acts:
            self.world.act(self.desk(number), which, kind)
        self.settle()

    @rule(acts=st.lists(st.tuples(ANY, ANY, KINDS), min_size=3, max_size=10))
    def work(self, acts: list[tuple[int, int, str]]) -> None:
        """One after the other, each seen before the next."""
        for number, which, kind in acts:
            self.world.act(self.desk(number), which, kind)
            self.world.run(self.world.pass_time(0.5))

    # -- lines --------------------------------------------------------------------------------------------

    @rule(number=ANY)
    def hold(self, number: int) -> None:
        """From now on frames of this line move only by `deliver`."""
        if (line := self.desk(number).line) is not None:
            line.held = True

    @rule(number=ANY, up=st.integers(0, 3), down=st.integers(0, 4))
    def deliver(self, number: int, up: int, down: int) -> None:
        desk = self.desk(number)
        self.world.lift(desk, up)
        self.settle()
        if desk.line is not None and not desk.line.stalled:
            self.world.run(desk.take(down))
        self.settle()

    @rule(number=ANY)
    def cut(self, number: int) -> None:
        """Everything under way in both directions is lost."""
        if (line := self.desk(number).line) is not None:
            line.cut()
        self.settle()

    @rule(number=ANY)
    def isolate(self, number: int) -> None:
        self.desk(number).reachable = False
        self.cut(number)

    @rule(number=ANY)
    def heal(self, number: int) -> None:
        desk = self.desk(number)
        desk.reachable = True
        self.world.let_go(desk.line)
        self.world.run(self.world.pass_time(1))

    @rule(number=ANY, count=st.integers(8, 20))
    def stall(self, number: int, count: int) -> None:
        """The desk stops reading; the server's buffers fill with what the others do."""
        if (line := self.desk(number).line) is not None:
            line.stalled = True
            self.flood(number + 1, count)

    @rule(number=ANY, seconds=st.sampled_from([3.0, 14.0]))
    def go_silent(self, number: int, seconds: float) -> None:
        """Frames stand still, nobody says why."""
        self.hold(number)
        self.world.run(self.world.pass_time(seconds))

    def flood(self, number: int, count: int) -> None:
        desk = self.desk(number)
        for area in range(count):
            self.world.report(desk, area % 2)
        self.world.run(self.world.pass_time(0.5))

    @rule(number=ANY, count=st.integers(20, 35))
    def long_absence(self, number: int, count: int) -> None:
        """So much happens meanwhile that a snapshot is cheaper than the log."""
        self.isolate(number)
        self.flood(number + 1, count)
        self.heal(number)

    # -- processes ------------------------------------------------------------------------------------------

    @rule(number=ANY, lose_cache=st.booleans())
    def kill_desk(self, number: int, lose_cache: bool) -> None:
        desk = self.desk(number)
        if desk.services is None:
            return
        self.world.run(desk.kill())
        self.world.oracle.read_on()
        self.world.check_disk(desk)
        if lose_cache:
            desk.cache_path.write_bytes(b"\0" * 5000)

    @rule(number=ANY)
    def damage_cache(self, number: int) -> None:
        """The file is destroyed under a running desk, and the desk finds out."""
        self.world.run(self.desk(number).damage_cache())
        self.world.run(self.world.pass_time(1))

    @rule(number=ANY)
    def start_desk(self, number: int) -> None:
        number %= len(self.world.desks)
        if self.world.desks[number].services is None:
            self.world.run(self.world.start_desk(number))
            self.world.run(self.world.pass_time(1))

    @rule(number=ANY)
    def kill_node(self, number: int) -> None:
        self.world.run(self.world.kill_node(number % len(self.world.nodes)))
        self.settle()

    @rule(number=ANY, jump=st.none() | JUMPS)
    def start_node(self, number: int, jump: timedelta | None) -> None:
        """I23: the machine may come back with any clock."""
        number %= len(self.world.nodes)
        if self.world.nodes[number] is None:
            if jump is not None:
                self.world.wall_error = jump
            self.world.run(self.world.start_node(number))
            self.world.run(self.world.pass_time(1))

    @rule(number=ANY)
    def poll(self, number: int) -> None:
        """A node looks into the shared log."""
        node = self.world.nodes[number % len(self.world.nodes)]
        if node is not None:
            self.world.run(node.follow())
            self.settle()

    # -- time and rights ------------------------------------------------------------------------------------

    @rule(seconds=SECONDS)
    def pass_time(self, seconds: float) -> None:
        self.world.run(self.world.pass_time(seconds))

    @rule(number=ANY, jump=JUMPS)
    def jump_clock(self, number: int, jump: timedelta) -> None:
        self.desk(number).clock_error = jump
        self.world.run(self.world.pass_time(0.5))

    @rule(number=ANY, scope=st.integers(0, len(SCOPES) - 1))
    def change_rights(self, number: int, scope: int) -> None:
        self.world.run(self.world.change_scope(number % len(self.world.desks), SCOPES[scope]))
        self.settle()

    # -- what must hold -------------------------------------------------------------------------------------

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "world"):
            self.world.check()

    def count(self) -> None:
        """What this program brought about, for the summary."""
        SEEN["programs"] += 1
        SEEN["events"] += len(self.world.oracle.entries)
        SEEN.update(f"outcome {each.status}" for desk in self.world.desks for each in desk.told)
        SEEN.update(each for node in self.world.nodes if node is not None for each in node.counts)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.run(self.world.converge())
            self.count()
            for desk in self.world.desks:
                self.world.run(desk.kill())
                self.world.check_disk(desk)
        finally:
            self.world.close()


PHASES = [phase for phase in hypothesis.Phase if phase.name != "shrink" or os.environ.get("LIANDONG_SHRINK") != "0"]
TestSync = Sync.TestCase
TestSync.settings = settings(
    max_examples=EXAMPLES,
    phases=PHASES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


def test_the_programs_went_everywhere() -> None:
    """What never happened is not proven: every way of going wrong must have been gone. Runs after the model, prints what was run."""
    if not SEEN["programs"]:
        pytest.skip("the model itself was not run")
    print(f"sync model: up to {STEPS} steps, Hypothesis {hypothesis.__version__}: {dict(sorted(SEEN.items()))}")
    wanted = ["outcome applied", "outcome conflict", "outcome rejected", "resumed", "slow", "silent", "closed_4403"]
    wanted += ["reset_first", "reset_scope", "reset_dear"]
    assert [name for name in wanted if not SEEN[name]] == [] or SEEN["programs"] < 100
