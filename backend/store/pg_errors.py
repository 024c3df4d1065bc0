"""What PostgreSQL and the way to it can answer, in the store's kinds: try later, start over, stop. Words for the operator."""

import asyncpg
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.store.errors import FatalError, RetryableError
from backend.store.writes import HeadMovedError

PG_ERRORS = (
    DBAPIError,
    AsyncAdapt_asyncpg_dbapi.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    PoolTimeoutError,
    OSError,  # refused, reset, and the driver's own time limit
)
"""What a connection or a statement can raise: wrapped by SQLAlchemy, by its adapter, or as the driver says it."""

_START_OVER = frozenset({"23505", "40001", "40P01"})
"""Somebody else took the same key, or each waited for the other: decide anew with what is there now."""
_BUSY = frozenset({"55P03", "57014", "53200", "53300", "57P05", "25P03"})
"""Lock or statement took too long, out of memory or connections, our own transaction stood idle."""
_GONE = frozenset({"57P01", "57P02", "57P03", "57P04", "25006", "58000"})
"""The server is going down, coming up, or is no primary any more."""
_LOST_COMMIT = frozenset({"53100", "53400"})
_DAMAGED = frozenset({"58030", "XX001", "XX002"})


def sqlstate_of(problem: BaseException) -> str:
    origin = problem.orig if isinstance(problem, DBAPIError) and problem.orig is not None else problem
    return str(getattr(origin, "sqlstate", None) or "")


def is_lost(problem: BaseException) -> bool:
    """The connection went away; a new one may work. Only a reader may simply ask again."""
    state = sqlstate_of(problem)
    if state:
        return state.startswith("08") or state in _GONE
    # Without a state it is the way that failed, or the driver that refuses a value: the latter would never get better.
    # "cannot switch to state": the server ended the session in the middle of something, and the driver stumbled over it.
    text = str(problem)
    return isinstance(problem, OSError | PoolTimeoutError) or "closed" in text or "cannot switch to state" in text


def pg_translated(problem: Exception) -> RetryableError | FatalError | HeadMovedError:
    """The store's word for one of PG_ERRORS."""
    state = sqlstate_of(problem)
    if state in _START_OVER:
        return HeadMovedError()
    if state in _BUSY:
        return RetryableError("busy", f"数据库正忙 (the database is busy, {state})")
    if state in _LOST_COMMIT:
        return RetryableError("storage_full", "数据库磁盘已满 (the disk of the database is full)")
    if state in _DAMAGED:
        return FatalError(f"数据库报告数据损坏，停止服务 (the database reports damage, {state}: stopping)")
    if is_lost(problem):
        return RetryableError(
            "unavailable", f"数据库暂时连不上 (the database cannot be reached now): {_short(problem)}"
        )
    return FatalError(f"数据库出错 (database error {state}): {_short(problem)}")


def connect_sentence(problem: Exception, where: str) -> str:
    """Why no connection could be made, and what to do. Never holds the password."""
    state = sqlstate_of(problem)
    if state in ("28P01", "28000"):
        return f"数据库 {where} 拒绝登录，请检查用户名和密码 (login refused: check user and password)"
    if state == "3D000":
        return f"数据库 {where} 不存在，请先建立 (there is no such database: create it first)"
    if state in ("57P03", "53300"):
        return f"数据库 {where} 正在启动或连接已满，请稍后再试 (starting up or full: try again soon)"
    return (
        f"连不上数据库 {where}，请检查它是否在运行、地址和端口是否正确 "
        f"(cannot reach the database: is it running, are host and port right?): {_short(problem)}"
    )


def _short(problem: BaseException) -> str:
    origin = problem.orig if isinstance(problem, DBAPIError) and problem.orig is not None else problem
    text = str(origin) or type(origin).__name__
    return text.splitlines()[0][:200]
