"""Tokens: opaque, 256 bit, kept only as a hash. `TokenStore.check` is the one function that turns a token into an actor.

They live in a small SQLite file of their own beside the log, so that `liandong backend token` can issue one while the
backend runs, without becoming a second writer of the log; on PostgreSQL in a table beside it (backend.pg_tokens), where all
nodes see them. Times are server time and passed in.
"""

import hashlib
import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from backend.store.engine import small_engine
from backend.store.errors import DRIVER_ERRORS, RefusedError, RetryableError, translated
from domain.actor import Actor
from domain.vocabulary import Role
from protocol.snapshot import millis

T = TypeVar("T")
FILE_NAME = "tokens.sqlite"
SHIFT = timedelta(hours=12)
"""Longest life of a person's token. Walls and machines have no shift."""
WITHOUT_END = frozenset({Role.WALL, Role.SOURCE, Role.SYSTEM})
MAX_LENGTH = 128

metadata = MetaData()
_MS = BigInteger().with_variant(Integer, "sqlite")
_token = Table(
    "token",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("user", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("issued_at", _MS, nullable=False),
    Column("expires_at", _MS),
    Column("revoked_at", _MS),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class Tokens(ABC):
    """Tokens wherever they lie. Every call is one short transaction; raises StoreError in words."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _do(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in a transaction of its own. Blocks."""

    def issue(self, actor: Actor, now: datetime, *, valid_for: timedelta | None = None) -> str:
        """A new token for this actor. `valid_for` None = one shift, or without end for walls and machines."""
        token = _new_token()
        if valid_for is None and actor.role not in WITHOUT_END:
            valid_for = SHIFT
        row = {
            "hash": _hash(token),
            "user": actor.user,
            "actor": msgspec.json.encode(actor).decode(),
            "issued_at": millis(now),
            "expires_at": None if valid_for is None else millis(now + valid_for),
        }
        self._do(lambda connection: connection.execute(insert(_token).values(**row)))
        return token

    def check(self, token: str, now: datetime) -> Actor | None:
        """Who this token speaks for; None when unknown, expired or revoked (one answer for all three)."""
        if not token or len(token) > MAX_LENGTH:
            return None
        query = select(*_token.c["actor", "expires_at", "revoked_at"]).where(_token.c.hash == _hash(token))
        row = self._do(lambda connection: connection.execute(query).one_or_none())
        if row is None or row.revoked_at is not None:
            return None
        if row.expires_at is not None and row.expires_at <= (millis(now) or 0):
            return None
        return msgspec.json.decode(row.actor, type=Actor)

    def revoke_user(self, user: str, now: datetime) -> None:
        """Ends every token of a user; open sessions find out at their next check."""
        alive = (_token.c.user == user, _token.c.revoked_at.is_(None))
        self._do(lambda connection: connection.execute(update(_token).where(*alive).values(revoked_at=millis(now))))

    def revocations(self) -> tuple[int, int]:
        """How many tokens were ended before their time, and when the last one was: another answer means that one more was."""
        query = select(func.count(_token.c.revoked_at), func.max(_token.c.revoked_at))
        count, last = self._do(lambda connection: connection.execute(query).one())
        return count, last or 0

    def forget_expired(self, now: datetime) -> None:
        self._do(lambda connection: connection.execute(delete(_token).where(_token.c.expires_at <= millis(now))))


class TokenStore(Tokens):
    """The token file of a data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        fresh = not self.path.exists()
        if fresh:
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        self._engine = small_engine(self.path)
        self._do(metadata.create_all)

    def close(self) -> None:
        self._engine.dispose()

    def _do(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except DRIVER_ERRORS as problem:
            word = translated(problem, self.path.parent)
            raise word if isinstance(word, RetryableError) else RefusedError(f"{self.path}: {word}") from problem


def issue_token(folder: Path, actor: Actor, *, now: datetime | None = None, valid_for: timedelta | None = None) -> str:
    """One token for a data folder, whether or not a backend runs on it. `now` is server time, default this machine's."""
    tokens = TokenStore(folder)
    try:
        return tokens.issue(actor, now or datetime.now(UTC), valid_for=valid_for)
    finally:
        tokens.close()


def _new_token() -> str:
    """Never with a dash in front: `--token -Ab…` would be read as another option."""
    while (token := secrets.token_urlsafe(32)).startswith("-"):
        pass
    return token


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
