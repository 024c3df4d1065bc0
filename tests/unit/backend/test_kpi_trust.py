"""Trust in figures on a real log: history as it was shown, the stored table, the check that finds a defect, the command."""

import logging
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import text

from backend.connection import QueryError
from backend.facts import file
from backend.facts.file import NAME
from backend.facts.table import FactTable
from backend.kpi_questions import BehindReply, BreakdownReply, CompareReply, HistoryReply, RankingReply, SpotsReply
from backend.kpi_runner import KpiRunner
from cli.main import main
from domain import commands
from domain.actor import Scope
from domain.kpi_engine import KpiSetup
from domain.kpi_types import Board, Overview
from domain.vocabulary import Opinion, Role
from tests.unit.backend.house import DISPATCHER, NOON, SHIFT_LEADER, TO_HANDLED, TOWN_A, TOWN_B, House, person

ALL = Scope()
YEAR = {"start": "2024-01-01", "end": "2025-01-01"}
LEADER = person(Role.LEADER)
CALLER = person(Role.CALLER)


class Figures:
    """A runner on the house's log, as the backend wires it."""

    def __init__(self, house: House):
        self.house = house
        self.shown: list[Overview] = []
        self.runner = KpiRunner(
            house.store, KpiSetup(), house.clock, self.publish, log=house.store, file=house.folder / NAME
        )
        house.sinks.append(self.runner.feed)

    def publish(self, topic, scope_hash, body, *, as_of):
        self.shown.append(msgspec.json.decode(body, type=Overview))

    async def open(self):
        self.runner.on_scope("h", ALL, True)
        await self.runner.ready(ALL)

    async def tick(self):
        self.runner.tick()

    def now_shown(self):
        """What the wall shows now."""
        self.house.clock.pass_(timedelta(seconds=16))
        self.house.run(self.tick())
        return self.shown[-1]

    def ask(self, what, kind, **args):
        args = {**YEAR, **args}
        return msgspec.json.decode(self.house.run(self.runner.queries[what](LEADER, args)), type=kind)


@pytest.fixture
def figures(house):
    found = Figures(house)
    house.run(found.open())
    yield found
    house.run(found.runner.stop())


def busy_day(house):
    """Tickets in every condition, one of them touched again later."""
    first = house.filed()
    house.walk(house.reported(TOWN_B), TO_HANDLED)
    closed = house.reported(TOWN_A)
    house.walk(closed, [*TO_HANDLED, (DISPATCHER, commands.Close())])
    house.clock.pass_(timedelta(hours=30))
    house.reported(TOWN_A)
    return first, closed


def later_day(house, first, closed):
    """What happens afterwards to those same tickets."""
    house.clock.pass_(timedelta(hours=5))
    house.do(SHIFT_LEADER, commands.Relocate(area=TOWN_B, text="x"), first, house.ticket(first).version)
    call = commands.RecordCallBack(reached=True, solved=True, opinion=Opinion.VERY)
    house.do(CALLER, call, closed, house.ticket(closed).version)
    house.do(SHIFT_LEADER, commands.Reopen(text="x"), closed, house.ticket(closed).version)
    house.walk(house.reported(TOWN_B), TO_HANDLED)
    house.clock.pass_(timedelta(days=3))


def test_history_is_what_was_published_then(house, figures):
    published = []
    first, closed = busy_day(house)
    published.append((figures.now_shown(), figures.ask("board", Board)))
    later_day(house, first, closed)
    published.append((figures.now_shown(), figures.ask("board", Board)))
    house.clock.pass_(timedelta(milliseconds=1))
    house.reported(TOWN_A)
    house.clock.pass_(timedelta(days=2))
    for overview, board in published:
        past = figures.ask("history", HistoryReply, at=overview.as_of.isoformat())
        assert past.overview == overview
        assert past.board == board
    assert published[0][0] != published[1][0]
    assert published[0][0].open.total > 0


@pytest.mark.parametrize("kpi", ["closure_rate_accepted", "on_time_rate", "accepted", "joint_on_time_rate"])
@pytest.mark.parametrize("part", ["numerator", "denominator_only", "denominator", "excluded"])
def test_the_lists_behind_a_figure_of_the_past_are_those_of_then(house, figures, kpi, part):
    first, closed = busy_day(house)
    asked = {"kpi": kpi, "part": part, "by": "accepted"}
    at = figures.now_shown().as_of.isoformat()
    shown = figures.ask("behind", BehindReply, **asked)
    later_day(house, first, closed)
    past = figures.ask("behind", BehindReply, **asked, at=at)
    assert (past.kpi, past.total, past.ids) == (shown.kpi, shown.total, shown.ids)


