"""Answers the questions about figures of a session: from the live engine where it has them, else from the table of facts.

Arguments are checked in `backend.kpi_questions`, counting is in `backend.facts`. Here only who is asked.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from backend.connection import QueryError, QueryHandler
from backend.facts.answers import Reader
from backend.facts.engines import engine_of
from backend.facts.history import Figures, History, TooFarError
from backend.facts.keeper import FactKeeper
from backend.facts.table import FactTable
from backend.kpi_questions import (
    BehindReply,
    BoardAsked,
    Breakdown,
    Comparison,
    HistoryReply,
    Question,
    Ranked,
    Spots,
    asked,
    question_of,
)
from domain.actor import Actor, Scope
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_overview import board, overview
from domain.kpi_types import Period

_json = msgspec.json.Encoder()
LiveEngine = Callable[[Scope], Awaitable[Figures]]


class KpiAnswers:
    """`live` gives the scope's engine as of now, with the last event that it knows. Without `history` the past cannot be asked for."""

    def __init__(
        self,
        keeper: FactKeeper,
        live: LiveEngine,
        setup: Callable[[Scope], KpiSetup],
        history: History | None,
    ) -> None:
        self._keeper = keeper
        self._live = live
        self._setup = setup
        self._history = history

    @property
    def queries(self) -> dict[str, QueryHandler]:
        """For the server: what → handler. Each gives a reply of `backend.kpi_questions` as JSON."""
        return {
            "board": self.board,
            "behind": self.behind,
            "breakdown": self.breakdown,
            "compare": self.compare,
            "ranking": self.ranking,
            "hotspots": self.hotspots,
            "history": self.history,
        }

    async def engine(
        self, scope: Scope, at: datetime | None = None, filters: Mapping[str, tuple[str, ...]] | None = None
    ) -> KpiEngine:
        """The figures of a scope as of now, or as they were shown at `at`. To be read only. Raises TooFarError, QueryError."""
        return (await self.figures(scope, at, filters)).engine

    async def figures(
        self, scope: Scope, at: datetime | None = None, filters: Mapping[str, tuple[str, ...]] | None = None
    ) -> Figures:
        """The same with the last event that they know."""
        setup = self._setup(scope)
        if at is not None:
            if self._history is None:
                raise QueryError("unavailable", "no history is kept here")
            return await self._history.engine_at(at, scope, setup, filters or {})
        if not filters:
            return await self._live(scope)

        def filtered(table: FactTable, seq: int) -> Figures:
            assert table.now is not None
            return Figures(engine_of(table, setup, table.now, Reader(table, seq, scope, setup).mask(filters)), seq)

        return await self._keeper.read(filtered)

    async def board(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {start, end, by?, filters?} → Board."""
        question = asked(args, BoardAsked)
        period = Period(question.start, question.end, question.by)
        setup = self._setup(actor.scope)
        live = None if question.filters else board((await self._live(actor.scope)).engine, period)

        def compared(table: FactTable, seq: int) -> bytes:
            reader = Reader(table, seq, actor.scope, setup)
            assert table.now is not None
            shown = live or board(engine_of(table, setup, table.now, reader.mask(question.filters)), period)
            return _json.encode(reader.compared(shown, question.filters))

        if live is not None and live.compared_at is None:
            return _json.encode(live)
        return await self._keeper.read(compared)

    async def behind(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {kpi, start, end, by?, cohort?, part, reason?, area?, unit?, filters?, offset?, limit?, at?} → BehindReply."""
        question = question_of(args)
        if question.at is not None:
            return _json.encode(await self._behind_at(actor, question, question.at))
        return await self._read(actor, lambda reader: reader.behind(question))

    async def breakdown(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {kpi, start, end, by?, dims, filters?, offset?, limit?} → BreakdownReply."""
        question = asked(args, Breakdown)
        return await self._read(actor, lambda reader: reader.breakdown(question))

    async def compare(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {kpi, start, end, by?, filters?} → CompareReply."""
        question = asked(args, Comparison)
        return await self._read(actor, lambda reader: reader.compare(question))

    async def ranking(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {start, end, by?, dim?, weights?, filters?} → RankingReply."""
        question = asked(args, Ranked)
        return await self._read(actor, lambda reader: reader.ranking(question))

    async def hotspots(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {start, end, repeat_min?, limit?, filters?} → SpotsReply."""
        question = asked(args, Spots)
        return await self._read(actor, lambda reader: reader.hotspots(question))

    async def history(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {at, start, end, by?, filters?} → HistoryReply: what was shown at `at` (aware, business time)."""
        question = asked(args, BoardAsked)
        at, history = question.at, self._past(question.at)
        assert at is not None
        try:
            past = await history.engine_at(at, actor.scope, self._setup(actor.scope), question.filters)
        except TooFarError as problem:
            raise QueryError("too_far", str(problem)) from problem
        period = Period(question.start, question.end, question.by)
        return _json.encode(
            HistoryReply(seq=past.seq, overview=overview(past.engine), board=board(past.engine, period))
        )

    def _past(self, at: datetime | None) -> History:
        """Raises QueryError."""
        if at is None or at.tzinfo is None:
            raise QueryError("bad_question", "history needs `at`, an instant with its offset")
        if self._history is None:
            raise QueryError("unavailable", "no history is kept here")
        return self._history

    async def _behind_at(self, actor: Actor, question: Question, at: datetime) -> BehindReply:
        try:
            return await self._past(at).behind_at(at, actor.scope, self._setup(actor.scope), question)
        except TooFarError as problem:
            raise QueryError("too_far", str(problem)) from problem

    async def _read(self, actor: Actor, ask: Callable[[Reader], msgspec.Struct]) -> bytes:
        setup = self._setup(actor.scope)

        def work(table: FactTable, seq: int) -> bytes:
            return _json.encode(ask(Reader(table, seq, actor.scope, setup)))

        return await self._keeper.read(work)
