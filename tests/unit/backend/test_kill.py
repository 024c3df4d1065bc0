"""F1: kill -9 in the middle of a load. What was acknowledged is there, once, and the chain holds (I9, I10)."""

import subprocess
import sys
from pathlib import Path

import pytest

from backend.store.store import FILE_NAME
from backend.store.verify import verify_file
from tests.unit.backend.house import REGISTRAR, House

ROOT = Path(__file__).resolve().parents[3]
OUTBOX = "f" * 32


def killed_after(lines: int, folder: Path) -> list[tuple[int, int, str]]:
    """Runs a loading child, kills it after so many acknowledgements; all of them (n, seq, ticket)."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.unit.backend.load_until_killed", str(folder), OUTBOX],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    acked = [child.stdout.readline() for _ in range(lines)]
    child.kill()
    rest, _ = child.communicate()
    whole = [line for line in [*acked, *rest.splitlines(keepends=True)] if line.endswith("\n")]
    return [(int(n), int(seq), ticket) for n, seq, ticket in (line.split() for line in whole)]


@pytest.mark.parametrize("lines", [1, 40, 173])
def test_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path, lines: int) -> None:
    acked = killed_after(lines, tmp_path)
    assert len(acked) >= lines
    report = verify_file(tmp_path / FILE_NAME, rows=True)
    assert report.ok
    with House(tmp_path) as house:
        house.outbox = OUTBOX
        events = {record.cmd: record for record in house.run(house.store.read_events(0, 100_000))}
        assert len(events) == report.events == house.store.head.seq
        for n, seq, ticket in acked:
            record = events[(OUTBOX, n)]
            assert (record.seq, record.entity_id) == (seq, ticket)
        # The client, unsure of the last answers, asks again: ids used before run nothing anew.
        outcome = house.do(REGISTRAR, house.report_command(text="another matter"), n=acked[-1][0])
        assert outcome.code == "id_misuse"
        assert house.store.head.seq == report.events
