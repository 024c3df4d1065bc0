"""Plants each known bug once into a copy of the tree and shows which test turns red. A test suite that stays green is worthless.

`python -m tests.mutation.run [--only P3]`: a line per bug, exit code 1 if one is not noticed (or no longer fits the code).
`--list` shows what is planted where. The checkout itself is never changed. A test that cannot run here (no PostgreSQL) says
so, and its bug counts as neither noticed nor missed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = ("domain", "protocol", "backend", "desktop", "cli", "resources", "tests")
TIMEOUT_S = 900
MODEL = "tests/model/test_sync_model.py::TestSync"


@dataclass(frozen=True)
class Bug:
    """`old` must stand exactly once in `file`."""

    name: str
    what: str
    file: str
    old: str
    new: str
    test: str


BUGS: tuple[Bug, ...] = (
    Bug(
        "P1",
        "the number is taken in a transaction of its own, before the events: order of numbers is not order of commits",
        "backend/store/writes.py",
        "        self._event.many(connection, events)\n        self._private.many",
        '        connection.exec_driver_sql("COMMIT")\n        connection.exec_driver_sql("BEGIN IMMEDIATE")\n'
        "        self._event.many(connection, events)\n        self._private.many",
        "tests/unit/backend/test_group_commit.py::test_a_full_disk_loses_nothing_and_heals",
    ),
    Bug(
        "P1",
        "the same with two nodes on PostgreSQL: the head row is let go before the events are written",
        "backend/store/pg_writes.py",
        "        self._log.run(connection, [events, private, sorted(batch.commands)], self._move, values)\n",
        "        self._log.run(connection, [[], [], []], self._move, values)\n"
        '        connection.exec_driver_sql("COMMIT")\n        connection.exec_driver_sql("BEGIN")\n'
        "        self._log.run(connection, [events, private, sorted(batch.commands)])\n",
        "tests/peers/test_shared_log.py::test_a_reader_of_what_is_behind_its_cursor_misses_nothing",
    ),
    Bug(
        "P3",
        "the snapshot's position is read after its rows, in another moment",
        "backend/store/snapshot.py",
        "            _copy_documents(connection, scope, changed_since)\n",
        "            _copy_documents(connection, scope, changed_since)\n"
        '            connection.exec_driver_sql("COMMIT")\n            connection.exec_driver_sql("BEGIN")\n'
        '            head = connection.execute(select(*_head.c["seq", "hash"])).one()\n'
        "            cursor = Cursor(epoch, head.seq, short_hash(head.hash), scope_hash(scope))\n",
        "tests/faults/test_snapshot_moment.py::test_rows_and_position_of_a_snapshot_are_of_one_moment",
    ),
    Bug(
        "P7",
        "a reader that has stopped is never dropped",
        "backend/lane.py",
        "            self._drop()\n",
        "            return\n",
        "tests/flow/test_stream_faults.py::test_a_client_that_stops_reading_is_cut_and_the_others_do_not_notice",
    ),
    Bug(
        "P12",
        "frames that a dead session still receives are applied in the next one",
        "protocol/client_session.py",
        "        if self.phase is Phase.FAILED:\n            return []\n        self._heard_at = now\n",
        "        self._heard_at = now\n",
        "tests/flow/test_stream_faults.py::test_a_dead_sessions_frames_are_never_applied",
    ),
    Bug(
        "P12",
        "the cursor is written without the rows that belong to it",
        "desktop/services/cache_file.py",
        "            self.put_rows(puts)\n",
        "            self.put_rows(puts[:-1])\n",
        MODEL,
    ),
    Bug(
        "P13",
        "a kept snapshot that is older than the screen is sent, and rows go back",
        "backend/snapshots.py",
        "        while borrowed.snapshot.begin.cursor.seq < at_least:\n",
        "        while False:\n",
        MODEL,
    ),
    Bug(
        "P14",
        "one stuck command stops those of all other tickets",
        "desktop/services/outbox.py",
        "            heads.setdefault(item.target or item.n, item)\n",
        '            heads.setdefault("all", item)\n',
        "tests/unit/desktop/services/test_outbox.py::test_one_command_of_a_ticket_is_in_flight_at_a_time",
    ),
    Bug(
        "P14",
        "what was on its way when the line went is never sent again",
        "desktop/services/outbox.py",
        "        self._in_flight.clear()\n\n    async def outcome",
        "\n    async def outcome",
        MODEL,
    ),
    Bug(
        "P14",
        "a command too old to go out silently is hidden instead of put into the tray",
        "desktop/services/commander.py",
        "                self._update(old)\n",
        "",
        "tests/model/test_once_failed.py::test_a_command_that_grew_too_old_meanwhile_is_shown_in_the_tray",
    ),
    Bug(
        "P16",
        "rights are looked at only when a session begins",
        "backend/connection.py",
        "        if self.actor is not None and now - self._checked_at >= self._parts.limits.recheck_s:\n",
        "        if False:\n",
        "tests/flow/test_stream.py::test_rights_that_end_close_the_socket",
    ),
    Bug(
        "P17",
        "a command sent again is carried out again",
        "backend/acceptance.py",
        "        if stored is not None:\n            return self._again(actor, submit, stored, request_hash)\n",
        "",
        "tests/model/test_once_failed.py::test_an_answer_lost_on_its_way_is_given_again_and_nothing_is_done_twice",
    ),
    Bug(
        "A1",
        "an acknowledgement of the ring before silences the alarm that rang again",
        "domain/alarms/deciding.py",
        "    if command.ring != alarm.ring:\n        return refuse(AlarmCode.RANG_AGAIN, ring=alarm.ring)\n",
        "",
        "tests/unit/domain/alarms/test_life.py::test_a_late_acknowledgement_does_not_silence_a_later_ring",
    ),
    Bug(
        "A2",
        "a shelf that is over stays over the alarm",
        "domain/alarms/steps.py",
        "    if alarm.shelf is not None and alarm.shelf.until <= now:\n",
        "    if False:\n",
        "tests/unit/domain/alarms/test_life.py::test_a_shelved_alarm_is_silent_and_comes_back_ringing",
    ),
    Bug(
        "A3",
        "an acknowledgement stays for a hidden alarm that came back",
        "domain/alarms/projection.py",
        '        known["ack"] = None\n',
        "        pass\n",
        "tests/unit/domain/alarms/test_life.py"
        "::test_what_was_acknowledged_while_hidden_rings_when_it_comes_back_and_its_hider_ends",
    ),
    Bug(
        "I14",
        "the overlay goes with the answer instead of with the echo",
        "desktop/services/pending.py",
        "        if outcome.seq is None or outcome.seq <= seen_seq:\n",
        "        if True:\n",
        MODEL,
    ),
    Bug(
        "I16",
        "a ticket that leaves the area is still followed",
        "backend/frames.py",
        '    return "leave" if was_inside else None\n',
        '    return "event" if was_inside else None\n',
        MODEL,
    ),
    Bug(
        "I5",
        "the switch from the log to the live stream leaves a gap",
        "backend/hub.py",
        "                    later = [event for event in events if event.seq > position]\n",
        "                    later = [event for event in events if event.seq > position + 1]\n",
        "tests/unit/backend/test_hub.py::test_every_client_gets_everything_of_its_scope_once_and_without_a_hole",
    ),
)


def copy_tree(place: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis", "*.pyc")
    for name in TREE:
        shutil.copytree(ROOT / name, place / name, ignore=ignored, symlinks=True)
    shutil.copy(ROOT / "pyproject.toml", place)


def plant(place: Path, bug: Bug) -> bool:
    """False where the code is no longer as the bug expects it."""
    text = (ROOT / bug.file).read_text("utf-8")
    if text.count(bug.old) != 1:
        return False
    (place / bug.file).write_text(text.replace(bug.old, bug.new), "utf-8")
    return True


def heal(place: Path, bug: Bug) -> None:
    shutil.copy(ROOT / bug.file, place / bug.file)


def run(place: Path, test: str) -> tuple[str, float]:
    """(green, red, skipped or hangs; seconds)"""
    # Looking for the smallest program that fails takes longer than finding one.
    environ = {**os.environ, "LIANDONG_SHRINK": "0", "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-x", test]
    try:
        done = subprocess.run(command, cwd=place, env=environ, capture_output=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return "hangs", time.monotonic() - began
    if done.returncode not in (0, 1):
        raise SystemExit(f"{test} could not be run:\n{done.stdout.decode()[-2000:]}")
    summary = done.stdout.decode().strip().splitlines()[-1]
    word = "red" if done.returncode else "skipped" if "passed" not in summary else "green"
    return word, time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="P3")
    parser.add_argument("--list", action="store_true", help="show the bugs and run nothing")
    options = parser.parse_args()
    if options.list:
        for bug in BUGS:
            print(f"{bug.name:4} {bug.what}\n     {bug.file}, looked for by {bug.test}")
        return 0
    bugs = [bug for bug in BUGS if not options.only or bug.name in options.only]
    missed = skipped = 0
    with tempfile.TemporaryDirectory(prefix="liandong-mutation-") as folder:
        place = Path(folder)
        copy_tree(place)
        usual = {test: run(place, test)[0] for test in dict.fromkeys(bug.test for bug in bugs)}
        for test, word in usual.items():
            if word not in ("green", "skipped"):
                print(f"{word} without any bug, so it proves nothing: {test}", flush=True)
                return 1
        for bug in bugs:
            if usual[bug.test] == "skipped":
                skipped += 1
                print(f"{bug.name:4} not run     its test is skipped here: {bug.what}", flush=True)
                continue
            if not plant(place, bug):
                missed += 1
                print(
                    f"{bug.name:4} NOT PLANTED  {bug.file} is no longer as this bug expects it: {bug.what}", flush=True
                )
                continue
            found, seconds = run(place, bug.test)
            heal(place, bug)
            missed += found == "green"
            word = "NOT NOTICED" if found == "green" else found
            print(f"{bug.name:4} {word:11} {seconds:5.1f} s  {bug.what}  [{bug.test.split('::')[-1]}]", flush=True)
    planted = len(bugs) - skipped
    print(f"{planted} bugs planted, {planted - missed} noticed, {skipped} not run")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
