"""Own commands on disk, before and after they are sent: durable (synchronous FULL), apart from the disposable cache.

Every method blocks and belongs to the outbox's own thread. Rows are bound to (user, server): what another login left in the
file is neither read nor sent. Nothing is deleted but what was applied long ago.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from desktop.services.sqlite_file import CorruptFile, SqliteFile
from desktop.services.values import DocKey
from domain.commands import Command, name_of
from domain.documents import TICKET
from domain.ids import TicketId, UserId
from protocol.messages import Outcome
from protocol.snapshot import instant, millis

LAYOUT = 2
APPLIED_KEPT = timedelta(days=30)
META_ID = "outbox_id"
DDL = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE item (
      n INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, ticket_id TEXT,
      expected_version INTEGER, after_n INTEGER, command TEXT NOT NULL, created_at INTEGER NOT NULL, state TEXT NOT NULL,
      confirmed INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',
      outcome TEXT, kind TEXT NOT NULL DEFAULT 'ticket'
    ) STRICT""",
    "CREATE INDEX item_state ON item (state)",
    "CREATE TABLE audit (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, user TEXT NOT NULL, what TEXT NOT NULL) STRICT",
)
COLUMNS = "n, ticket_id, expected_version, after_n, command, created_at, state, confirmed, attempts, last_error, outcome, kind"
ADD_KIND = "ALTER TABLE item ADD COLUMN kind TEXT NOT NULL DEFAULT 'ticket'"
"""From layout 1 to 2: documents have commands too."""
_command_decoder: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)


class ItemState(StrEnum):
    """Where a command is. The first two wait for the server; the tray needs a person; the rest is settled."""

    STORED = "stored"
    SENT = "sent"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    EXPIRED = "expired"
    BLOCKED = "blocked"
    TOO_OLD = "too_old"
    UNKNOWN = "unknown"
    APPLIED = "applied"
    DISCARDED = "discarded"
    RETRIED = "retried"


WAITING = frozenset({ItemState.STORED, ItemState.SENT})
TRAY = frozenset(
    {
        ItemState.CONFLICT,
        ItemState.REJECTED,
        ItemState.EXPIRED,
        ItemState.BLOCKED,
        ItemState.TOO_OLD,
        ItemState.UNKNOWN,
    }
)


class DocAct(Struct, frozen=True):
    """A command on a document as it is stored and sent: its JSON, which only its kind can read. `do` is its wire name."""

    kind: str
    do: str
    body: str


class _Tag(Struct):
    do: str


def act_of(kind: str, body: str) -> DocAct:
    """Raises msgspec.DecodeError for what is no command."""
    return DocAct(kind, msgspec.json.decode(body, type=_Tag).do, body)


def command_name(command: Command | DocAct) -> str:
    return command.do if isinstance(command, DocAct) else name_of(command)


def args_of(command: Command | DocAct) -> dict[str, Any]:
    """What a command says, as plain values."""
    args: dict[str, Any] = (
        msgspec.json.decode(command.body) if isinstance(command, DocAct) else msgspec.to_builtins(command)
    )
    return args


def kind_of(command: Command | DocAct) -> str:
    return command.kind if isinstance(command, DocAct) else TICKET


class Item(Struct, frozen=True, kw_only=True):
    """`ticket_id` is a document's id where the command is a DocAct. `after_n`: the own command whose success `expected_version` counts on. `confirmed`: a person wants it in spite of its age."""

    n: int
    ticket_id: TicketId | None
    expected_version: int | None
    after_n: int | None
    command: Command | DocAct
    created_at: datetime
    state: ItemState
    confirmed: bool = False
    attempts: int = 0
    last_error: str = ""
    outcome: Outcome | None = None

    @property
    def target(self) -> DocKey | None:
        """What it works on; None where it makes something new."""
        return None if self.ticket_id is None else (kind_of(self.command), self.ticket_id)


