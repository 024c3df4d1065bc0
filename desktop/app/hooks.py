"""No error vanishes: slots, threads, tasks, Qt's own messages and crashes all reach the log and one crash file."""

import asyncio
import faulthandler
import logging
import logging.handlers
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger("desktop")
LOG_BYTES = 5 * 1024 * 1024
LOG_FILES = 5
CRASH = "desktop.crash"
CRASH_BYTES = 1024 * 1024
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_crash_file: TextIO | None = None
_seen = [0]


def install(folder: Path) -> None:
    """Logs into `folder`/desktop.log (rotated) and crash dumps into desktop.crash. Falls back to the console alone, and says so."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                folder / "desktop.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
        )
        _keep_crashes(folder / CRASH)
    except OSError as error:
        print(f"日志写不了 / no log file in {folder}: {error.strerror}", file=sys.stderr)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", handlers=handlers)
    logging.getLogger("websockets").setLevel(logging.ERROR)
    sys.excepthook = _on_exception
    threading.excepthook = _on_thread_exception
    sys.unraisablehook = _on_unraisable
    qInstallMessageHandler(_on_qt_message)


def watch(loop: asyncio.AbstractEventLoop) -> None:
    """Errors of tasks that nobody awaits."""
    loop.set_exception_handler(_on_loop_error)


def crash_file() -> TextIO | None:
    """Where stacks of crashes and stalls go; None where the folder refused."""
    return _crash_file


def errors_seen() -> int:
    """Unexpected errors since the program began, of any thread: they are in the log, and whoever sits here is told that there are some."""
    return _seen[0]


def _keep_crashes(path: Path) -> None:
    """One older file is kept: the open one cannot be rotated under faulthandler, which holds its descriptor."""
    global _crash_file
    if path.exists() and path.stat().st_size > CRASH_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    _crash_file = path.open("a", encoding="utf-8")
    faulthandler.enable(_crash_file, all_threads=True)


def _on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _seen[0] += 1
    log.error("unexpected error", exc_info=(kind, error, trace))


def _on_thread_exception(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _seen[0] += 1
        log.error("unexpected error in thread %s", args.thread, exc_info=args.exc_value)


def _on_unraisable(args: Any) -> None:
    _seen[0] += 1
    log.error("unexpected error while clearing up %r", args.object, exc_info=args.exc_value)


def _on_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    _seen[0] += 1
    log.error("unexpected error in a task: %s", context.get("message"), exc_info=context.get("exception"))


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if "propagateSizeHints" in message:
        return  # the offscreen platform says this of every window
    log.log(_QT_LEVELS.get(kind, logging.WARNING), "qt: %s", message)
