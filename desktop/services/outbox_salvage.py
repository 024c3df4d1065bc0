"""A damaged outbox: what can be read of it is carried into a new file, what cannot is counted, and the file is kept.

Command ids must stay what they were, or the server could run a command twice. Where the old outbox id cannot be read, a
command that may have been sent already goes to the tray for a person to decide (state `unknown`).
"""

import logging
from pathlib import Path
from typing import Any

from msgspec import Struct

from desktop.services.outbox_file import COLUMNS, META_ID, ItemState, OutboxFile, item_of
from desktop.services.sqlite_file import CorruptFile, SqliteFile, StorageError, quarantine
from domain.ids import UserId

MOST_NUMBERS = 200_000
GAP = 1000
"""New numbers start this far above every old one that could be read: one that could not must never be given again."""
STATE_AT = 6
_COLUMNS_1 = COLUMNS.removesuffix("kind") + "'ticket'"
log = logging.getLogger(__name__)


class Salvage(Struct, frozen=True):
    """`unreadable` is None where not even their number is known. `kept`: name of the damaged file."""

    saved: int
    unreadable: int | None
    kept: str


def salvage(path: Path, user: UserId, server: str) -> tuple[OutboxFile, Salvage]:
    """Put the damaged file aside and open a new one with all rows that can be read, of every login. Raises StorageError."""
    bad = quarantine(path)
    outbox_id, rows, unreadable, last_n = _read_what_can_be(bad)
    new = OutboxFile(path, user, server)
    if outbox_id is None:
        rows = [_sent_to_tray(row) for row in rows]
    new.take_over(outbox_id or new.outbox_id, rows, last_n + GAP)
    return new, Salvage(len(rows), unreadable, bad.name)


def _read_what_can_be(bad: Path) -> tuple[str | None, list[tuple[Any, ...]], int | None, int]:
    try:
        file = SqliteFile(bad, durable=True)
    except (CorruptFile, StorageError) as error:
        log.warning("outbox %s cannot be opened at all: %s", bad.name, error)
        return None, [], None, 0
    try:
        outbox_id = _value(file, "SELECT value FROM meta WHERE key = ?", (META_ID,))
        sequence = _value(file, "SELECT seq FROM sqlite_sequence WHERE name = 'item'")
        rows, failed = _rows(file, sequence)
    finally:
        file.close()
    highest = max([row[0] for row in rows], default=0)
    last_n = max(highest, sequence if isinstance(sequence, int) else 0)
    known_id = outbox_id if isinstance(outbox_id, str) and len(outbox_id) == 32 else None
    return known_id, rows, failed, last_n


def _value(file: SqliteFile, sql: str, parameters: tuple[Any, ...] = ()) -> Any:
    try:
        return file.value(sql, parameters)
    except (CorruptFile, StorageError):
        return None


def _rows(file: SqliteFile, sequence: Any) -> tuple[list[tuple[Any, ...]], int | None]:
    """Rows one by one, by number: a damaged page costs only what is on it."""
    last = sequence if isinstance(sequence, int) and 0 <= sequence <= MOST_NUMBERS else None
    if last is None:
        last = _value(file, "SELECT max(n) FROM item")
    if not isinstance(last, int) or not 0 <= last <= MOST_NUMBERS:
        return [], None
    rows: list[tuple[Any, ...]] = []
    failed = 0
    # A file of layout 1 knows tickets only. What cannot tell its layout is tried as the present one.
    columns = _COLUMNS_1 if _value(file, "PRAGMA user_version") == 1 else COLUMNS
    for n in range(1, last + 1):
        try:
            found = file.rows(f"SELECT {columns}, user, server FROM item WHERE n = ?", (n,))  # noqa: S608
            for row in found:
                item_of(row[:-2])
                if not isinstance(row[-1], str) or not isinstance(row[-2], str):
                    raise CorruptFile(f"item {n} without an owner")
                rows.append(tuple(row))
        except (CorruptFile, StorageError) as error:
            log.warning("outbox item %s is lost: %s", n, error)
            failed += 1
    return rows, failed


def _sent_to_tray(row: tuple[Any, ...]) -> tuple[Any, ...]:
    if row[STATE_AT] != ItemState.SENT.value:
        return row
    return (*row[:STATE_AT], ItemState.UNKNOWN.value, *row[STATE_AT + 1 :])
