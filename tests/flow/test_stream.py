"""The stream over a real socket: first contact, resume, scopes, topics, and what clients may say."""

import asyncio
import contextlib
import json
import re
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.limits import ServerLimits
from backend.resume import DearRules
from domain.actor import Scope
from domain.commands import Sign
from protocol.codec import encode
from protocol.messages import Close, Cursor, Hello, Query, Submit, Viewing
from protocol.server_session import SessionRules
from protocol.session_events import Again, HeartbeatArrived, OutcomeArrived, ReplyArrived, ResetBegun, Welcomed
from tests.flow.fakes import (
    START,
    TOWN_A,
    TOWN_B,
    Desk,
    MemoryStore,
    Site,
    dispatched,
    relocated,
    reported,
    site,
    until,
)
from tests.patience import WAIT_S

ALL = Scope(masked=False)


def run(work: Any) -> None:
    asyncio.run(work)


async def desk_of(place: Site, folder: Path, user: str = "u", **scope: Any) -> Desk:
    place.actor(user, **scope)
    desk = await Desk(place.url, user, folder).connect()
    await until(lambda: desk.live or desk.failed, "desk live")
    return desk


def test_first_contact_gets_a_snapshot_and_then_the_stream(tmp_path: Path) -> None:
    async def work() -> None:
        store = MemoryStore()
        store.commit(*((f"t{n}", reported()) for n in range(300)))
        async with site(tmp_path, store) as place:
            desk = await desk_of(place, tmp_path)
            assert desk.seen(ResetBegun)[0].reason == "first"
            assert desk.digest == store.digest(Scope())
            store.commit(("t0", dispatched("u1")), ("t1", dispatched("u2")))
            await desk.at(302)
            assert desk.digest == store.digest(Scope())

    run(work())


