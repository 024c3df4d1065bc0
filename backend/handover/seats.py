"""What each desk last told about its outbox, for the handover. In memory: after a restart every desk tells again within a minute."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from backend.answers import QueryError
from domain.actor import Actor
from domain.handover.drafting import SeatUnsent
from domain.vocabulary import Role

GONE_AFTER = timedelta(seconds=150)
"""Real time. Desks tell every minute: one that was silent for longer has no line."""
MOST = 500
SILENT_ROLES = frozenset({Role.WALL, Role.SOURCE, Role.SYSTEM})


class _Told(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    queued: int = 0
    failed: int = 0


class SeatBook:
    """`tell` is the question "outbox": {queued, failed} → {}. `now` is server time, `business` business time."""

    def __init__(self, now: Callable[[], datetime], business: Callable[[], datetime]) -> None:
        self._now = now
        self._business = business
        self._seats: dict[str, tuple[_Told, datetime, datetime]] = {}

    async def tell(self, actor: Actor, args: dict[str, Any]) -> bytes:
        try:
            told = msgspec.convert(args, _Told)
        except msgspec.ValidationError as problem:
            raise QueryError("bad_args", str(problem)) from problem
        if told.queued < 0 or told.failed < 0:
            raise QueryError("bad_args")
        if actor.role in SILENT_ROLES or not actor.seat:
            return b"{}"
        if actor.seat not in self._seats and len(self._seats) >= MOST:
            self._seats.pop(min(self._seats, key=lambda seat: self._seats[seat][1]))
        self._seats[actor.seat] = told, self._now(), self._business()
        return b"{}"

    def unsent(self) -> tuple[SeatUnsent, ...]:
        """Every seat that has told anything, by name."""
        now = self._now()
        return tuple(
            SeatUnsent(
                seat=seat,
                queued=told.queued,
                failed=told.failed,
                told_at=business,
                gone_since=business if now - at > GONE_AFTER else None,
            )
            for seat, (told, at, business) in sorted(self._seats.items())
        )