def test_lists_of_the_past_come_in_pages(house, figures):
    first, closed = busy_day(house)
    at = figures.now_shown().as_of.isoformat()
    later_day(house, first, closed)
    asked = {"kpi": "accepted", "part": "numerator", "by": "accepted", "at": at}
    whole = figures.ask("behind", BehindReply, **asked)
    pages = [figures.ask("behind", BehindReply, **asked, offset=n, limit=1).ids for n in range(whole.total)]
    assert tuple(one for page in pages for one in page) == whole.ids


def test_history_before_anything_happened_is_empty(house, figures):
    before = NOON - timedelta(days=1)
    busy_day(house)
    past = figures.ask("history", HistoryReply, at=before.isoformat())
    assert (past.seq, past.overview.open.total, past.overview.accepted_today) == (0, 0, 0)


def test_history_may_be_asked_of_one_town(house, figures):
    first, closed = busy_day(house)
    at = figures.now_shown().as_of.isoformat()
    of_town = figures.ask("board", Board, filters={"town": [TOWN_A]})
    later_day(house, first, closed)
    past = figures.ask("history", HistoryReply, at=at, filters={"town": [TOWN_A]})
    assert past.board == of_town
    assert past.board != figures.ask("history", HistoryReply, at=at).board


@pytest.mark.parametrize("at", ["", "2024-05-08T12:00:00"])
def test_history_needs_an_instant(house, figures, at):
    with pytest.raises(QueryError) as refused:
        figures.ask("history", HistoryReply, **({"at": at} if at else {}))
    assert refused.value.code == "bad_question"


def test_a_restart_reads_the_stored_table_and_what_happened_since(house, caplog):
    one = Figures(house)
    house.run(one.open())
    first, closed = busy_day(house)
    house.run(one.runner.stop())
    assert (house.folder / NAME).is_file()
    house.sinks.remove(one.runner.feed)
    later_day(house, first, closed)  # nobody follows
    two = Figures(house)
    house.run(two.open())
    assert house.run(two.runner.check(ALL)) == []
    assert house.run(two.runner.check_facts()) == []
    house.run(two.runner.stop())
    assert "made anew" not in caplog.text


def test_a_damaged_table_is_made_anew(house, caplog):
    busy_day(house)
    (house.folder / NAME).write_bytes(b"PK\x03\x04 not a table")
    figures = Figures(house)
    house.run(figures.open())
    assert "made anew" in caplog.text
    assert house.run(figures.runner.check(ALL)) == []
    house.run(figures.runner.stop())


@pytest.mark.parametrize(("epoch", "hash_hex"), [("another", None), (None, "00" * 32)])
def test_a_table_of_another_log_is_not_used(house, epoch, hash_hex):
    """It says that nothing ever happened; of this log that is not true."""
    busy_day(house)
    empty = FactTable(KpiSetup().rules)
    empty.load((), house.clock.now_business())
    head = house.store.head
    file.save(house.folder / NAME, empty, epoch or house.store.epoch, head.seq, hash_hex or head.hash.hex())
    figures = Figures(house)
    house.run(figures.open())
    assert house.run(figures.runner.check_facts()) == []
    house.run(figures.runner.stop())


def test_the_check_agrees_while_the_log_goes_on(house, figures, caplog):
    caplog.set_level(logging.INFO)
    first, closed = busy_day(house)
    assert house.run(figures.runner.check(ALL)) == []
    assert house.run(figures.runner.check_facts()) == []
    later_day(house, first, closed)
    house.run(figures.tick())
    assert house.run(figures.runner.check(ALL)) == []
    assert "agree with a recount of" in caplog.text
    assert "ALARM" not in caplog.text


def test_a_wrong_figure_is_an_alarm_with_both_numbers(house, figures, caplog):
    first, _ = busy_day(house)
    engine = house.run(figures.runner.ready(ALL))
    engine.tally.move(house.ticket(first), None, engine.now)  # as a defect would
    found = house.run(figures.runner.check(ALL))
    assert {each.kpi for each in found} >= {"accepted"}
    assert all(each.shown != each.recounted for each in found)
    assert "ALARM kpi_difference live accepted by accepted 2024-05-08" in caplog.text
    assert "shown 2, recounted 3" in caplog.text


def test_a_wrong_count_of_open_tickets_is_an_alarm_too(house, figures, caplog):
    first, _ = busy_day(house)
    engine = house.run(figures.runner.ready(ALL))
    engine.open.drop(first)  # as a defect would
    found = {each.part: each for each in house.run(figures.runner.check(ALL))}
    assert found["total"].shown == found["total"].recounted - 1
    assert "ALARM kpi_difference live open by now" in caplog.text


def test_the_check_runs_by_itself_at_night(house, figures, caplog):
    caplog.set_level(logging.INFO)
    busy_day(house)
    house.clock.pass_(timedelta(days=1))

    async def night():
        figures.runner.tick()
        await figures.runner.checked()

    house.run(night())
    assert "agree with a recount of" in caplog.text
    assert caplog.text.count("agree") == 2  # the live engine, and the table of facts


