"""SQL of the cache: rows in and out, and the page query over older tickets. The layout itself is protocol.snapshot's."""

from typing import Any

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

NEVER_NULL = frozenset({"reported_at", "changed_at"})
ORDERS = frozenset({"reported_at", "changed_at", "stage_due_at", "due_at", "closed_at"})

Row = tuple[Any, ...]


Statement = tuple[str, Row]
"""SQL and its parameters."""


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _where(query: PageQuery) -> Statement:
    """The conditions of a query, with their WHERE; "" where it asks for all."""
    found: list[str] = []
    values: list[object] = []

    def add(condition: str, *its: object) -> None:
        found.append(condition)
        values.extend(its)

    lists: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("state", query.states),
        ("item", query.items),
        ("source", query.sources),
        ("unit", query.units),
        ("level", query.levels),
        ("urgency", tuple(URGENCY_RANK[urgency] for urgency in query.urgencies)),
    )
    for name, chosen in lists:
        if chosen:
            add(f"{name} IN ({_marks(len(chosen))})", *chosen)
    if query.areas:
        # A range instead of LIKE: digits only, so the prefix's last digit + 1 closes it and the text order holds.
        ranges = " OR ".join(["area >= ? AND area < ?"] * len(query.areas))
        add(f"({ranges})", *(edge for code in query.areas for edge in (code, code + ":")))
    if query.open is not None:
        add("is_open = ?", int(query.open))
    if query.on_time is not None:
        add("on_time = ?", int(query.on_time))
    if query.reported_from is not None:
        add("reported_at >= ?", millis(query.reported_from))
    if query.reported_to is not None:
        add("reported_at < ?", millis(query.reported_to))
    return (f" WHERE {' AND '.join(found)}" if found else ""), tuple(values)


def page_statement(query: PageQuery, offset: int, limit: int) -> Statement:
    """Bodies of one page; ties by row, so that pages never overlap. Raises ValueError for an order the cache has not.

    The page is found by row number first, along an index where there is one: skipping 300,000 bodies would cost half a second.
    """
    key = query.order
    if key not in ORDERS:
        raise ValueError(f"no order {key!r}; there are {sorted(ORDERS)}")
    way = "DESC" if query.descending else "ASC"
    # What every ticket has needs no rule for missing values, and the rule would keep the index from being used.
    nulls = "" if key in NEVER_NULL else " NULLS LAST"
    where, values = _where(query)
    page = f"SELECT rowid FROM ticket{where} ORDER BY {key} {way}{nulls}, rowid {way} LIMIT ? OFFSET ?"  # noqa: S608 - names of ORDERS
    return (
        f"SELECT found.body FROM ({page}) AS page JOIN ticket AS found ON found.rowid = page.rowid "  # noqa: S608 - as above
        f"ORDER BY found.{key} {way} NULLS LAST, page.rowid {way}",
        (*values, limit, offset),
    )


def count_statement(query: PageQuery) -> Statement:
    where, values = _where(query)
    return f"SELECT count(*) FROM ticket{where}", values  # noqa: S608 - conditions are ours, values are parameters


def documents_statement(keys: list[DocKey]) -> Statement:
    pairs = ", ".join(["(?, ?)"] * len(keys))
    return (
        f"SELECT kind, id, version, body FROM document WHERE (kind, id) IN (VALUES {pairs})",  # noqa: S608 - marks only
        tuple(part for key in keys for part in key),
    )


def document_page_statement(kind: str, offset: int, limit: int) -> Statement:
    """The newest change first; ties by id."""
    return (
        "SELECT kind, id, version, body FROM document WHERE kind = ? ORDER BY changed_at DESC, id LIMIT ? OFFSET ?",
        (kind, limit, offset),
    )


def ids_statement(ids: list[TicketId]) -> Statement:
    return f"SELECT id, body FROM ticket WHERE id IN ({_marks(len(ids))})", tuple(ids)  # noqa: S608 - marks only
