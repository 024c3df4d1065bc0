"""What starts the program on a wall's or seat's computer: files that their readers accept, with commands that the program has."""

import configparser
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.patience import WHOLE_S

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
UNITS = sorted(INSTALLER.glob("*.service"))
ENTRIES = sorted(INSTALLER.glob("*.desktop"))
TASK = INSTALLER / "liandong-wall-task.xml"
IN_TASK = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
WALL_STARTS = ("liandong-wall.service", "liandong-wall-autostart.desktop", "liandong-wall-task.xml")


def read(file: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=False)
    found.optionxform = str  # type: ignore[assignment,method-assign] # keys keep their case
    found.read_string(file.read_text("utf-8"))
    return found


def command_of(file: Path) -> list[str]:
    """What is started, without the program's own name."""
    if file.suffix == ".xml":
        words = shlex.split(_text(file, ".//t:Arguments"))
        return words[words.index("cli.main") + 1 :]
    section, key = ("Service", "ExecStart") if file.suffix == ".service" else ("Desktop Entry", "Exec")
    return shlex.split(read(file)[section][key])[1:]


def _text(file: Path, path: str) -> str:
    found = ElementTree.parse(file).getroot().find(path, IN_TASK)
    assert found is not None
    return found.text or ""


@pytest.mark.parametrize("file", [*UNITS, *ENTRIES, TASK], ids=lambda file: file.name)
def test_the_program_knows_every_option_of_the_command(file: Path) -> None:
    first, *rest = command_of(file)
    told = subprocess.run(
        [sys.executable, "-m", "cli.main", first, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WHOLE_S,
        check=True,
    ).stdout
    options = [word for word in rest if word.startswith("--")]
    assert [option for option in options if option not in told] == []


@pytest.mark.parametrize("name", WALL_STARTS)
def test_a_wall_is_started_as_a_wall(name: str) -> None:
    command = command_of(INSTALLER / name)
    assert command[0] == "desktop"
    assert "--wall" in command  # which implies kiosk


def test_a_wall_that_ended_comes_back_for_ever_by_its_unit() -> None:
    unit = read(INSTALLER / "liandong-wall.service")
    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert unit["Install"]["WantedBy"] == "graphical-session.target"


def test_the_windows_task_starts_at_logon_never_ends_and_comes_back() -> None:
    assert _text(TASK, ".//t:LogonTrigger/t:Enabled") == "true"
    assert _text(TASK, ".//t:ExecutionTimeLimit") == "PT0S"
    assert _text(TASK, ".//t:RestartOnFailure/t:Interval") == "PT1M"
    assert _text(TASK, ".//t:DisallowStartIfOnBatteries") == "false"


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_systemd_accepts_the_unit(file: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze on this machine")
    # It looks for the program as well, which is not in /opt here.
    unit = tmp_path / file.name
    unit.write_text(file.read_text("utf-8").replace("/opt/liandong/liandong", "/bin/true"), "utf-8")
    scope = ["--user"] if "graphical-session" in unit.read_text("utf-8") else []
    run = subprocess.run(
        [program, *scope, "verify", str(unit)],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True, text=True, timeout=WHOLE_S, check=False,
    )  # fmt: skip
    assert file.name not in run.stderr, run.stderr
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("file", ENTRIES, ids=lambda file: file.name)
def test_the_desktop_entry_is_valid(file: Path) -> None:
    entry = read(file)["Desktop Entry"]
    assert {"Type", "Name", "Exec"} <= set(entry)
    program = shutil.which("desktop-file-validate")
    if program is None:
        pytest.skip("no desktop-file-validate on this machine")
    run = subprocess.run([program, str(file)], capture_output=True, text=True, timeout=WHOLE_S, check=False)
    assert run.returncode == 0, run.stdout
