"""What streaming needs of the store, as an interface: the store implements it, tests bring a small one in memory."""

from pathlib import Path
from typing import Any, Protocol

from backend.store.records import LogRecord
from domain.actor import Scope
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.messages import Cursor


class Made(Protocol):
    """What became of `make_snapshot`: number of tickets, and the position read with the rows."""

    @property
    def tickets(self) -> int: ...

    @property
    def cursor(self) -> Cursor: ...


class StreamStore(Protocol):
    @property
    def epoch(self) -> str: ...

    @property
    def head(self) -> Any:
        """Where the log stands: .seq and .hash."""

    @property
    def low_watermark(self) -> int:
        """Events up to this seq are no longer in the log."""

    async def h_at(self, seq: int) -> str | None:
        """Short hash of event `seq`; None where there is no such event."""

    async def read_events(self, after_seq: int, limit: int) -> list[LogRecord]: ...

    async def make_snapshot(self, scope: Scope, path: Path) -> Made: ...

    async def ticket(self, ticket_id: TicketId) -> Ticket | None: ...
