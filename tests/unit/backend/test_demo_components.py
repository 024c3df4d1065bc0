"""The demo's register is the table of its map: every row can be read, and all of it is one revision."""

import csv

from backend.reference import demo_site
from backend.simulator.components import demo_components
from domain.tables.deciding import MOST_DRAFT_ROWS, MOST_ROWS
from domain.tables.importing import bundles
from protocol.reference import Demo
from resources import path


def test_every_component_of_the_demo_map_is_in_the_register_as_one_revision() -> None:
    rows = demo_components(demo_site(Demo("2018-10-09", 60.0, "demo")))
    listed = list(csv.DictReader(path("maps", "demo", "components.csv").read_text("utf-8").splitlines()))
    assert [one.id for one in rows.components] == [row["id"] for row in listed]
    (parts,) = bundles(rows, MOST_DRAFT_ROWS)
    assert all(len(part) <= MOST_ROWS for part in parts)
