"""All of it together: nodes, desks, one time, and the step that lets everything come to rest. Checks what must always hold."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from backend.lane import LaneLimits
from domain import commands
from domain.actor import Actor, Scope
from domain.ids import SeatId, TicketId, UserId
from domain.vocabulary import Role, Source
from protocol.codec import decode_server
from protocol.cursors import scope_hash
from protocol.messages import Delta
from tests.model.desk import Desk
from tests.model.line import Line
from tests.model.node import Node, Time, later, site
from tests.model.oracle import Oracle
from tests.patience import WAIT_S

T = TypeVar("T")
START = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
AREAS = tuple(area.code for area in site().reference.areas if area.level == "town")[:2]
UNITS = tuple(unit.id for unit in site().reference.units)[:2]
ITEM = next(item for item in site().reference.items if item.limit is not None)
SCOPES = (
    Scope(masked=False),
    Scope(areas=AREAS[:1], masked=False),
    Scope(areas=AREAS[1:], masked=False),
    Scope(units=UNITS[:1], masked=False),
)
STEP_S = 0.5
ROUNDS = 400
FAST = Path("/dev/shm")
"""Every commit waits for the disk; what is tested here is not the disk."""


class World:
    def __init__(self, desks: int, nodes: int, scopes: list[int]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="liandong-model-", dir=FAST if FAST.is_dir() else None))
        self.time = Time()
        self.actors: dict[str, Actor] = {}
        self.scopes = {scope_hash(scope): scope for scope in SCOPES}
        self.wall_error = timedelta(0)
        self.runner = asyncio.Runner()
        self.nodes: list[Node | None] = [None] * nodes
        self.desks: list[Desk] = []
        self._log = self.folder / "log"
        self._count = 0
        for number in range(nodes):
            self.run(self.start_node(number))
        for number in range(desks):
            self.run(self._add_desk(number, SCOPES[scopes[number % len(scopes)]]))
        self.oracle = Oracle(self._log)
        self.run(self.pass_time(1))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def close(self) -> None:
        async def end() -> None:
            for desk in self.desks:
                if desk.services is not None:
                    await desk.kill()
            for node in self.nodes:
                if node is not None:
                    await node.kill()

        try:
            self.run(end())
        finally:
            self.runner.close()
            shutil.rmtree(self.folder)

    # -- what happens --------------------------------------------------------------------------------------

    async def start_node(self, number: int) -> None:
        wall = later(START + self.wall_error, self.time)
        self.nodes[number] = Node(
            self._log,
            f"n{number}",
            self.time,
            self.actors,
            wall,
            shared=len(self.nodes) > 1,
            lane=LaneLimits(max_events=5, max_bytes=64 * 1024),
        )

    async def kill_node(self, number: int) -> None:
        node, self.nodes[number] = self.nodes[number], None
        if node is not None:
            await node.kill()

    async def _add_desk(self, number: int, scope: Scope) -> None:
        token = f"token{number}"
        user = UserId(f"user{number}")
        self.actors[token] = Actor(user=user, role=Role.SHIFT_LEADER, seat=SeatId(f"A{number}"), scope=scope)
        desk = Desk(self.folder / f"desk{number}", token, self.actors[token], self.time)
        self.desks.append(desk)
        await desk.start(later(START, self.time))

    async def start_desk(self, number: int) -> None:
        await self.desks[number].start(later(START, self.time))

    async def change_scope(self, number: int, scope: Scope) -> None:
        """Rights change: as the server does it, every socket of the user is closed at once."""
        desk = self.desks[number]
        old = self.actors[desk.token]
        self.actors[desk.token] = Actor(user=old.user, role=old.role, seat=old.seat, scope=scope)
        for node in self.nodes:
            if node is not None:
                await asyncio.gather(*node.end_sessions(desk.token))

    def report(self, desk: Desk, area: int) -> None:
        self._count += 1
        code = AREAS[area]
        self._give(
            desk,
            commands.Report(
                source=Source.PATROL, external_ref=f"r{self._count}", area=code, item=ITEM.code, text="来报"
            ),
            None,
        )

    def act(self, desk: Desk, which: int, kind: str) -> None:
        if desk.services is None or not desk.services.mirror.tickets:
            return
        tickets = desk.services.mirror.tickets
        ticket = tickets[sorted(tickets)[which % len(tickets)]]
        area = next(code for code in AREAS if code != ticket.area)
        command: dict[str, commands.Command] = {
            "remind": commands.Remind(text="说明"),
            "comment": commands.Comment(text="说明"),
            "file": commands.File(text="说明"),
            "dispatch": commands.Dispatch(lead=UNITS[which % 2], text="说明"),
            "relocate": commands.Relocate(area=area),
        }
        self._give(desk, command[kind], ticket.id)

    def _give(self, desk: Desk, command: commands.Command, ticket_id: TicketId | None) -> None:
        services = desk.services
        if services is None:
            return
        ticket = services.mirror.tickets[ticket_id] if ticket_id else None
        answer = services.commander.submit(command, ticket)
        desk.given += isinstance(answer, str)

    # -- coming to rest ------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Until nothing moves by itself any more; held lines stand, time does not pass."""
        for _ in range(ROUNDS):
            moved = False
            await self._idle()
            for node in self.nodes:
                moved |= node is not None and node.run_due()
            for desk in self.desks:
                moved |= desk.send_out()
                if desk.line is not None and not desk.line.held:
                    moved |= self.lift(desk, 1000)
                    if not desk.line.stalled:
                        moved |= await desk.take(1000)
            if not moved:
                return
        raise AssertionError("it does not come to rest")

    def lift(self, desk: Desk, count: int) -> bool:
        """Up to `count` frames arrive at the server."""
        line = desk.line
        moved = False
        while count and line is not None and line.up:
            line.websocket.arrive(line.up.popleft())
            count, moved = count - 1, True
        return moved

    async def _idle(self) -> None:
        """Every task either ended or waits for something outside."""
        loop, turn = asyncio.get_running_loop(), 0
        give_up_at = loop.time() + WAIT_S  # of real time: a thread of a busy machine may have to wait for its turn
        while True:
            for desk in self.desks:
                await desk.rest()
            tasks = [task for task in asyncio.all_tasks() if not self._is_resting(task)]
            waiting = [*tasks, *self._unanswered()]
            if not waiting:
                return
            assert loop.time() < give_up_at, f"these do not come to rest: {waiting}"
            # Most want a turn of the loop, some the end of a thread's work.
            await asyncio.wait(waiting, timeout=0.0005 if turn else 0, return_when=asyncio.FIRST_COMPLETED)
            turn += 1

    def _unanswered(self) -> list[asyncio.Future[Any]]:
        """Commands that a node has in hand: a thread decides and writes them, and no task waits for it."""
        lines = [line for node in self.nodes if node is not None for line in node.lines]
        return [answer for line in lines for answer in line.connection._tasks if not isinstance(answer, asyncio.Task)]

    def _is_resting(self, task: asyncio.Task[Any]) -> bool:
        if task is asyncio.current_task() or task.get_name() in ("commander", "commands"):
            return True
        for node in self.nodes:
            for line in node.lines if node is not None else ():
                if task is line.task:
                    return line.at_rest
                if line.websocket.paused and task in line.connection._tasks:
                    return True
        return False

    async def pass_time(self, seconds: float) -> None:
        """In steps of half a second, in which everybody ticks, reconnects and comes to rest."""
        end = self.time.now + seconds
        while self.time.now < end - 1e-9:
            self.time.now = min(end, self.time.now + STEP_S)
            for node in self.nodes:
                if node is not None:
                    await node.follow()
                    node.tick()
            for number, desk in enumerate(self.desks):
                await desk.tick()
                self._connect(number, desk)
            await self.settle()

    def _connect(self, number: int, desk: Desk) -> None:
        if desk.services is None or desk.line is not None or not desk.reachable:
            return
        alive = [node for node in self.nodes if node is not None]
        if alive:
            desk.connect(alive[number % len(alive)].accept())

    # -- what must hold ------------------------------------------------------------------------------------

    def check(self) -> None:
        self.oracle.read_on()
        self.oracle.check_effects()
        for desk in self.desks:
            self.oracle.check_told(desk.user, desk.told)
            self._check_frames(desk)
            if desk.services is not None:
                self._check_screen(desk)
        for node in self.nodes:
            assert node is None or not node.alarms, f"alarm: {node.alarms}"

    def _check_screen(self, desk: Desk) -> None:
        """I3 to I5, I7, I14, I15: the screen is the fold of a prefix, and own commands lie over it until it shows them."""
        assert desk.services is not None
        mirror = desk.services.mirror
        cursor = mirror.cursor
        assert not desk.went_back, f"I7: {desk.user} went {desk.went_back}"
        if cursor is not None:
            scope = self.scopes[cursor.scope_hash]
            assert mirror.tickets == self.oracle.known(scope, cursor.seq), f"I3: {desk.user} at {cursor.seq}"
            assert mirror.dirty == {}, f"{desk.user} could not fold {mirror.dirty}"
        commander = desk.services.commander
        for outcome in desk.told[desk.run_from :]:
            shown = desk.shown.seq if desk.shown else 0
            if outcome.status == "applied" and (outcome.seq or 0) > shown:
                own = [each for each in commander._book._own.values() if each.seq == outcome.seq]
                overlaid = bool(own) and (
                    own[0].ticket_id is None or commander.pending.of(own[0].ticket_id) is not None
                )
                assert overlaid, f"I14: {desk.user} was told {outcome.seq}, sees {shown} and no overlay"

    def _check_frames(self, desk: Desk) -> None:
        """I16: nothing of a ticket goes to who may not see it as it then is; of one that leaves goes nothing but its number."""
        for frame, line in desk.received:
            message = decode_server(frame) if isinstance(frame, str) else None
            for event in message.events if isinstance(message, Delta) else ():
                ticket = self.oracle.entries[event.seq - 1].ticket
                if event.kind == "leave":
                    assert bytes(event.body) == b"null", f"I16: a leave tells {event}"
                    assert not event.private, f"I16: a leave tells {event}"
                else:
                    assert line.connection.scope.covers(ticket), f"I16: {desk.user} was sent {event}"
        desk.received.clear()

    def check_disk(self, desk: Desk) -> None:
        """I6, I11: rows and cursor of the cache belong together; every command is in exactly one state."""
        cache = desk.cache_file()
        if cache is not None:
            loaded = cache.load()
            cache.close()
            if loaded.cursor is not None:
                scope = self.scopes[loaded.cursor.scope_hash]
                rows = {ticket.id: ticket for ticket in loaded.tickets}
                assert rows == self.oracle.known(scope, loaded.cursor.seq), f"I6: cache at {loaded.cursor.seq}"
        outbox = desk.outbox_file()
        if outbox is not None:
            counts = outbox.counts()
            outbox.close()
            assert sum(counts.values()) <= desk.given, f"I11: {counts} of {desk.given}"

    async def converge(self) -> None:
        """I8: healed and quiet, everybody holds the same within ten seconds; I11: nothing is left unsaid."""
        for number in range(len(self.nodes)):
            if self.nodes[number] is None:
                await self.start_node(number)
        for number, desk in enumerate(self.desks):
            desk.reachable = True
            desk.clock_error = timedelta(0)
            if desk.services is None:
                await self.start_desk(number)
            self.let_go(desk.line)
        # A retry of the outbox may wait longer than a reconnect, and a lost cache waits for a fresh snapshot.
        for _ in range(4):
            await self.pass_time(10)
            if all(self._has_arrived(desk) for desk in self.desks):
                break
        self.check()
        head = len(self.oracle.entries)
        for desk in self.desks:
            assert desk.services is not None
            assert not self._waiting(desk), f"I11: {desk.user} still waits: {self._why(desk)}"
            assert desk.services.mirror.seq == head, f"I8: {desk.user} at {desk.services.mirror.seq} of {head}"
            assert desk.services.mirror.cursor is not None
            assert self.scopes[desk.services.mirror.cursor.scope_hash] == self.actors[desk.token].scope

    def _has_arrived(self, desk: Desk) -> bool:
        services = desk.services
        at_head = services is not None and services.mirror.cursor is not None and services.mirror.seq == self._head()
        return at_head and not self._waiting(desk)

    def _head(self) -> int:
        self.oracle.read_on()
        return len(self.oracle.entries)

    def _waiting(self, desk: Desk) -> bool:
        return desk.services is None or bool(desk.services.commander.pending.queued)

    def _why(self, desk: Desk) -> str:
        assert desk.services is not None
        outbox = desk.services._outbox
        if outbox is None:
            return "no outbox"
        flight, now = outbox._in_flight, self.time.now
        waits = {n: round(at - now, 1) for n, (at, _) in outbox._waits.items()}
        items = [(item.n, item.target, item.state.value, item.last_error) for item in outbox.waiting]
        shown = [
            (each.id, each.command, each.state, each.n) for each in desk.services.commander.pending.entries.values()
        ]
        return f"{items}, shown {shown}, in flight {flight}, retry in {waits}, {desk.services.link.status}"

    def let_go(self, line: Line | None) -> None:
        if line is not None:
            line.held = False
            line.read_again()
