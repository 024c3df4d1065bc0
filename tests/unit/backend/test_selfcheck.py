"""What a backend refuses to start on, each in one sentence."""

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend import selfcheck
from backend.selfcheck import CheckError, DataLock, LogLock


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_loopback_is_served(host: str) -> None:
    assert selfcheck.check_loopback(host) in (host, "127.0.0.1")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "", "127.0.0.1.evil.org"])
def test_anything_beyond_loopback_is_refused(host: str) -> None:
    with pytest.raises(CheckError, match=r"--host 127\.0\.0\.1"):
        selfcheck.check_loopback(host)


def test_a_second_backend_on_the_same_folder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    lock = DataLock(tmp_path)
    with pytest.raises(CheckError, match=f"pid {os.getpid()}"):
        DataLock(tmp_path)
    lock.release()
    DataLock(tmp_path).release()


def test_a_second_writer_of_one_sqlite_log_is_refused_whatever_its_own_folder_is(tmp_path: Path) -> None:
    lock = LogLock(tmp_path / "{odd}" / "log.sqlite")
    with pytest.raises(CheckError, match=f"pid {os.getpid()}.*one writer only"):
        LogLock(tmp_path / "{odd}" / "log.sqlite")
    LogLock(tmp_path / "{odd}" / "other.sqlite").release()
    lock.release()
    LogLock(tmp_path / "{odd}" / "log.sqlite").release()


def test_a_log_of_another_owner_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log.sqlite"
    log.touch()
    monkeypatch.setattr(os, "geteuid", lambda: log.stat().st_uid + 1)
    with pytest.raises(CheckError, match="another user"):
        LogLock(log)


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    code = "import sys, os, signal; from pathlib import Path; from backend.selfcheck import DataLock\n"
    code += "lock = DataLock(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    root = Path(__file__).resolve().parents[3]
    child = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, env={"PYTHONPATH": str(root)}, check=False
    )
    assert child.returncode == -9
    DataLock(tmp_path).release()


def test_a_clock_before_2024_is_refused() -> None:
    with pytest.raises(CheckError, match="1970-01-01"):
        selfcheck.check_clock(datetime(1970, 1, 1, tzinfo=UTC))


def test_an_old_sqlite_is_refused() -> None:
    with pytest.raises(CheckError, match=r"3\.36\.0"):
        selfcheck.check_sqlite((3, 36, 0))
    selfcheck.check_sqlite((3, 40, 1))


def test_a_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    selfcheck.prepare_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CheckError, match="--data"):
        selfcheck.prepare_folder(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_else_s_folder_is_refused(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, -1)
    with pytest.raises(CheckError, match="uid 12345"):
        selfcheck.prepare_folder(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_we_may_not_write_to_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CheckError, match="no write permission"):
        selfcheck.prepare_folder(tmp_path)
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EADDRINUSE, "port 8700 is in use"), (errno.EACCES, "no permission for port 8700")],
)
def test_a_port_that_cannot_be_had_is_named(code: int, words: str) -> None:
    assert words in selfcheck.port_sentence("127.0.0.1", 8700, OSError(code, os.strerror(code)))
