"""Latest values by topic: the newest of each, decoded once, with its as_of."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from desktop.services.cache_file import TopicRow
from domain import cameras
from domain.alarms.rules import TOPIC as ALARM_RULES_TOPIC
from domain.alarms.rules import AlarmRules
from domain.kpi_types import Overview
from protocol import reference
from protocol.messages import Latest
from protocol.reference import OVERVIEW_TOPIC, PRESENCE_TOPIC, TOPIC, Presence

TYPES: dict[str, type[Any]] = {
    OVERVIEW_TOPIC: Overview,
    PRESENCE_TOPIC: Presence,
    cameras.TOPIC: cameras.CameraList,
    cameras.HEALTH_TOPIC: cameras.HealthList,
    ALARM_RULES_TOPIC: AlarmRules,
}
NOT_KEPT = frozenset({PRESENCE_TOPIC})
"""Who looks at what now is worth nothing after a restart."""
log = logging.getLogger(__name__)


class Topic(Struct, frozen=True):
    """`as_of` is business time; `got_at` the monotonic second of its arrival, None where it comes from the cache."""

    name: str
    version: int
    as_of: datetime
    value: Any
    got_at: float | None = None


class Topics:
    def __init__(self) -> None:
        self._topics: dict[str, Topic] = {}

    def get(self, name: str) -> Topic | None:
        return self._topics.get(name)

    def names(self) -> tuple[str, ...]:
        return tuple(self._topics)

    def versions(self) -> dict[str, int]:
        """For hello: what the server need not send again."""
        return {name: topic.version for name, topic in self._topics.items() if name not in NOT_KEPT}

    def restore(self, rows: Iterable[TopicRow]) -> list[str]:
        """Values of an earlier run; gives the names taken."""
        taken = [row for row in rows if self._take(row.name, row.version, row.as_of, row.body, None)]
        return [row.name for row in taken]

    def arrived(self, latest: Latest, now_mono: float) -> TopicRow | None:
        """A value from the server, in the order it was sent. None where it cannot be read (kept: the old one) or is not kept on disk."""
        body = bytes(latest.body)
        if not self._take(latest.topic, latest.version, latest.as_of, body, now_mono) or latest.topic in NOT_KEPT:
            return None
        return TopicRow(latest.topic, latest.version, latest.as_of, body)

    def _take(self, name: str, version: int, as_of: datetime, body: bytes, got_at: float | None) -> bool:
        try:
            value = reference.decode(body) if name == TOPIC else msgspec.json.decode(body, type=TYPES.get(name, Any))
        except msgspec.DecodeError as error:
            log.warning("topic %s version %s not readable: %s", name, version, error)
            return False
        self._topics[name] = Topic(name, version, as_of, value, got_at)
        return True
