"""A row and its clock: what is drawn without a calendar agrees with the rules."""

from datetime import timedelta

import msgspec
import pytest

from desktop.models.names import Names
from desktop.models.ticket_row import RowMaker, RowWords, clock_look, look_of, short_number
from domain import clocks
from domain.ids import UnitId
from domain.ticket import Participation
from domain.vocabulary import State
from protocol.snapshot import millis
from tests.qt.samples import NOW, make_clock, make_reference, make_ticket

WORDS = RowWords(
    stage={state: state.value for state in State},
    waiting={State.FILED: "waiting"},
    urgency={"top": "t", "high": "h", "normal": "n"},
)
REFERENCE = make_reference()


def row_of(ticket):
    return RowMaker(Names.of(REFERENCE), WORDS).row(ticket)


@pytest.mark.parametrize("used", [0.0, 0.3, 0.79, 0.81, 0.99, 1.01, 1.6])
def test_state_and_share_are_those_of_the_rules(used):
    clock = make_clock(8.0, used)
    look = look_of(clock, millis(NOW) or 0)
    assert look.state == clocks.state_of(clock, NOW).value
    assert look.used + look.beyond == pytest.approx(clocks.used_fraction(clock, NOW), abs=1e-6)
    assert look.remaining_s == pytest.approx(clocks.remaining_s(clock, NOW), abs=0.01)


def test_a_clock_is_still_at_risk_at_its_very_limit():
    clock = make_clock(1.0, 1.0)
    assert look_of(clock, millis(clock.due_at) or 0).state == "at_risk" == clocks.state_of(clock, clock.due_at).value


def test_a_paused_clock_does_not_move():
    row = row_of(make_ticket(1, State.SUSPENDED, used=0.5))
    later = (millis(NOW + timedelta(days=3))) or 0
    assert clock_look(row, later) == clock_look(row, millis(NOW) or 0)
    assert clock_look(row, later).state == "paused"


def test_a_ticket_without_stage_clock_runs_on_its_business_clock():
    ticket = msgspec.structs.replace(make_ticket(1), stage=None)
    assert row_of(ticket).due_ms == millis(ticket.business.due_at)


def test_names_come_from_the_tables_and_unknown_codes_stand_for_themselves():
    row = row_of(make_ticket(1))
    assert (row.category, row.matter, row.place) == ("安全生产", "企业资质证照", "坪山街道 六联社区")
    unknown = RowMaker(Names(), WORDS).row(make_ticket(1))
    assert (unknown.matter, unknown.place) == ("SJ0100180428", "440310001 440310001001")


def test_joint_counts_and_the_first_instant_of_lateness():
    parts = (
        Participation(unit=UnitId("a"), lead=True, asked_at=NOW, arrived_at=NOW),
        Participation(unit=UnitId("b"), asked_at=NOW, check_in_due_at=NOW + timedelta(minutes=30)),
    )
    row = row_of(make_ticket(1, parts=parts))
    assert (row.parts_in, row.parts_total) == (1, 2)
    assert row.part_late_ms == millis(NOW + timedelta(minutes=30))


@pytest.mark.parametrize(("full", "short"), [("181009-0042", "1009-0042"), ("ABC-1", "ABC-1")])
def test_the_year_is_left_out_of_a_number(full, short):
    assert short_number(full) == short
