"""How long a handover takes to draft, and a report to make, against going through every ticket.

python -m benchmarks.reports [--quick]. At 600,000 tickets (--quick: 60,000), one in fifty of 57,000 open. Each round measures
both sides after each other in one process; what counts is their ratio. The draft is the whole of it: facts read, figures of the
shift counted, items and their tickets put together. The report: engine from columns, model, and the PDF laid out.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from backend.facts.engines import engine_of
from backend.facts.table import FactTable
from backend.handover.source import seen
from benchmarks.kpi_data import NOW, SETUP, facts, ticket
from domain.handover.drafting import Draft, Situation, draft
from domain.handover.figures import figures
from domain.handover.values import Figures
from domain.ids import TicketId
from domain.kpi_open import OpenBook
from domain.kpi_parts import DEFAULT_RULES
from domain.kpi_types import Period
from domain.reports.build import report
from domain.reports.values import ReportKind
from domain.ticket import Ticket

T = TypeVar("T")
FULL, QUICK, BASE = 600_000, 60_000, 57_000
SHIFT = timedelta(hours=12)
MONTH = Period(date(2018, 12, 1), date(2019, 1, 1))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """(seconds, what it gave)"""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def drafted(table: FactTable, known: dict[TicketId, Ticket], names: list[TicketId]) -> Draft:
    """As the server does it; the tickets of the shift come out of a dictionary instead of the log."""
    found = seen(table, 1, start=NOW - SHIFT)
    # A repeated row stands for the ticket that it repeats.
    moved = [known[names[int(name[1:]) % len(names)] if name not in known else name] for name in found.moved]
    book = OpenBook(DEFAULT_RULES, 9)
    for one in found.open:
        book.put(one, NOW)
    numbers = figures(moved, NOW - SHIFT, NOW, NOW, split=book.split())
    return draft(Situation(now=NOW, tickets=found.open, figures=numbers))


def counted(tickets: list[Ticket], size: int) -> Figures:
    """The other side: every ticket looked at."""
    turns = -(-size // len(tickets))
    return figures((one for _ in range(turns) for one in tickets), NOW - SHIFT, NOW, NOW)


def pdf(table: FactTable) -> int:
    from desktop.models.names import Names
    from desktop.theme.theme import Theme
    from desktop.views.reports.compose import compose
    from desktop.views.reports.pdf import to_pdf
    from desktop.views.site_time import SiteTime

    made = report(engine_of(table, SETUP, NOW), ReportKind.MONTHLY, MONTH, site="")
    return len(to_pdf(compose(made, Names(), SiteTime()), Theme.load("light")))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a smaller set and fewer rounds")
    options = parser.parse_args()
    size, rounds = (QUICK, 3) if options.quick else (FULL, 5)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.theme.assets import load_fonts

    application = QApplication([])
    load_fonts()
    print(
        f"{platform.machine()} {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )
    random = Random(1)
    tickets = [ticket(random) for _ in range(min(BASE, size))]
    table = facts(tickets, size)
    known = {one.id: one for one in tickets}
    names = [one.id for one in tickets]
    drafts, scans, papers = [], [], []
    for _ in range(rounds):
        taken, made = timed(lambda: drafted(table, known, names))
        drafts.append(taken)
        scans.append(timed(lambda: counted(tickets, size))[0])
        papers.append(timed(lambda: pdf(table))[0])
    behind = sum(len(ids) for ids in made.members.values())
    print(f"{size:,} tickets, {len(table.open):,} open: {len(made.items)} items, {behind:,} tickets behind them")
    for name, values in (
        ("draft of a handover", drafts),
        ("every ticket looked at", scans),
        ("monthly report as PDF", papers),
    ):
        print(f"{name:24} {statistics.median(values):8.3f} s ({min(values):.3f} to {max(values):.3f})")
    ratios = [scan / one for scan, one in zip(scans, drafts, strict=True)]
    print(f"every ticket / draft: {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})")
    application.quit()


if __name__ == "__main__":
    main()
