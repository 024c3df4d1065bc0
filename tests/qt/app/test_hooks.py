"""No error vanishes, and a program that stands still or dies comes back with a reason (reliability.md F33): real processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.supervisor import Patience, Supervisor
from desktop.app import hooks
from desktop.services.identity import Identities
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from tests.passing import Passing
from tests.patience import WAIT_S

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-m", "tests.qt.app.hooks_program"]
PATIENCE = Patience(silence_s=0.5, start_s=0.5, pause_s=0.0)
NOBODY = "ws://127.0.0.1:9"


def offscreen() -> dict[str, str]:
    return dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))


def test_every_kind_of_error_reaches_the_log_and_the_log_rotates(tmp_path: Path) -> None:
    subprocess.run([*PROGRAM, str(tmp_path), "errors"], cwd=ROOT, env=offscreen(), check=True, timeout=WAIT_S)
    files = sorted(tmp_path.glob("desktop.log*"), reverse=True)
    text = "".join(file.read_text("utf-8") for file in files)
    for where in ("in a slot", "in a thread", "in a task", "in a destructor", "of Qt"):
        assert where in text
    assert (tmp_path / "seen").read_text() == "4", "each is told to whoever sits here; a warning of Qt is not"
    assert len(files) == 1 + hooks.LOG_FILES
    assert all(file.stat().st_size <= 16 * 1024 for file in files)


@pytest.mark.parametrize(
    ("word", "stacks", "sentence"),
    [
        ("loop", "stand_still", "没有响应"),
        ("sleep", "stand_still", "没有响应"),
        ("crash", "Segmentation fault", "SIGSEGV"),
    ],
)
def test_f33_standing_still_or_dying_leaves_stacks_and_a_sentence_and_is_started_again(
    tmp_path: Path, word: str, stacks: str, sentence: str
) -> None:
    crash_file = tmp_path / hooks.CRASH
    said: list[str] = []
    command = [*PROGRAM, str(tmp_path), word]
    # The supervisor loses its patience once the first life stands still and has left its stacks.
    clock = Passing(lambda: crash_file.exists() and stacks in crash_file.read_text("utf-8") and lives(tmp_path) == 1)
    assert Supervisor(command, offscreen(), crash_file, patience=PATIENCE, say=said.append, monotonic=clock).run() == 0
    assert lives(tmp_path) == 2
    assert stacks in crash_file.read_text("utf-8")
    assert sentence in said[0]
    assert sentence in crash_file.read_text("utf-8")


def lives(folder: Path) -> int:
    file = folder / "lives"
    return len(file.read_text()) if file.exists() else 0


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_f33_the_real_windows_stopped_from_outside_are_started_again(tmp_path: Path) -> None:
    Identities(tmp_path).remember(NOBODY, "token", Actor(user=UserId("u"), role=Role.DISPATCHER, seat=SeatId("2")))
    environment = offscreen() | {"LIANDONG_TOKEN": "token", "XDG_CONFIG_HOME": str(tmp_path / "config")}
    command = [sys.executable, "-P", "-m", "desktop", "--connect", NOBODY, "--data", str(tmp_path)]
    said: list[str] = []
    beaten: list[int] = []
    stopped = threading.Event()
    supervisor = Supervisor(
        command,
        environment,
        tmp_path / "log" / hooks.CRASH,
        patience=PATIENCE,
        say=said.append,
        monotonic=Passing(lambda: stopped.is_set() and not beaten),
    )

    def act() -> None:
        until(lambda: supervisor._process is not None and (tmp_path / "log" / "desktop.log").exists(), "windows")
        first = supervisor._process
        assert first is not None
        os.kill(first.pid, signal.SIGSTOP)
        stopped.set()
        until(lambda: supervisor._process is not first, "new windows")
        second = supervisor._process
        assert second is not None
        beaten.extend((first.pid, second.pid))
        supervisor._on_signal(signal.SIGTERM, None)

    hand = threading.Thread(target=act)
    hand.start()
    assert supervisor.run() == 0
    hand.join()
    assert len(set(beaten)) == 2
    assert "没有响应" in said[0]
