"""What became of a revision. Numbers and instants are decided, the fold only believes them."""

from datetime import datetime

from domain.actor import ActorRef
from domain.documents import DocEvent
from domain.tables.values import Rows
from domain.tables.words import Table


class Started(DocEvent, frozen=True, kw_only=True, tag="started"):
    table: Table
    reason: str
    valid_from: datetime | None = None
    by: ActorRef


class RowsPut(DocEvent, frozen=True, kw_only=True, tag="rows_put"):
    rows: Rows


class Published(DocEvent, frozen=True, kw_only=True, tag="published"):
    """`valid_from` as it counts from now on."""

    number: int
    valid_from: datetime


class Dropped(DocEvent, frozen=True, kw_only=True, tag="dropped"):
    pass


class Amended(DocEvent, frozen=True, kw_only=True, tag="amended"):
    table: Table
    number: int
    reason: str
    valid_from: datetime
    by: ActorRef
    rows: Rows


Event = Started | RowsPut | Published | Dropped | Amended
