"""Questions about tables: `tables`, the rows as they are now, a page at a time, for imports; `list_usage`, how often items are
used; `calendar_effect`, what other working days or office hours would do to open tickets (the dry run of such a change)."""

import asyncio
from datetime import datetime
from typing import Any

import msgspec

from backend.clock import ServerClock
from backend.connection import QueryError, QueryHandler
from backend.handlers import SYSTEM
from backend.site_tables import SiteTables
from backend.store.base import LogStore
from backend.store.usage import usage
from domain.actor import Actor
from domain.documents import may
from domain.tables.calendar_effect import effect
from domain.tables.deciding import shape
from domain.tables.importing import page
from domain.tables.kind import TABLES
from domain.tables.values import Rows
from domain.tables.words import Table

PAGE_MOST = 500
"""Rows of an answer: a list's rows are long."""
EFFECT_MOST = 200
"""Tickets of a dry run that are named; the counts are of all."""


class TableQueries:
    def __init__(self, tables: SiteTables, store: LogStore, clock: ServerClock) -> None:
        self._tables = tables
        self._store = store
        self._clock = clock

    def handlers(self) -> dict[str, QueryHandler]:
        return {"tables": self.answer, "list_usage": self.usage, "calendar_effect": self.calendar_effect}

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
        rows, total = page(table, self._tables.tables(), offset, PAGE_MOST)
        return msgspec.json.encode({"rows": rows, "total": total})

    async def calendar_effect(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """{"rows": Rows of the calendar} → domain.tables.calendar_effect.Effect on the open tickets that the asker sees. For who
        may change the calendar. Raises QueryError "role", "bad_args", or "too_far" where a limit would find no working day."""
        if not may(TABLES, "amend", actor.role):
            raise QueryError("role")
        try:
            rows = msgspec.convert(args.get("rows"), Rows)
        except msgspec.ValidationError as error:
            raise QueryError("bad_args") from error
        if not rows or shape(Table.CALENDAR, rows) is not None:
            raise QueryError("bad_args")
        rules, now = self._tables.rules_with(rows), self._clock.now_business()

        def look() -> bytes:
            with self._store.scan(actor.scope, only_open=True) as (_, tickets):
                return msgspec.json.encode(effect(tickets, rules, now, SYSTEM, EFFECT_MOST))

        try:
            return await asyncio.to_thread(look)
        except OverflowError as error:
            raise QueryError("too_far", str(error)) from error
