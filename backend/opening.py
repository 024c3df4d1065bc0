"""Which log and which tokens an address means: a SQLite file of this process, or a PostgreSQL database shared by nodes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backend.auth import Tokens, TokenStore
from backend.pg_tokens import PgTokens
from backend.store import highwater
from backend.store.base import LogStore
from backend.store.pg_engine import is_postgres
from backend.store.pg_store import PgStore, verify_database
from backend.store.store import Store, log_file
from backend.store.verify import Report, verify_file
from domain.actor import Actor
from domain.documents import DocKind


def open_log(
    database: str,
    data: Path,
    *,
    accept_loss: bool,
    now: datetime,
    business_now: Callable[[], datetime],
) -> LogStore:
    """`data` is the folder of this process; without `database` the log lies there too. Blocks. Raises RefusedError in words."""
    if is_postgres(database):
        return PgStore.open(database, data, accept_loss=accept_loss, now=now, business_now=business_now)
    return Store.open(database or data, accept_loss=accept_loss, now=now, business_now=business_now)


def sqlite_log(database: str, data: Path) -> Path | None:
    """The SQLite file of the log; None where it lies in a PostgreSQL database. Raises RefusedError for another address."""
    return None if is_postgres(database) else log_file(database or data)


def open_tokens(database: str, data: Path) -> Tokens:
    return PgTokens(database) if is_postgres(database) else TokenStore(data)


def issue_token(database: str, data: Path, actor: Actor, valid_for: timedelta | None) -> str:
    """One token, whether or not a backend runs."""
    tokens = open_tokens(database, data)
    try:
        return tokens.issue(actor, datetime.now(UTC), valid_for=valid_for)
    finally:
        tokens.close()


def verify_log(database: str, data: Path, *, rows: bool, kinds: Sequence[DocKind] = ()) -> Report:
    """Walks the log, compared with the high-water file where there is one. Raises FileNotFoundError where there is no log."""
    if is_postgres(database):
        mark = highwater.read(data)
        return verify_database(database, [mark] if mark else [], rows=rows, kinds=kinds)
    path = log_file(database or data)
    if not path.is_file():
        raise FileNotFoundError(path)
    mark = highwater.read(path.parent)
    return verify_file(path, [mark] if mark else [], rows=rows, kinds=kinds)
