"""The story of a ticket out of its log: nothing left out, and every clock says what the rules say."""

from datetime import UTC, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from desktop.models.names import Names
from desktop.views.queue.beside import near
from desktop.views.queue.detail_values import clock_views
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.ticket.story import story_of
from domain import commands
from domain.actor import ref_of
from domain.clocks import state_of
from domain.ids import AreaCode, ItemCode
from domain.ticket import Point
from domain.vocabulary import ClockState, State
from protocol.messages import Event
from tests.examples import examples
from tests.qt.samples import NOW, make_ticket
from tests.unit.domain.walks import Happened, life

SITE = SiteTime(DEFAULT_ZONE)


def logged(seq: int, one: Happened) -> Event:
    body = Raw(msgspec.json.encode(one.decision.event))
    return Event(
        seq=seq,
        id=one.after.id,
        v=one.after.version,
        at=one.at.astimezone(UTC),
        st=one.at.astimezone(UTC),
        actor=ref_of(one.context.actor),
        body=body,
        private=one.decision.private,
    )


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 50))
def test_every_event_has_its_line_and_every_visit_to_a_stage_and_every_escalation_its_clock(
    seed: int, steps: int
) -> None:
    lived = list(life(seed, steps))
    ticket, now = lived[-1].after, lived[-1].at
    body = msgspec.json.encode([logged(place, one) for place, one in enumerate(lived, 1)])
    story = story_of(body, ticket, Names(), now, SITE)
    assert len(story.lines) == len(lived)
    assert [line.by_phone for line in story.lines] == [isinstance(one.command, commands.ActFor) for one in lived]
    stages = [one.after.stage.stage if one.after.stage else None for one in lived]
    visits = [
        stage
        for place, (one, stage) in enumerate(zip(lived, stages, strict=True))
        if stage is not None and (not place or stages[place - 1] != stage or isinstance(one.command, commands.Escalate))
    ]
    runs = story.runs if ticket.business is None else story.runs[:-1]
    assert len(runs) == len(visits)
    if ticket.is_open and ticket.stage is not None:
        assert runs[-1].state == state_of(ticket.stage.clock, ticket.judged_at(now)).value
        assert runs[-1].due == SITE.stamp(ticket.stage.clock.due_at, now)
    if ticket.is_open and ticket.business is not None:
        assert story.runs[-1].state == state_of(ticket.business, ticket.judged_at(now)).value
    if ticket.on_time is not None and not ticket.is_open:
        assert (story.runs[-1].state == ClockState.OVERDUE.value) is not ticket.on_time


def test_duplicates_are_near_in_place_time_and_matter() -> None:
    here = Point(114.35, 22.7)
    area, item = AreaCode("440310001001"), ItemCode("SJ0100180428")
    twin = make_ticket(2, point=Point(114.3502, 22.7))
    far = make_ticket(3, point=Point(114.36, 22.7))
    no_point = make_ticket(4)
    other = replace(make_ticket(5), item=ItemCode("else"))
    old = replace(make_ticket(6), reported_at=NOW.replace(day=1))
    at = twin.reported_at
    assert [one.id for one, _ in near((twin, far, no_point, other, old), item, area, here, at)] == [
        twin.id,
        no_point.id,
    ]
    assert near((twin,), item, area, here, at, but=twin.id) == []


def test_an_ended_ticket_shows_no_running_clock() -> None:
    """Its business clock stands as it was judged, whatever time it is now."""
    due = make_ticket(1).business
    assert due is not None
    for minutes, state in ((-30, "ok"), (30, "overdue")):
        end = due.due_at + timedelta(minutes=minutes)
        ended = replace(make_ticket(1, State.CLOSED), stage=None, closed_at=end)
        for now in (end, end + timedelta(days=9)):
            stage, business = clock_views(ended, now, SITE)
            assert (stage.state, stage.text) == ("none", "–")
            assert business.state == state
            assert "0:30" in business.text
