"""Questions about tables: `tables`, the rows as they are now, a page at a time, for imports; `list_usage`, how often items are used."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend.connection import QueryError, QueryHandler
from backend.store.base import LogStore
from backend.store.usage import usage
from domain.actor import Actor
from domain.tables.current import Tables
from domain.tables.importing import page
from domain.tables.words import Table

PAGE_MOST = 500
"""Rows of an answer: a list's rows are long."""


class TableQueries:
    def __init__(self, tables: Callable[[], Tables], store: LogStore) -> None:
        self._tables = tables
        self._store = store

    def handlers(self) -> dict[str, QueryHandler]:
        return {"tables": self.answer, "list_usage": self.usage}

    async def usage(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"since": instant} → list of domain.tables.proposals.Usage, of the tickets that the asker sees."""
        try:
            since = msgspec.convert(args.get("since"), datetime)
        except msgspec.ValidationError as error:
            raise QueryError("bad_args") from error
        if since.tzinfo is None:
            raise QueryError("bad_args")
        found = await self._store.run_read(lambda connection: usage(connection, actor.scope, since))
        return msgspec.json.encode(found)

    async def answer(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"table": name, "offset": n} → {"rows": Rows, "total": n}. Tables name no person: who is logged in may read them."""
        offset = args.get("offset", 0)
        try:
            table = Table(args.get("table", ""))
        except ValueError as error:
            raise QueryError("bad_args") from error
        if not isinstance(offset, int) or offset < 0:
            raise QueryError("bad_args")
        rows, total = page(table, self._tables(), offset, PAGE_MOST)
        return msgspec.json.encode({"rows": rows, "total": total})
