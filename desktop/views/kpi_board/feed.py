"""Keeps the board of one period up to date: asks, takes the newest answer only, and says how old it is. No widget here."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from desktop.services.values import Answer, Fresh
from desktop.views.site_time import SiteTime
from desktop.widgets.values import Freshness
from domain.kpi_types import Board, Overview, Period

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LEAST_S = 5.0
"""Between two questions while figures change: a board is a sheet to read, not a ticker."""
MOST_S = 30.0
STALE_S = 60.0
RETRY_S = 15.0
_REPLY = msgspec.json.Decoder(Board)


class Past(Struct, frozen=True, kw_only=True):
    """Body of the answer to "history"."""

    overview: Overview
    board: Board


_PAST = msgspec.json.Decoder(Past)


class _Question:
    """One question; a later one makes it worthless, whenever its answer comes."""

    def __init__(self, feed: BoardFeed, period: Period) -> None:
        self._feed: BoardFeed | None = feed
        self.period = period

    def drop(self) -> None:
        self._feed = None

    def done(self, answer: Answer) -> None:
        if self._feed is not None:
            self._feed.take(self, answer)


class BoardFeed(QObject):
    """`changed` after every answer, good or bad."""

    changed = Signal()

    def __init__(
        self, bridge: Bridge, parent: QObject | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._now = now
        self._period: Period | None = None
        self._open: _Question | None = None
        self._asked_at: float | None = None
        self._came_at = 0.0
        self._due = False
        self.filters: dict[str, list[str]] = {}
        """Values of breakdowns that the whole board is narrowed to."""
        self.at: datetime | None = None
        """Business instant whose figures are looked back at; None = now."""
        self.past: Overview | None = None
        self.board: Board | None = None
        self.error = ""
        self.failed_at: datetime | None = None

    @property
    def period(self) -> Period | None:
        return self._period

    @property
    def asking(self) -> bool:
        return self._open is not None

    def set_period(self, period: Period) -> None:
        """Another period: the figures of the old one are not shown under the new name."""
        if period == self._period:
            return
        self._period, self.board, self.error = period, None, ""
        self._ask()

    def look_back(self, at: datetime | None) -> None:
        """Figures as they were shown at a past instant; None goes back to now. `ask_once` follows, when the period is set."""
        self.stop()
        self.at, self.past, self.board, self.error = at, None, None, ""

    def narrow(self, filters: dict[str, list[str]]) -> None:
        """Another part of the tickets: the figures of the old one are not shown under the new name."""
        self.stop()
        self.filters, self.past, self.board, self.error = filters, None, None, ""

    def ask_once(self) -> None:
        """Asks where nothing is known and nothing is asked."""
        if self.board is None and self._open is None:
            self._ask()

    def news(self) -> None:
        """Figures have changed somewhere: worth asking again at the next tick."""
        self._due = True

    def tick(self) -> None:
        """Once a second while the board is visible."""
        if self._open is not None or self._period is None:
            return
        waited = float("inf") if self._asked_at is None else self._now() - self._asked_at
        if self.at is not None and self.board is not None:
            return  # the past does not change
        wait = LEAST_S if self._due or self.board is None else MOST_S
        if self.error:
            wait = RETRY_S
        if waited >= wait and self._bridge.freshness.of().state not in (Fresh.OFFLINE, Fresh.NEVER):
            self._ask()

    def stop(self) -> None:
        """Nobody looks any more, perhaps the window is gone: an answer that is under way is not waited for."""
        if self._open is not None:
            self._open.drop()
            self._open, self._asked_at = None, None

    def refresh(self) -> None:
        """At once (R)."""
        if self._period is not None:
            self._ask()

    def _ask(self) -> None:
        if self._period is None:
            return
        if self._open is not None:
            self._open.drop()
        period = self._period
        self._open, self._asked_at, self._due = _Question(self, period), self._now(), False
        args: dict[str, Any] = {"start": period.start.isoformat(), "end": period.end.isoformat(), "by": period.by}
        if self.filters:
            args["filters"] = self.filters
        if self.at is None:
            self._bridge.ask_then("board", args, self._open.done)
        else:
            self._bridge.ask_then("history", {**args, "at": self.at.isoformat()}, self._open.done)

    def take(self, question: _Question, answer: Answer) -> None:
        """The answer of the question that is still open."""
        self._open = None
        error, board = answer.error, None
        if not error and answer.body is not None:
            try:
                board = self._read(answer.body)
            except msgspec.DecodeError:
                error = "unreadable"
        if board is not None:
            self.board, self.error, self.failed_at, self._came_at = board, "", None, self._now()
        else:
            if not self.error and self._bridge.clock.known:
                self.failed_at = self._bridge.clock.now_business()
            # Being offline is the state of the link and is said there, not an error of the board.
            self.error = "" if error == "offline" else (error or "empty")
        self.changed.emit()

    def _read(self, body: bytes) -> Board:
        if self.at is None:
            return _REPLY.decode(body)
        past = _PAST.decode(body)
        self.past = past.overview
        return past.board

    def freshness(self, site: SiteTime, now: datetime | None) -> Freshness:
        """Age and state of the board's own figures."""
        link = site.freshness(self._bridge.freshness.of(), now)
        if self.board is None:
            if link.state in ("never", "offline"):
                return Freshness(state=link.state)
            return Freshness(state="stale" if self.error else "catching_up")
        if self.at is not None:
            # Old on purpose, and shown as what it is.
            past_s = (now - self.board.as_of).total_seconds() if now is not None else None
            return Freshness(state="stale", as_of=site.stamp(self.board.as_of, now), age_s=past_s)
        age_s = self._now() - self._came_at
        late = link.late or link.state == "never" or age_s > STALE_S or bool(self.error)
        state = ("offline" if link.state == "never" else link.state) if link.late or link.state == "never" else "stale"
        as_of = site.stamp(self.board.as_of, now)
        return Freshness(state=state if late else "live", as_of=as_of, age_s=age_s if late else None)
