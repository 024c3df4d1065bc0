"""The question `tables`: the rows of a table as they are now, a page at a time. For imports, which must know what they change."""

from collections.abc import Callable
from typing import Any

import msgspec

from backend.connection import QueryError, QueryHandler
from domain.actor import Actor
from domain.tables.current import Tables
from domain.tables.importing import page
from domain.tables.words import Table

PAGE_MOST = 500
"""Rows of an answer: a list's rows are long."""


class TableQueries:
    def __init__(self, tables: Callable[[], Tables]) -> None:
        self._tables = tables

    def handlers(self) -> dict[str, QueryHandler]:
        return {"tables": self.answer}

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
