"""What the board asks beside the board itself: one list by weighted score, repeat spots, and the band of the same weekdays.

Asked anew with every new board of the period; an answer that came late belongs to a board that is gone and is dropped.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from desktop.services.values import Answer
from desktop.views.trouble import Trouble
from domain.kpi_compare import DayBand
from domain.kpi_scores import ScoreRow, Spot
from domain.kpi_types import Kpi, Period

if TYPE_CHECKING:
    from desktop.bridge import Bridge

T = TypeVar("T", bound=Struct)
DAYS_MOST = 62
"""A band of more days than a chart can show is not asked for."""


class Scores(Struct, frozen=True, kw_only=True):
    """Body of the answer to "ranking"."""

    as_of: datetime
    weights: dict[str, float]
    rows: tuple[ScoreRow, ...]


class Spots(Struct, frozen=True, kw_only=True):
    """Body of the answer to "hotspots". `periods` = how many periods before are behind `usual`."""

    as_of: datetime
    periods: int
    rows: tuple[Spot, ...]


class Compared(Struct, frozen=True, kw_only=True):
    """Body of the answer to "compare"."""

    kpi: Kpi
    days: tuple[DayBand, ...]


class _Question:
    def __init__(self, owner: Extras, name: str, kind: type[Struct]) -> None:
        self._owner: Extras | None = owner
        self.name, self.kind = name, kind

    def drop(self) -> None:
        self._owner = None

    def done(self, answer: Answer) -> None:
        if self._owner is not None:
            self._owner.take(self, answer)


class Extras(QObject):
    """`changed` after every answer. A part that was refused or did not come keeps its last value: its age is the board's."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._period: Period | None = None
        self._filters: dict[str, list[str]] = {}
        self._open: _Question | None = None
        self._waiting: deque[tuple[str, str, type[Struct], dict[str, Any]]] = deque()
        self._parts: dict[str, Struct] = {}
        self.trouble = Trouble()
        """Since when the hot spots do not come; the other parts have the board's own figures in their place."""

    def ask(self, period: Period, filters: dict[str, list[str]]) -> None:
        """All of it, of this period and this part of the tickets."""
        if (period, filters) != (self._period, self._filters):
            self.forget()
            self._period, self._filters = period, filters
        span: dict[str, Any] = {"start": period.start.isoformat(), "end": period.end.isoformat()}
        if filters:
            span["filters"] = filters
        if self._open is not None or self._waiting:
            return  # what is on its way is new enough
        self._waiting.append(("areas", "ranking", Scores, {**span, "by": period.by, "dim": "town"}))
        self._waiting.append(("units", "ranking", Scores, {**span, "by": period.by, "dim": "unit"}))
        if (period.end - period.start).days <= DAYS_MOST:
            self._waiting.append(("band", "compare", Compared, {**span, "kpi": "accepted", "by": "accepted"}))
        self._waiting.append(("spots", "hotspots", Spots, span))
        self._next()

    def forget(self) -> None:
        """Another period, or nobody looks: open answers are not waited for."""
        self.stop()
        self._period, self._parts = None, {}
        self.trouble.clear()

    def stop(self) -> None:
        if self._open is not None:
            self._open.drop()
        self._open = None
        self._waiting.clear()

    def scores(self, name: str) -> Scores | None:
        """ "areas" or "units"."""
        return self._part(name, Scores)

    def spots(self) -> Spots | None:
        return self._part("spots", Spots)

    def band(self) -> Compared | None:
        """Accepted a day, with the least and greatest of the last four same weekdays."""
        return self._part("band", Compared)

    def _part(self, name: str, kind: type[T]) -> T | None:
        found = self._parts.get(name)
        return found if isinstance(found, kind) else None

    def _next(self) -> None:
        """One after the other: a session has few questions open at a time, and a person's own must not wait for these."""
        if not self._waiting:
            return
        name, what, kind, args = self._waiting.popleft()
        self._open = _Question(self, name, kind)
        self._bridge.ask_then(what, args, self._open.done)

    def take(self, question: _Question, answer: Answer) -> None:
        """A part has come, or has not."""
        self._open = None
        self._next()
        if answer.body is None or answer.error:
            self._failed(question, answer.error)
            return
        try:
            self._parts[question.name] = msgspec.json.decode(answer.body, type=question.kind)
        except msgspec.DecodeError:
            self._failed(question, "unreadable")
            return
        if question.name == "spots":
            self.trouble.clear()
        self.changed.emit()

    def _failed(self, question: _Question, code: str) -> None:
        if question.name == "spots" and self._bridge.clock.known:
            self.trouble.failed(code, self._bridge.clock.now_business())
        self.changed.emit()
