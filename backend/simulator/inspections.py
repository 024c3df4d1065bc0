"""Invented joint inspections of the demo day: one at work while the hall looks on, one of yesterday that waits for its re-check.

Premises, times and findings are made up, and their titles say 演示; units, area and checklists are those of the site. The acts go
through the CommandService like everybody's.
"""

import asyncio
import logging
import random
import secrets
import tomllib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from backend.handlers import CommandService
from backend.reference import Site
from domain.actor import Actor
from domain.ids import SeatId, UnitId, UserId
from domain.inspection import commands
from domain.inspection.kind import NAME
from domain.inspection.values import CheckItem, Premises
from domain.inspection.words import LETTERS, How, Measure, Result, Severity
from domain.organisation import Unit
from domain.vocabulary import Role
from protocol.messages import Act
from resources import path as resource_path

log = logging.getLogger("backend.simulator")
TOWN = "坪山街道"
LEAD_WORD = "安全生产监督管理办公室（坪山"
CO_WORDS = ("消安委办（坪山", "城建办公室（坪山", "六联社区")
CHECKLISTS = (("fire", 6), ("rental_housing", 4))
FAILS = 0.18
TICK_S = 0.2


@dataclass(frozen=True, slots=True)
class Deed:
    """One act, at its business instant. `unit` acts; None = the coordinator's desk."""

    at: datetime
    command: commands.Command
    unit: UnitId | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The acts of one inspection in their order; the first makes it."""

    deeds: tuple[Deed, ...]


def stories(site: Site, start: datetime) -> tuple[Story, ...]:
    """`start`: business instant at which the demo begins. Empty where the site has not the units they were written for."""
    units = [_unit(site, word) for word in (LEAD_WORD, *CO_WORDS)]
    area = next((area.code for area in site.reference.areas if area.name == TOWN), None)
    if area is None or not all(units):
        return ()
    found = [unit for unit in units if unit is not None]
    chance = random.Random(2018)
    return (
        _today(found, area, start.replace(second=0, microsecond=0), chance),
        _yesterday(found, area, start - timedelta(days=1), chance),
    )


async def act_out(story: Story, service: CommandService, now: Callable[[], datetime]) -> None:
    """Does each act when its instant has come. An act that is refused is logged, and the story goes on: a person may have been quicker."""
    outbox_id, doc_id, version = secrets.token_hex(16), None, None
    waiting = deque(enumerate(story.deeds, 1))
    while waiting:
        if waiting[0][1].at > now():
            await asyncio.sleep(TICK_S)
            continue
        number, deed = waiting.popleft()
        act = Act(
            outbox_id=outbox_id,
            n=number,
            kind=NAME,
            doc_id=doc_id,
            expected_version=version,
            body=msgspec.Raw(msgspec.json.encode(deed.command)),
            created_at=datetime.now(UTC),
            occurred_at=deed.at,
        )
        outcome = await service.submit(_actor(deed.unit), act)
        if outcome.status == "applied":
            doc_id, version = doc_id or outcome.ticket_id, outcome.version
        else:
            log.info("invented inspection: act %d is %s %s", number, outcome.status, outcome.code)
            if doc_id is None:
                return


def _actor(unit: UnitId | None) -> Actor:
    if unit is None:
        return Actor(user=UserId("sim-coordinator"), role=Role.COORDINATOR, seat=SeatId("7"), import_right=True)
    return Actor(user=UserId(f"sim-{unit}"), role=Role.HANDLER, unit=unit, import_right=True)


# -- the two stories --------------------------------------------------------------------------------


def _today(units: Sequence[Unit], area: str, start: datetime, chance: random.Random) -> Story:
    lead, fire, housing, community = (unit.id for unit in units)
    begins = start - timedelta(minutes=15)
    plan = _plan(units, area, "坪山街道出租屋联合检查（演示）", begins, 4)
    there = (
        Deed(begins - timedelta(minutes=4), commands.CheckIn(unit=lead, how=How.POSITION, metres=12), lead),
        Deed(begins - timedelta(minutes=1), commands.CheckIn(unit=fire, how=How.CODE), fire),
        Deed(begins + timedelta(minutes=9), commands.CheckIn(unit=housing, how=How.POSITION, metres=41), housing),
        Deed(start + timedelta(minutes=40), commands.CheckIn(unit=community, how=How.TOLD)),
    )
    arrived = {deed.command.unit: deed.at for deed in there if isinstance(deed.command, commands.CheckIn)}
    finds = tuple(_finds(plan, arrived, chance))
    last = max(deed.at for deed in finds)
    deeds = (
        Deed(begins - timedelta(hours=2), plan),
        Deed(begins - timedelta(minutes=110), commands.Issue()),
        Deed(start + timedelta(minutes=12), commands.Urge(unit=community, text="请尽快到场")),
        *there,
        *finds,
        *_notices(plan, finds, last + timedelta(minutes=10)),
    )
    return Story(_in_order(deeds))


def _yesterday(units: Sequence[Unit], area: str, begins: datetime, chance: random.Random) -> Story:
    plan = _plan(units, area, "沙壆工业园消防联合检查（演示）", begins, 3)
    arrived = {unit.id: begins - timedelta(minutes=5 - n) for n, unit in enumerate(units)}
    there = [Deed(at, commands.CheckIn(unit=unit, how=How.POSITION, metres=20), unit) for unit, at in arrived.items()]
    finds = tuple(_finds(plan, arrived, chance))
    last = max(deed.at for deed in finds)
    deeds = (
        Deed(begins - timedelta(hours=3), plan),
        Deed(begins - timedelta(hours=2), commands.Issue()),
        *there,
        *finds,
        *_notices(plan, finds, last + timedelta(minutes=10)),
        Deed(
            last + timedelta(minutes=30),
            commands.SetRecheck(on=(last + timedelta(days=8)).date(), units=(plan.lead,)),
        ),
    )
    return Story(_in_order(deeds))


def _in_order(deeds: Sequence[Deed]) -> tuple[Deed, ...]:
    return tuple(sorted(deeds, key=lambda deed: deed.at))


def _plan(units: Sequence[Unit], area: str, title: str, begins: datetime, premises: int) -> commands.MakePlan:
    lead, *others = units
    return commands.MakePlan(
        title=title,
        area=area,
        lead=lead.id,
        co_units=tuple(unit.id for unit in others),
        premises=tuple(Premises(letter, f"演示场所{letter}") for letter in LETTERS[:premises]),
        items=tuple(_items(units)),
        templates=tuple(_lists()[name]["ref"] for name, _ in CHECKLISTS),
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        purpose="演示：场所与结果均为虚构",
        meeting_point="演示集合点",
    )


def _items(units: Sequence[Unit]) -> Iterator[CheckItem]:
    lists = _lists()
    place = 0
    for name, count in CHECKLISTS:
        for row in lists[name]["item"][:count]:
            yield CheckItem(row["code"], row["group"], row["name"], row["basis"], units[place % len(units)].id)
            place += 1


def _lists() -> dict[str, dict]:  # type: ignore[type-arg] # as the files are written
    found = {}
    for name, _ in CHECKLISTS:
        read = tomllib.loads(resource_path("catalogues", "checklists", f"{name}.toml").read_text("utf-8"))
        found[name] = read | {"ref": f"{read['id']}@{read['version']}"}
    return found


def _finds(plan: commands.MakePlan, arrived: dict[UnitId, datetime], chance: random.Random) -> Iterator[Deed]:
    """Each unit works through its cells, premises after premises, from its arrival on."""
    at = dict(arrived)
    for premises in plan.premises:
        for item in plan.items:
            at[item.unit] += timedelta(minutes=chance.randint(2, 6))
            yield Deed(at[item.unit], _find(item, premises, chance), item.unit)


def _find(item: CheckItem, premises: Premises, chance: random.Random) -> commands.Find:
    if chance.random() >= FAILS:
        return commands.Find(item=item.code, premises=premises.letter, result=Result.OK)
    return commands.Find(
        item=item.code,
        premises=premises.letter,
        result=Result.VIOLATION,
        severity=chance.choice(tuple(Severity)),
        limit_days=chance.choice((3, 7, 15)),
        text=f"{item.name}不符合要求（演示）",
        demand="限期整改",
    )


def _notices(plan: commands.MakePlan, finds: Sequence[Deed], at: datetime) -> Iterator[Deed]:
    """A notice for each premises where something failed."""
    found = [deed.command for deed in finds if isinstance(deed.command, commands.Find)]
    failed = {find.premises for find in found if find.result is Result.VIOLATION}
    for n, premises in enumerate(premises for premises in plan.premises if premises.letter in failed):
        yield Deed(
            at + timedelta(minutes=2 * n),
            commands.IssueNotice(
                premises=premises.letter,
                measures=(Measure.RECTIFY,),
                deadline=(at + timedelta(days=7)).date(),
                addressee=f"{premises.name}（演示）",
            ),
        )


def _unit(site: Site, word: str) -> Unit | None:
    return next((unit for unit in site.reference.units if word in unit.name), None)
