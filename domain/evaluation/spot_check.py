"""Spot check 抽查 as a kind of document: frame, seed and draw are recorded together, then every drawn ticket gets one verdict.

The centre draws, not the desk: nobody picks. Whoever doubts it repeats the draw from frame and seed (domain.evaluation.frame).
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from domain.documents import DocCommand, DocContext, DocDecision, DocEvent, DocKind, DocumentState, numbered, refuse
from domain.evaluation import frame as frames
from domain.ids import AreaCode, SeatId, TicketId
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role, State

NAME = "spot_check"
SIZE_MOST = 200
FRAME_MOST = 100_000


class Verdict(StrEnum):
    """What a person found who looked at a closed ticket again."""

    SOUND = "sound"
    HOLLOW = "hollow"
    CANNOT_TELL = "cannot_tell"


class SpotCode(StrEnum):
    SEED_REQUIRED = "seed_required"
    BAD_SIZE = "bad_size"  # [most]
    BAD_FRAME = "bad_frame"  # empty, too large, or lines that are none [most]
    BAD_PERIOD = "bad_period"
    NOT_CLOSED = "not_closed"  # a drawn ticket is not closed (any more), or not to be seen [ticket]
    NOT_DRAWN = "not_drawn"  # [ticket]
    JUDGED_ALREADY = "judged_already"  # [ticket]
    REASON_REQUIRED = "reason_required"


class Draw(DocCommand, frozen=True, kw_only=True, tag="draw"):
    """`frame`: the tickets closed in [start, end) in the area, as `frames.written` gives them; `seed`: any text, best from a
    public draw; `size`: how many."""

    frame: tuple[str, ...]
    seed: str
    size: int
    start: datetime
    end: datetime
    area: AreaCode = AreaCode("")


class Judge(DocCommand, frozen=True, kw_only=True, tag="judge"):
    ticket: TicketId
    verdict: Verdict
    text: str = ""


class Drawn(DocEvent, frozen=True, kw_only=True, tag="drawn"):
    frame: tuple[str, ...]
    frame_size: int
    frame_digest: str
    seed: str
    drawn: tuple[TicketId, ...]
    start: datetime
    end: datetime
    area: str = ""


class Judged(DocEvent, frozen=True, kw_only=True, tag="judged"):
    ticket: TicketId
    verdict: Verdict
    seat: SeatId = SeatId("")


class Judgement(Struct, frozen=True, omit_defaults=True):
    verdict: Verdict
    at: datetime
    seat: SeatId = SeatId("")


class SpotCheck(DocumentState, frozen=True, kw_only=True):
    drawn_at: datetime
    frame: tuple[str, ...]
    frame_size: int
    frame_digest: str
    seed: str
    drawn: tuple[TicketId, ...]
    start: datetime
    end: datetime
    judged: dict[str, Judgement] = field(default_factory=dict)

    def count(self, verdict: Verdict) -> int:
        return sum(1 for one in self.judged.values() if one.verdict is verdict)


Command = Draw | Judge
SpotEvent = Drawn | Judged


def decide(command: Command, check: SpotCheck | None, ctx: DocContext) -> DocDecision | Rejection:
    if isinstance(command, Draw):
        return _draw(command, ctx)
    assert check is not None
    return _judge(command, check, ctx)


def _draw(command: Draw, ctx: DocContext) -> DocDecision | Rejection:
    if not command.seed.strip():
        return refuse(SpotCode.SEED_REQUIRED)
    if not 0 < command.size <= SIZE_MOST:
        return refuse(SpotCode.BAD_SIZE, most=SIZE_MOST)
    if command.start.tzinfo is None or command.end.tzinfo is None or command.start >= command.end:
        return refuse(SpotCode.BAD_PERIOD)
    try:
        ids = frames.read(command.frame)
    except frames.FrameError:
        return refuse(SpotCode.BAD_FRAME, most=FRAME_MOST)
    if not 0 < len(ids) <= FRAME_MOST:
        return refuse(SpotCode.BAD_FRAME, most=FRAME_MOST)
    seed = command.seed.strip()
    drawn = frames.draw(ids, seed, command.size)
    for one in drawn:
        ticket = ctx.ticket(one)
        if ticket is None or ticket.state is not State.CLOSED or not ticket.area.startswith(command.area):
            return refuse(SpotCode.NOT_CLOSED, ticket=one)
    event = Drawn(
        frame=frames.written(ids),
        frame_size=len(ids),
        frame_digest=frames.digest(ids),
        seed=seed,
        drawn=drawn,
        start=command.start,
        end=command.end,
        area=command.area,
    )
    return DocDecision(event)


def _judge(command: Judge, check: SpotCheck, ctx: DocContext) -> DocDecision | Rejection:
    """One verdict a ticket; who thinks otherwise draws again or appeals. A bad one needs words."""
    if command.ticket not in check.drawn:
        return refuse(SpotCode.NOT_DRAWN, ticket=command.ticket)
    if command.ticket in check.judged:
        return refuse(SpotCode.JUDGED_ALREADY, ticket=command.ticket)
    text = command.text.strip()
    if command.verdict is not Verdict.SOUND and not text:
        return refuse(SpotCode.REASON_REQUIRED)
    event = Judged(ticket=command.ticket, verdict=command.verdict, seat=ctx.actor.seat)
    return DocDecision(event, {"text": text} if text else {})


def apply(check: SpotCheck | None, doc_id: str, version: int, event: SpotEvent, at: datetime) -> SpotCheck:
    if isinstance(event, Drawn):
        return SpotCheck(
            id=doc_id,
            version=version,
            changed_at=at,
            area=event.area,
            drawn_at=at,
            frame=event.frame,
            frame_size=event.frame_size,
            frame_digest=event.frame_digest,
            seed=event.seed,
            drawn=event.drawn,
            start=event.start,
            end=event.end,
        )
    assert check is not None
    judged = {**check.judged, str(event.ticket): Judgement(event.verdict, at, event.seat)}
    return replace(check, version=version, changed_at=at, judged=judged, is_open=len(judged) < len(check.drawn))


_DRAWS = frozenset({Role.ASSESSOR, Role.LEADER, Role.SHIFT_LEADER})

SPOT_CHECK = DocKind(
    name=NAME,
    commands=Command,
    events=SpotEvent,
    state=SpotCheck,
    decide=decide,
    apply=apply,
    new_id=numbered("CC"),
    roles={"draw": _DRAWS, "judge": _DRAWS | {Role.CHECKER, Role.CALLER}},
    creates=frozenset({"draw"}),
    any_version=frozenset({"judge"}),
)
