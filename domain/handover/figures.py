"""The shift in numbers: the KPI engine's own formulas over [start, end) to the instant, not to the day. Pure.

Given every ticket that was accepted, closed, ended or called back in the interval, it gives what a recount of the same interval
gives; a day that is cut into shifts adds up to the engine's figures of that day.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.handover.values import Figures, HourCount
from domain.kpi import result
from domain.kpi_catalogue import BY_ID
from domain.kpi_parts import DEFAULT_RULES, KpiRules, days_of
from domain.kpi_types import OpenSplit, Period
from domain.ticket import Ticket

SHIFT_KPIS = (("on_time_rate", "closed"), ("rework_rate", "closed"), ("satisfaction_rate", "called_back"))
"""Formula and the date that puts a ticket into the shift: what these people did, not what they were given."""
HOUR = timedelta(hours=1)


def figures(
    tickets: Iterable[Ticket],
    start: datetime,
    end: datetime,
    as_of: datetime,
    *,
    split: OpenSplit | None = None,
    waiting: int = 0,
    top_open: int = 0,
    rules: KpiRules = DEFAULT_RULES,
) -> Figures:
    """Counts and rates over [start, end), judged at `as_of`. What is open now is handed in: it belongs to no interval."""
    day = days_of(rules.zone).day
    wanted = {
        name: BY_ID[name].variant(by) for name, by in (("accepted", "accepted"), ("closed", "closed"), *SHIFT_KPIS)
    }
    counts: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in wanted}
    hours: dict[str, Counter[datetime]] = {"accepted": Counter(), "closed": Counter()}
    for ticket in tickets:
        for name, variant in wanted.items():
            for case in variant.cases(ticket, as_of, rules):
                if start <= case.at < end:
                    counts[name][case.part] += 1
                    if name in hours:
                        hours[name][start + (case.at - start) // HOUR * HOUR] += 1
    first, last = day(start), day(end - timedelta(microseconds=1)) if end > start else day(start)
    kpis = tuple(
        result(BY_ID[name], Period(first, last + timedelta(days=1), by), as_of, counts[name]) for name, by in SHIFT_KPIS
    )
    return Figures(
        accepted=counts["accepted"].total(),
        closed=counts["closed"].total(),
        open=split or OpenSplit(),
        waiting=waiting,
        top_open=top_open,
        kpis=kpis,
        hours=tuple(HourCount(at, hours["accepted"][at], hours["closed"][at]) for at in _hours(start, end)),
    )


def _hours(start: datetime, end: datetime) -> Iterable[datetime]:
    at = start
    while at < end:
        yield at
        at += HOUR
