"""kill -9 at any point: the cache is the old or the new, never a mixture; the outbox keeps every word it gave (F4, I6, I11)."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.services.cache_file import CacheFile
from desktop.services.outbox_file import Item, ItemState, OutboxFile
from domain.ids import UserId
from tests.unit.desktop.services.crash_writer import ROWS

ROOT = Path(__file__).resolve().parents[4]
RANK = {ItemState.STORED: 0, ItemState.SENT: 1, ItemState.APPLIED: 2}


def killed_after(what: str, directory: Path, lines: int, more_ms: float) -> list[list[str]]:
    """Run the writer until it has said so many lines, then a little longer, then kill it. Gives what it said."""
    command = [sys.executable, "-m", "tests.unit.desktop.services.crash_writer", what, str(directory)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line.split())
        if len(said) >= lines:
            break
    # A point inside the next step, not only between two: the wait is bounded by the process's own end.
    try:
        process.wait(more_ms / 1000)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    said += [line.split() for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    return said


def check_cache(directory: Path, said: list[list[str]]) -> None:
    file = CacheFile(directory / "cache.sqlite")
    loaded = file.load()
    file.close()
    safe = max((int(words[1]) for words in said), default=0)
    assert loaded.cursor is not None
    assert loaded.cursor.seq in (safe, safe + 1)
    assert {ticket.version for ticket in loaded.tickets} == {loaded.cursor.seq}
    assert len(loaded.tickets) == ROWS


def check_outbox(directory: Path, said: list[list[str]]) -> None:
    file = OutboxFile(directory / "outbox.sqlite", UserId("zhang"), "ws://a")
    live: dict[int, Item] = {item.n: item for item in file.live()}
    counts = file.counts()
    file.close()
    promised = {}
    for word, n in said:
        promised[int(n)] = ItemState(word)
    for n, state in promised.items():
        on_disk = live[n].state if n in live else ItemState.APPLIED
        assert RANK[on_disk] >= RANK[state], (n, state, on_disk)
    assert sum(counts.values()) - len(promised) in (0, 1)


def kill_at(what: str, directory: Path, times: int) -> None:
    chance = random.Random(20181009)
    for _ in range(times):
        said = killed_after(what, directory, chance.randint(1, 25), chance.random() * 12)
        if what == "cache":
            check_cache(directory, said)
        else:
            check_outbox(directory, [words for words in said if words[0] != "notice"])
            (directory / "outbox.sqlite").unlink()
            for suffix in ("-wal", "-shm"):
                (directory / f"outbox.sqlite{suffix}").unlink(missing_ok=True)
        assert not any(words[0] == "notice" for words in said)


@pytest.mark.parametrize("what", ["cache", "outbox"])
def test_kill_leaves_the_old_or_the_new(tmp_path: Path, what: str) -> None:
    kill_at(what, tmp_path, 6)


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("what", ["cache", "outbox"])
def test_many_kills_leave_the_old_or_the_new(tmp_path: Path, what: str) -> None:
    kill_at(what, tmp_path, 200)
