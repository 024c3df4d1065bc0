"""What `liandong backend recount` does: the check that figures can be trusted, by command. The nightly one is in the backend."""

import argparse
from pathlib import Path

from cli.errors import OperatorError
from cli.values import instant


def add_parser(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    recount = jobs.add_parser(
        "recount",
        help="核对指标 / check that every KPI agrees with a full recount",
        description="Counts every KPI from all tickets, from all events and from the stored facts; a difference is a defect.",
    )
    recount.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="数据目录 / data folder")
    recount.add_argument(
        "--database", default=argparse.SUPPRESS, metavar="URL", help="sqlite:///PATH or postgresql://…"
    )
    recount.add_argument(
        "--at", type=instant, metavar="ISO", help="截至时间 / open tickets are judged then (default: the last event)"
    )
    recount.set_defaults(run=recount_job)


def recount_job(args: argparse.Namespace) -> int:
    from backend.kpi_check import SHOWN, sentence
    from backend.kpi_recount import recount_log
    from backend.reference import demo_site
    from backend.store.errors import StoreError
    from domain.kpi_parts import KpiRules

    folder: Path | None = args.data
    if folder is None:
        raise OperatorError("需要 --data DIR，数据目录 / --data DIR is needed: the folder that holds the data")
    rules = KpiRules(zone=demo_site().reference.zone)
    try:
        report = recount_log(args.database, folder, rules, args.at)
    except FileNotFoundError as problem:
        raise OperatorError(f"{problem} 不存在 / there is no log: check --data") from problem
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem
    what = f"tickets={report.tickets} events={report.events} figures={report.cells} head={report.seq}"
    stored = "compared" if report.facts else "none"
    if not report.differences:
        print(f"ok {what} as_of={report.as_of.isoformat()} facts={stored}")
        return 0
    for difference in report.differences[:SHOWN]:
        print(f"ALARM kpi_difference {sentence(difference)}")
    print(f"bad {what}: {len(report.differences)} 个数字不一致 / numbers differ; this is a defect, please report it")
    return 1
