"""The headline of the wall: named rules that turn figures into findings. Data only; the words are made at the desk.

overdue_cluster 超期集中 · below_target 未达标 · surge 突增. Worst first within a rule, and the rules in this order.
"""

from collections.abc import Sequence

from msgspec import Struct

from domain.ids import AreaCode
from domain.kpi_types import Finding, Hotspot, Rate
from domain.statistics import wilson


class FindingRules(Struct, frozen=True, kw_only=True):
    """Thresholds of the headline rules; a site may set its own."""

    cluster_overdue_min: int = 10
    cluster_share: float = 0.30
    target_cases_min: int = 30
    surge_ratio: float = 2.0
    surge_min: int = 10
    usual_cases_min: int = 5
    """A usual that stands on fewer past cases is named, and no ratio is made of it."""
    shown: int = 3


def is_surge(count: int, past: int, periods: int, rules: FindingRules) -> bool:
    """`count` now against `past` cases in `periods` spans before: enough cases, far enough above the usual, and the share of
    this span in all of them surely (Wilson 95 %) above the one it would have by chance.
    """
    if not periods or count < rules.surge_min or count * periods < rules.surge_ratio * past:
        return False
    low, _ = wilson(count, count + past)
    return low > 1 / (1 + periods)


def overdue_cluster(overdue: int, areas: Sequence[tuple[AreaCode, int]], rules: FindingRules) -> list[Finding]:
    """One area holds a large part of what is overdue. `areas` is sorted, most first."""
    if overdue < rules.cluster_overdue_min or not areas or areas[0][1] < rules.cluster_share * overdue:
        return []
    area, count = areas[0]
    figures = {"overdue": float(overdue), "in_area": float(count), "share": count / overdue}
    return [Finding(rule="overdue_cluster", subject="overdue", area=area, figures=figures)]


def below_target(rates: Sequence[Rate], rules: FindingRules) -> list[Finding]:
    """Rates under their target with enough cases behind them, widest gap first."""
    found = []
    for rate in rates:
        value = rate.kpi.value
        if value is None or rate.kpi.denominator < rules.target_cases_min or value >= rate.target:
            continue
        figures = {
            "value": value,
            "target": rate.target,
            "gap": rate.target - value,
            "cases": float(rate.kpi.denominator),
        }
        found.append(Finding(rule="below_target", subject=rate.kpi.id, figures=figures))
    return sorted(found, key=lambda finding: -finding.figures["gap"])


def surges(hotspots: Sequence[Hotspot]) -> list[Finding]:
    """Item classes far above their usual, by how many more there are than usual."""
    marked = sorted((spot for spot in hotspots if spot.surge), key=lambda spot: spot.usual - spot.count)
    return [
        Finding(rule="surge", subject=spot.name, figures={"count": float(spot.count), "usual": spot.usual})
        for spot in marked
    ]


def headline(
    overdue: int,
    areas: Sequence[tuple[AreaCode, int]],
    rates: Sequence[Rate],
    hotspots: Sequence[Hotspot],
    rules: FindingRules,
) -> tuple[Finding, ...]:
    """At most `rules.shown` findings; none means 运行平稳."""
    found = overdue_cluster(overdue, areas, rules) + below_target(rates, rules) + surges(hotspots)
    return tuple(found[: rules.shown])
