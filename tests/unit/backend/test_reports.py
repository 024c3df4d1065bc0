"""Reports: periods, the schedule, and the model against an independent count on the recorded file."""

import asyncio
import csv
import gzip
import shutil
import sqlite3
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.app import Backend
from backend.config import BackendConfig
from backend.handlers import CommandService
from backend.intake.recorded import RecordedRow, read_rows
from backend.reference import Site, demo_site
from backend.report_offline import report_of
from backend.simulator.template import standing_clock
from backend.site_tables import kpi_setup
from backend.store.store import Store, log_file
from domain import commands
from domain.handover.since import Since
from domain.ids import UnitId
from domain.kpi_types import Period
from domain.reports import periods
from domain.reports.periods import PeriodError
from domain.reports.schedule import Entry, ScheduleError, checked, due_at
from domain.reports.values import Report, ReportKind
from domain.vocabulary import Level
from protocol import reports
from protocol.messages import Submit
from protocol.reports import KeptReport
from protocol.snapshot import millis
from resources import path as resource_path
from tests.unit.backend.house import SHIFT_LEADER, SOURCE

SAMPLE = resource_path("samples", "pingshan_2018.csv.gz")
WEEK = periods.week("2018-W40")
ZONE = ZoneInfo("Asia/Shanghai")
SUNDAY_NIGHT = datetime(2018, 10, 8, tzinfo=ZONE).astimezone(UTC)


# -- periods and schedule ---------------------------------------------------------------------------


def test_periods_are_half_open_days_and_print_as_people_write_them() -> None:
    assert periods.week("2018-W40") == Period(date(2018, 10, 1), date(2018, 10, 8))
    assert periods.month("2018-12") == Period(date(2018, 12, 1), date(2019, 1, 1))
    assert periods.span("2018-10-01", "2018-10-03") == Period(date(2018, 10, 1), date(2018, 10, 4))
    for text in ("2018-10-09", "2018-W40", "2018-10"):
        made = {10: periods.day, 8: periods.week, 7: periods.month}[len(text)](text)
        assert periods.label(made) == text
    assert periods.label(periods.span("2018-10-01", "2018-10-03")) == "2018-10-01_2018-10-03"


@pytest.mark.parametrize("text", ["2018-W54", "2018-40", "W40", "2018-W00"])
def test_a_week_that_there_is_not_is_refused_in_words(text: str) -> None:
    with pytest.raises(PeriodError, match=r"2018-W41|no such week"):
        periods.week(text)


def test_a_span_that_ends_before_it_begins_or_is_endless_is_refused() -> None:
    with pytest.raises(PeriodError, match="before the first"):
        periods.span("2018-10-03", "2018-10-01")
    with pytest.raises(PeriodError, match="at most"):
        periods.span("2017-01-01", "2018-10-01")
    with pytest.raises(PeriodError, match="2018-13"):
        periods.month("2018-13")


@given(st.datetimes(datetime(2018, 1, 1), datetime(2027, 1, 1)), st.sampled_from(["daily", "weekly", "monthly"]))
def test_a_report_is_due_at_its_time_and_about_a_period_that_is_over(at: datetime, kind: str) -> None:
    now = at.replace(tzinfo=UTC)
    entry = Entry(name="x", kind=ReportKind(kind), at="08:30", weekday="mon", monthday=1)
    moment = due_at(entry, now, ZONE)
    assert moment is not None
    assert moment <= now
    assert f"{moment.astimezone(ZONE):%H:%M}" == "08:30"
    period = periods.last_whole(kind, moment.astimezone(ZONE).date())
    assert datetime.combine(period.end, datetime.min.time(), ZONE) <= moment
    # Nothing lies between this moment and now at which it would be due again.
    step = {"daily": 1, "weekly": 7, "monthly": 31}[kind]
    assert now - moment < timedelta(days=step)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(name="a", kind=ReportKind.DAILY, at="8.30"), "08:30"),
        (Entry(name="a", kind=ReportKind.WEEKLY, at="08:30", weekday="monday"), "mon"),
        (Entry(name="a", kind=ReportKind.MONTHLY, at="08:30", monthday=31), "28"),
        (Entry(name="a", kind=ReportKind.UNIT, at="08:30"), "unit"),
    ],
)
def test_an_entry_that_nobody_can_follow_is_refused_with_what_to_write(entry: Entry, words: str) -> None:
    with pytest.raises(ScheduleError, match=words):
        checked([entry])
    good = Entry(name="a", kind=ReportKind.DAILY, at="08:30")
    with pytest.raises(ScheduleError, match="twice"):
        checked([good, good])


