"""What follows when a table of the site changes: rules of the next command, names of figures, the topic of every desk, limits.

Part of the composition root (backend.app). The tables themselves are backend.site_tables.
"""

import asyncio
import hashlib
import logging
from typing import Protocol

from backend.clock import ServerClock
from backend.connection import QueryHandler
from backend.handlers import CommandService
from backend.recalculation import Recalculation
from backend.reference import Site
from backend.site_tables import LiveMap, SiteTables, kpi_setup, setup_of
from backend.store import documents
from backend.store.base import LogStore
from backend.store.errors import RetryableError
from backend.table_queries import TableQueries
from domain.tables.deciding import NAME
from domain.tables.values import Revision
from domain.tables.words import Table
from protocol.documents import KindBook
from protocol.reference import TOPIC, encode

log = logging.getLogger(__name__)
AGAIN_S = 1.0


class PublishLatest(Protocol):
    """Hub.publish_latest."""

    def __call__(self, topic: str, scope_hash: str | None, body: bytes, *, version: int | None = None) -> None: ...


class TableDesk:
    """`load` before the backend listens, then `publish`; `follow` and `recalculation.run` are its tasks."""

    def __init__(
        self,
        site: Site,
        store: LogStore,
        kinds: KindBook,
        service: CommandService,
        clock: ServerClock,
        publish_latest: PublishLatest,
    ) -> None:
        self._site = site
        self._store = store
        self._kinds = kinds
        self._clock = clock
        self._service = service
        self._publish_latest = publish_latest
        self._foreign = asyncio.Event()
        self.tables = SiteTables(site, self._on_changed, self._foreign.set)
        self.recalculation = Recalculation(service, store, clock, lambda: self.tables.rules)
        self.kpi_setup = kpi_setup(site)
        """Its names are exchanged in place: engines hold the very maps."""

    @property
    def queries(self) -> dict[str, QueryHandler]:
        return TableQueries(self.tables, self._store, self._clock).handlers()

    async def load(self) -> None:
        """The revisions of the log over the tables of the installation; limits that a stopped run left behind are mended."""
        if self._kinds.get(NAME) is None:
            return
        self.tables.load(await self._revisions())
        self._use()
        if self.tables.has(Table.CALENDAR):
            self.recalculation.wake()

    async def follow(self) -> None:
        """What another node has published is read from the log."""
        while True:
            await self._foreign.wait()
            self._foreign.clear()
            try:
                self.tables.take(await self._revisions())
            except RetryableError as problem:
                log.warning("tables published by another node could not be read: %s", problem)
                self._foreign.set()
                await asyncio.sleep(AGAIN_S)

    def publish(self) -> None:
        """The tables of now, to every desk."""
        body = encode(self.tables.reference)
        try:
            self._publish_latest(TOPIC, None, body, version=version_of(body))
        except ValueError as problem:
            # A centre that stops at each start because of its tables could not even take them back.
            log.error("ALARM reference_too_large: desks keep the tables they have: %s", problem)

    async def _revisions(self) -> list[Revision]:
        found = await self._store.run_read(lambda connection: documents.open_of(connection, self._kinds, NAME))
        return [one for one in found if isinstance(one, Revision)]

    def _on_changed(self, changed: frozenset[Table]) -> None:
        if changed == {Table.COMPONENTS}:
            return  # in no topic, and no rule looks at them
        self._use()
        self.publish()
        if Table.CALENDAR in changed:
            self.recalculation.wake()

    def _use(self) -> None:
        """Decisions and figures by the tables as they are now."""
        self._service.use_rules(self.tables.rules)
        fresh = setup_of(self.tables.reference)
        for old, new in (
            (self.kpi_setup.items, fresh.items),
            (self.kpi_setup.area_names, fresh.area_names),
            (self.kpi_setup.unit_names, fresh.unit_names),
        ):
            assert isinstance(old, LiveMap)
            old.exchange(new)


def version_of(body: bytes) -> int:
    """Equal for an equal body, also after a restart: a desk that holds it needs no copy."""
    return int.from_bytes(hashlib.sha256(body).digest()[:6], "big")
