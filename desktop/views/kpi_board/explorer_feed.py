"""放大走势: asks a few figures by day over the whole known history, one question after the other. No widget here.

The question is `breakdown` by day; a reply that does not hold all days is asked on with `offset`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.services.values import Answer
from desktop.views import kpi_words
from desktop.views.kpi_board.breakdown import BreakdownReply, Row
from desktop.views.trouble import Trouble
from desktop.widgets.charts.explored import Explored, ExplorerSeries

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LONGEST = timedelta(days=365 * 10)
"""One question reaches no farther back (docs/kpi.md, Questions)."""
AGAIN_S = 60.0
STALE_S = 180.0
COUNTS = (("accepted", "accepted"), ("closed", "closed"))
"""(formula, by which date)."""
RATES = (("closure_rate", "due"), ("on_time_rate", "due"), ("satisfaction_rate", "called_back"))
_REPLY = msgspec.json.Decoder(BreakdownReply)
Days = dict[date, Row]


def explored(days: dict[str, Days], last: date, target: tuple[str, float] | None = None) -> Explored:
    """Rows by formula as series over all days to `last`. A day without a row has no case: a count of 0, a rate of nothing."""
    known = [day for rows in days.values() for day in rows if day <= last]
    if not known:
        return Explored()
    first = min(known)
    calendar = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    empty = Row((), 0, 0)
    series = []
    for kpi, _ in (*COUNTS, *RATES):
        if kpi not in days:
            continue
        rows = [days[kpi].get(day, empty) for day in calendar]
        below = () if (kpi, kpi) in COUNTS else tuple(row.denominator for row in rows)
        series.append(ExplorerSeries(kpi_words.kpi_name(kpi), tuple(row.numerator for row in rows), below))
    return Explored(first, tuple(series), target)


class _Question:
    def __init__(self, feed: ExplorerFeed, kpi: str, args: dict[str, Any]) -> None:
        self._feed: ExplorerFeed | None = feed
        self.kpi, self.args = kpi, args

    def drop(self) -> None:
        self._feed = None

    def done(self, answer: Answer) -> None:
        if self._feed is not None:
            self._feed.take(self, answer)


class ExplorerFeed(QObject):
    """`changed` when all figures have come, or one has not: then the last ones stay and `error` says why."""

    changed = Signal()

    def __init__(
        self, bridge: Bridge, parent: QObject | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._bridge, self._now = bridge, now
        self._open: _Question | None = None
        self._waiting: deque[_Question] = deque()
        self._coming: dict[str, Days] = {}
        self._oldest: datetime | None = None
        self._asked: tuple[date, dict[str, list[str]]] | None = None
        self._asked_at = self._came_at = float("-inf")
        self.days: dict[str, Days] = {}
        self.as_of: datetime | None = None
        """Of the oldest of the figures."""
        self.last: date | None = None
        self.trouble = Trouble()

    @property
    def error(self) -> str:
        """Code of what failed last; "" while all is well."""
        return self.trouble.code

    @property
    def stale(self) -> bool:
        return self._now() - self._came_at > STALE_S

    def ask(self, today: date, filters: dict[str, list[str]]) -> None:
        """All of it up to today, of this part of the tickets; what is on its way is dropped."""
        self.stop()
        if self._asked is not None and self._asked[1] != filters:
            self.days, self.as_of = {}, None
        self._asked, self._asked_at = (today, filters), self._now()
        self._coming, self._oldest = {}, None
        span: dict[str, Any] = {
            "start": (today - LONGEST).isoformat(),
            "end": (today + timedelta(days=1)).isoformat(),
            "dims": ["day"],
        }
        if filters:
            span["filters"] = filters
        for kpi, by in (*COUNTS, *RATES):
            self._coming[kpi] = {}
            self._waiting.append(_Question(self, kpi, {**span, "kpi": kpi, "by": by}))
        self._next()

    def tick(self, today: date, filters: dict[str, list[str]]) -> None:
        """Once a second while it is seen: days are history, so they are asked anew once a minute."""
        due = self._now() - self._asked_at >= AGAIN_S
        if self._asked != (today, filters) or (due and self._open is None):
            self.ask(today, filters)

    def stop(self) -> None:
        """Nobody looks any more."""
        if self._open is not None:
            self._open.drop()
        self._open = None
        self._waiting.clear()

    def _next(self) -> None:
        """One after the other: a session has few questions open at a time, and the board's own must not wait for these."""
        if self._waiting:
            self._open = self._waiting.popleft()
            self._bridge.ask_then("breakdown", self._open.args, self._open.done)

    def take(self, question: _Question, answer: Answer) -> None:
        """One page of one figure."""
        self._open = None
        try:
            reply = None if answer.error else _REPLY.decode(answer.body or b"")
        except msgspec.DecodeError:
            reply = None
        if reply is None:
            self.trouble.failed(answer.error or "unreadable", self._bridge.clock.now_business())
            self._waiting.clear()
            self.changed.emit()
            return
        rows = self._coming[question.kpi]
        rows.update((date.fromisoformat(row.values[0]), row) for row in reply.rows)
        came = reply.kpi.as_of
        self._oldest = came if self._oldest is None else min(self._oldest, came)
        if reply.rows and len(rows) < reply.total:
            self._waiting.appendleft(_Question(self, question.kpi, {**question.args, "offset": len(rows)}))
        if self._waiting:
            self._next()
            return
        assert self._asked is not None
        self.days, self.as_of, self.last = self._coming, self._oldest, self._asked[0]
        self.trouble.clear()
        self._came_at = self._now()
        self.changed.emit()
