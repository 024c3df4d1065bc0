"""The register of components of the demo: the invented ones of the demo's map, published once as its first revision, marked 演示."""

import csv
import logging
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from backend.handlers import CommandService
from backend.reference import Site
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.tables import commands
from domain.tables.deciding import MOST_DRAFT_ROWS, NAME
from domain.tables.importing import bundles
from domain.tables.read_components import read_components
from domain.tables.sheets import Line, Sheet
from domain.tables.values import Rows
from domain.tables.words import Table
from domain.vocabulary import Role
from protocol.messages import Act
from resources import path as resource_path

log = logging.getLogger("backend.simulator")
REASON = "演示地图自带的部件（虚构）"
OFFICER = Actor(user=UserId("sim-officer"), role=Role.SYSTEM_ADMIN, seat=SeatId("5"))


def demo_components(site: Site) -> Rows:
    """All that can be read; a row that cannot is logged and left out."""
    text = resource_path("maps", "demo", "components.csv").read_text("utf-8")
    lines = tuple(Line(number, tuple(cells)) for number, cells in enumerate(csv.reader(text.splitlines()), 1))
    reading = read_components(Sheet("components", lines), {area.code: area for area in site.reference.areas})
    for problem in reading.problems[:3]:
        log.warning("component of the demo left out: row %d, %s", problem.number, problem.code)
    return Rows(components=reading.rows)


async def publish(rows: Rows, service: CommandService) -> None:
    """As an officer would: a draft, its parts, published. Stops, with a line in the log, where one step is refused."""
    for parts in bundles(rows, MOST_DRAFT_ROWS):
        outbox_id, doc_id, version = secrets.token_hex(16), None, None
        for number, command in enumerate(_steps(parts), 1):
            act = Act(
                outbox_id=outbox_id,
                n=number,
                kind=NAME,
                doc_id=doc_id,
                expected_version=version,
                body=msgspec.Raw(msgspec.json.encode(command)),
                created_at=datetime.now(UTC),
            )
            outcome = await service.submit(OFFICER, act)
            if outcome.status != "applied":
                log.warning("components of the demo not published: step %d is %s", number, outcome.code)
                return
            doc_id, version = doc_id or outcome.ticket_id, outcome.version


def _steps(parts: list[Rows]) -> Iterator[commands.Command]:
    yield commands.Start(table=Table.COMPONENTS, reason=REASON)
    for part in parts:
        yield commands.Put(rows=part)
    yield commands.Publish()
