"""How a transaction is written down where several nodes share one database: rows first, then the head row, then the log.

Whoever holds the head row gives the next numbers, and holds it until the commit: commit order is the order of seq, and no
seq is ever missing. Nothing slow stands behind that lock: the events, the outcomes that name them, and the commit.
"""

from sqlalchemy import Connection, Dialect, select

from backend.store import schema
from backend.store.errors import FatalError
from backend.store.records import Head
from backend.store.writes import Batch, Writer, log_rows
from protocol.snapshot import instant


class PgWriter(Writer):
    """`epoch` is the one this process opened the log in."""

    def __init__(self, dialect: Dialect, epoch: str) -> None:
        super().__init__(dialect)
        self._epoch = epoch
        head, meta = schema.head, schema.log_meta
        now = select(meta.c.epoch).scalar_subquery().label("epoch")
        self._hold = select(*head.c["seq", "hash", "server_time"], now).where(head.c.id == 1).with_for_update(of=head)

    def flush(self, connection: Connection, batch: Batch, head: Head) -> Head:
        """As `Writer.flush`, but `head` is only where the log was thought to end: the batch is moved behind its real end.

        A key that another node used meanwhile (a command's id, an external reference) is refused by the database: the
        transaction starts over (HeadMovedError) and finds what the other one wrote.
        """
        self._flush_rows(connection, batch)
        if not batch.records:
            self._cmd.many(connection, sorted(batch.commands))
            return head
        held = self._held(connection)
        batch.rebase(head, held)
        events, private = log_rows(batch, held)
        self._event.many(connection, events)
        self._private.many(connection, private)
        self._cmd.many(connection, sorted(batch.commands))
        return self._move_head(connection, held, batch.records[-1])

    def _held(self, connection: Connection) -> Head:
        """The head row, locked."""
        row = connection.execute(self._hold).one()
        if row.epoch != self._epoch:
            raise FatalError(
                "另一个节点开始了新的纪元，停止服务以便重启 (another node began a new epoch: stopping, restart this one)"
            )
        return Head(row.seq, row.hash, instant(row.server_time))
