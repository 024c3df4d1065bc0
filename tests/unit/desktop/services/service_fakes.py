"""Hand-made tickets, clocks and files for the tests of the services. No magic: every value can be given."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from desktop.services.cache_rows import PUT_META, PUT_ROW
from desktop.services.sqlite_file import SqliteFile
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.ticket import Clock, Limit, StageClock, Ticket
from domain.vocabulary import LimitType, Source, Stage, State
from protocol.messages import Cursor
from protocol.snapshot import INDEX_DDL, META_CURSOR, SCHEMA_VERSION, TABLES_DDL, row_tuple

NOON = datetime(2018, 10, 9, 4, 0, tzinfo=UTC)


def ticket(number: int = 1, *, version: int = 1, state: State = State.REPORTED, hours_ago: float = 1.0) -> Ticket:
    changed = NOON - timedelta(hours=hours_ago)
    clock = Clock(
        limit=Limit(15, LimitType.URGENT_HOURS),
        started_at=changed,
        risk_at=changed + timedelta(minutes=12),
        due_at=changed + timedelta(minutes=15),
    )
    return Ticket(
        id=TicketId(f"181009-{number:04d}"),
        version=version,
        state=state,
        source=Source.HOTLINE_12345,
        area=AreaCode(f"440310{number % 3 + 1:03d}001"),
        item=ItemCode("0101"),
        reported_at=changed,
        changed_at=changed,
        stage=None if state is State.CLOSED else StageClock(Stage.ACCEPT, clock),
        unit=UnitId("u1") if number % 2 else None,
        closed_at=changed if state is State.CLOSED else None,
    )


def cursor(seq: int, epoch: str = "e1", scope: str = "s1") -> Cursor:
    return Cursor(epoch, seq, f"{seq:016x}", scope)


def snapshot_file(path: Path, tickets: list[Ticket], at: Cursor) -> Path:
    """A file as the server makes it: rows, late indexes, cursor, no WAL."""
    path.unlink(missing_ok=True)
    file = SqliteFile(path, durable=False)
    with file.transaction():
        for ddl in TABLES_DDL:
            file.run(ddl)
        if tickets:
            file.run(PUT_ROW, [row_tuple(each) for each in tickets])
        for ddl in INDEX_DDL:
            file.run(ddl)
        file.run(PUT_META, (META_CURSOR, msgspec.json.encode(at).decode()))
        file.run(f"PRAGMA user_version = {SCHEMA_VERSION}")
    file.run("PRAGMA journal_mode = DELETE")
    file.close()
    return path


class FakeTime:
    """One hand-set time for both clocks of a service."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.start = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> datetime:
        return self.start + timedelta(seconds=self.now - 1000.0)

    def go(self, seconds: float) -> None:
        self.now += seconds
