"""反查: asks for the lists of tickets behind one figure, a list at a time, and keeps what came. No widget here.

Each answer carries the figure counted anew over the same tickets as its list: list and figure always agree with each
other, and `moved` says when they have moved on from the figure on the board.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.services.values import Answer
from desktop.views.trouble import Trouble
from domain.ids import TicketId
from domain.kpi_types import Kpi
from domain.ticket import Ticket

if TYPE_CHECKING:
    from desktop.bridge import Bridge

PARTS = ("numerator", "denominator_only", "denominator", "excluded")
"""numerator + denominator_only = denominator; excluded stands apart. What is asked for most is denominator_only: what failed."""
MOST_NAMED = 200
"""Details of so many tickets are asked for at once."""


class BehindReply(Struct, frozen=True, kw_only=True):
    """Body of the answer to "behind"."""

    kpi: Kpi
    seq: int
    part: str
    total: int
    offset: int
    ids: tuple[TicketId, ...]


_REPLY = msgspec.json.Decoder(BehindReply)
_TICKETS = msgspec.json.Decoder(tuple[Ticket, ...])


def filters_of(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """(breakdown, value) pairs as a question names them. One breakdown twice is the later, narrower value."""
    return {name: [value] for name, value in pairs}


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands on the board: the KPI, and of which area or unit alone (ranking rows), or of which values of breakdowns."""

    kpi: Kpi
    name: str
    area: str = ""
    unit: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    """(breakdown, value) pairs that narrow it further."""
    at: str = ""
    """As it was shown at this past instant; empty = now."""

    def narrowing(self) -> tuple[tuple[str, str], ...]:
        """Everything that narrows it, as (breakdown, value) pairs."""
        given = (("area", self.area), ("unit", self.unit))
        return (*self.filters, *(pair for pair in given if pair[1]))

    def question(self) -> dict[str, Any]:
        """What every question about the figure names: KPI, period, and which part of it."""
        assert self.kpi.period is not None
        period = self.kpi.period
        args: dict[str, Any] = {
            "kpi": self.kpi.id,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "by": period.by,
        }
        if self.at:
            args["at"] = self.at
        filters = filters_of(self.narrowing())
        return {**args, "filters": filters} if filters else args


@dataclass(slots=True)
class PartList:
    """One list as far as it has come; one entry per case."""

    total: int = 0
    ids: list[TicketId] = field(default_factory=list)
    seq: int = 0

    @property
    def complete(self) -> bool:
        return len(self.ids) >= self.total


def part_count(kpi: Kpi, part: str) -> int:
    """How many cases the figure says are in this list."""
    return {
        "numerator": kpi.numerator,
        "denominator_only": kpi.denominator - kpi.numerator,
        "denominator": kpi.denominator,
        "excluded": sum(kpi.excluded.values()),
    }[part]


def reasons_of(kpi: Kpi) -> tuple[str, ...]:
    """Why each entry of the excluded list is excluded: the list comes reason by reason, in the order of their codes."""
    return tuple(reason for reason in sorted(kpi.excluded) for _ in range(kpi.excluded[reason]))


def part_word(part: str) -> str:
    translate = QCoreApplication.translate
    return {
        "numerator": translate("kpi", "分子"),
        "denominator_only": translate("kpi", "未计入"),
        "denominator": translate("kpi", "分母"),
        "excluded": translate("kpi", "剔除"),
    }[part]


class _Question:
    """One page of one list of one figure; worthless once another figure is open."""

    def __init__(self, owner: BehindQuery, part: str, offset: int) -> None:
        self._owner: BehindQuery | None = owner
        self.part, self.offset = part, offset

    def drop(self) -> None:
        self._owner = None

    def done(self, answer: Answer) -> None:
        if self._owner is not None:
            self._owner.take(self, answer)


class _Naming:
    """Asks for the details of tickets that are about to be shown."""

    def __init__(self, owner: BehindQuery) -> None:
        self._owner: BehindQuery | None = owner

    def drop(self) -> None:
        self._owner = None

    def done(self, answer: Answer) -> None:
        if self._owner is not None:
            self._owner.take_tickets(answer)


