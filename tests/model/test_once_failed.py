"""Programs that the model once found: each was a fault of the product, and stays here so that it is looked for every time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.model.world import World


@pytest.fixture
def world() -> Iterator[World]:
    made = World(desks=2, nodes=1, scopes=[0])
    try:
        yield made
    finally:
        made.close()


def test_a_command_that_grew_too_old_meanwhile_is_shown_in_the_tray(world: World) -> None:
    """It stayed "queued" on the screen for ever, while the outbox waited for a person's word."""
    old, _ = world.desks
    world.report(old, 0)
    world.run(world.pass_time(1))
    old.reachable = False
    assert old.line is not None
    old.line.cut()
    world.run(world.pass_time(1))
    for kind in ("remind", "comment", "remind"):
        world.act(old, 0, kind)
    world.run(world.settle())
    assert old.services is not None
    assert old.services.commander.pending.queued == 3
    old.clock_error = timedelta(days=4)
    old.reachable = True
    world.run(world.pass_time(2))
    view = old.services.commander.pending
    assert (view.queued, [each.state for each in view.tray]) == (0, ["too_old"] * 3)
    world.check()


def test_a_desk_far_behind_is_not_sent_a_snapshot_older_than_its_rows(world: World) -> None:
    """The server gave out the snapshot that it had kept ready from the first contact: rows went back."""
    away, other = world.desks
    for number in range(5):
        world.report(other, number % 2)
    world.run(world.pass_time(1))
    away.reachable = False
    assert away.line is not None
    away.line.cut()
    world.run(world.pass_time(1))
    for number in range(30):
        world.report(other, number % 2)
    world.run(world.pass_time(1))
    away.reachable = True
    world.run(world.pass_time(2))
    [node] = world.nodes
    assert node is not None
    assert "reset_dear" in node.counts
    world.check()
    world.run(world.converge())


def test_a_lost_cache_under_a_living_screen_takes_no_row_back(world: World) -> None:
    """Without a cursor the desk was sent the kept snapshot, and its screen showed the past for a moment."""
    desk, _ = world.desks
    for number in range(6):
        world.report(desk, number % 2)
    world.run(world.pass_time(1))
    assert desk.services is not None
    seq = desk.services.mirror.seq
    # What the services do when their cache file turns out to be damaged.
    desk.services.mirror.cursor = None
    desk.services.link.reconnect()
    world.run(world.pass_time(1))
    assert len(desk.services.mirror.tickets) == 6
    world.run(world.pass_time(20))
    assert desk.services.mirror.seq == seq, "the newer snapshot never came"
    world.check()
    world.run(world.converge())


def test_an_answer_lost_on_its_way_is_given_again_and_nothing_is_done_twice(world: World) -> None:
    """The seldom case that many programs never meet: the node has written, its answer is lost, and the command comes again."""
    desk, other = world.desks
    world.report(other, 0)
    world.run(world.pass_time(1))
    assert desk.line is not None
    desk.line.held = True
    world.act(desk, 0, "remind")
    world.run(world.settle())
    assert world.lift(desk, 10)
    world.run(world.settle())
    [node] = world.nodes
    assert node is not None
    assert node.hub.head.seq == 2
    desk.line.cut()
    world.run(world.pass_time(3))
    world.check()
    world.run(world.converge())
    assert node.hub.head.seq == 2
