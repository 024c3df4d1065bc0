"""One program per data folder."""

import signal
import subprocess
import sys
from pathlib import Path

from desktop.app.single import LOCK, OnlyOne
from tests.patience import WHOLE_S


def test_a_second_start_raises_the_first_and_gives_way(qtbot, tmp_path: Path) -> None:
    first, second = OnlyOne(tmp_path), OnlyOne(tmp_path)
    assert first.take()
    first.listen()
    with qtbot.waitSignal(first.asked):
        assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_another_folder_is_another_program(qtbot, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one, other = OnlyOne(tmp_path), OnlyOne(tmp_path / "b")
    assert one.take()
    assert other.take()
    one.release()
    other.release()


def test_a_lock_left_by_a_killed_program_is_no_obstacle(qtbot, tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from desktop.app.single import OnlyOne; app = QCoreApplication([]); "
        "one = OnlyOne(Path(sys.argv[1])); assert one.take(); os.kill(os.getpid(), 9)"
    )
    died = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, timeout=WHOLE_S)
    assert died.returncode == -signal.SIGKILL
    assert (tmp_path / LOCK).exists()
    one = OnlyOne(tmp_path)
    assert one.take()
    one.release()
