"""A report as it is kept: its model and the tables that name its codes, so that made anew it says the same."""

import msgspec
from msgspec import Struct

from domain.reports.values import Report
from protocol.reference import Reference


class KeptReport(Struct, frozen=True, kw_only=True):
    report: Report
    reference: Reference


def encode(kept: KeptReport) -> bytes:
    """The same bytes for the same report."""
    return msgspec.json.encode(kept, order="sorted")


def decode(data: bytes) -> KeptReport:
    """Raises msgspec.DecodeError (ValidationError) for what is no kept report."""
    return msgspec.json.decode(data, type=KeptReport)
