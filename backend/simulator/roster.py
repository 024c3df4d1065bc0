"""The demo's duty roster: four invented teams in turn, and who sits where. An officer's own roster in kept data stays as it is."""

import secrets
from datetime import UTC, date, datetime, timedelta

import msgspec

from backend.handlers import CommandService
from domain.actor import Actor
from domain.documents import DocCode
from domain.ids import SeatId, UserId
from domain.shifts.roster import NAME, SeatPost, SetRoster
from domain.vocabulary import Role
from protocol.messages import Act

TEAMS = ("甲班", "乙班", "丙班", "丁班")
SEATS = (
    SeatPost(SeatId("1"), Role.SHIFT_LEADER),
    SeatPost(SeatId("2"), Role.DISPATCHER),
    SeatPost(SeatId("3"), Role.REGISTRAR),
    SeatPost(SeatId("7"), Role.COORDINATOR),
)
LEADER = Actor(user=UserId("sim-leader"), role=Role.SHIFT_LEADER, seat=SeatId("1"))


def roster_of(day: date) -> SetRoster:
    """Day and night shift of four teams, each two days apart: in force from a week before `day`."""
    cycle = tuple((TEAMS[place], TEAMS[(place + 3) % 4]) for place in range(4))
    return SetRoster(teams=TEAMS, first_day=day - timedelta(days=7), cycle=cycle, seats=SEATS)


async def set_roster(day: date, service: CommandService) -> None:
    """Raises RuntimeError where the rules refuse it for another reason than that there is one."""
    act = Act(
        outbox_id=secrets.token_hex(16),
        n=1,
        kind=NAME,
        body=msgspec.Raw(msgspec.json.encode(roster_of(day))),
        created_at=datetime.now(UTC),
    )
    outcome = await service.submit(LEADER, act)
    if outcome.status != "applied" and outcome.code != DocCode.EXISTS:
        raise RuntimeError(f"the demo's roster was refused: {outcome.code} {outcome.detail}")
