"""Start-up self-check of a PostgreSQL log, and its tables. Every failure is one sentence that says what to do."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, func, insert, inspect, select, text

from backend.store import schema
from backend.store.errors import RefusedError
from backend.store.records import genesis_hash
from protocol.snapshot import millis

OLDEST = 130000
CLOCK_OFF = timedelta(seconds=30)
NODES_KEY = 0x4C44_4C47_0001
"""Advisory lock: shared by every running node, alone for who begins a new epoch."""
MAKING_KEY = 0x4C44_4C47_0002
"""Advisory lock: held while tables are made."""
_mark = Table("liandong_schema", MetaData(), Column("version", BigInteger, nullable=False))
"""Whose tables these are: PostgreSQL has no place for it like SQLite's application_id."""


class Facts(Struct, frozen=True):
    """What the server says of itself."""

    version: int
    standby: bool
    encoding: str
    fsync: str
    full_page_writes: str
    now: datetime


def facts(connection: Connection) -> Facts:
    setting = func.current_setting
    row = connection.execute(
        select(
            setting("server_version_num"),
            func.pg_is_in_recovery(),
            setting("server_encoding"),
            setting("fsync"),
            setting("full_page_writes"),
            func.clock_timestamp(),
        )
    ).one()
    return Facts(int(row[0]), *row[1:])


def check(found: Facts, now: datetime) -> None:
    """Raises RefusedError where serving on this database would lose data."""
    if found.version < OLDEST:
        raise RefusedError(
            f"PostgreSQL {found.version // 10000} 太旧，需要 {OLDEST // 10000} 以上 (too old: version 13 or newer is needed)"
        )
    if found.standby:
        raise RefusedError(
            "这个数据库是备机，只读且可能落后，请连接主库 (this database is a standby: connect to the primary)"
        )
    if found.encoding != "UTF8":
        raise RefusedError(
            f"数据库编码是 {found.encoding}，需要 UTF8，请用 CREATE DATABASE … ENCODING 'UTF8' 重建 "
            f"(the database is encoded in {found.encoding}: make one with ENCODING 'UTF8')"
        )
    if found.fsync != "on" or found.full_page_writes != "on":
        raise RefusedError(
            "数据库关闭了 fsync 或 full_page_writes，断电会丢失已确认的记录，请在 postgresql.conf 中打开 "
            "(fsync or full_page_writes is off: a power cut would lose acknowledged records, switch both on)"
        )
    off = now - found.now
    if abs(off) > CLOCK_OFF:
        raise RefusedError(
            f"本机时钟与数据库相差 {off.total_seconds():.0f} 秒，请先校准时间 "
            f"(this machine's clock and the database's are {off.total_seconds():.0f} s apart: set the time first)"
        )


def prepare(connection: Connection, now: datetime) -> None:
    """Makes the tables where there are none. Raises RefusedError where somebody else's, or another version's, stand."""
    connection.execute(select(func.pg_advisory_xact_lock(MAKING_KEY)))
    tables = set(inspect(connection).get_table_names())
    if _mark.name not in tables:
        if tables:
            raise RefusedError(
                "这个数据库里有别的程序的表，请为联动新建一个空数据库 "
                "(this database holds tables of another program: make an empty one for Liandong)"
            )
        _create(connection, now)
        return
    version = connection.scalar(select(_mark.c.version))
    if version != schema.SCHEMA_VERSION:
        raise RefusedError(
            f"数据库是第 {version} 版，本程序需要第 {schema.SCHEMA_VERSION} 版 (database version {version} is not ours)"
        )


def _create(connection: Connection, now: datetime) -> None:
    epoch = secrets.token_hex(16)
    genesis, at = genesis_hash(epoch), millis(now)
    in_byte_order(schema.metadata).create_all(connection)
    _mark.metadata.create_all(connection)
    meta: dict[str, Any] = {"id": 1, "epoch": epoch, "genesis": genesis, "created_at": at, "low_watermark": 0}
    connection.execute(insert(schema.log_meta).values(**meta))
    connection.execute(insert(schema.head).values(id=1, seq=0, hash=genesis, server_time=0))
    connection.execute(insert(schema.epoch_change).values(seq=0, epoch=epoch, at=at, reason="created"))
    connection.execute(insert(_mark).values(version=schema.SCHEMA_VERSION))
    # The head row changes with every commit: leave it room to do so within its page.
    connection.execute(text("ALTER TABLE head SET (fillfactor = 10, autovacuum_vacuum_scale_factor = 0)"))


def in_byte_order(metadata: MetaData) -> MetaData:
    """The same tables with texts compared by their bytes, as SQLite does: scopes are ranges of area codes."""
    made = MetaData()
    for table in metadata.sorted_tables:
        for column in table.to_metadata(made).columns:
            if isinstance(column.type, Text):
                column.type = Text(collation="C")
    return made


def no_other_node(connection: Connection) -> bool:
    """True when this transaction now keeps every other node out."""
    return bool(connection.scalar(select(func.pg_try_advisory_xact_lock(NODES_KEY))))
