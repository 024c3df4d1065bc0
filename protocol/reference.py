"""Body of the latest-value topic `reference`: the tables a desk needs to name things, and what the site has set."""

import zlib
from datetime import date

import msgspec
from msgspec import Struct

from domain.catalogue import Catalogue, Item
from domain.clocks import OfficeHours, WorkCalendar
from domain.ids import AreaCode
from domain.organisation import Area, AreaTree, Unit
from domain.rules import Rules

TOPIC = "reference"
OVERVIEW_TOPIC = "kpi.overview"
PRESENCE_TOPIC = "presence"
PLAIN_MOST = 256 * 1024
"""Bytes of JSON that travel as they are. A list of a few hundred items with some years of versions is several times that; packed it
is an eighth."""
UNPACKED_MOST = 64 * 1024 * 1024


class Demo(Struct, frozen=True):
    """Set when a recorded day is replayed: every window says 演示 ×rate, and that stages and places are simulated."""

    day: str
    rate: float
    source: str


class Reference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    site: str
    district: AreaCode
    zone: str = "Asia/Shanghai"
    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    items: tuple[Item, ...]
    """Every version of every item, oldest first: old tickets are read by theirs."""
    targets: dict[str, float]
    """Fractions by KPI id."""
    level_targets: dict[str, float]
    demo: Demo | None = None
    calendar_gap_years: tuple[int, ...] = ()
    """Years whose statutory calendar is not known: Monday to Friday is assumed and said so."""
    days: dict[date, bool] = {}
    """Days that differ from the statutory calendar by a decision of the site: True = worked."""
    hours: OfficeHours = OfficeHours()
    """Of every working day."""


class Packed(Struct, frozen=True):
    """The JSON of a reference too large to travel as it is; `z` = zlib, base64 on the wire."""

    z: bytes


def encode(reference: Reference) -> bytes:
    """The body of the topic: plain, or packed where it is large."""
    plain = msgspec.json.encode(reference)
    return plain if len(plain) <= PLAIN_MOST else msgspec.json.encode(Packed(zlib.compress(plain)))


def decode(body: bytes) -> Reference:
    """Raises msgspec.DecodeError for what is none."""
    if body.startswith(b'{"z":'):
        unpacker = zlib.decompressobj()
        try:
            body = unpacker.decompress(msgspec.json.decode(body, type=Packed).z, UNPACKED_MOST)
        except zlib.error as error:
            raise msgspec.DecodeError(f"reference cannot be unpacked: {error}") from error
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise msgspec.DecodeError("reference is cut off, or larger than any site's tables")
    return msgspec.json.decode(body, type=Reference)


class Presence(Struct, frozen=True):
    """Which seats have a ticket open: ticket id → seats."""

    viewing: dict[str, tuple[str, ...]]


def rules_of(reference: Reference) -> Rules:
    """The rules as a desk knows them: the same tables as the backend's, so that both offer and refuse the same."""
    return Rules(
        calendar=WorkCalendar(reference.zone, reference.hours, reference.days),
        catalogue=Catalogue(reference.items),
        areas=AreaTree(reference.areas),
        units={unit.id: unit for unit in reference.units},
    )
