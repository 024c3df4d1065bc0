"""The console: every command is in the help, every failure is one sentence and an exit code, no traceback."""

import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.auth import SHIFT, TokenStore
from backend.store.store import FILE_NAME
from cli.demo import ROLES
from cli.demo_jobs import PEOPLE
from cli.main import main
from domain.vocabulary import Role
from tests.patience import WAIT_S
from tests.unit.backend.house import House

ROOT = Path(__file__).resolve().parents[3]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of a command in this process."""
    try:
        code = main(list(arguments))
    except SystemExit as end:  # argparse
        code = int(end.code or 0)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, out, err


class Process:
    """`liandong backend` as a process, started with --ready-fd."""

    def __init__(self, *arguments: str) -> None:
        read, write = os.pipe()
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-m", "cli.main", "backend", "--port", "0", "--ready-fd", str(write), *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            pass_fds=(write,),
        )
        os.close(write)
        ready, _, _ = select.select([read], [], [], WAIT_S)
        self.url = os.read(read, 200).decode().strip() if ready else ""
        os.close(read)

    def end(self, how: signal.Signals) -> tuple[int, str, str]:
        self._popen.send_signal(how)
        out, err = self._popen.communicate(timeout=WAIT_S)
        return self._popen.returncode, out, err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "--help")
    assert code == 0
    for command in ("demo", "backend", "desktop", "replay", "simulate"):
        assert f"    {command} " in out


@pytest.mark.parametrize("command", ["demo", "backend", "desktop", "replay", "simulate"])
def test_every_command_has_its_own_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, _ = said(capsys, command, "--help")
    assert (code, out.split()[:3]) == (0, ["usage:", "liandong", command])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_backend_says_where_it_listens_and_ends_when_told(tmp_path: Path, how: signal.Signals) -> None:
    process = Process("--data", str(tmp_path))
    assert process.url.startswith("ws://127.0.0.1:")
    code, out, err = process.end(how)
    first, last = out.splitlines()
    assert code == 0, err
    assert first.startswith(f"listening {process.url} epoch=")
    assert first.endswith(" head=0")
    assert last == "stopped head=0"


def test_a_ready_file_appears_whole(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    process = Process("--data", str(tmp_path / "data"), "--ready-file", str(ready))
    assert ready.read_text() == process.url + "\n"
    process.end(signal.SIGTERM)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = Process("--data", str(tmp_path), "--port", str(port))
        code, out, err = process.end(signal.SIGTERM)
    assert (code, out) == (3, "")
    assert f"port {port} is in use" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("backend",), 2, "--data DIR is needed"),
        (("backend", "--data", "/proc/liandong"), 3, "choose another --data"),
        (("backend", "--data", "/tmp", "--port", "99999"), 2, "0 to 65535"),
        (("backend", "--data", "/tmp", "--clock-base", "2018-10-09"), 2, "with its zone"),
        (("backend", "--data", "/tmp", "--clock-rate", "0"), 2, "above 0"),
        (("backend", "token", "--data", "/tmp", "--user", "a", "--role", "boss"), 2, "no such role"),
        (("backend", "verify", "--data", "/nonexistent"), 2, "no log"),
        (("desktop", "--connect", "http://x"), 2, "ws://"),
        (("nothing",), 2, "invalid choice"),
    ],
)
def test_a_wrong_call_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    got, out, err = said(capsys, *arguments)
    assert (got, out) == (code, "")
    assert words in err


def test_a_token_opens_what_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(
        capsys, "backend", "token", "--data", str(tmp_path), "--user", "wang", "--role", "handler", "--seat", "3",
        "--unit", "U440310001", "--scope", "440310001", "--scope", "440310002", "--scope-unit", "U440310001", "--hours", "2",
    )  # fmt: skip
    assert code == 0
    actor = TokenStore(tmp_path).check(out.strip(), datetime.now(UTC) + timedelta(hours=1))
    assert actor is not None
    assert (actor.user, actor.role, actor.seat, actor.unit) == ("wang", Role.HANDLER, "3", "U440310001")
    assert actor.scope.areas == ("440310001", "440310002")
    assert actor.scope.units == ("U440310001",)
    assert (actor.scope.masked, actor.import_right) == (True, False)
    assert TokenStore(tmp_path).check(out.strip(), datetime.now(UTC) + timedelta(hours=3)) is None


def test_a_token_without_hours_lasts_a_shift(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(
        capsys, "backend", "--data", str(tmp_path), "token", "--user", "li", "--role", "dispatcher", "--scope", "all"
    )
    tokens = TokenStore(tmp_path)
    assert tokens.check(out.strip(), datetime.now(UTC) + SHIFT - timedelta(minutes=1)) is not None
    assert tokens.check(out.strip(), datetime.now(UTC) + SHIFT + timedelta(minutes=1)) is None


@pytest.mark.parametrize("wrong", [("--scope", "999999"), ("--unit", "U1"), ("--scope-unit", "U1")])
def test_a_token_for_a_place_or_unit_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    code, out, err = said(
        capsys, "backend", "token", "--data", str(tmp_path), "--user", "li", "--role", "handler", *wrong
    )
    assert (code, out) == (2, "")
    assert "no such" in err


def test_verify_names_the_first_bad_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with House(tmp_path) as house:
        for _ in range(3):
            house.reported()
    assert said(capsys, "backend", "verify", "--data", str(tmp_path), "--rows")[:2] == (0, "ok events=3 head=3\n")
    with sqlite3.connect(tmp_path / FILE_NAME) as raw:
        raw.execute("UPDATE event SET user = 'x' WHERE seq = 2")
    raw.close()
    code, out, _ = said(capsys, "backend", "verify", "--data", str(tmp_path))
    assert code == 1
    assert out.startswith("bad seq 2: ")


def test_a_lost_tail_is_served_only_when_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with House(tmp_path) as house:
        house.reported()
        epoch = house.store.epoch
    (tmp_path / FILE_NAME).unlink()
    code, _, err = said(capsys, "backend", "--data", str(tmp_path), "--port", "0")
    assert code == 3
    assert "--accept-loss" in err
    process = Process("--data", str(tmp_path), "--accept-loss")
    _, out, _ = process.end(signal.SIGTERM)
    assert f"epoch={epoch}" not in out
    assert out.startswith("listening")


@pytest.mark.parametrize("formats", ["doc", "docx,doc", "", ","])
def test_a_format_that_no_report_has_is_refused_before_anything_is_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, formats: str
) -> None:
    code, _, err = said(capsys, "report", "daily", "--data", str(tmp_path), "--day", "2018-10-08", "--formats", formats)
    assert code == 2
    assert "docx,pdf,xlsx" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("command", "advice"),
    [
        (("simulate",), "--role source --import"),
        (("list", "export", "list.csv"), "--role ROLE"),
    ],
)
def test_without_a_token_it_says_so_and_not_that_one_was_refused(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], advice: str
) -> None:
    code, _, err = said(capsys, *command, "--to", "ws://127.0.0.1:1", "--token", "")
    assert code == 2
    assert "没有给令牌" in err
    assert advice in err


def test_a_token_for_a_folder_that_was_not_there_says_that_it_is_new(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments = ("backend", "token", "--data", str(tmp_path / "new"), "--user", "li", "--role", "dispatcher")
    code, first, note = said(capsys, *arguments)
    assert (code, len(first.splitlines())) == (0, 1), "the token stands alone on standard output"
    assert f"{tmp_path / 'new'}: " in note
    assert "已新建" in note
    _, second, quiet = said(capsys, *arguments)
    assert second != first
    assert quiet == ""


@pytest.mark.parametrize("role", ["coordinator", "dispatcher", "shift_leader", "leader"])
def test_every_user_of_the_hall_can_sit_at_the_demo(role: str) -> None:
    assert role in ROLES
    assert Role(role) in dict(PEOPLE)
