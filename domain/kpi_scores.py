"""One list for all (一张榜单): units or areas by a weighted score, always with n and an interval; few cases stand apart.

And hotspots: the same kind of thing at the same place, against its own usual. Pure arithmetic over counts.
"""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from domain.findings import FindingRules, is_surge
from domain.kpi_types import Kpi
from domain.statistics import rank_ranges, wilson

DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"on_time_rate": 40, "closure_rate": 30, "satisfaction_rate": 20, "first_dispatch_right": 10}
)
RANKED_MIN = 30


class ScoreRow(Struct, frozen=True, kw_only=True):
    """`score` 0..100: the weighted mean of the KPIs that have a denominator. low..high: the same of their Wilson 95 % bounds, so
    it is wide rather than narrow. `n` = denominator of the heaviest KPI. `ranked` is False under 30 cases: listed apart.
    """

    code: str
    name: str
    score: float
    low: float
    high: float
    n: int
    rank_low: int
    rank_high: int
    ranked: bool
    kpis: tuple[Kpi, ...]


def scores(
    found: Mapping[str, Mapping[str, Kpi]],
    weights: Mapping[str, float],
    names: Mapping[str, str],
    ranked_min: int = RANKED_MIN,
) -> tuple[ScoreRow, ...]:
    """`found` = KPIs by id of each unit or area. Best first; those with too few cases at the end, without a place (0)."""
    rows = [row for code, kpis in found.items() if (row := _row(code, kpis, weights, names))]
    rows.sort(key=lambda row: (-row.score, -row.n, row.code))
    ranked = [row for row in rows if row.n >= ranked_min]
    places = rank_ranges([(row.low, row.high) for row in ranked])
    apart = [row for row in rows if row.n < ranked_min]
    return (
        *(
            replace(row, rank_low=low, rank_high=high, ranked=True)
            for row, (low, high) in zip(ranked, places, strict=True)
        ),
        *apart,
    )


def _row(code: str, kpis: Mapping[str, Kpi], weights: Mapping[str, float], names: Mapping[str, str]) -> ScoreRow | None:
    known = [(kpis[name], weight) for name, weight in weights.items() if name in kpis and kpis[name].denominator]
    total = sum(weight for _, weight in known)
    if total <= 0:
        return None
    bounds = [(wilson(kpi.numerator, kpi.denominator), weight) for kpi, weight in known]
    heaviest = max(weights, key=lambda name: weights[name])
    return ScoreRow(
        code=code,
        name=names.get(code, code),
        score=100 * sum(kpi.numerator / kpi.denominator * weight for kpi, weight in known) / total,
        low=100 * sum(low * weight for (low, _), weight in bounds) / total,
        high=100 * sum(high * weight for (_, high), weight in bounds) / total,
        n=kpis[heaviest].denominator if heaviest in kpis else 0,
        rank_low=0,
        rank_high=0,
        ranked=False,
        kpis=tuple(kpi for kpi, _ in known),
    )


class Spot(Struct, frozen=True, kw_only=True):
    """A place and a 小类 that came up again and again: count in the period, and its own usual in the periods before."""

    area: str
    item: str
    count: int
    usual: float
    surge: bool
    ratio: float | None = None
    """count / usual; None where the usual stands on too few cases (FindingRules.usual_cases_min)."""


def spots(
    now: Mapping[tuple[str, str], int],
    past: Mapping[tuple[str, str], int],
    periods: int,
    rules: FindingRules,
    repeat_min: int = 3,
    shown: int = 20,
) -> tuple[Spot, ...]:
    """(place, 小类) that occurred at least `repeat_min` times; those farthest above their usual first. `past` = counts of the
    last `periods` periods together; without history nothing is a surge.
    """
    found = []
    for (area, item), count in now.items():
        if count >= repeat_min:
            cases = past.get((area, item), 0)
            usual = cases / periods if periods else 0.0
            surge = is_surge(count, cases, periods, rules)
            ratio = count / usual if usual and cases >= rules.usual_cases_min else None
            found.append(Spot(area=area, item=item, count=count, usual=usual, surge=surge, ratio=ratio))
    found.sort(key=lambda spot: (spot.usual - spot.count, spot.area, spot.item))
    return tuple(found[:shown])
