"""Events of a handover: codes, figures, instants and digests. `item` is the item as it then is."""

from domain.documents import BlobRef, DocEvent
from domain.handover.values import By, Check, Figures, Item, ShiftPart, Signature
from domain.shifts.hours import Instant


class Begun(DocEvent, frozen=True, kw_only=True, tag="begun"):
    shift: ShiftPart
    by: By


class Filled(DocEvent, frozen=True, kw_only=True, tag="filled"):
    """`items` = the whole report from now on, the removed ones included."""

    as_of: Instant
    seq: int
    items: tuple[Item, ...]
    figures: Figures
    data: BlobRef | None = None
    changes: bool = True
    """False: nothing of what is signed is another now."""


class RedraftAsked(DocEvent, frozen=True, kw_only=True, tag="redraft_asked"):
    by: By


class ItemChanged(DocEvent, frozen=True, kw_only=True):
    """A change of what is signed: both signatures are void by it."""

    item: Item
    giver: str


class Edited(ItemChanged, frozen=True, kw_only=True, tag="edited"):
    pass


class Added(ItemChanged, frozen=True, kw_only=True, tag="added"):
    pass


class Removed(ItemChanged, frozen=True, kw_only=True, tag="removed"):
    pass


class Restored(ItemChanged, frozen=True, kw_only=True, tag="restored"):
    pass


class ItemTalked(DocEvent, frozen=True, kw_only=True):
    """Read-back and questions: beside the report, no change of it."""

    item: Item


class ReadBackGiven(ItemTalked, frozen=True, kw_only=True, tag="read_back"):
    pass


class Agreed(ItemTalked, frozen=True, kw_only=True, tag="agreed"):
    pass


class Asked(ItemTalked, frozen=True, kw_only=True, tag="asked"):
    pass


class Answered(ItemTalked, frozen=True, kw_only=True, tag="answered"):
    pass


class Checked(DocEvent, frozen=True, kw_only=True, tag="checked"):
    """`check` None: it is open again."""

    name: str
    check: Check | None = None


class SignedOut(DocEvent, frozen=True, kw_only=True, tag="signed_out"):
    signature: Signature


class SignedIn(DocEvent, frozen=True, kw_only=True, tag="signed_in"):
    """`record` "": written before both signed the same; the signature's digest is then that of the record."""

    signature: Signature
    record: str = ""


class FoundLate(DocEvent, frozen=True, kw_only=True, tag="found_late"):
    at: Instant


class Attached(DocEvent, frozen=True, kw_only=True, tag="attached"):
    papers: tuple[BlobRef, ...]


Event = (
    Begun
    | Filled
    | RedraftAsked
    | Edited
    | Added
    | Removed
    | Restored
    | ReadBackGiven
    | Agreed
    | Asked
    | Answered
    | Checked
    | SignedOut
    | SignedIn
    | FoundLate
    | Attached
)