def test_an_empty_log_is_a_valid_start(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            desk = await desk_of(place, tmp_path)
            await desk.cut()
            place.store.commit(("t", reported()))
            await desk.connect()
            await desk.at(1)
            assert desk.seen(Welcomed)[-1].welcome.resume

    run(work())


def test_a_cut_line_resumes_without_a_snapshot(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            desk = await desk_of(place, tmp_path)
            for round_ in range(5):
                place.store.commit((f"a{round_}", reported()))
                await desk.at(place.store.head.seq)
                await desk.cut()
                place.store.commit((f"b{round_}", reported()), (f"a{round_}", dispatched("u1")))
                await desk.connect()
                await desk.at(place.store.head.seq)
            assert place.store.snapshots_made == 1
            assert place.server.counters["resumed"] == 5
            assert desk.digest == place.store.digest(Scope())

    run(work())


def test_the_switch_from_log_to_live_has_no_gap_and_no_duplicate(tmp_path: Path) -> None:
    """Events are committed all through snapshot and catch-up; Desk asserts contiguity and versions of every event."""

    async def work() -> None:
        async with site(tmp_path) as place:
            store = place.store
            store.commit(*((f"t{n}", reported()) for n in range(2500)))
            store.during_snapshot = lambda: store.commit(*((f"s{n}", reported()) for n in range(1500)))
            place.actor("u")
            desk = await Desk(place.url, "u", tmp_path).connect()
            number = 0
            while not desk.live:
                store.commit((f"x{number}", reported()), (f"t{number % 2500}", dispatched("u1")))
                number += 1
                await asyncio.sleep(0.001)
            for n in range(50):
                store.commit((f"y{n}", reported()))
                await asyncio.sleep(0)
            await desk.at(store.head.seq)
            assert desk.failed is None
            assert desk.digest == store.digest(Scope())

    run(work())


def test_two_scopes_get_only_their_events(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            town_a = await desk_of(place, tmp_path, "a", areas=(TOWN_A,))
            town_b = await desk_of(place, tmp_path, "b", areas=(TOWN_B,))
            place.store.commit(("t1", reported(TOWN_A, "canary-a")), ("t2", reported(TOWN_B, "canary-b")))
            place.store.commit(("t3", reported(TOWN_A, "canary-a")))
            await town_a.at(3)
            await town_b.at(2)
            place.hub.level()
            await town_b.at(3)
            assert town_a.digest == place.store.digest(Scope(areas=(TOWN_A,)))
            assert town_b.digest == place.store.digest(Scope(areas=(TOWN_B,)))
            assert not any("canary-b" in frame for frame in town_a.raw if isinstance(frame, str))
            assert not any("canary-a" in frame for frame in town_b.raw if isinstance(frame, str))

    run(work())


def test_a_ticket_that_moves_enters_here_and_leaves_there(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            place.store.commit(("t1", reported(TOWN_A)), ("t2", reported(TOWN_B)))
            town_a = await desk_of(place, tmp_path, "a", areas=(TOWN_A,))
            town_b = await desk_of(place, tmp_path, "b", areas=(TOWN_B,))
            unit = await desk_of(place, tmp_path, "c", units=("u1",))
            assert (set(town_a.tickets), set(town_b.tickets), set(unit.tickets)) == ({"t1"}, {"t2"}, set())
            place.store.commit(("t1", dispatched("u1", "u2")))
            place.store.commit(("t1", relocated(TOWN_B)))
            place.store.commit(("t1", dispatched("u2")))
            await town_b.at(5)
            await town_a.at(4)
            await unit.at(5)
            assert (set(town_a.tickets), set(town_b.tickets), set(unit.tickets)) == (set(), {"t1", "t2"}, set())
            [left] = [event for event in town_a.deltas[-1].events if event.kind == "leave"]
            assert (bytes(left.body), left.actor, left.private) == (b"null", None, {})
            kinds = [event.kind for delta in unit.deltas for event in delta.events]
            assert kinds == ["enter", "event", "leave"]

    run(work())


def test_moves_are_the_same_when_read_back_from_the_log(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            town_b = await desk_of(place, tmp_path, "b", areas=(TOWN_B,))
            await town_b.cut()
            place.store.commit(("t1", reported(TOWN_A)), ("t2", reported(TOWN_B)), ("t3", reported(TOWN_B)))
            place.store.commit(("t1", relocated(TOWN_B)), ("t2", relocated(TOWN_A)))
            await town_b.connect()
            await town_b.at(5)
            assert town_b.digest == place.store.digest(Scope(areas=(TOWN_B,)))
            assert set(town_b.tickets) == {"t1", "t3"}

    run(work())


def test_private_values_are_masked_for_masked_sessions_only(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            wall = await desk_of(place, tmp_path, "wall", masked=True)
            seat = await desk_of(place, tmp_path, "seat", masked=False)
            place.store.commit(("t1", reported()), private={"text": "王先生 13812345678 报"})
            await wall.at(1)
            await seat.at(1)
            assert wall.deltas[0].events[0].private == {"text": "王先生 138****5678 报"}
            assert seat.deltas[0].events[0].private == {"text": "王先生 13812345678 报"}

    run(work())


@pytest.mark.parametrize(
    ("spoil", "reason", "alarm"),
    [
        ({"epoch": "f" * 32}, "epoch", None),
        ({"scope_hash": "0" * 16}, "scope", None),
        ({"seq": 999}, "ahead", "ahead"),
        ({"h": "0" * 16}, "fork", "fork"),
        ({"seq": 1}, "low_watermark", None),
    ],
)
def test_a_cursor_that_does_not_fit_is_reset_whole(
    tmp_path: Path, spoil: dict[str, Any], reason: str, alarm: str | None
) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            place.store.commit(("t1", reported()), ("t2", reported()), ("t3", reported()))
            place.store.low_watermark = 2
            desk = await desk_of(place, tmp_path)
            await desk.cut()
            assert desk.cursor is not None
            fields = {name: getattr(desk.cursor, name) for name in ("epoch", "seq", "h", "scope_hash")}
            desk.cursor = Cursor(**{**fields, **spoil})
            await desk.connect()
            await until(lambda: desk.live)
            assert desk.seen(Welcomed)[-1].welcome.reset_reason == reason
            assert desk.seen(ResetBegun)[-1].reason == reason
            assert [code for code, _ in place.alarms] == ([alarm] if alarm else [])
            assert desk.digest == place.store.digest(Scope())

    run(work())


def test_far_behind_gets_a_snapshot_instead(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(dear=DearRules(max_events=10))) as place:
            desk = await desk_of(place, tmp_path)
            await desk.cut()
            place.store.commit(*((f"t{n}", reported()) for n in range(11)))
            await desk.connect()
            await until(lambda: desk.live)
            assert desk.seen(Welcomed)[-1].welcome.reset_reason == "dear"

    run(work())


def test_clients_that_reset_together_share_one_file_and_one_page(tmp_path: Path) -> None:
    async def work() -> None:
        store = MemoryStore()
        store.commit(*((f"t{n}", reported()) for n in range(500)))
        async with site(tmp_path, store, ServerLimits(per_address=100)) as place:
            for number in range(30):
                place.actor(f"u{number}")
            desks = [Desk(place.url, f"u{number}", tmp_path) for number in range(30)]
            await asyncio.gather(*(desk.connect() for desk in desks))
            await until(lambda: all(desk.live for desk in desks))
            assert store.snapshots_made == 1
            for desk in desks:
                await desk.cut()
            store.commit(*((f"x{n}", reported()) for n in range(100)))
            before = store.pages_read
            await asyncio.gather(*(desk.connect() for desk in desks))
            await until(lambda: all(desk.live for desk in desks))
            assert store.pages_read - before == 1
            assert {desk.digest for desk in desks} == {store.digest(Scope())}

    run(work())
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_topics_come_once_and_only_when_they_are_new(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            place.hub.publish_latest("reference", None, b'{"v":1}', version=77)
            desk = await desk_of(place, tmp_path)
            await until(lambda: "reference" in desk.topics)
            await desk.cut()
            received = len(desk.raw)
            place.hub.publish_latest("kpi.overview", desk.session.position.scope_hash, b'{"open":3}')  # type: ignore[union-attr]
            place.hub.publish_latest("kpi.overview", "another scope", b'{"open":99}')
            await desk.connect()
            await until(lambda: "kpi.overview" in desk.topics)
            assert desk.topics["kpi.overview"][1] == {"open": 3}
            assert not any('"reference"' in frame for frame in desk.raw[received:] if isinstance(frame, str))
            place.hub.publish_latest("reference", None, b'{"v":2}', version=78)
            await until(lambda: desk.topics["reference"] == (78, {"v": 2}))

    run(work())


def test_presence_is_told_to_those_who_may_see_the_ticket(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            place.store.commit(("t1", reported(TOWN_A)), ("t2", reported(TOWN_B)))
            everywhere = await desk_of(place, tmp_path, "all")
            town_a = await desk_of(place, tmp_path, "a", areas=(TOWN_A,))
            third = await desk_of(place, tmp_path, "c")

            def told(desk: Desk) -> dict[str, list[str]]:
                value: dict[str, list[str]] = desk.topics.get("presence", (0, {"viewing": {}}))[1]["viewing"]
                return value

            await everywhere.say(Viewing(ticket_id="t2"))  # type: ignore[arg-type]
            await until(lambda: told(everywhere) == {"t2": ["all"]})
            await town_a.say(Viewing(ticket_id="t2"))  # type: ignore[arg-type]
            await third.say(Viewing(ticket_id="t1"))  # type: ignore[arg-type]
            await until(lambda: "t1" in told(everywhere))
            assert told(everywhere) == {"t1": ["c"], "t2": ["all"]}, "who may not see a ticket does not view it"
            assert told(town_a) == {"t1": ["c"]}
            place.store.commit(("t2", relocated(TOWN_A)))
            await town_a.say(Viewing(ticket_id="t2"))  # type: ignore[arg-type]
            await until(lambda: told(town_a) == {"t1": ["c"], "t2": ["a", "all"]})
            await everywhere.cut()
            await third.say(Viewing(ticket_id=None))
            await until(lambda: told(town_a) == {"t2": ["a"]})

    run(work())


def test_questions_get_their_answers(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(query_timeout_s=0.1, queries_in_flight=2)) as place:
            desk = await desk_of(place, tmp_path)
            for number, what in enumerate(["echo", "nobody", "broken", "refused", "slow"]):
                await desk.say(Query(id=number, what=what, args={"a": 1}))
                await until(lambda number=number: len(desk.seen(ReplyArrived)) > number)
            replies = {event.reply.id: event.reply for event in desk.seen(ReplyArrived)}
            assert json.loads(bytes(replies[0].body)) == {"user": "u", "a": 1}
            errors = [replies[number].error for number in range(1, 5)]
            assert errors == ["unknown_query", "internal", "not_in_scope", "timeout"]

    run(work())


def test_more_questions_at_once_than_are_allowed_are_busy(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(query_timeout_s=WAIT_S, queries_in_flight=2)) as place:
            desk = await desk_of(place, tmp_path)
            for number in (1, 2, 3):
                await desk.say(Query(id=number, what="slow"))
            await until(lambda: desk.seen(ReplyArrived))
            assert [(e.reply.id, e.reply.error) for e in desk.seen(ReplyArrived)] == [(3, "busy")]
            place.slow_query.set()
            await until(lambda: len(desk.seen(ReplyArrived)) == 3)

    run(work())


def submit_of(number: int, outbox_id: str = "o") -> Submit:
    return Submit(outbox_id=outbox_id, n=number, ticket_id=None, command=Sign(), created_at=START)


def test_commands_get_their_outcomes_in_order(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            desk = await desk_of(place, tmp_path)
            for number in range(20):
                await desk.say(submit_of(number))
            await until(lambda: len(desk.seen(OutcomeArrived)) == 20)
            assert [event.outcome.n for event in desk.seen(OutcomeArrived)] == list(range(20))
            assert {actor.user for actor, _ in place.submitted} == {"u"}

    run(work())


def test_too_many_commands_are_busy_and_never_lost(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(commands_burst=5, commands_per_s=0.001)) as place:
            desk = await desk_of(place, tmp_path)
            for number in range(12):
                await desk.say(submit_of(number))
            await until(lambda: len(desk.seen(OutcomeArrived)) == 12)
            outcomes = sorted((event.outcome for event in desk.seen(OutcomeArrived)), key=lambda outcome: outcome.n)
            assert [outcome.status for outcome in outcomes] == ["applied"] * 5 + ["busy"] * 7
            assert outcomes[-1].detail["retry_s"] > 0

    run(work())


def test_a_fault_in_a_command_is_answered_as_unavailable(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            desk = await desk_of(place, tmp_path)
            await desk.say(submit_of(1, "crash"))
            await until(lambda: desk.seen(OutcomeArrived))
            assert desk.seen(OutcomeArrived)[0].outcome.status == "unavailable"
            assert desk.failed is None

    run(work())


def test_an_ack_is_answered_at_once_so_that_the_clock_can_be_read(tmp_path: Path) -> None:
    async def work() -> None:
        rules = SessionRules(heartbeat_s=0.01, silence_s=WAIT_S)
        async with site(tmp_path, limits=ServerLimits(session=rules)) as place:
            desk = await desk_of(place, tmp_path)

            def echoed() -> list[HeartbeatArrived]:
                assert desk.session is not None
                desk.session.tick(asyncio.get_running_loop().time())
                flushing.append(asyncio.ensure_future(desk.flush()))
                return [beat for beat in desk.seen(HeartbeatArrived) if beat.t0 is not None]

            flushing: list[asyncio.Future[None]] = []
            await until(echoed)
            beat = echoed()[0]
            assert beat.t0 is not None
            assert 0 <= beat.t3 - beat.t0 < WAIT_S
            await asyncio.gather(*flushing)

    run(work())


# -- who is let in, and who is sent away ------------------------------------------------------------


async def closed_with(place: Site, *frames: str | bytes, **options: Any) -> tuple[int, str]:
    before = place.server.connections
    socket = await connect(place.url, compression=None, proxy=None, **options)
    with contextlib.suppress(ConnectionClosed):
        for frame in frames:
            await socket.send(frame)
        async with asyncio.timeout(WAIT_S):
            while True:
                await socket.recv()
    closing = socket.protocol.close_rcvd
    assert closing is not None
    await until(lambda: place.server.connections == before, "the server has let go of it, too")
    return closing.code, closing.reason


def hello(**other: Any) -> str:
    return encode(Hello(**{"app": "a", "schema": 1, "device_id": "d", "token": "u", "t0": 0.0, **other}))


def test_close_codes_of_the_door(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(session=SessionRules(hello_s=0.5))) as place:
            assert await closed_with(place) == (Close.BAD_FRAME, "no hello in time")
        slow = SessionRules(frames_per_s=0.01)  # a burst is soon over, however slowly this machine sends it
        async with site(tmp_path, limits=ServerLimits(per_user=1, session=slow)) as place:
            assert (await closed_with(place, "junk"))[0] == Close.BAD_FRAME
            assert await closed_with(place, hello(token="nobody")) == (Close.LOGIN, "token")
            assert await closed_with(place, hello(proto=(7, 9))) == (Close.VERSION, "versions=1-1")
            place.actor("u")
            assert (await closed_with(place, hello(), "1", "2", "3"))[0] == Close.BAD_FRAME
            assert (await closed_with(place, hello(), *[encode(Viewing())] * 300)) == (Close.RATE, "wait=10")
            assert (await closed_with(place, hello(), '{"t":"ack","seq":1,"t0":0}')) == (Close.POSITION, "position")
            assert [code for code, _ in place.alarms] == ["position"]
            await desk_of(place, tmp_path)
            assert await closed_with(place, hello()) == (Close.RATE, "wait=30")
            assert (await closed_with(place, "x" * 70_000))[0] == 1009
            await until(lambda: place.server.connections == 1)

    run(work())


def test_a_foreign_origin_is_refused(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            with pytest.raises(InvalidStatus) as caught:
                await connect(place.url, origin="http://evil.example", proxy=None)  # type: ignore[arg-type]
            assert caught.value.response.status_code == 403
            allowed = await connect(place.url, origin="http://hall.example", proxy=None)  # type: ignore[arg-type]
            allowed.transport.abort()

    run(work())


def test_more_connections_than_allowed_are_refused_before_the_handshake(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(per_address=3)) as place:
            place.actor("u")
            sockets = [await connect(place.url, proxy=None) for _ in range(3)]
            with pytest.raises(InvalidStatus) as caught:
                await connect(place.url, proxy=None)
            assert caught.value.response.status_code == 503
            sockets[0].transport.abort()
            await until(lambda: place.server.connections == 2)
            await desk_of(place, tmp_path)
            for socket in sockets:
                socket.transport.abort()

    run(work())


def test_logins_beyond_the_cap_wait_for_their_turn(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(before_login=1, per_address=50, per_user=50)) as place:
            place.actor("u")
            idle = await connect(place.url, proxy=None)
            waiting = asyncio.create_task(Desk(place.url, "u", tmp_path).connect())
            done, _ = await asyncio.wait([waiting], timeout=0.2)
            assert not done
            idle.transport.abort()
            desk = await waiting
            await until(lambda: desk.live)
            desks = [Desk(place.url, "u", tmp_path) for _ in range(20)]
            await asyncio.gather(*(each.connect() for each in desks))
            await until(lambda: all(each.live for each in desks))

    run(work())


def test_rights_that_end_close_the_socket(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(recheck_s=0.2)) as place:
            gone, moved, kept = [await desk_of(place, tmp_path, user) for user in ("gone", "moved", "kept")]
            del place.actors["gone"]
            place.actor("moved", areas=(TOWN_A,))
            await until(lambda: gone.failed and moved.failed)
            assert gone.failed.code == Close.LOGIN  # type: ignore[union-attr]
            assert moved.failed.again is Again.AT_ONCE  # type: ignore[union-attr]
            await moved.connect()
            await until(lambda: moved.live)
            assert moved.seen(Welcomed)[-1].welcome.reset_reason == "scope"
            await place.server.end_sessions("kept", Close.SCOPE_CHANGED)
            await until(lambda: kept.failed)
            assert kept.failed.code == Close.SCOPE_CHANGED  # type: ignore[union-attr]

    run(work())


def test_shutdown_says_1012(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            desk = await desk_of(place, tmp_path)
            waiting = await connect(place.url, proxy=None)
        await until(lambda: desk.failed)
        assert desk.failed is not None
        assert (desk.failed.code, desk.failed.again) == (Close.RESTART, Again.SOFT)
        with contextlib.suppress(ConnectionClosed):
            await waiting.recv()

    run(work())


def test_nagle_is_off_and_nothing_is_compressed(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            socket = await connect(place.url, proxy=None)
            [served] = [client.websocket for client in place.server._connections]
            assert served.transport.get_extra_info("socket").getsockopt(IPPROTO_TCP, TCP_NODELAY) == 1
            assert not re.search("deflate", str(socket.response.headers))  # type: ignore[union-attr]
            socket.transport.abort()

    run(work())
