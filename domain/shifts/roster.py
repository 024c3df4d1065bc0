"""The duty roster as a kind of document: kinds of shift, which team has which, and swaps that somebody else must approve.

One roster per site, district-wide. Teams are named (甲班), people are not. Hours are computed in `domain.shifts.hours`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from domain.documents import DocCommand, DocContext, DocDecision, DocEvent, DocKind, DocumentState, refuse
from domain.ids import SeatId
from domain.lifecycle.core import Rejection
from domain.marks import mark_of
from domain.shifts.hours import DEFAULT_SHIFTS, Instant, Shift, ShiftType, after, before, shift_of, sound
from domain.vocabulary import Role

NAME = "roster"
ID = "roster"
"""There is one."""
MOST_NAME = 20
MOST_CYCLE = 60
MOST_TEXT = 500
MOST_SWAPS = 200
MOST_SEATS = 60
SEATED = frozenset(
    {Role.SHIFT_LEADER, Role.DISPATCHER, Role.REGISTRAR, Role.COORDINATOR, Role.CHECKER, Role.CALLER, Role.ASSESSOR}
)
"""Roles that work at a seat of the hall."""
KEPT_SWAPS = 60
"""Settled swaps beyond this fall out of the state, oldest first; the log keeps them."""


class RosterCode(StrEnum):
    """In brackets: what `detail` carries."""

    BAD_SHIFTS = "bad_shifts"  # shifts leave a gap, overlap, or do not begin on a quarter of an hour
    BAD_TEAMS = "bad_teams"  # no team, one twice, or one in the cycle that is not there [team]
    BAD_CYCLE = "bad_cycle"  # a day of the cycle has another number of shifts [day]
    BAD_SEATS = "bad_seats"  # a seat twice, without a name, or with a role that sits at no desk of the hall [seat]
    UNKNOWN_SHIFT = "unknown_shift"  # [shift]
    PAST = "past"  # the shift has begun already [day, shift]
    SAME_TEAM = "same_team"  # both shifts are the same team's [team]
    SWAP_OPEN = "swap_open"  # one of them waits for an answer already [swap]
    NO_REST = "no_rest"  # a team would have two shifts after each other [team, day, shift]
    UNKNOWN_SWAP = "unknown_swap"  # [swap]
    SETTLED = "settled"  # answered already [swap]
    OWN_SWAP = "own_swap"  # who asked cannot approve
    REASON_REQUIRED = "reason_required"
    TOO_LONG = "too_long"  # [field, most]
    TOO_MANY = "too_many"  # [what, most]


class SwapState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class Slot(Struct, frozen=True):
    """One shift of one day."""

    day: date
    code: str


class Swap(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Two shifts change teams."""

    id: str
    one: Slot
    other: Slot
    state: SwapState = SwapState.ASKED
    asked_at: Instant
    asked_by: str
    """A mark (domain.marks)."""
    answered_at: Instant | None = None


class SeatPost(Struct, frozen=True):
    """A seat of the hall and the role that sits there in every shift: who can be handed an alarm. No person."""

    seat: SeatId
    role: Role


class Plan(Struct, frozen=True, kw_only=True):
    """`cycle`: for each day of the cycle, which begins on `first_day`, one team per kind of shift, in their order.

    `seats`: those of the hall, the same for every team.
    """

    zone: str
    shifts: tuple[ShiftType, ...] = DEFAULT_SHIFTS
    teams: tuple[str, ...]
    first_day: date
    cycle: tuple[tuple[str, ...], ...]
    seats: tuple[SeatPost, ...] = ()


class SetRoster(DocCommand, frozen=True, kw_only=True, tag="set"):
    shifts: tuple[ShiftType, ...] = DEFAULT_SHIFTS
    teams: tuple[str, ...]
    first_day: date
    cycle: tuple[tuple[str, ...], ...]
    seats: tuple[SeatPost, ...] = ()


class ReviseRoster(SetRoster, frozen=True, kw_only=True, tag="revise"):
    pass


class AskSwap(DocCommand, frozen=True, kw_only=True, tag="ask_swap"):
    one: Slot
    other: Slot
    text: str


class ApproveSwap(DocCommand, frozen=True, kw_only=True, tag="approve_swap"):
    swap: str
    text: str = ""


class RefuseSwap(DocCommand, frozen=True, kw_only=True, tag="refuse_swap"):
    swap: str
    text: str


class RosterSet(DocEvent, frozen=True, kw_only=True, tag="set"):
    plan: Plan


class RosterRevised(RosterSet, frozen=True, kw_only=True, tag="revised"):
    pass


class SwapAsked(DocEvent, frozen=True, kw_only=True, tag="swap_asked"):
    swap: Swap