# -- the recorded week ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tickets of one week and the days around it, accepted when they came; those recorded in time are closed at once."""
    folder = tmp_path_factory.mktemp("week")
    site = demo_site()
    rows = [row for row in read_rows(SAMPLE, site) if isinstance(row, RecordedRow)]
    rows = [row for row in rows if abs((row.reported_at - SUNDAY_NIGHT).days + 4) < 6]
    asyncio.run(_feed(folder, site, sorted(rows, key=lambda row: row.reported_at)))
    return folder


async def _feed(folder: Path, site: Site, rows: list[RecordedRow]) -> None:
    clock = standing_clock(SUNDAY_NIGHT + timedelta(days=3))
    store = Store.open(folder, business_now=clock.now_business)
    service = CommandService(store, site.rules, clock, [], zone=site.reference.zone)
    number = 0

    async def give(command: commands.Command, at: datetime, ticket=None, version=None):
        nonlocal number
        number += 1
        submit = Submit(
            outbox_id="a" * 32,
            n=number,
            ticket_id=ticket,
            expected_version=version,
            command=command,
            created_at=datetime.now(UTC),
            occurred_at=at,
        )
        outcome = await service.submit(SOURCE, submit)
        assert outcome.status == "applied", outcome
        return outcome

    async def live(row: RecordedRow) -> None:
        at, unit = row.reported_at, row.unit or UnitId(site.reference.units[0].id)
        report = commands.Report(
            source=row.source, external_ref=row.rec_id, area=row.area, item=row.item, unit=unit, channel=row.channel
        )
        made = await give(report, at)
        steps = [commands.File(), commands.Dispatch(lead=unit)]
        if row.late is False:
            steps += [commands.Sign(), commands.ReportResult(resolved_level=Level.TOWN, text="已处理")]
            item = site.catalogue.newest(row.item)
            steps += [commands.RequestCheck(), commands.RecordCheck(result="pass")] if item and item.needs_check else []
            steps += [commands.Close()]
        for version, step in enumerate(steps, 1):
            await give(step, at, made.ticket_id, version)

    try:
        for start in range(0, len(rows), 200):
            await asyncio.gather(*(live(row) for row in rows[start : start + 200]))
        await service.stop()
    finally:
        store.close()


