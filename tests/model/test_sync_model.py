"""The whole sync under Hypothesis: 2 to 5 desks, 1 or 2 nodes, and everything that can go wrong between them, step by step.

All parts are the product's own (store, command service, hub, connections, session, mirror, cache file, outbox); only sockets and
clocks are the test's. After each step the invariants I1 to I15, I19 and I23 hold; at the end everybody is equal.
200 programs here, 10,000 with LIANDONG_HYPOTHESIS=nightly. A failing program is printed and kept by Hypothesis.
"""

import os
from datetime import timedelta

import hypothesis
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.model.world import SCOPES, World

NIGHTLY = os.environ.get("LIANDONG_HYPOTHESIS") == "nightly"
EXAMPLES = int(os.environ.get("LIANDONG_EXAMPLES", "10000" if NIGHTLY else "200"))
STEPS = int(os.environ.get("LIANDONG_STEPS", "30" if NIGHTLY else "14"))
ANY = st.integers(0, 9)
SECONDS = st.sampled_from([0.5, 1.0, 3.0, 6.0, 14.0])
JUMPS = st.sampled_from([timedelta(hours=1), timedelta(hours=-1), timedelta(days=365), timedelta(days=-365)])
KINDS = st.sampled_from(["remind", "remind", "comment", "file", "dispatch", "relocate"])


class Sync(RuleBasedStateMachine):
    @initialize(
        desks=st.integers(2, 5),
        nodes=st.sampled_from([1, 1, 2]),
        scopes=st.lists(st.integers(0, 3), min_size=1, max_size=5),
    )
    def begin(self, desks: int, nodes: int, scopes: list[int]) -> None:
        self.world = World(desks, nodes, scopes)

    def desk(self, number: int):  # type: ignore[no-untyped-def]
        return self.world.desks[number % len(self.world.desks)]

    def settle(self) -> None:
        self.world.run(self.world.settle())

    # -- people act ---------------------------------------------------------------------------------------

    @rule(number=ANY, area=st.integers(0, 1))
    def report(self, number: int, area: int) -> None:
        self.world.report(self.desk(number), area)
        self.settle()

    @rule(number=ANY, which=ANY, kind=KINDS)
    def act(self, number: int, which: int, kind: str) -> None:
        self.world.act(self.desk(number), which, kind)
        self.settle()

    @rule(acts=st.lists(st.tuples(ANY, st.integers(0, 2), KINDS), min_size=2, max_size=8))
    def act_at_once(self, acts: list[tuple[int, int, str]]) -> None:
        """Several desks before anything moves: groups, races, chains of own commands."""
        for number, which, kind in acts:
            self.world.act(self.desk(number), which, kind)
        self.settle()

    @rule(number=ANY, count=st.integers(8, 20))
    def flood(self, number: int, count: int) -> None:
        """More than the lane of a desk that does not read may hold."""
        for area in range(count):
            self.world.report(self.desk(number), area % 2)
        self.settle()

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

    @rule(number=ANY)
    def stall(self, number: int) -> None:
        """The desk stops reading; the server's buffers fill."""
        if (line := self.desk(number).line) is not None:
            line.stalled = True

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

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.run(self.world.converge())
            for desk in self.world.desks:
                self.world.run(desk.kill())
                self.world.check_disk(desk)
        finally:
            self.world.close()


def pytest_report_header() -> str:
    return f"sync model: {EXAMPLES} programs of up to {STEPS} steps, Hypothesis {hypothesis.__version__}"


TestSync = Sync.TestCase
TestSync.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
)