class OutboxFile:
    """One open outbox. Raises StorageError, CorruptFile."""

    def __init__(self, path: Path, user: UserId, server: str) -> None:
        self._owner = (user, server)
        fresh = not path.exists() or path.stat().st_size == 0
        self._file = SqliteFile(path, durable=True)
        try:
            if fresh:
                self._create(secrets.token_hex(16), 0)
            layout = self._file.value("PRAGMA user_version")
            if layout not in (1, LAYOUT):
                raise CorruptFile("not an outbox of this layout")
            # The file is small: the full check, because the quick one does not look into indexes.
            if self._file.value("PRAGMA integrity_check(1)") != "ok":
                raise CorruptFile("integrity_check failed")
            if layout == 1:
                with self._file.transaction():
                    self._file.run(ADD_KIND)
                    self._file.run(f"PRAGMA user_version = {LAYOUT}")
            outbox_id = self._file.value("SELECT value FROM meta WHERE key = ?", (META_ID,))
            if not isinstance(outbox_id, str) or not outbox_id:
                raise CorruptFile("outbox without an id")
        except BaseException:
            self._file.close()
            raise
        self.outbox_id = outbox_id

    def live(self) -> list[Item]:
        """What waits or needs a person, in order."""
        states = [state.value for state in (*WAITING, *TRAY)]
        marks = ", ".join("?" * len(states))
        rows = self._file.rows(
            f"SELECT {COLUMNS} FROM item WHERE user = ? AND server = ? AND state IN ({marks}) ORDER BY n",  # noqa: S608
            (*self._owner, *states),
        )
        return [item_of(row) for row in rows]

    def settled_below(self) -> int:
        """Every n under this is settled for the server: it may forget what became of it."""
        waiting = self._file.value("SELECT min(n) FROM item WHERE state IN ('stored', 'sent', 'too_old')")
        if waiting is not None:
            return int(waiting)
        return int(self._file.value("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'item'")) + 1

    def add(
        self,
        command: Command | DocAct,
        *,
        ticket_id: TicketId | None,
        expected_version: int | None,
        after_n: int | None,
        created_at: datetime,
        replaces: int | None = None,
    ) -> Item:
        """Durable when it returns. `replaces`: the tray item that this one repeats."""
        text = command.body if isinstance(command, DocAct) else msgspec.json.encode(command).decode()
        kind, at = kind_of(command), millis(created_at)
        with self._file.transaction():
            result = self._file.run(
                "INSERT INTO item (user, server, ticket_id, expected_version, after_n, command, created_at, state, kind)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*self._owner, ticket_id, expected_version, after_n, text, at, ItemState.STORED.value, kind),
            )
            n = result.lastrowid
            assert n is not None  # an INSERT has just given it
            if replaces is not None:
                self._set(replaces, state=ItemState.RETRIED)
                self._audit(replaces, created_at, f"retried as {n}")
        return Item(
            n=n,
            ticket_id=ticket_id,
            expected_version=expected_version,
            after_n=after_n,
            command=command,
            created_at=created_at,
            state=ItemState.STORED,
        )

    def mark_sent(self, numbers: list[int]) -> None:
        with self._file.transaction():
            self._file.run(
                "UPDATE item SET state = 'sent', attempts = attempts + 1 WHERE n = ?", [(number,) for number in numbers]
            )

    def settle(self, changed: list[Item]) -> None:
        """New states, with errors and outcomes, in one transaction."""
        with self._file.transaction():
            for item in changed:
                outcome = None if item.outcome is None else msgspec.json.encode(item.outcome).decode()
                self._set(
                    item.n, state=item.state, confirmed=int(item.confirmed), last_error=item.last_error, outcome=outcome
                )

    def discard(self, item: Item, at: datetime, why: str) -> None:
        """A person gave it up: kept, and written down who and when."""
        with self._file.transaction():
            self._set(item.n, state=ItemState.DISCARDED)
            self._audit(item.n, at, why)

    def audit(self) -> list[tuple[int, datetime, str]]:
        """(n, at, what) of this user, oldest first."""
        rows = self._file.rows("SELECT n, at, what FROM audit WHERE user = ? ORDER BY id", (self._owner[0],))
        return [(n, instant(at), what) for n, at, what in rows]

    def counts(self) -> dict[ItemState, int]:
        """How many commands ended where: everything ever stored is in exactly one state (I11)."""
        rows = self._file.rows(
            "SELECT state, count(*) FROM item WHERE user = ? AND server = ? GROUP BY state", self._owner
        )
        return {ItemState(state): count for state, count in rows}

    def prune(self, now: datetime) -> None:
        limit = millis(now - APPLIED_KEPT)
        with self._file.transaction():
            self._file.run("DELETE FROM item WHERE state = 'applied' AND created_at < ?", (limit,))

    def close(self) -> None:
        self._file.close()

    # -- used by the salvage only ---------------------------------------------------------------

    def take_over(self, outbox_id: str, rows: list[tuple[Any, ...]], next_n: int) -> None:
        """Fill a new file with rows saved from a damaged one: (COLUMNS…, user, server). Numbers go on above every old one."""
        with self._file.transaction():
            self._file.run("UPDATE meta SET value = ? WHERE key = ?", (outbox_id, META_ID))
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                self._file.run(f"INSERT INTO item ({COLUMNS}, user, server) VALUES ({marks})", list(rows))  # noqa: S608
            self._file.run("DELETE FROM sqlite_sequence WHERE name = 'item'")
            self._file.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('item', ?)", (next_n - 1,))
        self.outbox_id = outbox_id

    def _create(self, outbox_id: str, last_n: int) -> None:
        with self._file.transaction():
            for ddl in DDL:
                self._file.run(ddl)
            self._file.run("INSERT INTO meta (key, value) VALUES (?, ?)", (META_ID, outbox_id))
            self._file.run(f"PRAGMA user_version = {LAYOUT}")

    def _set(self, n: int, **values: Any) -> None:
        names = ", ".join(f"{name} = ?" for name in values)
        plain = tuple(value.value if isinstance(value, ItemState) else value for value in values.values())
        self._file.run(f"UPDATE item SET {names} WHERE n = ?", (*plain, n))  # noqa: S608 - our own column names

    def _audit(self, n: int, at: datetime, what: str) -> None:
        self._file.run(
            "INSERT INTO audit (n, at, user, what) VALUES (?, ?, ?, ?)", (n, millis(at), self._owner[0], what)
        )


def item_of(row: Any) -> Item:
    """An item from its row. Raises CorruptFile for values that no item has."""
    n, ticket_id, expected, after_n, command, created_at, state, confirmed, attempts, last_error, outcome, kind = row
    try:
        return Item(
            n=n,
            ticket_id=None if ticket_id is None else TicketId(ticket_id),
            expected_version=expected,
            after_n=after_n,
            command=_command_decoder.decode(command) if kind == TICKET else act_of(kind, command),
            created_at=instant(created_at),
            state=ItemState(state),
            confirmed=bool(confirmed),
            attempts=attempts,
            last_error=last_error,
            outcome=None if outcome is None else msgspec.json.decode(outcome, type=Outcome),
        )
    except (msgspec.DecodeError, ValueError, TypeError, OverflowError, OSError) as error:
        raise CorruptFile(f"item {n}: {error}") from error
