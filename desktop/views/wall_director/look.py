"""One look at the wall, from which every column of the director is shown: which wall, which screen, at which moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.views.site_time import SiteTime
from desktop.views.wall_director.feed import WallFeed
from domain.wall.values import Shown, Wall


@dataclass(frozen=True, slots=True)
class Look:
    """`selected` screen; `now` in business time; `said`: the answer to the last key that was refused, "" = none;
    `unknown`: why nobody knows what hangs on the wall, "" = it is known."""

    feed: WallFeed
    selected: int
    site: SiteTime
    now: datetime
    said: str = ""
    unknown: str = ""

    @property
    def wall(self) -> Wall | None:
        """As it is now."""
        return self.feed.wall()

    @property
    def past(self) -> bool:
        return self.feed.past_at is not None

    @property
    def then(self) -> Wall | None:
        """As it is looked at: now, or at the moment that is looked back at."""
        return self.feed.past if self.past else self.feed.wall()

    @property
    def at(self) -> datetime:
        """The moment that is looked at."""
        return self.feed.past_at or self.now

    @property
    def shown(self) -> Mapping[int, Shown]:
        return self.feed.shown()

    def stamp(self, at: datetime) -> str:
        """14:32, with the day where that is not today."""
        return self.site.stamp(at, self.now)
