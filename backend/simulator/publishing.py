"""How the demo puts invented tables into force: as an officer does, revision by revision, each saying that it is made up."""

import logging
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from backend.handlers import CommandService
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.tables import commands
from domain.tables.deciding import MOST_DRAFT_ROWS, NAME
from domain.tables.importing import bundles
from domain.tables.values import Rows
from domain.tables.words import Table
from domain.vocabulary import Role
from protocol.messages import Act

log = logging.getLogger("backend.simulator")
OFFICER = Actor(user=UserId("sim-officer"), role=Role.SYSTEM_ADMIN, seat=SeatId("5"))


async def publish(table: Table, rows: Rows, reason: str, service: CommandService) -> None:
    """As an officer would: a draft, its parts, published. Stops, with a line in the log, where one step is refused."""
    for parts in bundles(rows, MOST_DRAFT_ROWS):
        outbox_id, doc_id, version = secrets.token_hex(16), None, None
        for number, command in enumerate(_steps(table, reason, parts), 1):
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
                log.warning("table %s of the demo not published: step %d is %s", table, number, outcome.code)
                return
            doc_id, version = doc_id or outcome.ticket_id, outcome.version


def _steps(table: Table, reason: str, parts: list[Rows]) -> Iterator[commands.Command]:
    yield commands.Start(table=table, reason=reason)
    for part in parts:
        yield commands.Put(rows=part)
    yield commands.Publish()
