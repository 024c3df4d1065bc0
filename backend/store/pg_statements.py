"""Many rows for many tables in one statement: a table's rows travel as one array of its row type, tables as parts of one WITH.

A commit on a shared database costs round trips before anything else, and executing a prepared statement row by row costs
the server more than the rows do. An array per column would cost the driver twice as much as one of rows: it asks of every
single value whether it is an array again. The SQL comes from SQLAlchemy Core and is compiled once per set of tables.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table, Update, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql.dml import Insert
from sqlalchemy.types import UserDefinedType

Rows = list[tuple[Any, ...]]


class RowOf(UserDefinedType[tuple[Any, ...]]):
    """The type that PostgreSQL makes with every table: all its columns, in the order in which they were made. Nodes that know
    other columns never share a database (pg_check).
    """

    cache_ok = True

    def __init__(self, table: Table) -> None:
        self.name = table.name

    def get_col_spec(self, **_: Any) -> str:
        return self.name


class Bundle:
    """Inserts rows into those of `tables` that have any; into `overwriting` ones also over rows with the same key.

    `last` is a statement that runs with them, its parameters named and given by `values`.
    """

    def __init__(self, dialect: Dialect, tables: Sequence[Table], overwriting: Sequence[Table] = ()) -> None:
        self._dialect = dialect
        self._tables = tables
        self._overwriting = overwriting
        self._compiled: dict[tuple[bool, ...], tuple[str, list[str]]] = {}

    def run(
        self,
        connection: Connection,
        rows: Sequence[Rows],
        last: Update | None = None,
        values: dict[str, Any] | None = None,
    ) -> None:
        """`rows` in the order of the tables. Raises the driver's own errors."""
        shape = tuple(map(bool, rows))
        if not any(shape) and last is None:
            return
        if shape not in self._compiled:
            self._compiled[shape] = self._compile(shape, last)
        sql, order = self._compiled[shape]
        given = dict(values or {})
        for table, part in zip(self._tables, rows, strict=True):
            if part:
                given[table.name] = part
        cursor = connection.connection.cursor()
        try:
            cursor.execute(sql, tuple(given[name] for name in order))
        finally:
            cursor.close()

    def _compile(self, shape: tuple[bool, ...], last: Update | None) -> tuple[str, list[str]]:
        inserts = [self._insert(table) for table, used in zip(self._tables, shape, strict=True) if used]
        statement: Any = inserts.pop() if last is None else last
        statement = statement.add_cte(*(each.cte(f"w{number}") for number, each in enumerate(inserts)))
        compiled = statement.compile(dialect=self._dialect)
        return str(compiled), list(compiled.positiontup or ())

    def _insert(self, table: Table) -> Insert:
        columns = table.columns
        sent = cast(bindparam(table.name), ARRAY(RowOf(table)))
        given = func.unnest(sent).table_valued(*(column(each.name, each.type) for each in columns))
        rows = select(*given.render_derived(f"{table.name}_rows").c)
        statement = insert(table).from_select([each.name for each in columns], rows)
        if table not in self._overwriting:
            return statement
        keys = [each.name for each in table.primary_key]
        changed = {each.name: statement.excluded[each.name] for each in columns if each.name not in keys}
        return statement.on_conflict_do_update(index_elements=keys, set_=changed)
