"""Body of the latest-value topic `reference`: the tables a desk needs to name things, and what the site has set."""

from msgspec import Struct

from domain.catalogue import Item
from domain.ids import AreaCode
from domain.organisation import Area, Unit

TOPIC = "reference"
OVERVIEW_TOPIC = "kpi.overview"
PRESENCE_TOPIC = "presence"


class Demo(Struct, frozen=True):
    """Set when a recorded day is replayed: every window says 演示 ×rate, and that stages and places are simulated."""

    day: str
    rate: float
    source: str


class Reference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    site: str
    district: AreaCode
    zone: str = "Asia/Shanghai"
    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    items: tuple[Item, ...]
    targets: dict[str, float]
    """Fractions by KPI id."""
    level_targets: dict[str, float]
    demo: Demo | None = None
    calendar_gap_years: tuple[int, ...] = ()
    """Years whose statutory calendar is not known: Monday to Friday is assumed and said so."""


class Presence(Struct, frozen=True):
    """Which seats have a ticket open: ticket id → seats."""

    viewing: dict[str, tuple[str, ...]]
