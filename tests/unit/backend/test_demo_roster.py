"""The demo's duty roster keeps to the rules, is set once, and leaves a team its rest."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from backend.simulator.roster import SEATS, TEAMS, set_roster
from domain.shifts.roster import ID, NAME, ROSTER, Roster
from tests.unit.backend.house import NOON, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, kinds=[ROSTER]) as made:
        yield made


def test_it_is_set_once_with_teams_and_seats(house: House) -> None:
    for _ in range(2):
        house.run(set_roster(NOON.date(), house.service))
    roster = house.document(NAME, ID)
    assert isinstance(roster, Roster)
    assert roster.version == 1
    assert roster.plan.seats == SEATS


def test_no_team_has_two_shifts_after_each_other(house: House) -> None:
    house.run(set_roster(date(2024, 5, 8), house.service))
    roster = house.document(NAME, ID)
    assert isinstance(roster, Roster)
    one_after_another = [team for day in roster.plan.cycle for team in day]
    following = [*one_after_another[1:], one_after_another[0]]
    assert set(one_after_another) == set(TEAMS)
    assert all(first != then for first, then in zip(one_after_another, following, strict=True))
