"""Tokens in the database that the nodes share: issued once, good at every node, ended at all of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection

from backend import auth
from backend.store import pg_check
from backend.store.errors import RefusedError
from backend.store.pg_engine import READER, Database, parse_url
from backend.store.pg_errors import PG_ERRORS, connect_sentence, is_lost, pg_translated
from backend.store.writes import HeadMovedError

T = TypeVar("T")


class PgTokens(auth.Tokens):
    """Makes the tables where there are none, so that a token can be issued before the first node starts."""

    def __init__(self, database: str) -> None:
        url = parse_url(database)
        self._database = Database(url, "reader", READER, pool=1, snapshot=False)
        try:
            try:
                self._database.call(_prepare)
            except PG_ERRORS as problem:
                raise RefusedError(connect_sentence(problem, url.shown)) from problem
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._database.close()

    def _do(self, work: Callable[[Connection], T]) -> T:
        try:
            try:
                return self._database.call(work)
            except PG_ERRORS as problem:
                if not is_lost(problem):
                    raise
                return self._database.call(work)  # every piece of work here may run twice
        except PG_ERRORS as problem:
            word = pg_translated(problem)
            raise RefusedError(str(problem)) if isinstance(word, HeadMovedError) else word from problem


def _prepare(connection: Connection) -> None:
    pg_check.prepare(connection, datetime.now(UTC))
    pg_check.in_byte_order(auth.metadata).create_all(connection)
