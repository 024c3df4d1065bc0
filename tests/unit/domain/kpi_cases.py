"""Tickets for KPI tests: plain builders, and random but coherent ticket states for Hypothesis (they need not pass `decide`)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.kpi_types import Period
from domain.ticket import Appeal, CallBack, Clock, Limit, Participation, StageClock, StageVisit, Ticket
from domain.vocabulary import Level, LimitType, Mediation, Opinion, PauseReason, Source, Stage, State

START = datetime(2018, 10, 9, 0, 0, tzinfo=UTC)
"""Tuesday, 08:00 in Shanghai."""
TOWNS = ("440310001", "440310002", "440310003")
UNITS = (UnitId("U1"), UnitId("U2"), UnitId("U3"))
ITEMS = {"A1": ("A", "A-one"), "A2": ("A", "A-two"), "B1": ("B", "B-one")}
YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))


def at(hours: float) -> datetime:
    """Hours after START, cut to whole seconds."""
    return START + timedelta(seconds=round(hours * 3600))


def clock(start: float, total: float, *, paused: bool = False) -> Clock:
    return Clock(
        limit=Limit(total, LimitType.URGENT_HOURS),
        started_at=at(start),
        risk_at=at(start + 0.8 * total),
        due_at=at(start + total),
        paused_at=at(start) if paused else None,
        pause_reason=PauseReason.SUSPENDED if paused else None,
        remaining_s=total * 3600 if paused else None,
    )


def ticket(name: str = "t1", state: State = State.HANDLING, **more: Any) -> Ticket:
    """A ticket accepted at START and due 10 hours later, unless said otherwise."""
    given: dict[str, Any] = {
        "id": TicketId(name),
        "version": 1,
        "state": state,
        "source": Source.HOTLINE_12345,
        "area": AreaCode(TOWNS[0] + "001"),
        "item": ItemCode("A1"),
        "unit": UNITS[0],
        "reported_at": at(0),
        "accepted_at": at(0),
        "filed_at": at(0),
        "changed_at": at(0),
        "business": clock(0, 10),
        **more,
    }
    return Ticket(**given)


def closed(name: str = "t1", hours: float = 5, **more: Any) -> Ticket:
    return ticket(
        name,
        State.CLOSED,
        **{
            "closed_at": at(hours),
            "first_closed_at": at(hours),
            "handled_at": at(hours),
            "on_time": hours <= 10,
            **more,
        },
    )


_hours = st.floats(0, 120, allow_nan=False)
_some = st.booleans()


@st.composite
def _parts(draw: st.DrawFn, start: float) -> tuple[Participation, ...]:
    found = []
    for index, unit in enumerate(draw(st.lists(st.sampled_from(UNITS), unique=True, max_size=3))):
        found.append(
            Participation(
                unit=unit,
                lead=index == 0,
                asked_at=at(start),
                check_in_due_at=draw(st.none() | st.just(at(start + 2))),
                due_at=draw(st.none() | st.builds(lambda h: at(start + h), st.floats(1, 40))),
                signed_at=draw(st.none() | st.builds(lambda h: at(start + h), st.floats(0, 5))),
                arrived_at=draw(st.none() | st.builds(lambda h: at(start + h), st.floats(0, 5))),
                reported_at=draw(st.none() | st.builds(lambda h: at(start + h), st.floats(0, 50))),
            )
        )
    return tuple(found)


@st.composite
def tickets(draw: st.DrawFn, name: str) -> Ticket:
    """A ticket in any state, with instants in the order of a life."""
    state = draw(st.sampled_from(State))
    reported = draw(_hours)
    accepted = None if state is State.REPORTED or draw(st.integers(0, 9)) == 0 else reported + draw(st.floats(0, 2))
    more: dict[str, Any] = {"business": None, "accepted_at": None, "filed_at": None, "reported_at": at(reported)}
    if accepted is not None:
        more["accepted_at"] = at(accepted)
        more["stage"] = draw(
            st.none() | st.builds(lambda n: StageClock(Stage.VERIFY, clock(accepted, n)), st.floats(0.1, 5))
        )
        if state is not State.VERIFYING:
            more |= draw(_filed(accepted, state))
    if state in {State.FORCED_CLOSED, State.VOID, State.REFUSED, State.MERGED}:
        last = max(more.get("reopened_at") or START, more.get("first_closed_at") or START, at(reported + 2))
        more["ended_at"] = last + timedelta(minutes=draw(st.integers(0, 3500)))
        more["referred_to"] = draw(st.sampled_from(["", "police"]))
    return ticket(
        name,
        state,
        version=draw(st.integers(1, 1000)),
        area=AreaCode(draw(st.sampled_from(TOWNS)) + draw(st.sampled_from(["001", "002"]))),
        item=ItemCode(draw(st.sampled_from([*ITEMS, "unlisted"]))),
        unit=draw(st.none() | st.sampled_from(UNITS)),
        source=draw(st.sampled_from([Source.HOTLINE_12345, Source.POLICE_REFERRAL, Source.PATROL])),
        recorded_until=draw(st.none() | st.builds(at, _hours)),
        **more,
    )


@st.composite
def _visits(draw: st.DrawFn, start: float) -> StageVisit | None:
    if draw(_some):
        return None
    return StageVisit(
        at(start + 0.5), draw(st.none() | st.builds(lambda h: at(start + h), st.floats(0, 1, allow_nan=False)))
    )


@st.composite
def _filed(draw: st.DrawFn, accepted: float, state: State) -> dict[str, Any]:
    filed = accepted + draw(st.floats(0, 1))
    more: dict[str, Any] = {"filed_at": at(filed), "parts": draw(_parts(filed))}
    if draw(st.integers(0, 5)):
        more["business"] = clock(accepted, draw(st.floats(0.5, 60)), paused=state is State.SUSPENDED)
    more["dispatched_at"] = draw(st.none() | st.builds(lambda h: at(filed + h), st.floats(0, 1)))
    more["handled_at"] = draw(st.none() | st.builds(lambda h: at(filed + h), st.floats(1, 70)))
    more["returns"], more["redispatches"] = draw(st.integers(0, 1)), draw(st.integers(0, 2))
    if more["redispatches"] and draw(_some):
        more["first_dispatched_at"] = at(filed + draw(st.floats(0, 1)))
    more["verified"], more["checked"] = draw(_visits(accepted)), draw(_visits(filed + 1))
    more["round"] = draw(st.integers(1, 2))
    last = filed
    if draw(_some) or state is State.CLOSED:
        last = filed + draw(st.floats(0.1, 70))
        more["first_closed_at"] = at(last)
        if draw(_some):
            last += draw(st.floats(0.1, 40))
            more |= {"reopened": 1, "first_reopened_at": at(last), "reopened_at": at(last)}
            last += draw(st.floats(0.1, 40))
    if state is State.CLOSED:
        closing = at(last) if more.get("reopened") else more["first_closed_at"]
        more |= {
            "closed_at": closing,
            "on_time": None if more.get("business") is None else closing <= more["business"].due_at,
            "resolved_level": draw(st.none() | st.sampled_from(Level)),
            "mediation": draw(st.none() | st.sampled_from(Mediation)),
        }
    if draw(_some):
        called = at(last + draw(st.floats(0, 10)))
        opinion = draw(st.none() | st.sampled_from(Opinion))
        more["call_back"] = CallBack(
            attempts=1, reached=draw(_some), solved=draw(st.none() | _some), opinion=opinion, at=called
        )
    if draw(st.integers(0, 4)) == 0:
        more["appeal"] = Appeal(at=at(last), granted=draw(st.none() | _some))
    return more
