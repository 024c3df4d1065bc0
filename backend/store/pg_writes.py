"""How a transaction is written down where several nodes share one database: rows first, then the head row, then the log.

Whoever holds the head row gives the next numbers, and holds it until the commit: commit order is the order of seq, and no
seq is ever missing. Nothing slow stands behind that lock: one statement with the events and outcomes, and the commit.
"""

from sqlalchemy import Connection, Dialect, bindparam, select, update

from backend.store import schema
from backend.store.errors import FatalError
from backend.store.pg_statements import Bundle
from backend.store.records import Head
from backend.store.statements import Prepared
from backend.store.writes import Batch, Writer, log_rows
from protocol.snapshot import instant, millis, row_tuple


class PgWriter(Writer):
    """`epoch` is the one this process opened the log in."""

    def __init__(self, dialect: Dialect, epoch: str) -> None:
        super().__init__(dialect)
        self._epoch = epoch
        head, meta = schema.head, schema.log_meta
        self._rows = Bundle(dialect, (schema.ticket, schema.external, schema.number), (schema.ticket, schema.number))
        self._log = Bundle(dialect, (schema.event, schema.private, schema.cmd))
        self._answers = Bundle(dialect, (schema.cmd,))
        now = select(meta.c.epoch).where(meta.c.id == bindparam("meta_id")).scalar_subquery().label("epoch")
        held = select(*head.c["seq", "hash", "server_time"], now).where(head.c.id == bindparam("id"))
        self._hold = Prepared(held.with_for_update(of=head), dialect, ["meta_id", "id"])
        moved = {name: bindparam(f"new_{name}", type_=head.c[name].type) for name in ("seq", "hash", "server_time")}
        self._move = update(head).where(head.c.id == bindparam("head_id", type_=head.c.id.type)).values(moved)

    def flush(self, connection: Connection, batch: Batch, head: Head) -> Head:
        """As `Writer.flush`, but `head` is only where the log was thought to end: the batch is moved behind its real end.

        A key that another node used meanwhile (a command's id, an external reference) is refused by the database: the
        transaction starts over (HeadMovedError) and finds what the other one wrote.
        """
        self._flush_rows(connection, batch)
        if not batch.records:
            self._answers.run(connection, [sorted(batch.commands)])
            return head
        held = self._held(connection)
        batch.rebase(head, held)
        events, private = log_rows(batch, held)
        last = batch.records[-1]
        values = {
            "new_seq": last.seq,
            "new_hash": last.hash,
            "new_server_time": millis(last.server_time),
            "head_id": 1,
        }
        self._log.run(connection, [events, private, sorted(batch.commands)], self._move, values)
        return Head(last.seq, last.hash, last.server_time)

    def _flush_rows(self, connection: Connection, batch: Batch) -> None:
        tickets = [row_tuple(ticket) for ticket in batch.tickets.values()]
        numbers = {key: batch.numbers.get(key, before) for key, (before, _) in batch.taken.items()}
        wrong = [(key, last) for key, last in numbers.items() if last != batch.taken[key][1]]
        self._rows.run(connection, [tickets, batch.externals, wrong])
        self._flush_beside(connection, batch)

    def _held(self, connection: Connection) -> Head:
        """The head row, locked."""
        ((seq, chain, server_time, epoch),) = self._hold.rows(connection, (1, 1))
        if epoch != self._epoch:
            raise FatalError(
                "另一个节点开始了新的纪元，停止服务以便重启 (another node began a new epoch: stopping, restart this one)"
            )
        return Head(seq, chain, instant(server_time))
