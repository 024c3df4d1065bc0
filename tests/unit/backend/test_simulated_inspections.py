"""The invented inspections of the demo keep to the rules: nothing they do is refused, and they stand where the hall is to see them."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from backend.simulator.inspections import act_out, stories
from domain.inspection.kind import INSPECTION, NAME
from domain.inspection.values import Inspection
from domain.inspection.words import InspectionState as S
from tests.unit.backend.house import NOON, House, site


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, kinds=[INSPECTION]) as made:
        yield made


def found(house: House) -> list[Inspection]:
    known = {r.entity_id: r.document for r in house.records if r.entity == NAME}
    return [each for each in known.values() if isinstance(each, Inspection)]


def test_every_act_of_the_stories_is_applied(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "backend.simulator")
    told = stories(site(), NOON)
    house.clock.pass_(timedelta(hours=6))
    for story in told:
        house.run(act_out(story, house.service, house.clock.now_business))
    assert [record.message for record in caplog.records] == []
    assert [len(story.deeds) for story in told] == [each.version for each in found(house)]
    assert [each.state for each in found(house)] == [S.FINDINGS_IN, S.RECTIFYING]


def test_at_the_start_one_is_at_work_and_a_unit_is_still_missing(house: House) -> None:
    today, _ = stories(site(), NOON)
    done = [deed for deed in today.deeds if deed.at <= NOON]
    house.run(act_out(type(today)(tuple(done)), house.service, house.clock.now_business))
    (inspection,) = found(house)
    assert inspection.state is S.UNDER_WAY
    assert [part.arrived_at is None for part in inspection.parts] == [False, False, False, True]
    assert 0 < len(inspection.findings) < 40
