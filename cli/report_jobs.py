"""What `liandong report` does: model from the log, kept as JSON, laid out by a process with Qt, delivered."""

import argparse
import os
import subprocess
import sys
import time
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from backend import clock_book, site_book
from backend.handover.kept import kept_handovers
from backend.reference import demo_site
from backend.report_offline import report_of, tables_of
from backend.site_tables import setup_of
from backend.store.errors import StoreError
from cli.errors import OperatorError
from desktop.services.reports.delivery import DeliveryError, MailServer, by_mail, into_folder, safe_name, write_whole
from domain.kpi_types import Period
from domain.reports import periods
from domain.reports.periods import PeriodError
from domain.reports.schedule import Entry, ScheduleError, checked, due_at
from domain.reports.values import ReportKind
from protocol import reports
from protocol.reference import Reference
from protocol.reports import KeptReport

FOLDER = "reports"
DONE = "schedule.json"


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    report: tuple[Entry, ...] = ()
    mail: MailServer | None = None


def run(args: argparse.Namespace) -> int:
    if args.kind == "again":
        if args.kept is None or args.out is None:
            raise OperatorError("需要 --kept FILE 与 --out DIR / again needs --kept FILE and --out DIR")
        return _lay_out(args, args.kept, args.out, tuple(args.formats.split(",")))[0]
    if args.data is None:
        raise OperatorError("需要 --data DIR，数据目录 / --data DIR is needed: the folder that holds the data")
    if args.kind == "watch":
        return _watch(args)
    if args.kind == "handover":
        return _handovers(args)
    period = _period(args)
    if args.kind == "unit" and not args.unit:
        raise OperatorError("成绩单要 --unit / a score sheet needs --unit")
    out = args.out or args.data / FOLDER
    kept = _make(args, ReportKind(args.kind), period, args.unit, args.title, _filters(args.filter), out)
    return _lay_out(args, kept, out, tuple(args.formats.split(",")))[0]


def _handovers(args: argparse.Namespace) -> int:
    """Lists the handovers of a day (or all of them), and writes the files kept at signing as they are. 1 = not all of them are whole."""
    try:
        day = date.fromisoformat(args.day) if args.day else None
        found = kept_handovers(args.database, args.data, day)
    except FileNotFoundError as problem:
        raise OperatorError(f"{problem} 不存在 / there is no log: check --data") from problem
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem
    except ValueError as problem:
        raise OperatorError(f"--day {args.day}: 写作 2018-10-09 / write 2018-10-09") from problem
    whole = True
    for one in found:
        signature = one.handover.signed_in
        state = (
            "未签 / not signed"
            if signature is None
            else f"已签 / signed {signature.by.at.isoformat()} {signature.sha256}"
        )
        print(f"{one.handover.id} {state}", file=sys.stderr)
        for fault in one.faults:
            print(f"{fault}: 与存档时的摘要不符 / is not what was kept", file=sys.stderr)
        if one.signed and not one.same:
            print(
                f"{one.handover.id}: 双方的摘要与内容不符 / the digests of both are not that of its content",
                file=sys.stderr,
            )
        whole = whole and not one.faults and (one.same or not one.signed)
        try:
            paths = into_folder(args.out or args.data / FOLDER, one.files)
        except DeliveryError as problem:
            raise OperatorError(str(problem), 3) from problem
        print(*paths, sep="\n", end="\n" if paths else "", flush=True)
    if not found:
        print("没有交接班 / there is no handover", file=sys.stderr)
    return 0 if whole else 1


def _period(args: argparse.Namespace) -> Period:
    given = [name for name in ("day", "week", "month", "first") if getattr(args, name)]
    if len(given) != 1:
        raise OperatorError(
            "期间写一个：--day、--week、--month，或 --from 与 --to / give one of --day, --week, --month, --from and --to"
        )
    try:
        if args.day:
            return periods.day(args.day)
        if args.week:
            return periods.week(args.week)
        return periods.month(args.month) if args.month else periods.span(args.first, args.last or args.first)
    except PeriodError as problem:
        raise OperatorError(str(problem)) from problem