class BehindQuery(QObject):
    """`changed` after every answer; `named` when tickets got their details."""

    changed = Signal()
    named = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._open: dict[str, _Question] = {}
        self._lists: dict[str, PartList] = {}
        self._details: dict[TicketId, Ticket] = {}
        self._asked: set[TicketId] = set()
        self._naming = _Naming(self)
        self.figure: Figure | None = None
        self.counted: Kpi | None = None
        """The figure as the newest answer counts it."""
        self.trouble = Trouble()

    @property
    def error(self) -> str:
        """Code of what failed last; "" while all is well."""
        return self.trouble.code

    def open(self, figure: Figure) -> None:
        """Another figure; what was open before is forgotten."""
        self._forget()
        self.figure = figure

    def close(self) -> None:
        self._forget()
        self.figure = None

    def stop(self) -> None:
        """Nobody looks any more, perhaps the window is gone: answers that are under way are not waited for."""
        for question in self._open.values():
            question.drop()
        self._naming.drop()
        self._open, self._asked, self._naming = {}, set(), _Naming(self)

    def _forget(self) -> None:
        self.stop()
        self._lists = {}
        self.counted = None
        self.trouble.clear()

    @property
    def kpi(self) -> Kpi | None:
        """The newest count, else the figure of the board."""
        return self.counted or (None if self.figure is None else self.figure.kpi)

    @property
    def moved(self) -> bool:
        """The tickets have moved on since the figure on the board was counted."""
        if self.figure is None or self.counted is None:
            return False
        shown = self.figure.kpi
        return any(part_count(shown, part) != part_count(self.counted, part) for part in PARTS)

    def list_of(self, part: str) -> PartList | None:
        """What has come of a list; None = nothing yet."""
        return self._lists.get(part)

    def need_list(self, part: str) -> None:
        """The list is about to be shown: its first page is asked for, once."""
        if part not in self._lists and part not in self._open:
            self._ask(part, 0)

    def more(self, part: str) -> None:
        """The next page of a long list."""
        known = self._lists.get(part)
        if known is not None and not known.complete and part not in self._open:
            self._ask(part, len(known.ids))

    def _ask(self, part: str, offset: int) -> None:
        figure = self.figure
        if figure is None or figure.kpi.period is None:
            return
        question = self._open[part] = _Question(self, part, offset)
        args = {**figure.question(), "part": part}
        if offset:
            args["offset"] = offset
        self._bridge.ask_then("behind", args, question.done)

    def take(self, question: _Question, answer: Answer) -> None:
        """A page has come."""
        del self._open[question.part]
        try:
            if not answer.error:
                self._add(_REPLY.decode(answer.body or b""), question)
            self.trouble.note(answer.error, self._bridge.clock.now_business())
        except msgspec.DecodeError:
            self.trouble.failed("unreadable", self._bridge.clock.now_business())
        self.changed.emit()

    def _add(self, reply: BehindReply, question: _Question) -> None:
        known = self._lists.get(question.part)
        if known is None or reply.seq != known.seq:
            # Pages of different moments do not fit together: a list that moved on starts anew.
            if question.offset:
                self._lists.pop(question.part, None)
                self._ask(question.part, 0)
                return
            known = self._lists[question.part] = PartList(seq=reply.seq)
        known.total = reply.total
        known.ids.extend(reply.ids)
        self.counted = reply.kpi

    # -- details of tickets ---------------------------------------------------------------------

    def ticket(self, ticket_id: TicketId) -> Ticket | None:
        """From the working set, else what was asked for; None = not known here yet."""
        return self._bridge.mirror.tickets.get(ticket_id) or self._details.get(ticket_id)

    def need_tickets(self, ids: tuple[TicketId, ...]) -> None:
        """These are about to be shown: older ones are fetched, each once."""
        missing = [i for i in dict.fromkeys(ids) if i not in self._asked and self.ticket(i) is None][:MOST_NAMED]
        if missing:
            self._asked.update(missing)
            self._bridge.ask_then("tickets", {"ids": missing}, self._naming.done)

    def take_tickets(self, answer: Answer) -> None:
        """Without an answer the numbers stand alone: details are a help, the list is the truth."""
        if answer.body is None:
            return
        try:
            found = _TICKETS.decode(answer.body)
        except msgspec.DecodeError:
            return
        self._details.update((ticket.id, ticket) for ticket in found)
        self.named.emit()
