"""The log of one database, SQLite or PostgreSQL, read without a running backend; one may run beside it. Nothing is written."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from backend.store.engine import reader_engine, refuse_foreign_file
from backend.store.errors import DRIVER_ERRORS, RefusedError, translated
from backend.store.pg_engine import BULK, Database, is_postgres, parse_url
from backend.store.pg_errors import PG_ERRORS, connect_sentence
from backend.store.store import log_file

T = TypeVar("T")


def reading(database: str, data: Path, work: Callable[[Connection], T]) -> T:
    """`work` in one transaction of a reader. Raises FileNotFoundError where there is no log, StoreError in words."""
    if is_postgres(database):
        url = parse_url(database)
        database_of_log = Database(url, "bulk", BULK, pool=0, snapshot=True)
        try:
            return database_of_log.call(work)
        except PG_ERRORS as problem:
            raise RefusedError(connect_sentence(problem, url.shown)) from problem
        finally:
            database_of_log.close()
    path = log_file(database or data)
    if not path.is_file():
        raise FileNotFoundError(path)
    refuse_foreign_file(path)
    engine = reader_engine(path, readers=1)
    try:
        with engine.connect() as connection, connection.begin():
            return work(connection)
    except DRIVER_ERRORS as problem:
        raise translated(problem, path.parent) from problem
    finally:
        engine.dispose()
