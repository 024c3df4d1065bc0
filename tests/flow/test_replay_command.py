"""`liandong replay` against a real backend process: counts, refusals with row numbers, twice adds nothing, errors in words."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources import path as resource_path
from tests.patience import WAIT_S, WHOLE_S

DATA = Path(__file__).resolve().parents[1] / "data"
ROWS = 60


def liandong(*arguments: str, token: str = "") -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, LIANDONG_TOKEN=token)
    command = [sys.executable, "-P", "-m", "cli.main", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=WHOLE_S, check=False)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("backend")
    ready = folder / "ready"
    command = [sys.executable, "-P", "-m", "cli.main", "backend", "--data", str(folder), "--port", "0"]
    process = subprocess.Popen([*command, "--ready-file", str(ready)], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + WAIT_S
    while not ready.exists():
        assert process.poll() is None
        assert time.monotonic() < deadline, "the backend did not start"
        time.sleep(0.05)
    yield ready.read_text("utf-8").strip(), folder
    process.send_signal(signal.SIGTERM)
    assert process.wait(WAIT_S) == 0


@pytest.fixture(scope="module")
def token(backend: tuple[str, Path]) -> str:
    _, folder = backend
    made = liandong("backend", "token", "--data", str(folder), "--user", "feed", "--role", "source", "--import")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


@pytest.fixture(scope="module")
def some_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import gzip

    with gzip.open(resource_path("samples", "pingshan_2018.csv.gz"), "rt", encoding="utf-8", newline="") as text:
        lines = [next(text) for _ in range(ROWS + 1)]
    file = tmp_path_factory.mktemp("rows") / "days.csv"
    file.write_text("".join(lines), "utf-8")
    return file


def test_a_file_is_taken_whole_and_a_second_time_adds_nothing(
    backend: tuple[str, Path], token: str, some_days: Path
) -> None:
    url, folder = backend
    first = liandong("replay", str(some_days), "--to", url, token=token)
    assert first.stdout.splitlines()[-1] == f"rows={ROWS} accepted={ROWS} known=0 refused=0", first.stderr
    assert first.returncode == 0
    second = liandong("replay", str(some_days), "--to", url, token=token)
    assert second.stdout.splitlines()[-1] == f"rows={ROWS} accepted=0 known={ROWS} refused=0", second.stderr
    assert liandong("backend", "verify", "--data", str(folder), "--rows").returncode == 0


def test_refused_rows_are_listed_with_number_and_reason(backend: tuple[str, Path], token: str, tmp_path: Path) -> None:
    url, _ = backend
    listed = tmp_path / "refused.txt"
    run = liandong("replay", str(DATA / "pingshan_gbk.csv"), "--to", url, "--refused", str(listed), token=token)
    assert run.stdout.splitlines()[-1] == "rows=14 accepted=4 known=0 refused=10"
    assert run.returncode == 1
    reasons = listed.read_text("utf-8").splitlines()
    assert [line.split()[1] for line in reasons] == ["4", "5", "6", "7", "8", "10", "12", "13", "14", "15"]


@pytest.mark.parametrize(
    ("file", "url", "words"),
    [
        (str(DATA / "none.csv"), "ws://127.0.0.1:1", "no such file"),
        (str(DATA / "README.md"), "ws://127.0.0.1:1", "columns missing"),
        (str(DATA / "pingshan_gbk.csv"), "ws://127.0.0.1:1", "no backend at"),
    ],
)
def test_what_cannot_work_says_so_in_one_sentence(file: str, url: str, words: str) -> None:
    run = liandong("replay", file, "--to", url, token="any")
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_a_wrong_token_says_how_to_get_one(backend: tuple[str, Path], some_days: Path) -> None:
    url, _ = backend
    run = liandong("replay", str(some_days), "--to", url, token="not-a-token")
    assert run.returncode == 2
    assert "backend token" in run.stderr


def test_a_token_without_the_import_right_says_which_right_is_missing(
    backend: tuple[str, Path], some_days: Path
) -> None:
    url, folder = backend
    made = liandong("backend", "token", "--data", str(folder), "--user", "typist", "--role", "source")
    run = liandong("replay", str(some_days), "--to", url, token=made.stdout.strip())
    assert run.returncode == 2
    assert "the import right" in run.stderr
    assert "--import" in run.stderr
