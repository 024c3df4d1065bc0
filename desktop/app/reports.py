"""`python -m desktop.app.reports KEPT.json --out DIR`: lays out a kept report. A process of its own, so that who asks needs no Qt."""

import argparse
import os
import sys
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication

from desktop.app.language import Texts
from desktop.models.names import Names
from desktop.services.reports.delivery import DeliveryError, into_folder
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.reports.compose import compose
from desktop.views.reports.files import FORMATS, make_files
from desktop.views.site_time import SiteTime
from protocol import reports
from resources import path as resource_path


def main(arguments: list[str] | None = None) -> int:
    """0 = all made; 1 = a template could not be filled, the rest is made; 3 = nothing could be written or read."""
    args = _read(arguments)
    try:
        kept = reports.decode(args.kept.read_bytes())
    except (OSError, msgspec.DecodeError) as problem:
        print(f"{args.kept}: 不是留存的报表 / no kept report: {problem}", file=sys.stderr)
        return 3
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    Texts(app).use("zh_CN" if args.language == "zh" else "en")
    load_fonts()
    site = SiteTime(kept.reference.zone, args.language)
    paper = compose(kept.report, Names.of(kept.reference), site)
    folders = [*args.templates, resource_path("templates")]
    files, failed = make_files(paper, args.formats, folders, Theme.load("light", language=args.language))
    try:
        written = into_folder(args.out, files)
    except DeliveryError as problem:
        print(problem, file=sys.stderr)
        return 3
    for path in written:
        print(path, flush=True)
    for sentence in failed:
        print(f"模板填不了 / the template cannot be filled: {sentence}", file=sys.stderr)
    return 1 if failed else 0


def _read(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="desktop.app.reports")
    parser.add_argument("kept", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--formats", type=lambda text: tuple(text.split(",")), default=FORMATS)
    parser.add_argument("--templates", type=Path, action="append", default=[])
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
