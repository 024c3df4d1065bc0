"""A draft survives kill -9: what was said to be safe is there afterwards, whole."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.services.drafts import MOST_BYTES, Drafts

WRITER = Path(__file__).with_name("draft_writer.py")
ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize("writes", [1, 2, 40])
def test_what_was_safe_is_there_whole_after_a_kill(tmp_path: Path, writes: int) -> None:
    child = subprocess.Popen(
        [sys.executable, str(WRITER), str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert child.stdout is not None
    safe = [child.stdout.readline() for _ in range(writes)][-1]
    os.kill(child.pid, signal.SIGKILL)
    said = int((child.communicate()[0].split() or [safe])[-1])
    kept = asyncio.run(Drafts(tmp_path).read("new_ticket")).decode()
    number, text = kept.split(":")
    assert int(number) >= said >= int(safe)
    assert text == "字" * (int(number) % 500)


def test_a_draft_is_its_owners_alone_and_goes_when_it_is_done(tmp_path: Path) -> None:
    async def work() -> None:
        drafts = Drafts(tmp_path)
        assert await drafts.read("new_ticket") == b""
        assert await drafts.keep("new_ticket", b"{}")
        if os.name == "posix":
            assert (tmp_path / "drafts" / "new_ticket.json").stat().st_mode & 0o077 == 0
        assert await drafts.keep("new_ticket", b"")
        assert await drafts.read("new_ticket") == b""

    asyncio.run(work())


def test_a_disk_that_refuses_and_a_flood_of_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_bytes(b"a file where the folder should be")

    async def work() -> None:
        drafts = Drafts(tmp_path)
        assert not await drafts.keep("new_ticket", b"x")
        assert not await drafts.keep("new_ticket", bytes(MOST_BYTES + 1))

    asyncio.run(work())
