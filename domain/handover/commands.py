"""Commands on a handover. Texts in them are private: they leave the command beside the event, never in it."""

from datetime import date

from domain.documents import BlobRef, DocCommand
from domain.handover.values import Figures, Item
from domain.handover.words import CheckName, Severity
from domain.ids import TicketId, UnitId
from domain.shifts.hours import Instant


class Begin(DocCommand, frozen=True, kw_only=True, tag="begin"):
    """The handover of this shift; the server computes its hours and brings the draft."""

    day: date
    code: str


class Fill(DocCommand, frozen=True, kw_only=True, tag="fill"):
    """The server's draft. What people changed stays; what is not in it any more stays listed as removed."""

    as_of: Instant
    seq: int
    items: tuple[Item, ...]
    figures: Figures
    data: BlobRef | None = None


class Redraft(DocCommand, frozen=True, kw_only=True, tag="redraft"):
    pass


class Edit(DocCommand, frozen=True, kw_only=True, tag="edit"):
    """None = as it is. `seen` = how often the item had been edited when the person looked."""

    item: str
    seen: int = 0
    severity: Severity | None = None
    unit: UnitId | None = None
    due_at: Instant | None = None
    summary: str | None = None
    action: str | None = None
    condition: str | None = None
    response: str | None = None


class Add(DocCommand, frozen=True, kw_only=True, tag="add"):
    severity: Severity
    tickets: tuple[TicketId, ...] = ()
    unit: UnitId | None = None
    due_at: Instant | None = None
    summary: str
    action: str = ""
    condition: str = ""
    response: str = ""


class Remove(DocCommand, frozen=True, kw_only=True, tag="remove"):
    item: str
    text: str


class Restore(DocCommand, frozen=True, kw_only=True, tag="restore"):
    item: str


class GiveReadBack(DocCommand, frozen=True, kw_only=True, tag="read_back"):
    """The receiver says the item in own words."""

    item: str
    seen: int = 0
    text: str


class Agree(DocCommand, frozen=True, kw_only=True, tag="agree"):
    """The giver confirms the words of the receiver."""

    item: str


class Ask(DocCommand, frozen=True, kw_only=True, tag="ask"):
    item: str
    text: str


class AnswerQuestion(DocCommand, frozen=True, kw_only=True, tag="answer"):
    item: str
    text: str


class DoCheck(DocCommand, frozen=True, kw_only=True, tag="check"):
    name: CheckName
    done: bool = True
    text: str = ""


class SignOut(DocCommand, frozen=True, kw_only=True, tag="sign_out"):
    """The giver signs the report as this digest names it."""

    sha256: str


class SignIn(DocCommand, frozen=True, kw_only=True, tag="sign_in"):
    """The receiver signs the same report, and closes the record of what was said about it, as this other digest names it."""

    sha256: str
    record: str


class MarkLate(DocCommand, frozen=True, kw_only=True, tag="mark_late"):
    pass


class Attach(DocCommand, frozen=True, kw_only=True, tag="attach"):
    """The files made at signing."""

    papers: tuple[BlobRef, ...]


Command = (
    Begin
    | Fill
    | Redraft
    | Edit
    | Add
    | Remove
    | Restore
    | GiveReadBack
    | Agree
    | Ask
    | AnswerQuestion
    | DoCheck
    | SignOut
    | SignIn
    | MarkLate
    | Attach
)
