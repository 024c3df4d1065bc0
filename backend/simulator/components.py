"""The register of components of the demo: the invented ones of the demo's map, published once as its first revision, marked 演示."""

import csv
import logging

from backend.reference import Site
from domain.tables.read_components import read_components
from domain.tables.sheets import Line, Sheet
from domain.tables.values import Rows
from resources import path as resource_path

log = logging.getLogger("backend.simulator")
REASON = "演示地图自带的部件（虚构）"


def demo_components(site: Site) -> Rows:
    """All that can be read; a row that cannot is logged and left out."""
    text = resource_path("maps", "demo", "components.csv").read_text("utf-8")
    lines = tuple(Line(number, tuple(cells)) for number, cells in enumerate(csv.reader(text.splitlines()), 1))
    reading = read_components(Sheet("components", lines), {area.code: area for area in site.reference.areas})
    for problem in reading.problems[:3]:
        log.warning("component of the demo left out: row %d, %s", problem.number, problem.code)
    return Rows(components=reading.rows)