def _filters(texts: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not value:
            raise OperatorError(f"--filter {text}: 写作 class=市容环卫 / write NAME=VALUE")
        found[name] = (*found.get(name, ()), value)
    return found


def _make(
    args: argparse.Namespace,
    kind: ReportKind,
    period: Period,
    unit: str,
    title: str,
    filters: dict[str, tuple[str, ...]],
    out: Path,
) -> Path:
    """The kept data: written before anything is laid out, so that nothing is lost where that fails."""
    try:
        tables = tables_of(args.database, args.data, _installed(args.data))
        if unit and all(unit != one.id for one in tables.units):
            raise OperatorError(f"--unit {unit}: 没有这个单位 / there is no such unit")
        model = report_of(
            args.database,
            args.data,
            setup_of(tables),
            kind,
            period,
            site=tables.site,
            title=title,
            unit=unit,
            filters=filters,
            at=args.at,
            demo=clock_book.demo_of(clock_book.load(args.data)),
        )
    except FileNotFoundError as problem:
        raise OperatorError(f"{problem} 不存在 / there is no log: check --data") from problem
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem
    except ValueError as problem:
        raise OperatorError(str(problem)) from problem
    subject = f"-{unit}" if unit else f"-{title}" if title else ""
    path = out / safe_name(f"{kind}{subject} {periods.label(period)}.json")
    try:
        write_whole(path, reports.encode(KeptReport(report=model, reference=tables)))
    except OSError as problem:
        raise OperatorError(
            f"{path}: 写不了，换 --out 或腾出空间 / cannot be written ({problem.strerror})", 3
        ) from problem
    print(path, flush=True)
    if model.is_empty:
        print(
            "本期没有受理、结案或到期的工单，报表各表为空 / nothing happened in this period, the tables are empty",
            file=sys.stderr,
        )
    return path


def _installed(data: Path) -> Reference:
    """The tables that the backend of this folder was installed with. Raises RefusedError."""
    known = site_book.load(data)
    if known is None:
        print(
            f"{data / site_book.NAME} 不存在，代码按随程序安装的表命名；服务启动一次就会写下本站点的表 / "
            "is not there: codes are named by the tables that come with the program; a backend writes those of the site when it starts",
            file=sys.stderr,
        )
        return site_book.installed(demo_site())
    return known


def _lay_out(args: argparse.Namespace, kept: Path, out: Path, formats: tuple[str, ...]) -> tuple[int, list[Path]]:
    """(exit code, the files)"""
    command = [sys.executable, "-P", "-m", "desktop.app.reports", str(kept), "--out", str(out)]
    command += ["--formats", ",".join(formats), "--language", args.language]
    if args.templates is not None:
        command += ["--templates", str(args.templates)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="", flush=True)
    return done.returncode, [Path(line) for line in done.stdout.splitlines()]


# -- by the clock -----------------------------------------------------------------------------------


def _watch(args: argparse.Namespace) -> int:
    schedule = _schedule(args.schedule)
    out = args.out or args.data / FOLDER
    try:
        zone = ZoneInfo(_installed(args.data).zone)
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem
    worst = 0
    while True:
        now = args.at or datetime.now(UTC)
        for entry in schedule.report:
            worst = max(worst, _if_due(args, schedule, entry, now, zone, out))
        if args.once:
            return worst
        time.sleep(args.every)


def _schedule(path: Path | None) -> Schedule:
    if path is None:
        raise OperatorError("需要 --schedule FILE / watch needs --schedule FILE")
    try:
        schedule = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Schedule)
        checked(schedule.report)
    except OSError as problem:
        raise OperatorError(f"{path}: 读不了 / cannot be read ({problem.strerror})") from problem
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ScheduleError) as problem:
        raise OperatorError(f"{path}: {problem}") from problem
    return schedule


def _if_due(
    args: argparse.Namespace, schedule: Schedule, entry: Entry, now: datetime, zone: ZoneInfo, out: Path
) -> int:
    """Makes and delivers the report if it is due and was not made for that moment yet; an undelivered one is tried again."""
    moment = due_at(entry, now, zone)
    if moment is None:
        return 0
    notes, state = out / DONE, {}
    if notes.is_file():
        state = msgspec.json.decode(notes.read_bytes(), type=dict[str, str])
    if state.get(entry.name) == moment.isoformat():
        return 0
    kind = "monthly" if entry.kind in (ReportKind.UNIT, ReportKind.CAMPAIGN) else entry.kind.value
    period = periods.last_whole(kind, moment.date())
    folder = out / safe_name(entry.name)
    kept = _make(args, entry.kind, period, entry.unit, entry.title, entry.filters, folder)
    code, paths = _lay_out(args, kept, Path(entry.folder) if entry.folder else folder, entry.formats)
    if code == 3:
        return code
    if entry.mail_to and schedule.mail is not None:
        subject = paths[0].stem if paths else entry.name
        try:
            by_mail(schedule.mail, entry.mail_to, subject, subject, paths, moment)
        except DeliveryError as problem:
            print(problem, file=sys.stderr)
            return 1
    state[entry.name] = moment.isoformat()
    write_whole(notes, msgspec.json.encode(state, order="sorted"))
    return code
