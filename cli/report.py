"""`liandong report`: arguments only; the work is in cli.report_jobs."""

import argparse
import os
from pathlib import Path

from cli.values import instant, positive

KINDS = ("daily", "weekly", "monthly", "campaign", "unit")
FORMATS = ("docx", "pdf", "xlsx")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "report",
        help="日报、周报、月报、专项、单位成绩单 / reports as .docx, PDF and XLSX",
        description="Makes a report from the log, keeps its data beside the files, and puts them into a folder or a mail. "
        "Also while the backend runs.",
    )
    parser.add_argument(
        "kind",
        choices=(*KINDS, "handover", "again", "watch"),
        help="handover = the kept files of signed ones; again = from its kept data; watch = by the clock",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据目录 / data folder of the backend")
    parser.add_argument("--database", default=os.environ.get("LIANDONG_DATABASE", ""), metavar="URL")
    parser.add_argument("--out", type=Path, metavar="DIR", help="存到 / where to (default: DIR/reports)")
    parser.add_argument("--day", metavar="2018-10-09")
    parser.add_argument("--week", metavar="2018-W41")
    parser.add_argument("--month", metavar="2018-10")
    parser.add_argument("--from", dest="first", metavar="DAY", help="首日 / first day")
    parser.add_argument("--to", dest="last", metavar="DAY", help="末日（含）/ last day, included")
    parser.add_argument("--unit", default="", help="单位代码 / unit of the score sheet")
    parser.add_argument("--title", default="", help="专项名称 / title of a campaign")
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="范围，可多次 / class=…, item=…, area=…, source=…",
    )
    parser.add_argument(
        "--at", type=instant, metavar="ISO", help="回看：当时所示 / figures as they were at this instant"
    )
    parser.add_argument(
        "--formats",
        type=_formats,
        default=",".join(FORMATS),
        help="格式，逗号分隔 / comma between (default %(default)s)",
    )
    parser.add_argument("--templates", type=Path, metavar="DIR", help="自己的 .docx 模板 / folder of edited templates")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="again: the kept data (.json)")
    parser.add_argument("--schedule", type=Path, metavar="FILE", help="定时出具与邮件设置 / schedule and mail (TOML)")
    parser.add_argument("--once", action="store_true", help="watch: make what is due now and end")
    parser.add_argument("--every", type=positive, default=30.0, metavar="S", help="watch: seconds between looks")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.set_defaults(run=_run)


def _formats(text: str) -> str:
    """docx,pdf: a name that is none of them would leave a report without its file, and nobody would know."""
    chosen = [part.strip().lower() for part in text.split(",") if part.strip()]
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        raise argparse.ArgumentTypeError(f"{text!r}: 要 / want some of {','.join(FORMATS)}")
    return ",".join(chosen)


def _run(args: argparse.Namespace) -> int:
    from cli import report_jobs

    return report_jobs.run(args)