# -- the command


def test_recount_by_command_is_ok_on_a_sound_log(house, capsys):
    figures = Figures(house)
    house.run(figures.open())
    first, closed = busy_day(house)
    house.run(figures.runner.stop())
    later_day(house, first, closed)
    assert main(["backend", "recount", "--data", str(house.folder)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("ok tickets=5 ")
    assert "facts=compared" in out


def test_recount_by_command_finds_a_ticket_that_is_not_what_its_events_say(house, capsys):
    _, closed = busy_day(house)
    other = house.run(
        house.store.run_read(lambda c: c.execute(text("SELECT body FROM ticket WHERE state = 'reported'")).scalar())
    )

    def spoil(connection):
        connection.execute(text("UPDATE ticket SET body = :body WHERE id = :id"), {"body": other, "id": closed})

    house.run(house.store.run_write(spoil))
    assert main(["backend", "recount", "--data", str(house.folder)]) == 1
    out = capsys.readouterr().out
    assert "ALARM kpi_difference live closed by closed 2024-05-08" in out
    assert "shown 1, recounted 0" in out


def test_recount_without_a_log_is_said_in_words(tmp_path, capsys):
    assert main(["backend", "recount", "--data", str(tmp_path)]) == 2
    assert "there is no log" in capsys.readouterr().err


# -- the other questions


def test_a_breakdown_adds_up_to_its_figure(house, figures):
    busy_day(house)
    reply = figures.ask("breakdown", BreakdownReply, kpi="closure_rate_accepted", by="accepted", dims=["town", "unit"])
    assert reply.kpi.denominator == sum(row.denominator for row in reply.rows)
    assert reply.kpi.numerator == sum(row.numerator for row in reply.rows) == 1
    assert reply.dims == ("town", "unit")
    pages = [
        figures.ask("breakdown", BreakdownReply, kpi="accepted", dims=["town"], offset=n, limit=1) for n in range(2)
    ]
    assert [page.total for page in pages] == [2, 2]
    assert {row.values for page in pages for row in page.rows} == {(TOWN_A,), (TOWN_B,)}


def test_comparisons_say_where_history_ends(house, figures):
    busy_day(house)
    reply = figures.ask("compare", CompareReply, kpi="accepted", by="accepted", start="2024-05-09", end="2024-05-10")
    assert reply.previous is not None
    assert reply.previous.numerator == 3
    assert reply.year_ago is None
    assert [(band.numerator, band.low) for band in reply.days] == [(reply.kpi.numerator, None)]


def test_a_running_day_is_held_against_the_day_before_as_it_stood_at_the_same_time(house, figures):
    busy_day(house)
    today = {"start": "2024-05-09", "end": "2024-05-10", "by": "accepted"}
    shown = figures.ask("board", Board, **today)
    before = {kpi.id: kpi for kpi in shown.previous}
    assert (
        before["closure_rate_accepted"]
        == figures.ask("compare", CompareReply, kpi="closure_rate_accepted", **today).previous
    )
    assert shown.year_ago == ()
    assert shown.compared_at[0] == shown.as_of - timedelta(days=1)
    filtered = figures.ask("board", Board, filters={"town": [TOWN_A]}, **today)
    part = {kpi.id: kpi for kpi in filtered.previous}["closure_rate_accepted"]
    assert part.denominator <= before["closure_rate_accepted"].denominator


def test_ranking_lists_few_cases_apart(house, figures):
    busy_day(house)
    reply = figures.ask("ranking", RankingReply, dim="unit", weights={"closure_rate_accepted": 1.0})
    assert [row.ranked for row in reply.rows] == [False] * len(reply.rows)
    assert all(0 <= row.low <= row.score <= row.high <= 100 for row in reply.rows)
    assert reply.rows


def test_hotspots_count_the_same_thing_at_the_same_place(house, figures):
    for _ in range(3):
        house.filed()
    house.run(figures.tick())
    reply = figures.ask("hotspots", SpotsReply, start="2024-05-08", end="2024-05-09")
    assert (reply.periods, [(spot.count, spot.usual, spot.surge) for spot in reply.rows]) == (0, [(3, 0.0, False)])


@pytest.mark.parametrize(
    ("what", "args"),
    [
        ("breakdown", {"kpi": "accepted", "dims": ["weather"]}),
        ("breakdown", {"kpi": "accepted", "dims": ["town", "town"]}),
        ("breakdown", {"kpi": "accepted", "filters": {"weather": ["x"]}}),
        ("board", {"filters": {"day": ["2024-05-08"]}}),
        ("ranking", {"dim": "source"}),
        ("ranking", {"weights": {"closure_rate": -1.0}}),
        ("ranking", {"weights": {"nothing": 1.0}}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(house, figures, what, args):
    with pytest.raises(QueryError) as refused:
        figures.ask(what, dict, **args)
    assert refused.value.code == "bad_question"
