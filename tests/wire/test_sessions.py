"""Both sessions against each other, without a socket: frames lost, doubled, swapped, cut short, and of dead sessions.

Whatever the line does, what the desk applied is a prefix of the log without hole or double; and with a clean line at the
end, it is the whole log.
"""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.actor import Actor
from domain.ids import UserId
from domain.vocabulary import Role
from protocol.client_session import ClientSession
from protocol.codec import decode_client, encode
from protocol.messages import BusinessClock, Cursor, Delta, Event, Hello, Welcome
from protocol.session_events import DeltaApplied, Failed, SessionEvent
from tests.examples import examples

AT = datetime(2026, 9, 1, tzinfo=UTC)
EPOCH, SCOPE = "e", "s"
VISIBLE = 3
"""Every third event is in the scope."""


def h(seq: int) -> str:
    return f"h{seq}"


class Desk:
    def __init__(self) -> None:
        self.cursor = Cursor(EPOCH, 0, h(0), SCOPE)
        self.seen: list[int] = []
        self.generation = 0
        self.connect()

    def connect(self) -> None:
        self.generation += 1
        self.session = ClientSession(
            app="a",
            schema=1,
            device_id="d",
            token="t",
            cursor=self.cursor,
            topics={},
            generation=self.generation,
            now=0.0,
        )

    def take(self, session: ClientSession, frame: str) -> bool:
        """False when the session has failed."""
        for event in session.receive(frame, 1.0):
            assert isinstance(event, SessionEvent)
            if isinstance(event, Failed):
                return False
            # What a dead session still has under way is told by its generation.
            if isinstance(event, DeltaApplied) and event.generation == self.generation:
                self.seen += [each.seq for each in event.delta.events]
                assert event.cursor.seq >= self.cursor.seq
                self.cursor = event.cursor
        return True


def answer(hello: str, head: int) -> list[str]:
    """What a right server says to a resume: welcome, then deltas of two events each."""
    message = decode_client(hello)
    assert isinstance(message, Hello)
    assert message.cursor is not None
    start = message.cursor.seq
    welcome = Welcome(
        proto=1,
        epoch=EPOCH,
        head=head,
        scope_hash=SCOPE,
        actor=Actor(user=UserId("u"), role=Role.DISPATCHER),
        server="x",
        t0=0.0,
        server_time=AT,
        clock=BusinessClock(AT, AT, 1.0),
        resume=True,
    )
    return [encode(welcome), *(delta(seq, min(seq + 2, head)) for seq in range(start, head, 2))]


def delta(start: int, end: int) -> str:
    visible = [seq for seq in range(start + 1, end + 1) if seq % VISIBLE == 0]
    events = tuple(Event(seq=seq, id="t", v=seq, at=AT, st=AT) for seq in visible)
    return encode(Delta(from_seq=start, to_seq=end, h=h(end), events=events))


def spoilt(frames: list[str], faults: list[tuple[str, int]], head: int) -> list[str]:
    frames = list(frames)
    for fault, place in faults:
        if not frames:
            break
        place %= len(frames)
        if fault == "lose":
            del frames[place]
        elif fault == "double":
            frames.insert(place, frames[place])
        elif fault == "swap":
            frames[place - 1], frames[place] = frames[place], frames[place - 1]
        elif fault == "old":
            frames.insert(place, delta(0, min(2, head)))
        elif fault == "cut":
            frames[place] = frames[place][: len(frames[place]) // 2]
            del frames[place + 1 :]
        elif fault == "other epoch":
            frames[0] = frames[0].replace('"epoch":"e"', '"epoch":"f"')
    return frames


FAULTS = st.lists(
    st.tuples(st.sampled_from(["lose", "double", "swap", "old", "cut", "other epoch"]), st.integers(0, 20)), max_size=4
)


@settings(max_examples=examples(300))
@given(st.lists(st.tuples(st.integers(0, 9), FAULTS, st.booleans()), max_size=6))
def test_whatever_the_line_does_the_desk_has_a_prefix_of_the_log(rounds: list[tuple[int, Any, bool]]) -> None:
    desk, head, late = Desk(), 0, (None, [])
    for growth, faults, deliver_late in rounds:
        head += growth
        desk.connect()
        [hello] = desk.session.data_to_send()
        frames = spoilt(answer(hello, head), faults, head)
        taken = 0
        for frame in frames:
            taken += 1
            if not desk.take(desk.session, frame):
                break
        old_session, old_frames = late
        if deliver_late and old_session is not None:
            for frame in old_frames:
                desk.take(old_session, frame)
        late = (desk.session, frames[taken:])  # type: ignore[assignment]
        assert desk.seen == [seq for seq in range(1, desk.cursor.seq + 1) if seq % VISIBLE == 0]
        assert desk.cursor.h == h(desk.cursor.seq)
    desk.connect()
    [hello] = desk.session.data_to_send()
    assert all(desk.take(desk.session, frame) for frame in answer(hello, head))
    assert desk.seen == [seq for seq in range(1, head + 1) if seq % VISIBLE == 0]
