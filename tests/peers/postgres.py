"""A private PostgreSQL server for tests: its own folder, a unix socket that nobody else may open, real fsync.

PostgreSQL refuses to run as root, so as root it is started as another user (setpriv). It dies with the test process. Where
no server is installed the tests that need it are skipped with that reason.
"""

import asyncio
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.faults import processes

USERS = ("postgres", "nobody")
START_S = 30.0
_names = itertools.count()


def server_binaries() -> Path | None:
    """The folder of the newest installed server, None where there is none."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return max(found, key=lambda file: float(file.parts[-3])).parent
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


class Postgres:
    """`start` and `stop` as often as a test likes; `remove` at the end."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="liandong-pg-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            user = next(entry for name in USERS if (entry := _account(name)) is not None)
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as_user = ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
        # Texts must sort by their bytes whatever the database's own order is: a Chinese one finds it out.
        order = ["--locale=C"]
        if float(binaries.parts[-2] if binaries.parts[-2].isdigit() else 0) >= 15:
            order = ["--locale-provider=icu", "--icu-locale=zh-CN", "--locale=C.UTF-8"]
        self._run("initdb", "-D", self._data, "-U", "liandong", "-A", "trust", "-E", "UTF8", "--no-sync", *order)

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "max_connections": "60",
            "shared_buffers": "32MB",
            "timezone": "UTC",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._folder / "server.log").open("ab") as said:
            command = self._command("postgres", "-D", self._data, *options)
            self._process = processes.start(command, stdout=subprocess.DEVNULL, stderr=said)
        end = time.monotonic() + START_S
        while subprocess.run(self._command("pg_isready", "-q", "-h", str(self._folder))).returncode != 0:
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server did not start:\n{(self._folder / 'server.log').read_text()[-2000:]}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: sessions are ended, all is written. SIGQUIT: as if the machine had failed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(START_S)
            self._process = None

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder)

    def url(self, name: str) -> str:
        return f"postgresql://liandong@/{name}?host={self._folder}"

    def new_database(self) -> str:
        """URL of an empty place of its own: a schema, which a node cannot tell from a database and which costs no copy of one."""
        name = f"t{next(_names)}"
        asyncio.run(execute(self.url("postgres"), f"CREATE SCHEMA {name}"))
        return f"{self.url('postgres')}&search_path={name}"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(self._command(program, *arguments), capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [*processes.dies_with_us("QUIT", *self._as_user), str(self._binaries / program), *arguments]


async def execute(url: str, statement: str, *values: Any) -> list[Any]:
    """Runs one statement on a connection of its own; its rows."""
    connection = await asyncpg.connect(url)
    try:
        rows: list[Any] = await connection.fetch(statement, *values)
        return rows
    finally:
        await connection.close()


def new_server() -> Postgres:
    """A server that is not started yet. Skips the test where PostgreSQL, or a way to run it, is missing."""
    binaries = server_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not here to start PostgreSQL with (package util-linux)")
    if os.geteuid() == 0 and not any(_account(name) for name in USERS):
        pytest.skip(f"PostgreSQL refuses root, and there is no user {' or '.join(USERS)} to run it as")
    return Postgres(binaries)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One running server for all tests that do not break it."""
    server = new_server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def breakable_postgres() -> Iterator[Postgres]:
    """A running server of one's own, to stop and to kill."""
    server = new_server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
