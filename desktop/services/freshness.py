"""How old each source is: the ticket stream, and every latest-value topic by its own clock.

States are those of screens.md §3: `stale` = the link is up but this source is silent beyond its limit; `offline` = the socket
is closed; a cached value is stale or offline with its date, never `never`.
"""

from datetime import datetime

from desktop.services.clock import DeskClock
from desktop.services.link_status import LinkPhase, LinkStatus
from desktop.services.topics import Topic, Topics
from desktop.services.values import TICKETS, Fresh, Freshness
from protocol.messages import SILENCE_S
from protocol.reference import OVERVIEW_TOPIC

SILENT_AFTER_S = {OVERVIEW_TOPIC: 40.0}
"""Real seconds after which a topic counts as silent; it is published every 15 s at least. Others live as long as the link."""


class FreshnessBook:
    """Asked at any time by source name. `has_tickets`: whether any ticket state was ever known here."""

    def __init__(self, clock: DeskClock, topics: Topics) -> None:
        self._clock = clock
        self._topics = topics
        self._told: dict[str, tuple[Fresh, int | None, tuple[int, int] | None]] = {}
        self.status = LinkStatus()
        self.has_tickets = False
        self._preparing = False
        self._picture: tuple[int, int] | None = None
        """How much of the last snapshot had come when it was last told of."""

    def set_preparing(self, preparing: bool, *, picture: bool = False) -> None:
        """Windows are being made from much that came (`picture`: a whole one). Until they are, they show what was before, and tickets
        are told as if it were still on its way."""
        self._preparing = preparing
        if not picture:
            self._picture = None

    def of(self, source: str = TICKETS) -> Freshness:
        if source == TICKETS:
            state = self._stream_state()
            behind = self._preparing and state is Fresh.LIVE
            return self._freshness(source, Fresh.CATCHING_UP if behind else state, self.status.heard_at, None)
        topic = self._topics.get(source)
        heard_at = topic.got_at if topic else None
        as_of = topic.as_of if topic else None
        return self._freshness(source, self._topic_state(topic), heard_at, as_of)

    def changed(self) -> list[str]:
        """Sources whose state is another than when this was last asked."""
        self._picture = self.status.snapshot or self._picture
        found = []
        for source in (TICKETS, *self._topics.names()):
            now = self.of(source)
            key = (now.state, now.behind, now.snapshot)
            if self._told.get(source) != key:
                self._told[source] = key
                found.append(source)
        return found

    def _stream_state(self) -> Fresh:
        status = self.status
        if not status.connected:
            return Fresh.OFFLINE if self.has_tickets else Fresh.NEVER
        if status.heard_at is not None and self._clock.monotonic() - status.heard_at > SILENCE_S:
            return Fresh.STALE
        if status.phase is LinkPhase.LIVE:
            return Fresh.LIVE
        return Fresh.CATCHING_UP

    def _topic_state(self, topic: Topic | None) -> Fresh:
        if topic is None:
            return Fresh.NEVER
        if not self.status.connected:
            return Fresh.OFFLINE
        limit = SILENT_AFTER_S.get(topic.name)
        since = topic.got_at if topic.got_at is not None else self.status.connected_at
        if limit is not None and since is not None and self._clock.monotonic() - since > limit:
            return Fresh.STALE
        return Fresh.CATCHING_UP if topic.got_at is None and limit is not None else self._stream_state()

    def _freshness(self, source: str, state: Fresh, heard_at: float | None, as_of: datetime | None) -> Freshness:
        now = self._clock.monotonic()
        status = self.status
        if state is Fresh.NEVER:
            return Freshness(source=source, state=state, retry_in_s=self._retry_in_s(now), reason=status.reason)
        age_s = self._clock.stored_age_s() if heard_at is None else max(0.0, now - heard_at)
        if as_of is None:
            as_of = self._clock.now_business() if heard_at is None else self._clock.business_ago(now - heard_at)
        catching_up = state is Fresh.CATCHING_UP and source == TICKETS
        snapshot = status.snapshot or (self._picture if self._preparing else None)
        return Freshness(
            source=source,
            state=state,
            as_of=as_of,
            age_s=age_s,
            behind=status.behind or None if catching_up and snapshot is None else None,
            since_s=None if status.offline_since is None else max(0.0, now - status.offline_since),
            retry_in_s=self._retry_in_s(now),
            snapshot=snapshot if catching_up else None,
            reason=status.reason,
        )

    def _retry_in_s(self, now: float) -> float | None:
        return None if self.status.retry_at is None else max(0.0, self.status.retry_at - now)
