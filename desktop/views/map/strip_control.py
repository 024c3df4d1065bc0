"""The time strip of the map window and what it does: the day's reports, the instant, and looking back."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject

from desktop.views.map.mark_book import MarkBook
from desktop.views.map.replay import Replay
from desktop.views.map.stage import MapStage
from desktop.views.queue.feed import TicketFeed

HOUR_MS = 3_600_000


class StripControl(QObject):
    """`replay.changed` asks the window to paint its marks anew; `show` brings the strip and the banner up to date."""

    def __init__(self, stage: MapStage, feed: TicketFeed, book: MarkBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage, self._feed, self._book = stage, feed, book
        self.replay = Replay(self)
        strip = stage.strip
        strip.hour_picked.connect(self._on_picked)
        strip.play_clicked.connect(self.play)
        strip.speed_clicked.connect(self.replay.next_speed)
        stage.live_requested.connect(self.replay.leave)

    def day_start_ms(self) -> int:
        """Midnight of the site's day, milliseconds UTC."""
        now = self._feed.site.local(self._feed.now())
        return round(now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)

    def show(self, freshness: str) -> None:
        strip, site, replay = self._stage.strip, self._feed.site, self.replay
        start_ms, now = self.day_start_ms(), self._feed.now()
        local = site.local(now)
        strip.set_counts(self._book.reports(start_ms))
        strip.set_now(local.hour + local.minute / 60, site.minute(now), freshness)
        at = None if replay.at_ms is None else (replay.at_ms - start_ms) / HOUR_MS
        strip.set_replay(at, playing=replay.playing, speed=replay.speed)
        then = "" if replay.at_ms is None else site.minute(datetime.fromtimestamp(replay.at_ms / 1000, UTC))
        self._stage.show_replay(then)

    def play(self) -> None:
        """Space."""
        self.replay.toggle(self.day_start_ms(), self._feed.now_ms())

    def _on_picked(self, hour: float) -> None:
        self.replay.show(self.day_start_ms() + round(hour * HOUR_MS), self._feed.now_ms())
