"""The supervisor against real processes: small Python programs that beat, freeze, crash or end."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from cli.supervisor import GAVE_UP, Patience, Supervisor
from tests.passing import Passing
from tests.patience import WAIT_S

FAST = Patience(silence_s=0.3, start_s=0.3, pause_s=0.0, end_s=WAIT_S)
BEAT = "import os, sys, time; fd = int(os.environ['LIANDONG_PULSE_FD']); os.write(fd, b'.'); "
COUNT = "from pathlib import Path; lives = Path(sys.argv[1]); lives.write_text((lives.read_text() if lives.exists() else '') + 'x'); "


def supervisor(tmp_path: Path, program: str, said: list[str], *, frozen_life: int = 0) -> Supervisor:
    """Time goes by in the life that freezes, from its first line on; the others may be as slow as they are."""
    clock = Passing(lambda: (tmp_path / "lives").exists() and lives(tmp_path) == frozen_life)
    command = [sys.executable, "-c", BEAT + COUNT + program, str(tmp_path / "lives")]
    return Supervisor(
        command, os.environ, tmp_path / "log" / "desktop.crash", patience=FAST, say=said.append, monotonic=clock
    )


def lives(tmp_path: Path) -> int:
    return len((tmp_path / "lives").read_text())


def test_an_orderly_end_is_not_restarted(tmp_path: Path) -> None:
    said: list[str] = []
    assert supervisor(tmp_path, "sys.exit(0)", said).run() == 0
    assert (lives(tmp_path), said) == (1, [])


@pytest.mark.parametrize("code", [2, 3])
def test_a_reason_that_a_restart_does_not_mend_ends_it(tmp_path: Path, code: int) -> None:
    assert supervisor(tmp_path, f"sys.exit({code})", []).run() == code
    assert lives(tmp_path) == 1


def test_a_crash_is_restarted_and_leaves_a_sentence(tmp_path: Path) -> None:
    said: list[str] = []
    crash_once = "os.kill(os.getpid(), 11) if len(lives.read_text()) == 1 else sys.exit(0)"
    assert supervisor(tmp_path, crash_once, said).run() == 0
    assert lives(tmp_path) == 2
    assert "SIGSEGV" in (tmp_path / "log" / "desktop.crash").read_text("utf-8")
    assert "SIGSEGV" in said[0]


def test_frozen_windows_are_killed_and_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    freeze_once = "time.sleep(60) if len(lives.read_text()) == 1 else sys.exit(0)"
    assert supervisor(tmp_path, freeze_once, said, frozen_life=1).run() == 0
    assert lives(tmp_path) == 2
    assert "没有响应" in said[0]


def test_after_three_restarts_comes_safe_mode_and_then_the_end(tmp_path: Path) -> None:
    said: list[str] = []
    watched = supervisor(tmp_path, "sys.exit(1)", said)
    assert watched.run() == GAVE_UP
    assert watched.safe
    assert any("安全模式" in line for line in said)
    assert lives(tmp_path) == 1 + FAST.restarts + 1 + FAST.restarts


def test_safe_mode_is_told_to_the_windows(tmp_path: Path) -> None:
    assert supervisor(tmp_path, "sys.exit(0 if '--safe' in sys.argv else 1)", []).run() == 0
    assert lives(tmp_path) == 1 + FAST.restarts + 1


def test_a_signal_to_the_supervisor_ends_the_windows(tmp_path: Path) -> None:
    ask = "os.kill(os.getppid(), 15); time.sleep(60)"
    before = signal.getsignal(signal.SIGTERM)
    assert supervisor(tmp_path, ask, []).run() in (0, signal.SIGTERM)
    assert lives(tmp_path) == 1
    assert signal.getsignal(signal.SIGTERM) is before
    assert threading.current_thread() is threading.main_thread()
