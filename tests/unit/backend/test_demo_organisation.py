"""The demo's grids, posts and competences: invented and said so, whole as one revision, and enough for a dispatcher to be advised."""

from pathlib import Path

from backend.reference import demo_site
from backend.simulator.organisation import REASON, demo_organisation
from backend.simulator.publishing import publish
from domain.tables.current import Tables
from domain.tables.deciding import MOST_DRAFT_ROWS
from domain.tables.importing import What, bundles, export, plan_import
from domain.tables.sheets import Line, Sheet
from domain.tables.words import Table
from protocol.reference import Demo
from tests.unit.backend.test_app import Backend, serving

SITE = demo_site(Demo("2018-10-09", 60.0, "demo"))
ROWS = demo_organisation(SITE)


def test_the_revision_says_that_it_is_invented_and_real_names_stay_as_they_are() -> None:
    assert "演示" in REASON
    grids = [area for area in ROWS.areas if area.level == "grid"]
    assert {area.kind for area in grids} == {"basic", "enterprise"}
    known = {area.code: area.name for area in SITE.areas}
    assert all(known[area.code] == area.name for area in ROWS.areas if area.level != "grid")


def test_every_grid_has_four_posts_and_volunteers() -> None:
    of_grid: dict[str, set[str]] = {}
    for post in ROWS.posts:
        of_grid.setdefault(post.area, set()).add(post.role)
    basic = {str(area.code) for area in ROWS.areas if area.level == "grid" and area.kind == "basic"}
    assert basic <= set(of_grid)
    assert all(len(of_grid[code]) == 5 for code in basic)


def test_competences_are_beginnings_of_codes_of_the_list() -> None:
    codes = [item.code for item in SITE.catalogue]
    for unit in ROWS.units:
        assert unit.items, unit.name
        assert all(any(code.startswith(begin) for code in codes) for begin in unit.items), unit.name


def test_all_of_it_is_published_as_one_revision_and_read_back_from_its_own_export(tmp_path: Path) -> None:
    assert len(bundles(ROWS, MOST_DRAFT_ROWS)) == 1
    found: list[Tables] = []

    async def work(backend: Backend) -> None:
        await publish(Table.ORGANISATION, ROWS, REASON, backend.service)
        assert backend.tables.has(Table.ORGANISATION)
        found.append(backend.tables.tables())

    serving(tmp_path, work)
    tables = found[0]
    assert len(tables.posts) == len(ROWS.posts)
    for what in (What.AREAS, What.UNITS, What.POSTS):
        grid = export(what, tables)
        sheet = Sheet(what.value, tuple(Line(number, tuple(cells)) for number, cells in enumerate(grid, 1)))
        plan = plan_import(what, (sheet,), tables, whole=True)
        assert not plan.problems, what
        assert not plan.rows, "what is exported changes nothing when it comes back"
        assert plan.same == len(grid) - 1
