"""Point → area when a matter is reported, through the real door and log: what the ticket then says of its place."""

import msgspec
import pytest

from backend.places import Places
from domain import commands
from domain.geo.polygons import AreaShape
from domain.ids import AreaCode
from domain.ticket import Placement, Point
from domain.vocabulary import PlacedBy
from tests.unit.backend.house import DISPATCHER, REGISTRAR, House, site
from tests.unit.domain.geo.shapes import area, box

TOWN = next(each.code for each in site().areas if each.level == "town")
LEFT, RIGHT = [each.code for each in site().areas if each.level == "community" and each.code.startswith(TOWN)][:2]
OTHER = next(each.code for each in site().areas if each.level == "town" and each.code != TOWN)


@pytest.fixture
def house(tmp_path):
    shapes: list[AreaShape] = [
        area(TOWN, box(0, 0, 10, 10)),
        area(LEFT, box(0, 0, 4, 10)),
        area(RIGHT, box(3, 0, 8, 10)),
    ]
    with House(tmp_path, places=Places(shapes)) as house:
        yield house


def report(house: House, where: str, point: Point | None):
    command = msgspec.structs.replace(house.report_command(where), point=point)
    outcome = house.do(REGISTRAR, command)
    assert outcome.status == "applied", outcome
    return house.ticket(outcome.ticket_id)


@pytest.mark.parametrize(
    ("where", "point", "area_code", "placement"),
    [
        (TOWN, Point(1, 1), LEFT, Placement(PlacedBy.POLYGON, (LEFT,))),
        (LEFT, Point(1, 1), LEFT, Placement(PlacedBy.POLYGON, (LEFT,))),
        (LEFT, Point(9, 1), LEFT, Placement(PlacedBy.REPORT, (TOWN,))),
        (RIGHT, Point(1, 1), RIGHT, Placement(PlacedBy.DISAGREES, (LEFT,))),
        (OTHER, Point(1, 1), OTHER, Placement(PlacedBy.DISAGREES, (LEFT,))),
        (TOWN, Point(3.5, 1), TOWN, Placement(PlacedBy.AMBIGUOUS, (LEFT, RIGHT))),
        (TOWN, Point(50, 1), TOWN, Placement(PlacedBy.OUTSIDE)),
        (TOWN, None, TOWN, None),
    ],
)
def test_what_the_point_says_of_the_area(house, where, point, area_code, placement):
    ticket = report(house, where, point)
    assert (ticket.area, ticket.placement) == (area_code, placement)


def test_a_person_who_chooses_the_area_has_the_last_word(house):
    ticket = report(house, RIGHT, Point(1, 1))
    house.do(DISPATCHER, commands.Relocate(area=AreaCode(LEFT), text="现场核对"), ticket.id, ticket.version)
    after = house.ticket(ticket.id)
    assert (after.area, after.placement) == (LEFT, None)


def test_without_polygons_a_report_is_taken_as_it_is(tmp_path):
    with House(tmp_path) as house:
        ticket = report(house, TOWN, Point(1, 1))
        assert (ticket.area, ticket.placement) == (TOWN, None)
