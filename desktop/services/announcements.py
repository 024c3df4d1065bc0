"""How often a screen reader is spoken to: critical things at once, the rest together and once in ten seconds (screens.md §6). No Qt, no clock."""

from __future__ import annotations

EVERY_S = 10.0
MOST_WAITING = 5
"""More than that in ten seconds is a flood: the newest are read, the others are counted by the windows."""


class AnnouncementPace:
    """Times are seconds of any clock that never goes back. A text that waits is replaced by a newer one of its `topic`."""

    def __init__(self) -> None:
        self._waiting: dict[str, str] = {}
        self._said_s: float | None = None

    def offer(self, topic: str, text: str, now_s: float, *, urgent: bool = False) -> tuple[str, ...]:
        """What to say now; what may not be said yet waits for `due`."""
        if urgent:
            self._waiting.pop(topic, None)
            return (text,)
        self._waiting.pop(topic, None)
        self._waiting[topic] = text
        while len(self._waiting) > MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        return self.due(now_s)

    def due(self, now_s: float) -> tuple[str, ...]:
        """What waited long enough, all of it at once."""
        if not self._waiting or self.left_s(now_s) > 0:
            return ()
        texts = tuple(self._waiting.values())
        self._waiting.clear()
        self._said_s = now_s
        return texts

    def left_s(self, now_s: float) -> float:
        """Seconds until something may be said again."""
        return 0.0 if self._said_s is None else max(0.0, self._said_s + EVERY_S - now_s)

    @property
    def waits(self) -> bool:
        return bool(self._waiting)
