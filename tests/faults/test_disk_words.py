"""F15 where no process may be traced: the commit itself fails, inside the writer's own connection."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, event

from backend.store.errors import FatalError
from backend.store.store import FILE_NAME
from backend.store.verify import verify_file
from tests.unit.backend.house import REGISTRAR, House


def failing_fsync(connection: Connection) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
    raise error


def test_f15_a_commit_that_fails_acknowledges_nothing(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.reported()
        engine = house.run(house.store.run_write(lambda connection: connection.engine))
        event.listen(engine, "commit", failing_fsync)
        task = house.run(started(house))
        outcome = house.do(REGISTRAR, house.report_command())
        assert outcome.status == "unavailable"
        assert isinstance(task.exception(), FatalError), "its owner ends the process"
        event.remove(engine, "commit", failing_fsync)
        assert house.do(REGISTRAR, house.report_command()).status == "unavailable", "no second try on that file"
    assert verify_file(tmp_path / FILE_NAME, rows=True).ok
    with House(tmp_path) as again:
        assert again.store.head.seq == 1
        assert again.do(REGISTRAR, again.report_command()).seq == 2


async def started(house: House):  # type: ignore[no-untyped-def]
    return house.service.start()
