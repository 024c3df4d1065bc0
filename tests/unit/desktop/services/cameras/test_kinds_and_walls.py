"""A site's own kind of source by entry point, named walls with their groups, and tickets in front of cameras."""

import sys
from pathlib import Path

import msgspec
import pytest

from desktop.services.cameras.http import StillSource
from desktop.services.cameras.kinds import source_kinds
from desktop.services.cameras.nearby import events_at
from desktop.services.cameras.walls import ALL, WallBook
from domain.cameras import KINDS_GROUP, Camera
from domain.geo.measure import moved
from domain.ticket import Point
from domain.vocabulary import Stage, State, Urgency
from tests.qt.samples import NOW, make_ticket


@pytest.fixture
def site_package(tmp_path: Path, monkeypatch):
    """An installed package of a site, as pip would leave it."""
    (tmp_path / "site_cams.py").write_text(
        "class Beacon:\n"
        "    def __init__(self, order, sink): self.sink = sink\n"
        "    def start(self): self.sink.picture('picture')\n"
        "    def stop(self): pass\n"
        "    def set_full(self, full): pass\n"
        "number = 5\n"
    )
    info = tmp_path / "site_cams-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: site-cams\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        f"[{KINDS_GROUP}]\nbeacon = site_cams:Beacon\nrtsp = site_cams:Beacon\ngone = no_such_module:X\nnumber = site_cams:number\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("site_cams", None)


def test_a_site_adds_its_own_kind_without_touching_the_product(site_package, caplog):
    from backend.cameras import known_kinds

    kinds = source_kinds({"rtsp": StillSource})
    assert kinds["beacon"].__name__ == "Beacon"
    assert kinds["rtsp"] is StillSource
    assert set(kinds) == {"rtsp", "beacon"}
    assert caplog.text.count("site-cams") == 3
    assert "beacon" in known_kinds()


def cameras(count: int, *walls: str) -> list[Camera]:
    return [Camera(id=f"C-{n}", name=str(n), kind="test", walls=walls if n % 2 else ()) for n in range(count)]  # type: ignore[arg-type]


def test_walls_come_with_the_register_and_the_wall_of_all_is_the_last():
    walls = WallBook().walls(cameras(20, "防汛", "学校"))
    assert [(wall.name, len(wall.ids)) for wall in walls] == [("防汛", 10), ("学校", 10), (ALL, 20)]
    everything = walls[-1]
    assert everything.groups(16) == 2
    assert everything.group(16, 1) == everything.group(16, 3) == ("C-16", "C-17", "C-18", "C-19")
    assert everything.group_of("C-17", 16) == 1
    assert WallBook().walls([])[0].group(4, 0) == ()


def test_an_own_order_is_kept_and_new_cameras_join_it(tmp_path):
    book = WallBook(tmp_path)
    book.keep("防汛", ["C-3", "C-1", "C-99"])
    wall = WallBook(tmp_path).walls(cameras(6, "防汛"))[0]
    assert wall.ids == ("C-3", "C-1", "C-5")
    assert wall.own
    book.forget("防汛")
    assert WallBook(tmp_path).walls(cameras(6, "防汛"))[0].ids == ("C-1", "C-3", "C-5")


def test_a_broken_file_of_walls_costs_only_the_own_orders(tmp_path):
    (tmp_path / "camera_walls.json").write_text("{nonsense")
    assert len(WallBook(tmp_path).walls(cameras(2, "防汛"))) == 2


HERE = Point(114.35, 22.69)
CAMERA = Camera(id="C-1", name="门", kind="test", point=HERE, direction=0, angle=90, radius_m=200)  # type: ignore[arg-type]


def seen(number: int, meters: float, bearing: float = 0.0, **fields):
    options = {key: fields.pop(key) for key in ("stage", "hours", "used") if key in fields}
    ticket = make_ticket(number, fields.pop("state", State.HANDLING), **options)
    return msgspec.structs.replace(ticket, point=moved(HERE, bearing, meters), **fields)


def test_what_happens_in_the_sector_and_what_does_not():
    top = seen(1, 100, urgency=Urgency.TOP)
    assert events_at([CAMERA], [top], NOW)["C-1"].ticket is top
    assert not events_at([CAMERA], [seen(1, 100, bearing=90, urgency=Urgency.TOP)], NOW)
    assert not events_at([CAMERA], [seen(1, 250, urgency=Urgency.TOP)], NOW)
    assert not events_at([CAMERA], [seen(1, 100)], NOW)
    assert not events_at([CAMERA], [seen(1, 100, urgency=Urgency.TOP, state=State.CLOSED)], NOW)
    assert not events_at([CAMERA], [msgspec.structs.replace(top, point=None)], NOW)


def test_the_worst_of_several_is_told_urgency_before_haste_before_joint_work():
    top = seen(1, 100, urgency=Urgency.TOP, hours=8.0, used=0.1)
    soon = seen(2, 50, state=State.FILED, stage=Stage.DISPATCH, hours=0.5, used=0.9)
    assert events_at([CAMERA], [soon, top], NOW)["C-1"].ticket is top
    assert events_at([CAMERA], [soon], NOW)["C-1"].state == "at_risk"


def test_a_wide_sector_reaches_over_the_cells_of_the_index():
    wide = msgspec.structs.replace(CAMERA, radius_m=3000.0)
    assert events_at([wide], [seen(1, 2900, urgency=Urgency.TOP)], NOW)
    assert not events_at([wide], [seen(1, 3100, urgency=Urgency.TOP)], NOW)
