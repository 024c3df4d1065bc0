"""The model of a report, and the tables that name its codes, straight from the log of one database, without a running backend. Reads only; a backend may run beside it."""

from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, func, select

from backend import clock_book
from backend.facts import file
from backend.facts.answers import Reader
from backend.facts.engines import engine_of
from backend.facts.log import cut_at, last_of, tickets_at, upto
from backend.facts.table import FactTable
from backend.kpi_recount import stored_table
from backend.site_tables import revised
from backend.store import documents, reads, schema
from backend.store.offline import reading
from domain.actor import Scope
from domain.ids import TicketId
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_types import Period
from domain.reports.build import report
from domain.reports.values import Report, ReportKind
from domain.tables.kind import TABLES
from domain.tables.values import Revision
from protocol.documents import KindBook
from protocol.reference import Reference
from protocol.snapshot import instant

IN_MAX = 500
T = TypeVar("T")


def tables_of(database: str, data: Path, base: Reference) -> Reference:
    """The tables of the site as the log holds them: `base`, those of the installation, under every published revision.

    Raises FileNotFoundError where there is no log, StoreError in words when it cannot be read.
    """

    def read(connection: Connection) -> list[Revision]:
        book = KindBook((TABLES,))
        return [one for one in documents.open_of(connection, book, TABLES.name) if isinstance(one, Revision)]

    return revised(base, reading(database, data, read))


def report_of(
    database: str,
    data: Path,
    setup: KpiSetup,
    kind: ReportKind,
    period: Period,
    *,
    site: str,
    title: str = "",
    unit: str = "",
    filters: dict[str, tuple[str, ...]] | None = None,
    at: datetime | None = None,
    demo: str = "",
) -> Report:
    """`at` = as things were shown then, by the clocks that ran over this log; None = as of the last event.

    Raises FileNotFoundError where there is no log, StoreError in words when it cannot be read.
    """
    server_time = clock_book.server_time_of(clock_book.load(data), at) if at is not None else None
    wanted = {**(filters or {}), **({"unit": (unit,)} if unit else {})}

    def work(connection: Connection) -> Report:
        table, seq = _table(connection, setup, data / file.NAME, at, server_time)
        assert table.now is not None
        mask = Reader(table, seq, Scope(), setup).mask(wanted) if wanted else None
        engine: KpiEngine = engine_of(table, setup, table.now, mask)
        beside = engine_of(table, setup, table.now) if unit else None
        return report(
            engine,
            kind,
            period,
            site=site,
            title=title,
            unit=unit,
            filters=wanted,
            seq=seq,
            past=at is not None,
            demo=demo,
            beside=beside,
        )

    return reading(database, data, work)


def _table(
    connection: Connection, setup: KpiSetup, facts: Path, at: datetime | None, server_time: datetime | None
) -> tuple[FactTable, int]:
    """(the facts as of `at`, the last event that they know)"""
    head = reads.head(connection).seq
    if at is None:
        last = connection.scalar(select(func.max(schema.event.c.occurred_at)))
        now = instant(last or 0)
        stored = stored_table(connection, setup.rules, facts, now)
        if stored is not None:
            return stored, head
        table = FactTable(setup.rules)
        table.load(reads.scan(connection, Scope()), now)
        return table, head
    cut = cut_at(connection, at, server_time)
    table = FactTable(setup.rules)
    table.load((), at)
    event = schema.event
    query = select(event.c.entity_id).distinct().where(event.c.entity == "ticket", upto(cut))
    ids = [TicketId(row.entity_id) for row in connection.execute(query)]
    for start in range(0, len(ids), IN_MAX):
        table.load(tickets_at(connection, ids[start : start + IN_MAX], cut), at)
    return table, last_of(connection, cut)