class SwapAnswered(DocEvent, frozen=True, kw_only=True, tag="swap_answered"):
    swap: Swap


class Roster(DocumentState, frozen=True, kw_only=True):
    plan: Plan
    swaps: dict[str, Swap] = field(default_factory=dict)
    asked: int = 0
    """How many swaps were ever asked for: the next one's number."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.plan.zone)

    def planned_team(self, slot: Slot) -> str:
        """By the cycle alone; "" before its first day, or for a shift that is not in it."""
        days = (slot.day - self.plan.first_day).days
        codes = [one.code for one in self.plan.shifts]
        if days < 0 or slot.code not in codes or not self.plan.cycle:
            return ""
        return self.plan.cycle[days % len(self.plan.cycle)][codes.index(slot.code)]

    def team(self, slot: Slot, also: Swap | None = None) -> str:
        """Who is on duty, swaps approved so far included (and `also`, as if it were)."""
        at = slot
        done = [swap for swap in self.swaps.values() if swap.state is SwapState.APPROVED]
        for swap in reversed([*done, also] if also is not None else done):
            if at == swap.one:
                at = swap.other
            elif at == swap.other:
                at = swap.one
        return self.planned_team(at)

    def shift(self, slot: Slot) -> Shift | None:
        kind = next((one for one in self.plan.shifts if one.code == slot.code), None)
        return None if kind is None else shift_of(kind, slot.day, self.zone)


def types_of(roster: DocumentState | None) -> Sequence[ShiftType]:
    """The kinds of shift in force."""
    return roster.plan.shifts if isinstance(roster, Roster) else DEFAULT_SHIFTS


# -- deciding ---------------------------------------------------------------------------------------


def decide(command: DocCommand, roster: Roster | None, ctx: DocContext) -> DocDecision | Rejection:
    match command:
        case ReviseRoster():
            return _plan(command, ctx, RosterRevised)
        case SetRoster():
            return _plan(command, ctx, RosterSet)
        case AskSwap():
            assert roster is not None
            return _ask(command, roster, ctx)
        case ApproveSwap() | RefuseSwap():
            assert roster is not None
            return _answer(command, roster, ctx)
    raise AssertionError(f"no rule for {command}")


def _plan(command: SetRoster, ctx: DocContext, kind: type[RosterSet]) -> DocDecision | Rejection:
    if not sound(command.shifts):
        return refuse(RosterCode.BAD_SHIFTS)
    long = next((one for one in (*command.teams, *(s.name for s in command.shifts)) if len(one) > MOST_NAME), None)
    if long is not None:
        return refuse(RosterCode.TOO_LONG, field="team", most=MOST_NAME)
    if not command.teams or len(set(command.teams)) < len(command.teams) or not all(map(str.strip, command.teams)):
        return refuse(RosterCode.BAD_TEAMS, team="")
    if not 0 < len(command.cycle) <= MOST_CYCLE:
        return refuse(RosterCode.TOO_MANY, what="cycle", most=MOST_CYCLE)
    for place, day in enumerate(command.cycle):
        if len(day) != len(command.shifts):
            return refuse(RosterCode.BAD_CYCLE, day=place + 1)
        unknown = next((team for team in day if team not in command.teams), None)
        if unknown is not None:
            return refuse(RosterCode.BAD_TEAMS, team=unknown)
    names = [post.seat for post in command.seats]
    wrong = next(
        (
            post.seat
            for post in command.seats
            if not 0 < len(post.seat) <= MOST_NAME or names.count(post.seat) > 1 or post.role not in SEATED
        ),
        None,
    )
    if wrong is not None or len(names) > MOST_SEATS:
        return refuse(RosterCode.BAD_SEATS, seat=wrong or names[-1])
    plan = Plan(
        zone=ctx.rules.calendar.zone.key,
        shifts=command.shifts,
        teams=command.teams,
        first_day=command.first_day,
        cycle=command.cycle,
        seats=command.seats,
    )
    return DocDecision(kind(plan=plan))


def _ask(command: AskSwap, roster: Roster, ctx: DocContext) -> DocDecision | Rejection:
    if not command.text.strip():
        return refuse(RosterCode.REASON_REQUIRED)
    if len(command.text) > MOST_TEXT:
        return refuse(RosterCode.TOO_LONG, field="text", most=MOST_TEXT)
    if len(roster.swaps) >= MOST_SWAPS:
        return refuse(RosterCode.TOO_MANY, what="swaps", most=MOST_SWAPS)
    swap = Swap(
        id=f"{roster.asked + 1}",
        one=command.one,
        other=command.other,
        asked_at=ctx.now,
        asked_by=mark_of(ctx.actor, roster.id),
    )
    return _cannot(swap, roster, ctx) or DocDecision(SwapAsked(swap=swap), {"text": command.text.strip()})


def _cannot(swap: Swap, roster: Roster, ctx: DocContext) -> Rejection | None:
    for slot in (swap.one, swap.other):
        shift = roster.shift(slot)
        if shift is None or not roster.team(slot):
            return refuse(RosterCode.UNKNOWN_SHIFT, shift=slot.code)
        if shift.starts_at <= ctx.now:
            return refuse(RosterCode.PAST, day=slot.day.isoformat(), shift=slot.code)
    if roster.team(swap.one) == roster.team(swap.other):
        return refuse(RosterCode.SAME_TEAM, team=roster.team(swap.one))
    for waiting in roster.swaps.values():
        busy = waiting.state is SwapState.ASKED and {waiting.one, waiting.other} & {swap.one, swap.other}
        if busy and waiting.id != swap.id:
            return refuse(RosterCode.SWAP_OPEN, swap=waiting.id)
    return _without_rest(swap, roster)


def _without_rest(swap: Swap, roster: Roster) -> Rejection | None:
    """A team must not go from one shift into the next by a swap, where the plan did not have it so."""
    for slot in (swap.one, swap.other):
        shift = roster.shift(slot)
        assert shift is not None
        team = roster.team(slot, also=swap)
        for near in (before, after):
            found = near(roster.plan.shifts, roster.zone, shift)
            beside = Slot(found.day, found.code)
            if roster.team(beside, also=swap) == team and roster.team(beside) != roster.team(slot):
                return refuse(RosterCode.NO_REST, team=team, day=slot.day.isoformat(), shift=slot.code)
    return None


def _answer(command: ApproveSwap | RefuseSwap, roster: Roster, ctx: DocContext) -> DocDecision | Rejection:
    swap = roster.swaps.get(command.swap)
    if swap is None:
        return refuse(RosterCode.UNKNOWN_SWAP, swap=command.swap)
    if swap.state is not SwapState.ASKED:
        return refuse(RosterCode.SETTLED, swap=swap.id)
    if len(command.text) > MOST_TEXT:
        return refuse(RosterCode.TOO_LONG, field="text", most=MOST_TEXT)
    approve = isinstance(command, ApproveSwap)
    if approve and swap.asked_by == mark_of(ctx.actor, roster.id):
        return refuse(RosterCode.OWN_SWAP)
    if not approve and not command.text.strip():
        return refuse(RosterCode.REASON_REQUIRED)
    if approve and (wrong := _cannot(swap, roster, ctx)) is not None:
        return wrong
    state = SwapState.APPROVED if approve else SwapState.REFUSED
    private = {"text": command.text.strip()} if command.text.strip() else {}
    return DocDecision(SwapAnswered(swap=replace(swap, state=state, answered_at=ctx.now)), private)


def apply(roster: Roster | None, doc_id: str, version: int, event: DocEvent, at: datetime) -> Roster:
    if isinstance(event, RosterSet):
        kept = roster or Roster(id=doc_id, version=version, changed_at=at, plan=event.plan)
        return replace(kept, version=version, changed_at=at, plan=event.plan)
    assert roster is not None
    assert isinstance(event, SwapAsked | SwapAnswered)
    # An answered swap moves to the end: the order of the approvals is the order in which they count.
    swaps = {name: swap for name, swap in roster.swaps.items() if name != event.swap.id}
    swaps[event.swap.id] = event.swap
    refused = [name for name, swap in swaps.items() if swap.state is SwapState.REFUSED]
    for name in refused[: max(0, len(refused) - KEPT_SWAPS)]:
        del swaps[name]
    asked = roster.asked + isinstance(event, SwapAsked)
    return replace(roster, version=version, changed_at=at, swaps=swaps, asked=asked)


_LEADS = frozenset({Role.SHIFT_LEADER, Role.LEADER, Role.SYSTEM_ADMIN})

ROSTER = DocKind(
    name=NAME,
    commands=SetRoster | ReviseRoster | AskSwap | ApproveSwap | RefuseSwap,
    events=RosterSet | RosterRevised | SwapAsked | SwapAnswered,
    state=Roster,
    decide=decide,
    apply=apply,
    new_id=lambda _command, _n, _day: ID,
    roles={
        "set": _LEADS,
        "revise": _LEADS,
        "ask_swap": frozenset({Role.DISPATCHER, Role.REGISTRAR, Role.SHIFT_LEADER}),
        "approve_swap": frozenset({Role.SHIFT_LEADER, Role.LEADER}),
        "refuse_swap": frozenset({Role.SHIFT_LEADER, Role.LEADER}),
    },
    creates=frozenset({"set"}),
)
