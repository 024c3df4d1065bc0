"""A command service on a real file with a clock that stands until it is told to move: the bench of the backend's tests."""

import asyncio
import itertools
import secrets
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from msgspec import Raw

from backend.clock import ServerClock
from backend.handlers import CommandService, Sink
from backend.places import Places
from backend.reference import Site, demo_site
from backend.store.documents import documents
from backend.store.records import LogRecord
from backend.store.store import Store
from domain import commands
from domain.actor import Actor, Scope
from domain.documents import DocCommand, DocKind, DocumentState
from domain.ids import AreaCode, ItemCode, SeatId, TicketId, UnitId, UserId
from domain.rules import Rules
from domain.ticket import Ticket
from domain.vocabulary import Level, Role, Source
from protocol.documents import KindBook, encode_json
from protocol.messages import Act, Outcome, Submit

T = TypeVar("T")
NOON = datetime(2024, 5, 8, 4, 0, tzinfo=UTC)
"""Wednesday, 12:00 in Shanghai."""
TOWN_A, TOWN_B = AreaCode("440310001"), AreaCode("440310002")
UNIT_A, UNIT_B = UnitId("U440310001"), UnitId("U440310002")


@cache
def site() -> Site:
    return demo_site()


@cache
def item(*, needs_check: bool) -> ItemCode:
    return next(each.code for each in site().catalogue if each.needs_check is needs_check and each.limit)


def person(role: Role, *areas: AreaCode, unit: UnitId | None = None, import_right: bool = False) -> Actor:
    return Actor(
        user=UserId(f"{role}-{'-'.join(areas)}"),
        role=role,
        seat=SeatId(role),
        unit=unit,
        scope=Scope(areas=areas),
        import_right=import_right,
    )


REGISTRAR, DISPATCHER, CHECKER = person(Role.REGISTRAR), person(Role.DISPATCHER), person(Role.CHECKER)
SHIFT_LEADER, LEADER = person(Role.SHIFT_LEADER), person(Role.LEADER)
HANDLER = person(Role.HANDLER, unit=UNIT_A)
SOURCE = person(Role.SOURCE, import_right=True)


class HandClock(ServerClock):
    """Time moves only by `pass_`."""

    def __init__(self, start: datetime = NOON) -> None:
        self._seconds = 0.0
        super().__init__(wall=lambda: start, elapsed_s=lambda: self._seconds)

    def pass_(self, span: timedelta) -> None:
        self._seconds += span.total_seconds()


class House:
    """Use it in a `with`. Everything is called from outside the loop; `records` is what the sinks were given."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: HandClock | None = None,
        group_max: int = 512,
        rules: Rules | None = None,
        kinds: Sequence[DocKind] = (),
        places: Places | None = None,
    ) -> None:
        self.kinds = KindBook(kinds)
        self.clock = clock or HandClock()
        self.folder = folder
        self.records: list[LogRecord] = []
        self.sinks: list[Sink] = [self._take]
        self.outbox = secrets.token_hex(16)
        self._numbers = itertools.count(1)
        self._references = itertools.count(1)
        self._group_max = group_max
        self._places = places
        self._rules = rules or site().rules

    def __enter__(self) -> "House":
        self._runner = asyncio.Runner()
        self.store = Store.open(self.folder, now=self.clock.now_server())
        self.service = CommandService(
            self.store,
            self._rules,
            self.clock,
            self.sinks,
            group_max=self._group_max,
            kinds=self.kinds,
            places=self._places,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run(self.service.stop())
        self._runner.close()
        if self.store.failed is None:
            self.store.sync_mark()
        self.store.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    def message(
        self, command: commands.Base, ticket: TicketId | None = None, version: int | None = None, **more: Any
    ) -> Submit:
        fields: dict[str, Any] = {"outbox_id": self.outbox, "created_at": NOON, **more}
        fields.setdefault("n", next(self._numbers))
        return Submit(ticket_id=ticket, expected_version=version, command=command, **fields)  # type: ignore[arg-type]

    def act_message(
        self,
        kind: str,
        command: DocCommand,
        doc_id: str | None = None,
        version: int | None = None,
        **more: Any,
    ) -> Act:
        fields: dict[str, Any] = {"outbox_id": self.outbox, "created_at": NOON, **more}
        fields.setdefault("n", next(self._numbers))
        body = Raw(encode_json(command))
        return Act(kind=kind, doc_id=doc_id, expected_version=version, body=body, **fields)

    def act(
        self,
        actor: Actor,
        kind: str,
        command: DocCommand,
        doc_id: str | None = None,
        version: int | None = None,
        **more: Any,
    ) -> Outcome:
        return self.send(actor, self.act_message(kind, command, doc_id, version, **more))[0]

    def document(self, kind: str, doc_id: str) -> DocumentState:
        key = (kind, doc_id)
        return self.run(self.store.run_read(lambda connection: documents(connection, self.kinds, [key])[key]))

    def send(self, actor: Actor, *messages: Submit | Act) -> list[Outcome]:
        """All at once: what waits together is committed together."""

        async def together() -> list[Outcome]:
            return await asyncio.gather(*(self.service.submit(actor, message) for message in messages))

        return self.run(together())

    def do(
        self,
        actor: Actor,
        command: commands.Base,
        ticket: TicketId | None = None,
        version: int | None = None,
        **more: Any,
    ) -> Outcome:
        return self.send(actor, self.message(command, ticket, version, **more))[0]

    def report_command(self, area: str = TOWN_A, *, needs_check: bool = False, text: str = "") -> commands.Report:
        return commands.Report(
            source=Source.PATROL,
            external_ref=f"{self.outbox}-{next(self._references)}",
            area=AreaCode(area),
            item=item(needs_check=needs_check),
            text=text,
        )

    def reported(self, area: str = TOWN_A, *, needs_check: bool = False, text: str = "") -> TicketId:
        outcome = self.do(REGISTRAR, self.report_command(area, needs_check=needs_check, text=text))
        assert outcome.status == "applied", outcome
        assert outcome.ticket_id is not None
        return outcome.ticket_id

    def walk(self, ticket: TicketId, steps: Sequence[tuple[Actor, commands.Base]]) -> int:
        """Gives commands one after the other; the version after the last."""
        version = self.ticket(ticket).version
        for actor, command in steps:
            outcome = self.do(actor, command, ticket, version)
            assert outcome.status == "applied", outcome
            version = outcome.version or version
        return version

    def filed(self, area: str = TOWN_A) -> TicketId:
        ticket = self.reported(area)
        self.walk(ticket, [(REGISTRAR, commands.File())])
        return ticket

    def ticket(self, ticket: TicketId) -> Ticket:
        found = self.run(self.store.ticket(ticket))
        assert found is not None
        return found

    def _take(self, records: Sequence[LogRecord]) -> None:
        self.records += records


TO_HANDLED: tuple[tuple[Actor, commands.Base], ...] = (
    (REGISTRAR, commands.File()),
    (DISPATCHER, commands.Dispatch(lead=UNIT_A)),
    (HANDLER, commands.Sign()),
    (HANDLER, commands.ReportResult(resolved_level=Level.TOWN)),
)
