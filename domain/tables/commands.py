"""Commands on a revision. Its reason is part of the published table and names no person: it travels in the event, not beside it."""

from datetime import datetime

from domain.documents import DocCommand
from domain.tables.values import Rows
from domain.tables.words import Table


class Start(DocCommand, frozen=True, kw_only=True, tag="start"):
    """A draft of many rows: `put` them in parts, then `publish`. Nothing counts before that."""

    table: Table
    reason: str
    valid_from: datetime | None = None
    """Of a list: from when it is filed under. None = as soon as it is published."""


class Put(DocCommand, frozen=True, kw_only=True, tag="put"):
    rows: Rows


class Publish(DocCommand, frozen=True, kw_only=True, tag="publish"):
    pass


class Drop(DocCommand, frozen=True, kw_only=True, tag="drop"):
    """Give a draft up."""


class Amend(DocCommand, frozen=True, kw_only=True, tag="amend"):
    """A few rows at once: a revision that is published with this one command."""

    table: Table
    reason: str
    valid_from: datetime | None = None
    rows: Rows


Command = Start | Put | Publish | Drop | Amend
