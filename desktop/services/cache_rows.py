"""SQL of the cache: rows in and out, and the page query over older tickets. The layout itself is protocol.snapshot's."""

from typing import Any

from sqlalchemy import (
    BLOB,
    INTEGER,
    TEXT,
    ColumnElement,
    Select,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    tuple_,
)

from desktop.services.values import DocKey, PageQuery
from domain.ids import TicketId
from domain.vocabulary import URGENCY_RANK
from protocol.snapshot import COLUMNS, DOCUMENT_COLUMNS, millis

PUT_ROW = f"INSERT OR REPLACE INTO ticket ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our own column names
DROP_ROW = "DELETE FROM ticket WHERE id = ?"
PUT_DOCUMENT = (
    f"INSERT OR REPLACE INTO document ({', '.join(DOCUMENT_COLUMNS)}) VALUES ({', '.join('?' * len(DOCUMENT_COLUMNS))})"  # noqa: S608 - our own column names
)
DROP_DOCUMENT = "DELETE FROM document WHERE kind = ? AND id = ?"
PUT_TOPIC = "INSERT OR REPLACE INTO topic (name, version, as_of, body) VALUES (?, ?, ?, ?)"
PUT_META = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"

_NUMBERS = {name: INTEGER for name in COLUMNS if name.endswith("_at")} | dict.fromkeys(
    ("version", "is_open", "urgency", "on_time"), INTEGER
)
TICKET = table("ticket", *(column(name, BLOB if name == "body" else _NUMBERS.get(name, TEXT)) for name in COLUMNS))
ROWID: ColumnElement[int] = column("rowid", INTEGER)
NEVER_NULL = frozenset({"reported_at", "changed_at"})
ORDERS = frozenset({"reported_at", "changed_at", "stage_due_at", "due_at", "closed_at"})

Row = tuple[Any, ...]


def conditions(query: PageQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    lists: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("state", query.states),
        ("item", query.items),
        ("source", query.sources),
        ("unit", query.units),
        ("level", query.levels),
        ("urgency", tuple(URGENCY_RANK[urgency] for urgency in query.urgencies)),
    )
    for name, values in lists:
        if values:
            found.append(TICKET.c[name].in_(values))
    if query.areas:
        # A range instead of LIKE: digits only, so the prefix's last digit + 1 closes it and the text order holds.
        area = TICKET.c.area
        found.append(or_(*((area >= code) & (area < code + ":") for code in query.areas)))
    if query.open is not None:
        found.append(TICKET.c.is_open == int(query.open))
    if query.on_time is not None:
        found.append(TICKET.c.on_time == int(query.on_time))
    if query.reported_from is not None:
        found.append(TICKET.c.reported_at >= millis(query.reported_from))
    if query.reported_to is not None:
        found.append(TICKET.c.reported_at < millis(query.reported_to))
    return found


def page_statement(query: PageQuery, offset: int, limit: int) -> Select[Any]:
    """Bodies of one page; ties by row, so that pages never overlap. Raises ValueError for an order the cache has not.

    The page is found by row number first, along an index where there is one: skipping 300,000 bodies would cost half a second.
    """
    if query.order not in ORDERS:
        raise ValueError(f"no order {query.order!r}; there are {sorted(ORDERS)}")
    key = TICKET.c[query.order]
    place = key.desc() if query.descending else key.asc()
    ties = ROWID.desc() if query.descending else ROWID.asc()
    # What every ticket has needs no rule for missing values, and the rule would keep the index from being used.
    order = place if query.order in NEVER_NULL else place.nulls_last()
    rows = select(ROWID).select_from(TICKET).where(*conditions(query)).order_by(order, ties).offset(offset).limit(limit)
    found = rows.subquery("page")
    body = TICKET.alias("found")
    sorted_again = body.c[query.order].desc() if query.descending else body.c[query.order].asc()
    tie_again = found.c.rowid.desc() if query.descending else found.c.rowid.asc()
    joined = select(body.c.body).select_from(found.join(body, literal_column("found.rowid") == found.c.rowid))
    return joined.order_by(sorted_again.nulls_last(), tie_again)


def count_statement(query: PageQuery) -> Select[Any]:
    return select(func.count()).select_from(TICKET).where(*conditions(query))


DOCUMENT = table(
    "document",
    *(
        column(name, BLOB if name == "body" else TEXT if name in ("kind", "id", "area") else INTEGER)
        for name in DOCUMENT_COLUMNS
    ),
)


def documents_statement(keys: list[DocKey]) -> Select[Any]:
    kind, doc_id = DOCUMENT.c.kind, DOCUMENT.c.id
    return select(kind, doc_id, DOCUMENT.c.version, DOCUMENT.c.body).where(tuple_(kind, doc_id).in_(keys))


def document_page_statement(kind: str, offset: int, limit: int) -> Select[Any]:
    """The newest change first; ties by id."""
    own = DOCUMENT.c
    query = select(own.kind, own.id, own.version, own.body).where(own.kind == kind)
    return query.order_by(own.changed_at.desc(), own.id).offset(offset).limit(limit)


def ids_statement(ids: list[TicketId]) -> Select[Any]:
    return select(TICKET.c.id, TICKET.c.body).where(TICKET.c.id.in_(ids))
