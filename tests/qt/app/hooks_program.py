"""`hooks_program.py FOLDER WORD`: a program with the product's hooks and watchdog that errs in every way there is, or stands still.

`errors`: an error in a slot, a thread, a task, a destructor, a warning of Qt, and more log than one file holds.
`crash` · `loop` · `sleep`: dies of a signal, runs for ever, waits for ever; told to the supervisor like the windows do.
"""

import asyncio
import faulthandler
import sys
import threading
import time
from pathlib import Path

import qasync
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication

from desktop.app import hooks
from desktop.app.watchdog import Watchdog

LINES, LINE = 400, "x" * 200
SETTLE_S = 0.3


class Broken:
    def __del__(self) -> None:
        raise RuntimeError("in a destructor")


def in_a_slot() -> None:
    raise RuntimeError("in a slot")


def in_a_thread() -> None:
    raise RuntimeError("in a thread")


async def in_a_task() -> None:
    raise RuntimeError("in a task")


async def errors(folder: Path) -> None:
    QTimer.singleShot(0, in_a_slot)
    thread = threading.Thread(target=in_a_thread)
    thread.start()
    thread.join()
    asyncio.get_running_loop().create_task(in_a_task())
    Broken()
    qWarning("of Qt")
    await asyncio.sleep(SETTLE_S)
    (folder / "seen").write_text(str(hooks.errors_seen()))
    for _ in range(LINES):
        hooks.log.info(LINE)


def stand_still(word: str) -> None:
    if word == "crash":
        faulthandler._sigsegv()
    while word == "loop":
        pass
    time.sleep(600)


def main(folder: Path, word: str) -> int:
    if word == "errors":
        hooks.LOG_BYTES = 16 * 1024
    hooks.install(folder)
    app = QApplication(sys.argv[:1])
    watchdog = Watchdog(hooks.crash_file(), app)
    watchdog.start()
    with qasync.QEventLoop(app) as loop:
        hooks.watch(loop)
        if word == "errors":
            loop.run_until_complete(errors(folder))
        else:
            lives = folder / "lives"
            lives.write_text((lives.read_text() if lives.exists() else "") + "x")
            if len(lives.read_text()) == 1:
                QTimer.singleShot(0, lambda: stand_still(word))
                loop.run_forever()
    watchdog.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
