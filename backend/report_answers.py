"""The question "report": the model of a report from the figures of a scope, as of now or as they were shown at a past moment."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

import msgspec

from backend.answers import QueryError
from backend.facts.history import Figures, TooFarError
from backend.kpi_questions import FILTERS
from domain.actor import Actor, Scope
from domain.kpi_types import Period
from domain.reports.build import report
from domain.reports.periods import MOST_DAYS
from domain.reports.values import Report, ReportKind
from protocol.reference import Reference


class Engines(Protocol):
    """backend.kpi_answers.KpiAnswers, as far as it is needed here."""

    def figures(
        self, scope: Scope, at: datetime | None = None, filters: Mapping[str, tuple[str, ...]] | None = None
    ) -> Awaitable[Figures]: ...


class _Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: ReportKind
    start: date
    end: date
    title: str = ""
    unit: str = ""
    filters: dict[str, tuple[str, ...]] = {}
    at: datetime | None = None


class ReportAnswers:
    """`reference` gives the tables in force."""

    def __init__(self, engines: Engines, reference: Callable[[], Reference]) -> None:
        self._engines, self._reference = engines, reference

    async def report(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {kind, start, end, title?, unit?, filters?, at?} → Report."""
        return msgspec.json.encode(await self.model(actor.scope, args))

    async def model(self, scope: Scope, args: dict[str, Any]) -> Report:
        """Raises QueryError: bad_question · bad_period · too_far."""
        try:
            asked = msgspec.convert(args, _Asked)
        except msgspec.ValidationError as problem:
            raise QueryError("bad_question", str(problem)) from problem
        period = Period(asked.start, asked.end)
        if not 0 < (period.end - period.start).days <= MOST_DAYS:
            raise QueryError("bad_period", f"{period.start} to {period.end}")
        unknown = next((name for name in asked.filters if name not in FILTERS), None)
        if unknown is not None or (asked.at is not None and asked.at.tzinfo is None):
            raise QueryError("bad_question", f"filter {unknown}" if unknown else "`at` needs its offset")
        filters = dict(asked.filters)
        if asked.unit:
            filters["unit"] = (asked.unit,)
        try:
            beside = (await self._engines.figures(scope, asked.at)).engine if asked.unit else None
            # Last: it goes on by itself, and nothing may come between its figures and the event it names.
            figures = await self._engines.figures(scope, asked.at, filters)
        except TooFarError as problem:
            raise QueryError("too_far", str(problem)) from problem
        tables = self._reference()
        demo = tables.demo
        return report(
            figures.engine,
            asked.kind,
            period,
            site=tables.site,
            title=asked.title,
            unit=asked.unit,
            filters=filters,
            seq=figures.seq,
            past=asked.at is not None,
            demo=demo.source if demo else "",
            beside=beside,
        )
