"""What must be true before a backend serves. Every failure is one sentence that says what to do, and a CheckError."""

import contextlib
import errno
import fcntl
import ipaddress
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from backend.store.errors import RefusedError

LOCK_NAME = "backend.lock"
NEEDED_BYTES = 32 * 1024 * 1024
EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
SQLITE_NEEDED = (3, 37, 0)
"""STRICT tables. Versions with the WAL-reset race (up to 3.51.2) are fine: one connection writes and checkpoints (LogLock)."""


class CheckError(RefusedError):
    """The backend does not start; the message tells the operator why and what to do."""


class DataLock:
    """One backend per data folder: an flock that the kernel drops with the process, so that no stale lock can remain."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = _locked(
            folder / LOCK_NAME,
            f"数据目录 {folder} 正被另一个后台进程使用（pid {{holder}}），请先停止它或换一个 --data "
            "(another backend, pid {holder}, uses this folder: stop it or choose another --data)",
        )

    def release(self) -> None:
        os.close(self._descriptor)


class LogLock:
    """One writer per SQLite log, also where two folders name the same file (`--database sqlite:///…`): with two, SQLite up to
    3.51.2 may corrupt its WAL when one checkpoints while the other commits. Raises CheckError.
    """

    def __init__(self, log: Path) -> None:
        if log.exists() and log.stat().st_uid != os.geteuid():
            raise CheckError(
                f"日志 {log} 属于另一个用户（uid {log.stat().st_uid}），请用该用户运行或修改文件属主 "
                "(the log belongs to another user: run as that user or change its owner)"
            )
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = _locked(
                log.with_name(log.name + ".lock"),
                f"日志 {log} 正被另一个后台进程写入（pid {{holder}}）；SQLite 只允许一个写者，请先停止它，或改用 PostgreSQL "
                "(another backend, pid {holder}, writes this log and SQLite takes one writer only: "
                "stop it, or use PostgreSQL for several nodes)",
            )
        except OSError as problem:
            raise CheckError(_unwritable(log.parent, problem)) from problem

    def release(self) -> None:
        os.close(self._descriptor)


def _locked(path: Path, sentence: str) -> int:
    """A descriptor that holds the lock; `sentence` is filled with who holds it already."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "?"
        os.close(descriptor)
        raise CheckError(sentence.replace("{holder}", holder)) from problem
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode("ascii"))
    return descriptor


def check_loopback(host: str) -> str:
    """The address to bind. Until TLS and full login exist nothing but this machine may connect."""
    if host == "localhost":
        return "127.0.0.1"
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return host
    raise CheckError(
        f"不在 {host} 上监听：在有 TLS 和完整登录之前，后台只接受本机连接，请用 --host 127.0.0.1 "
        f"(refusing to listen on {host}: without TLS and full login only this machine may connect, use --host 127.0.0.1)"
    )


def prepare_folder(folder: Path) -> None:
    """Makes the data folder, for its owner only, and sees that we may write there."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = folder.stat().st_uid
    except OSError as problem:
        raise CheckError(
            f"无法建立数据目录 {folder}：{problem.strerror}，请换一个 --data "
            f"(cannot make the data folder: {problem.strerror}, choose another --data)"
        ) from problem
    if owner != os.geteuid():
        raise CheckError(
            f"数据目录 {folder} 属于另一个用户（uid {owner}），请用该用户运行或换一个 --data "
            f"(the data folder belongs to uid {owner}: run as that user or choose another --data)"
        )
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"liandong")
        probe.unlink()
    except OSError as problem:
        raise CheckError(_unwritable(folder, problem)) from problem


def check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise CheckError(
            f"磁盘快满了，{folder} 只剩 {free // 1024} KiB，请先腾出空间 "
            f"(the disk is nearly full, {free // 1024} KiB left: free some space first)"
        )


def check_clock(now: datetime) -> None:
    if now < EARLIEST:
        raise CheckError(
            f"系统时钟显示 {now:%Y-%m-%d}，显然不对，请先校准时间 "
            f"(the machine's clock says {now:%Y-%m-%d}, which cannot be: set it first)"
        )


def check_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    if version < SQLITE_NEEDED:
        raise CheckError(
            f"SQLite {'.'.join(map(str, version))} 太旧，需要 3.37 以上，请换用带有较新 SQLite 的 Python "
            "(this SQLite is too old: use a Python with SQLite 3.37 or newer)"
        )


def before_start(folder: Path, host: str, now: datetime) -> str:
    """All checks that need no port. The address to bind."""
    address = check_loopback(host)
    check_clock(now)
    check_sqlite()
    prepare_folder(folder)
    check_space(folder)
    return address


def port_sentence(host: str, port: int, problem: OSError) -> str:
    """Why the backend cannot listen there."""
    if problem.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被占用，请停止占用它的程序（ss -ltnp 'sport = :{port}'）或用 --port 换一个 "
            f"(port {port} is in use: stop the program that holds it, or choose another --port)"
        )
    if problem.errno == errno.EACCES:
        return f"没有权限使用端口 {port}，请用 1024 以上的端口 (no permission for port {port}: use one above 1024)"
    return f"无法在 {host}:{port} 上监听：{problem.strerror} (cannot listen on {host}:{port}: {problem.strerror})"


def _unwritable(folder: Path, problem: OSError) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘已满：{folder}，请先腾出空间 (the disk is full: free some space first)"
    return (
        f"没有 {folder} 的写入权限（{problem.strerror}），请修改权限或换一个 --data "
        f"(no write permission: change it or choose another --data)"
    )
