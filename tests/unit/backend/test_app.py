"""The whole backend on a free port: it starts, serves, refuses in words, and stops with everything on disk."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend import housekeeping
from backend.app import Backend
from backend.auth import TokenStore, issue_token
from backend.config import BackendConfig
from backend.reference import demo_site
from backend.selfcheck import CheckError
from backend.store import highwater
from backend.store.base import LogStore
from backend.store.errors import RefusedError
from backend.store.store import FILE_NAME
from backend.store.verify import verify_file
from domain import commands
from domain.actor import Actor
from domain.ids import AreaCode
from domain.ticket import Ticket
from domain.vocabulary import Source
from protocol import codec
from protocol.messages import Event, Hello, Message, Outcome, Query, Reply, Submit, Welcome
from protocol.snapshot import SCHEMA_VERSION
from tests.patience import WHOLE_S
from tests.unit.backend.house import DISPATCHER, REGISTRAR, TOWN_A, TOWN_B, item, person

M = TypeVar("M", bound=Message)


def backend_on(folder: Path, **more: object) -> Backend:
    return Backend(msgspec.convert({"data": folder, "port": 0, **more}, BackendConfig, strict=False), demo_site())


def serving(folder: Path, work: Callable[[Backend], Awaitable[None]], **more: object) -> None:
    async def run() -> None:
        backend = backend_on(folder, **more)
        try:
            async with asyncio.timeout(WHOLE_S):
                await backend.start()
                await work(backend)
        finally:
            await backend.stop()

    asyncio.run(run())


class Desk:
    """A bare client: says hello, sends, and waits for the message it wants."""

    def __init__(self, backend: Backend, actor: Actor) -> None:
        self._token = issue_token(backend.config.data, actor, now=datetime.now(UTC))
        self._url = backend.url
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> "Desk":
        self._socket: ClientConnection = await connect(self._url, compression=None, proxy=None)
        await self.send(Hello(app="test", schema=SCHEMA_VERSION, device_id="d", token=self._token, t0=0.0))
        self.welcome = await self.wait_for(Welcome)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def send(self, message: Message) -> None:
        await self._socket.send(codec.encode(message))  # type: ignore[arg-type]

    async def wait_for(self, kind: type[M]) -> M:
        while True:
            frame = await self._socket.recv()
            message = None if isinstance(frame, bytes) else codec.decode_server(frame)  # chunks of the snapshot
            if isinstance(message, kind):
                return message

    async def ask(self, what: str, args: dict[str, object]) -> Reply:
        await self.send(Query(id=next(self._numbers), what=what, args=args))
        return await self.wait_for(Reply)

    async def do(self, command: commands.Command, **more: object) -> Outcome:
        fields = {"outbox_id": "a" * 32, "n": next(self._numbers), "created_at": datetime.now(UTC), **more}
        await self.send(Submit(command=command, **fields))  # type: ignore[arg-type]
        return await self.wait_for(Outcome)


def matter(reference: str = "r1", area: AreaCode = TOWN_A) -> commands.Report:
    return commands.Report(
        source=Source.PATROL, external_ref=reference, area=area, item=item(needs_check=False), text="张三 13800001111"
    )


def test_a_command_goes_in_and_its_ticket_comes_out(tmp_path: Path) -> None:
    async def work(backend: Backend) -> None:
        async with Desk(backend, REGISTRAR) as desk:
            outcome = await desk.do(matter())
            assert (outcome.status, outcome.seq) == ("applied", 1)
            reply = await desk.ask("tickets", {"ids": [outcome.ticket_id, "240101-0001"]})
            assert [ticket.id for ticket in msgspec.json.decode(reply.body, type=list[Ticket])] == [outcome.ticket_id]
            stores.append(backend.store)

    stores: list[LogStore] = []
    serving(tmp_path, work)
    mark = highwater.read(tmp_path)
    assert mark is not None
    assert mark.seq == stores[0].head.seq  # a slow day may have brought an alarm of the centre's own, too
    assert verify_file(tmp_path / FILE_NAME, [mark], rows=True).ok


def test_the_record_of_a_ticket_is_masked_for_a_masked_session(tmp_path: Path) -> None:
    async def work(backend: Backend) -> None:
        async with Desk(backend, REGISTRAR) as desk:
            outcome = await desk.do(matter())
            reply = await desk.ask("record", {"ticket_id": outcome.ticket_id})
            events = msgspec.json.decode(reply.body, type=list[Event])
            assert [event.private["text"] for event in events] == ["张三 138****1111"]

    serving(tmp_path, work)


def test_questions_do_not_reach_beyond_the_scope(tmp_path: Path) -> None:
    async def work(backend: Backend) -> None:
        async with Desk(backend, REGISTRAR) as desk:
            elsewhere = (await desk.do(matter(area=TOWN_B))).ticket_id
        async with Desk(backend, person(DISPATCHER.role, TOWN_A)) as desk:
            assert bytes((await desk.ask("tickets", {"ids": [elsewhere]})).body) == b"[]"
            assert (await desk.ask("record", {"ticket_id": elsewhere})).error == "unknown_ticket"
            assert (await desk.ask("record", {"ticket_id": "240101-0001"})).error == "unknown_ticket"

    serving(tmp_path, work)


@pytest.mark.parametrize(
    ("what", "args"),
    [
        ("tickets", {}),
        ("tickets", {"ids": "x"}),
        ("tickets", {"ids": [1]}),
        ("record", {}),
        ("record", {"ticket_id": 1}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(tmp_path: Path, what: str, args: dict[str, object]) -> None:
    async def work(backend: Backend) -> None:
        async with Desk(backend, REGISTRAR) as desk:
            assert (await desk.ask(what, args)).error == "bad_args"

    serving(tmp_path, work)


def test_business_time_is_the_one_that_was_set(tmp_path: Path) -> None:
    base = datetime(2018, 10, 9, 2, tzinfo=UTC)

    async def work(backend: Backend) -> None:
        async with Desk(backend, REGISTRAR) as desk:
            assert (desk.welcome.clock.base, desk.welcome.clock.rate) == (base, 60.0)
            outcome = await desk.do(matter())
            assert outcome.ticket_id == "181009-0001"

    serving(tmp_path, work, clock_base=base, clock_rate=60.0)


def test_a_second_backend_on_the_folder_is_refused_and_the_first_serves_on(tmp_path: Path) -> None:
    async def work(backend: Backend) -> None:
        second = backend_on(tmp_path)
        with pytest.raises(CheckError, match="another backend"):
            await second.start()
        await second.stop()
        async with Desk(backend, REGISTRAR) as desk:
            assert (await desk.do(matter())).status == "applied"

    serving(tmp_path, work)


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    async def work(backend: Backend) -> None:
        second = backend_on(tmp_path / "other", port=backend.port)
        with pytest.raises(CheckError, match=f"port {backend.port} is in use"):
            await second.start()
        await second.stop()

    serving(tmp_path / "one", work)


@pytest.mark.parametrize(
    ("more", "words"),
    [({"host": "0.0.0.0"}, "--host"), ({"database": "postgresql://u:p@h/d"}, "sslmode=verify-full")],
)
def test_what_cannot_be_served_is_refused_in_words(tmp_path: Path, more: dict[str, object], words: str) -> None:
    async def work() -> None:
        backend = backend_on(tmp_path, **more)
        with pytest.raises(RefusedError, match=words):
            await backend.start()
        await backend.stop()

    asyncio.run(work())


def test_a_folder_is_free_again_after_a_refused_start(tmp_path: Path) -> None:
    test_what_cannot_be_served_is_refused_in_words(tmp_path, {"database": "mysql://h/d"}, "sqlite:///")

    async def work(backend: Backend) -> None:
        assert backend.store.head.seq == 0

    serving(tmp_path, work)


def test_a_part_that_fails_ends_the_backend_with_its_reason(tmp_path: Path) -> None:
    async def broken(backend: Backend) -> None:
        raise RefusedError("the feed is broken")

    async def work() -> None:
        backend = backend_on(tmp_path)
        backend.feeds.append(broken)
        try:
            await backend.start()
            with pytest.raises(RefusedError, match="the feed is broken"):
                await asyncio.wait_for(backend.run(asyncio.Event()), WHOLE_S)
        finally:
            await backend.stop()

    asyncio.run(work())


def test_two_backends_on_one_sqlite_log_are_one_too_many(tmp_path: Path) -> None:
    """Two folders, one file: SQLite's WAL race needs exactly this."""
    shared = f"sqlite:///{tmp_path / 'shared.sqlite'}"

    async def work() -> None:
        first = Backend(BackendConfig(data=tmp_path / "one", port=0, database=shared), demo_site())
        second = Backend(BackendConfig(data=tmp_path / "two", port=0, database=shared), demo_site())
        try:
            await first.start()
            with pytest.raises(CheckError, match="one writer only"):
                await second.start()
        finally:
            await second.stop()
            await first.stop()

    asyncio.run(work())


def test_workstations_are_given_what_the_operator_says(tmp_path: Path) -> None:
    async def work() -> None:
        backend = Backend(BackendConfig(data=tmp_path, port=0, keep_days=30), demo_site())
        try:
            await backend.start()
            assert backend.store.retention == timedelta(days=30)
        finally:
            await backend.stop()

    asyncio.run(work())


def test_who_loses_the_token_loses_the_session_and_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I18: ended by another process, found out long before the session's own next check."""
    monkeypatch.setattr(housekeeping, "REVOKED_EVERY_S", 0.05)

    async def work(backend: Backend) -> None:
        async with Desk(backend, REGISTRAR) as gone, Desk(backend, DISPATCHER) as stays:
            elsewhere = TokenStore(tmp_path)
            elsewhere.revoke_user(REGISTRAR.user, datetime.now(UTC))
            elsewhere.close()
            with pytest.raises(ConnectionClosed) as closed:
                await gone.wait_for(Reply)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4401
            assert (await stays.ask("tickets", {"ids": []})).error == ""

    serving(tmp_path, work)
