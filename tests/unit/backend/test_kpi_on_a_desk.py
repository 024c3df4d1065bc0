"""What the backend answers is what a desk reads: real answers, decoded by the very types of the windows."""

import pytest

from desktop.views.kpi_board.behind import BehindReply
from desktop.views.kpi_board.breakdown import DIMS, BreakdownReply
from desktop.views.kpi_board.extras import Compared, Scores, Spots
from desktop.views.kpi_board.feed import Past
from domain.kpi_types import Board
from tests.unit.backend.test_kpi_trust import Figures, busy_day

DAYS = {"start": "2024-05-08", "end": "2024-05-10", "by": "accepted"}


@pytest.fixture
def figures(house):
    found = Figures(house)
    house.run(found.open())
    busy_day(house)
    yield found
    house.run(found.runner.stop())


def test_a_desk_reads_the_board_of_now_and_of_then(figures):
    board = figures.ask("board", Board, **DAYS)
    at = board.as_of.isoformat()
    past = figures.ask("history", Past, at=at, **DAYS)
    assert past.board.kpis == board.kpis
    assert past.overview.as_of == board.as_of


def test_a_desk_reads_what_stands_beside_the_board(figures):
    days = figures.ask("compare", Compared, kpi="accepted", **DAYS)
    assert sum(band.numerator for band in days.days) == days.kpi.numerator > 0
    for dim in ("town", "unit"):
        scores = figures.ask("ranking", Scores, dim=dim, **DAYS)
        assert sum(scores.weights.values()) == 100
        assert all(row.kpis for row in scores.rows)
    spots = figures.ask("hotspots", Spots, repeat_min=1, start=DAYS["start"], end=DAYS["end"])
    assert sum(spot.count for spot in spots.rows) == days.kpi.numerator


@pytest.mark.parametrize("dim", DIMS)
def test_a_desk_reads_every_breakdown_and_its_rows_add_up(figures, dim):
    reply = figures.ask("breakdown", BreakdownReply, kpi="closure_rate_accepted", dims=[dim])
    assert sum(row.numerator for row in reply.rows) == reply.kpi.numerator
    assert sum(row.denominator for row in reply.rows) == reply.kpi.denominator > 0
    for row in reply.rows:
        if dim not in ("day", "month"):
            narrowed = {"filters": {dim: list(row.values)}}
            behind = figures.ask("behind", BehindReply, kpi="closure_rate_accepted", part="denominator", **narrowed)
            assert behind.total == row.denominator
