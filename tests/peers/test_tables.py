"""Tables on PostgreSQL: a revision published at one node is in force at the other; usage is counted there as in SQLite."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from backend.app import Backend
from backend.config import BackendConfig
from backend.reference import demo_site
from backend.store.usage import usage
from domain import commands
from domain.actor import Actor, Scope
from domain.catalogue import Item
from domain.ids import ItemCode, SeatId, UserId
from domain.tables import commands as tables
from domain.tables.deciding import NAME
from domain.tables.values import Rows
from domain.tables.words import Table
from domain.vocabulary import Role
from protocol.documents import encode_json
from protocol.messages import Act
from tests.patience import WHOLE_S
from tests.peers.nodes import REGISTRAR, nodes, until
from tests.unit.backend.house import item

OFFICER = Actor(user=UserId("officer"), role=Role.SYSTEM_ADMIN, seat=SeatId("5"))
NEW = Item(code=ItemCode("ZZ01"), class_name="市容环境", sub_class_name="占道", name="占道经营")


def test_a_revision_published_at_one_node_is_in_force_at_the_other(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        made = []
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            made.append(Backend(BackendConfig(data=tmp_path / name, port=0, database=url), demo_site()))
        try:
            async with asyncio.timeout(WHOLE_S):
                for backend in made:
                    await backend.start()
                command = tables.Amend(table=Table.LIST, reason="新增", rows=Rows(items=(NEW,)))
                act = Act(
                    outbox_id="a" * 32,
                    n=1,
                    kind=NAME,
                    body=msgspec.Raw(encode_json(command)),
                    created_at=datetime.now(UTC),
                )
                outcome = await made[0].service.submit(OFFICER, act)
                assert outcome.status == "applied", outcome
                for backend in made:
                    await until(lambda backend=backend: backend.tables.rules.catalogue.at("ZZ01", 2), "in force")
        finally:
            for backend in made:
                await backend.stop()

    asyncio.run(work())


def test_usage_is_counted_by_the_database(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 1) as (node,):
            first, _ = [await node.report() for _ in range(2)]
            outcome = await node.do(commands.Refuse(text="清单没有", no_item=True), first, 1, REGISTRAR)
            assert outcome.status == "applied", outcome
            since = datetime.now(UTC) - timedelta(days=1)
            (used,) = await node.store.run_read(lambda connection: usage(connection, Scope(), since))
            assert (used.item, used.total, used.recent, used.no_item) == (item(needs_check=False), 2, 2, 1)

    asyncio.run(work())
