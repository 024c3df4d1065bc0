"""The Baltimore 311 file as changes of tickets: due and close dates exactly as the city wrote them.

What the city calls a duplicate is merged, what it transferred was out of its remit; everything else without a close date is
open. Times are the city's local ones.
"""

import csv
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain import events
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.kpi_parts import KpiRules
from domain.projection import apply
from domain.ticket import Clock, Limit, Participation, Ticket
from domain.vocabulary import Level, LimitType, Source, Urgency

ZONE = "America/New_York"
RULES = KpiRules(zone=ZONE)
LAST = "2019-02-13 16:18:56"
"""The last thing that happens in the file, local time."""
SOURCES = {"Phone": Source.HOTLINE_12345, "API": Source.OPEN311, "Internal": Source.PATROL}


class Change(NamedTuple):
    at: datetime
    before: Ticket | None
    after: Ticket


def local(text: str, layout: str = "%m/%d/%Y %I:%M:%S %p") -> datetime | None:
    return datetime.strptime(text, layout).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC) if text else None


def now() -> datetime:
    at = local(LAST, "%Y-%m-%d %H:%M:%S")
    assert at is not None
    return at


def lives(path: Path) -> list[list[Change]]:
    """One list of changes per row of the file."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
        return [list(_life(row)) for row in csv.DictReader(text)]


def _life(row: dict[str, str]) -> Iterator[Change]:
    created = local(row["CreatedDate"])
    assert created is not None
    name, area = TicketId(row["SRRecordID"]), AreaCode(f"{int(float(row['CouncilDistrict'] or 0)):09d}")
    unit = UnitId(row["Agency"] or "nobody")
    ticket: Ticket | None = None
    for at, event in _events(row, created, area, unit):
        before = ticket
        version = 1 if ticket is None else ticket.version + 1
        ticket = apply(ticket, name, version, event, at)
        yield Change(at, before, ticket)


def _events(
    row: dict[str, str], created: datetime, area: AreaCode, unit: UnitId
) -> Iterator[tuple[datetime, events.TicketEvent]]:
    due, closed, status = local(row["DueDate"]), local(row["CloseDate"]), row["SRStatus"]
    item, source = ItemCode(row["SRType"]), SOURCES.get(row["MethodReceived"], Source.PLATFORM)
    yield created, events.Reported(source=source, external_ref=row["SRRecordID"], area=area, item=item, item_version=1)
    business = None
    if due is not None:
        hours = (due - created) / timedelta(hours=1)
        business = Clock(Limit(hours, LimitType.URGENT_HOURS), created, created + (due - created) * 0.8, due)
    yield created, events.Filed(item=item, item_version=1, urgency=Urgency.NORMAL, business=business, stage=None)
    if "Duplicate" in status:
        yield closed or created, events.Merged(into=TicketId("another"))
    elif "Transferred" in status:
        yield closed or created, events.Refused(referred_to="another office")
    else:
        part = Participation(unit=unit, lead=True, asked_at=created)
        yield created, events.Dispatched(lead=unit, parts=(part,), stage=None)
        yield created, events.Signed(stage=None)
        if closed is not None:
            yield closed, events.ResultReported(resolved_level=Level.TOWN, stage=None)
            on_time = None if due is None else closed <= due
            yield closed, events.Closed(on_time=on_time, resolved_level=Level.TOWN)
