"""What is typed into the window of a new ticket, as one value: kept against a crash, and made into a report. Pure."""

from __future__ import annotations

import secrets

import msgspec
from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from domain.commands import Report
from domain.ids import AreaCode, ItemCode
from domain.ticket import Point
from domain.vocabulary import Source, Urgency

NAME = "new_ticket"


class Draft(Struct, frozen=True, omit_defaults=True):
    """`ref` names the matter from the first letter on: a draft that is sent twice (a crash in between) is one ticket."""

    ref: str = ""
    text: str = ""
    source: str = Source.HOTLINE_12345.value
    source_ref: str = ""
    caller: str = ""
    phone: str = ""
    address: str = ""
    area: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    item: str = ""
    urgency: str = ""

    @property
    def point(self) -> Point | None:
        return None if self.lon is None or self.lat is None else Point(self.lon, self.lat)

    @property
    def is_empty(self) -> bool:
        typed = (self.text, self.source_ref, self.caller, self.phone, self.address, self.area, self.item)
        return not any(value.strip() for value in typed)


def new_ref() -> str:
    return f"desk-{secrets.token_hex(8)}"


def encoded(draft: Draft) -> bytes:
    """Nothing typed is no draft."""
    return b"" if draft.is_empty else msgspec.json.encode(draft)


def decoded(data: bytes) -> Draft | None:
    """None for nothing, and for what cannot be read (a draft of another release)."""
    if not data:
        return None
    try:
        return msgspec.json.decode(data, type=Draft)
    except msgspec.DecodeError:
        return None


def missing(draft: Draft) -> list[str]:
    """What is still to be said before it can be sent, in the order of the form."""
    translate = QCoreApplication.translate
    wanted = (
        (draft.text, translate("new_ticket", "诉求")),
        (draft.area, translate("new_ticket", "地点")),
        (draft.item, translate("new_ticket", "事项")),
    )
    return [word for value, word in wanted if not value.strip()]


def report_of(draft: Draft) -> Report:
    return Report(
        source=Source(draft.source),
        external_ref=draft.source_ref.strip() or draft.ref,
        area=AreaCode(draft.area),
        item=ItemCode(draft.item),
        urgency=Urgency(draft.urgency) if draft.urgency else None,
        point=draft.point,
        text=draft.text.strip(),
        caller=draft.caller.strip(),
        phone=draft.phone.strip(),
        address=draft.address.strip(),
    )