def counted() -> dict[str, Counter[str]]:
    """The week from the file itself, by nothing of ours but Python's csv."""
    found: dict[str, Counter[str]] = {"day": Counter(), "town": Counter(), "class": Counter(), "closed": Counter()}
    with gzip.open(SAMPLE, "rt", encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            day = row["CREATE_TIME"].replace("/", "-")[:10]
            if "2018-10-01" <= day <= "2018-10-07":
                found["day"][day] += 1
                found["town"][row["STREET_NAME"]] += 1
                found["class"][row["EVENT_TYPE_NAME"]] += 1
                found["closed"][day] += row["INTIME_ARCHIVE_NUM"] == "1"
    return found


def weekly(folder: Path, **more: object) -> Report:
    site = demo_site()
    return report_of("", folder, kpi_setup(site), ReportKind.WEEKLY, WEEK, site=site.reference.site, **more)  # type: ignore[arg-type]


def test_the_figures_of_a_replayed_week_agree_with_a_count_on_the_file(week: Path) -> None:
    report, want, site = weekly(week), counted(), demo_site()
    names = {area.code: area.name for area in site.reference.areas}
    assert report.accepted == want["day"].total() == 475
    assert {day.isoformat(): n for day, n, _ in report.board.daily} == want["day"]
    assert {names[line.code]: line.accepted for line in report.towns} == want["town"]
    assert {line.code: line.accepted for line in report.classes if line.accepted} == want["class"]
    assert report.closed == want["closed"].total()
    assert {day.isoformat(): n for day, _, n in report.board.daily} == +want["closed"]
    assert sum(line.accepted for line in report.units) <= report.accepted
    assert sum(n for _, n in report.sources) == report.accepted
    assert report.accepted_before > 0


def test_where_no_clock_stood_the_past_is_what_had_happened_by_then(week: Path) -> None:
    noon = datetime(2018, 10, 3, 12, tzinfo=ZONE)
    with gzip.open(SAMPLE, "rt", encoding="utf-8-sig", newline="") as text:
        times = [row["CREATE_TIME"].replace("/", "-") for row in csv.DictReader(text)]
    # Written at once, days later: by the time of writing nothing or everything would be known.
    shown = weekly(week, at=noon.astimezone(UTC))
    assert shown.accepted == sum("2018-10-01" <= at <= "2018-10-03 12:00:00" for at in times)
    assert 0 < shown.closed < weekly(week).closed
    assert weekly(week, at=datetime.now(UTC)).accepted == weekly(week).accepted


def test_an_empty_period_says_so_and_has_no_rates(week: Path) -> None:
    site = demo_site()
    period = periods.month("2017-01")
    report = report_of("", week, kpi_setup(site), ReportKind.MONTHLY, period, site="坪山区")
    assert report.is_empty
    assert all(kpi.value is None for kpi in report.board.kpis)


def test_a_campaign_and_a_score_sheet_count_only_their_own(week: Path) -> None:
    whole, site = weekly(week), demo_site()
    name = whole.classes[0].code
    narrow = weekly(week, filters={"class": (name,)}, title="市容专项")
    assert (narrow.accepted, len(narrow.classes)) == (whole.classes[0].accepted, 1)
    busy = next(line for line in whole.units if line.on_time.denominator)
    unit = busy.code
    sheet = report_of("", week, kpi_setup(site), ReportKind.UNIT, WEEK, site="坪山区", unit=unit)
    assert (sheet.accepted, sheet.closed) == (busy.accepted, busy.closed)
    assert {row.code for row in sheet.ranked} >= {unit}


def test_a_kept_report_is_the_same_bytes_for_ever(week: Path) -> None:
    kept = KeptReport(report=weekly(week), reference=demo_site().reference)
    data = reports.encode(kept)
    assert reports.encode(reports.decode(data)) == data
    assert reports.encode(KeptReport(report=weekly(week), reference=demo_site().reference)) == data


def test_the_running_backend_answers_the_same_as_the_log_read_offline(week: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(week, folder)

    async def ask() -> Report:
        backend = Backend(BackendConfig(data=folder, port=0, clock_base=SUNDAY_NIGHT + timedelta(days=3)), demo_site())
        try:
            await backend.start()
            args = {"kind": "weekly", "start": "2018-10-01", "end": "2018-10-08"}
            return msgspec.json.decode(await backend.queries["report"](SHIFT_LEADER, args), type=Report)
        finally:
            await backend.stop()

    online, offline = asyncio.run(ask()), weekly(week)
    assert (online.accepted, online.closed, online.towns[0].accepted) == (
        offline.accepted,
        offline.closed,
        offline.towns[0].accepted,
    )
    assert [kpi.id for kpi in online.board.kpis] == [kpi.id for kpi in offline.board.kpis]
    assert online.board.daily == offline.board.daily


def test_a_moment_before_any_clock_is_the_same_online_and_offline_also_for_who_comes_back(
    week: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(week, folder)
    wednesday = datetime(2018, 10, 3, 12, tzinfo=ZONE).astimezone(UTC)
    when = wednesday.isoformat()

    async def ask() -> tuple[Report, Since]:
        base = SUNDAY_NIGHT + timedelta(days=3)
        backend = Backend(BackendConfig(data=folder, port=0, clock_base=base, clock_rate=60.0), demo_site())
        try:
            await backend.start()
            args = {"kind": "weekly", "start": "2018-10-01", "end": "2018-10-08", "at": when}
            shown = await backend.queries["report"](SHIFT_LEADER, args)
            since = await backend.queries["since"](SHIFT_LEADER, {"since": when})
            return msgspec.json.decode(shown, type=Report), msgspec.json.decode(since, type=Since)
        finally:
            await backend.stop()

    (online, since), offline = asyncio.run(ask()), weekly(week, at=wednesday)
    assert online == offline
    with sqlite3.connect(log_file(week)) as log:
        happened = log.execute("SELECT max(seq) FROM event WHERE occurred_at <= ?", (millis(wednesday),)).fetchone()
        (head,) = log.execute("SELECT max(seq) FROM event").fetchone()
    assert (online.seq,) == happened
    assert online.seq < head
    assert since.then is not None
    assert since.current is not None
    assert since.then.open == offline.open
    # Counted by another way, from the log's own rows: what has come and gone since is the difference.
    ended = since.then.open.total + since.accepted - since.closed
    assert since.current.open.total == ended
