"""`liandong list`, `organisation` and `components`: import and export of a site's tables. Arguments only; cli.table_jobs works."""

import argparse
import os
from pathlib import Path

from cli.values import instant

ORGANISATION = ("areas", "units", "posts")


def add_list_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "list",
        help="事件部件清单的导入导出 / import and export of the list of events and components",
        description="A file with one row that cannot be read changes nothing: every such row is named with its reason.",
    )
    jobs = parser.add_subparsers(title="清单 / list", metavar="JOB", required=True)
    bring = _add_import(jobs, "items")
    bring.add_argument(
        "--keep",
        action="store_true",
        help="文件中没有的条目保留 / items the file does not name stay (default: retired)",
    )
    bring.add_argument(
        "--valid-from", type=instant, metavar="ISO", help="启用时间 / from when it is filed under (default: at once)"
    )
    bring.set_defaults(whole=True)
    _add_export(jobs, "items")


def add_organisation_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "organisation",
        help="区划、单位、岗位的导入导出 / import and export of areas, units and posts",
        description="A cycle, an unknown parent or a code that stands twice changes nothing and is named.",
    )
    jobs = parser.add_subparsers(title="组织 / organisation", metavar="JOB", required=True)
    for add in (_add_import, _add_export):
        job = add(jobs, "")
        job.add_argument("--what", required=True, choices=ORGANISATION, help="区划、单位还是岗位 / what the file holds")
    jobs.choices["import"].add_argument(
        "--whole", action="store_true", help="文件即全表，没写的删除 / the file is the whole table (default: it adds)"
    )


def add_components_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "components",
        help="部件登记的导入导出 / import and export of the register of components",
        description="16-digit numbers, positions in WGS-84.",
    )
    jobs = parser.add_subparsers(title="部件 / components", metavar="JOB", required=True)
    bring = _add_import(jobs, "components")
    bring.add_argument("--whole", action="store_true", help="文件即全表 / the file is the whole register")
    _add_export(jobs, "components")


def add_roster_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "roster",
        help="排班的导入导出 / import and export of the duty roster",
        description="One row per day of the cycle, one column per shift (白班 08:00-20:00), teams in the cells, no persons.",
    )
    jobs = parser.add_subparsers(title="排班 / roster", metavar="JOB", required=True)
    bring = jobs.add_parser("import", help="导入 XLSX 或 CSV / import .xlsx or .csv (UTF-8 or GBK)")
    bring.add_argument("file", type=Path)
    bring.add_argument("--first-day", required=True, metavar="DATE", help="周期第一天 / day on which the cycle begins")
    bring.add_argument("--dry-run", action="store_true", help="只看差异，不改 / show the differences, change nothing")
    export = jobs.add_parser("export", help="导出 CSV / export as CSV, as import takes it back")
    export.add_argument("file", type=Path)
    for job, run in ((bring, _import_roster), (export, _export_roster)):
        _add_target(job)
        job.set_defaults(run=run)


def _import_roster(args: argparse.Namespace) -> int:
    from cli import roster_jobs

    return roster_jobs.import_roster(args)


def _export_roster(args: argparse.Namespace) -> int:
    from cli import roster_jobs

    return roster_jobs.export_roster(args)


def _add_import(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]", what: str) -> argparse.ArgumentParser:
    job = jobs.add_parser("import", help="导入 XLSX 或 CSV / import .xlsx or .csv (UTF-8 or GBK)")
    job.add_argument("file", type=Path)
    job.add_argument("--dry-run", action="store_true", help="只看差异，不改 / show the differences, change nothing")
    job.add_argument("--reason", default="", help="修订原因 / why; required unless --dry-run")
    _add_target(job)
    job.set_defaults(run=_run("bring"), what=what, keep=False, whole=False, valid_from=None)
    return job


def _add_export(jobs: "argparse._SubParsersAction[argparse.ArgumentParser]", what: str) -> argparse.ArgumentParser:
    job = jobs.add_parser("export", help="导出 CSV / export as CSV, as import takes it back")
    job.add_argument("file", type=Path)
    _add_target(job)
    job.set_defaults(run=_run("export"), what=what)
    return job


def _add_target(job: argparse.ArgumentParser) -> None:
    job.add_argument("--to", required=True, metavar="URL", help="backend address, for example ws://127.0.0.1:8700")
    job.add_argument(
        "--token",
        default=os.environ.get("LIANDONG_TOKEN", ""),
        help="token of role system_admin (export and --dry-run: any role); default: $LIANDONG_TOKEN",
    )


def _run(name: str):  # type: ignore[no-untyped-def] # a function of the parsed arguments
    def run(args: argparse.Namespace) -> int:
        from cli import table_jobs

        return table_jobs.export_table(args) if name == "export" else table_jobs.import_table(args)

    return run
