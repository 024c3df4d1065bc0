"""What 放大走势 follows of the board under it. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.views.site_time import SiteTime


@dataclass(frozen=True, slots=True)
class Part:
    """What of the board the chart follows. `name` = the part of the tickets that it is narrowed to; `back` = it looks back."""

    today: date | None
    filters: dict[str, list[str]] = field(default_factory=dict)
    name: str = ""
    back: bool = False
    targets: dict[str, float] = field(default_factory=dict)
    site: SiteTime = field(default_factory=SiteTime)
