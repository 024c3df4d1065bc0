"""The demo's wall: what an officer would have hung there before the demo begins, two scenes to start and a rule of an alarm.

Done once the demo's wall computer has told its screens; the control is given back, so that whoever sits at the desk has it.
"""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from backend.handlers import CommandService
from backend.store.records import LogRecord
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from domain.wall import commands
from domain.wall.kind import NAME, wall_id
from domain.wall.values import Content, Contents, Rule, RuleKind, Wall
from protocol.messages import Act

log = logging.getLogger("backend.simulator")
WALL = "演示墙"
DAILY, URGENT = "日常值守", "特急处置"
OFFICER = Actor(user=UserId("sim-officer"), role=Role.SHIFT_LEADER, seat=SeatId("1"))
_DAILY: tuple[Contents, ...] = (
    (Content("wall_overview"),),
    (Content("wall_queue"),),
    (Content("wall_kpi_board"),),
    (Content("wall_map", seconds=20), Content("wall_cameras", seconds=20), Content("wall_inspection", seconds=20)),
)
_URGENT: tuple[Contents, ...] = ((Content("wall_map"),), (Content("wall_queue"),))


class DemoWall:
    """`on_records` hears of the wall, `run` hangs it up and ends. An act that is refused is logged: a person was quicker."""

    def __init__(self) -> None:
        self._wall: Wall | None = None
        self._there = asyncio.Event()

    def on_records(self, records: Sequence[LogRecord]) -> None:
        for record in records:
            if isinstance(record.document, Wall) and record.document.id == wall_id(WALL):
                self._wall = record.document
                self._there.set()

    async def run(self, service: CommandService) -> None:
        await self._there.wait()
        assert self._wall is not None
        if self._wall.scenes:
            return  # kept from an earlier demo: an officer's work
        outbox_id, version = secrets.token_hex(16), self._wall.version
        for number, command in enumerate(acts(sorted(self._wall.numbers())), 1):
            act = Act(
                outbox_id=outbox_id,
                n=number,
                kind=NAME,
                doc_id=wall_id(WALL),
                expected_version=version,
                body=msgspec.Raw(msgspec.json.encode(command)),
                created_at=datetime.now(UTC),
            )
            outcome = await service.submit(OFFICER, act)
            version = outcome.version or version
            if outcome.status != "applied":
                log.info("the demo's wall: act %d is %s %s", number, outcome.status, outcome.code)


def acts(screens: Sequence[int]) -> tuple[commands.Command, ...]:
    """What is done with a wall of these screens; a small one gets the first views only."""
    daily = dict(zip(screens, _DAILY, strict=False))
    urgent = dict(zip(screens, _URGENT, strict=False))
    rule = Rule(name="特急工单", kind=RuleKind.ALARM, scene=URGENT, alarm_class="critical", on=False)
    return (
        commands.KeepScene(name=DAILY, screens=daily),
        commands.KeepScene(name=URGENT, screens=urgent),
        commands.KeepRule(rule=rule),
        commands.Apply(screens=daily, scene=DAILY),
        commands.ReleaseControl(),
    )
