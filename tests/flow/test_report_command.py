"""`liandong report`: from the log of a real backend to files, kept data, a schedule with mail; and errors in words."""

import asyncio
import os
import resource
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from backend.app import Backend
from backend.config import BackendConfig
from backend.reference import Site, demo_site
from domain import commands
from domain.actor import Actor
from domain.ids import UserId
from domain.tables.commands import Amend
from domain.tables.values import Rows
from domain.tables.words import Table
from domain.vocabulary import Role
from protocol import reports
from protocol.documents import encode_json
from protocol.messages import Act
from protocol.reference import Demo
from resources import path as resource_path
from tests.flow.test_desk_and_backend import House
from tests.patience import WHOLE_S
from tests.unit.desktop.services.test_report_delivery import mailbox as mailbox

OFFICER = Actor(user=UserId("officer"), role=Role.SYSTEM_ADMIN)
TODAY = datetime.now(UTC).astimezone().date()


def liandong(*arguments: str, largest: int | None = None) -> subprocess.CompletedProcess[str]:
    """`largest`: no file may grow beyond so many bytes, as on a disk that is full."""

    def limit() -> None:
        assert largest is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    command = [sys.executable, "-P", "-m", "cli.main", "report", *arguments]
    return subprocess.run(
        command,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=WHOLE_S,
        check=False,
        preexec_fn=None if largest is None else limit,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")

    async def fill() -> None:
        made = House(folder)
        await made.start()
        try:
            for name in await made.report(5):
                await made.give(commands.File(), await made.backend.store.ticket(name))
        finally:
            await made.backend.stop()

    asyncio.run(fill())
    return folder


def test_a_daily_report_is_made_kept_and_made_again_the_same(data: Path, tmp_path: Path) -> None:
    day = datetime.now(UTC) + timedelta(hours=8)
    done = liandong(
        "daily", "--data", str(data), "--day", f"{day:%Y-%m-%d}", "--out", str(tmp_path), "--formats", "xlsx,pdf"
    )
    assert done.returncode == 0, done.stderr
    made = [Path(line) for line in done.stdout.splitlines()]
    assert [path.suffix for path in made] == [".json", ".xlsx", ".pdf"]
    again = liandong("again", "--kept", str(made[0]), "--out", str(tmp_path / "again"), "--formats", "xlsx")
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again" / made[1].name).read_bytes() == made[1].read_bytes()


def test_only_a_log_of_demo_data_is_called_so_and_codes_are_named_by_its_own_tables(data: Path, tmp_path: Path) -> None:
    async def serve_demo(folder: Path) -> None:
        backend = Backend(BackendConfig(data=folder, port=0), demo_site(Demo("2018-10-09", 60.0, "一份公开数据")))
        try:
            await backend.start()
            item = msgspec.structs.replace(demo_site().reference.items[0], name="改过的名称")
            amend = Amend(table=Table.LIST, reason="改名", rows=Rows(items=(item,)))
            act = Act(
                outbox_id="a" * 32,
                n=1,
                kind="tables",
                doc_id=None,
                expected_version=None,
                body=msgspec.Raw(encode_json(amend)),
                created_at=datetime.now(UTC),
            )
            assert (await backend.service.submit(OFFICER, act)).status == "applied"
        finally:
            await backend.stop()

    asyncio.run(serve_demo(tmp_path / "demo"))
    found = {}
    for name, folder in (("real", data), ("demo", tmp_path / "demo")):
        day = ("--day", "2018-10-09", "--formats", "xlsx", "--out", str(tmp_path / name))
        done = liandong("daily", "--data", str(folder), *day)
        assert done.returncode == 0, done.stderr
        found[name] = reports.decode(Path(done.stdout.splitlines()[0]).read_bytes())
    assert (found["real"].report.demo, found["demo"].report.demo) == ("", "一份公开数据")
    assert not any(item.name == "改过的名称" for item in found["real"].reference.items)
    assert any(item.name == "改过的名称" for item in found["demo"].reference.items)


def test_codes_are_named_by_the_tables_of_the_backend_whose_log_it_is_and_else_that_is_said(
    data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    tables = [resource_path("catalogues", f"pingshan_{name}.csv") for name in ("areas", "items", "units")]
    renamed = tmp_path / "units.csv"
    renamed.write_text(tables[2].read_text("utf-8").replace("坪山", "云泽"), "utf-8")

    async def serve_once() -> None:
        backend = Backend(BackendConfig(data=folder, port=0), Site("云泽区联动指挥中心", *tables[:2], renamed))
        try:
            await backend.start()
        finally:
            await backend.stop()

    asyncio.run(serve_once())
    day = ("--day", "2018-10-09", "--formats", "xlsx", "--out", str(tmp_path / "out"))
    done = liandong("daily", "--data", str(folder), *day)
    assert done.returncode == 0, done.stderr
    kept = reports.decode(Path(done.stdout.splitlines()[0]).read_bytes())
    assert (kept.report.site, kept.reference.site) == ("云泽区联动指挥中心",) * 2
    assert any("云泽" in unit.name for unit in kept.reference.units)
    assert "site.json" not in done.stderr
    (folder / "site.json").unlink()
    older = liandong("daily", "--data", str(folder), *day)
    assert older.returncode == 0
    assert "site.json" in older.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("weekly", "--data", "{data}"), "give one of"),
        (("weekly", "--data", "{data}", "--week", "2018-W60"), "no such week"),
        (("unit", "--data", "{data}", "--month", "2018-10"), "needs --unit"),
        (("unit", "--data", "{data}", "--month", "2018-10", "--unit", "nobody"), "no such unit"),
        (("daily", "--day", "2018-10-09"), "--data DIR is needed"),
        (("daily", "--data", "/nowhere", "--day", "2018-10-09", "--out", "{out}"), "there is no log"),
        (("daily", "--data", "{data}", "--day", "2018-10-09", "--out", "/proc/x"), "cannot be written"),
        (("watch", "--data", "{data}"), "needs --schedule"),
        (("again",), "needs --kept"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(arguments, words: str, data: Path, tmp_path: Path) -> None:
    done = liandong(*(text.format(data=data, out=tmp_path) for text in arguments))
    assert done.returncode in (2, 3)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_on_a_disk_that_is_full_the_kept_data_stay_nothing_is_half_written_and_elsewhere_it_is_made(
    data: Path, tmp_path: Path
) -> None:
    day = ("--day", f"{datetime.now(UTC) + timedelta(hours=8):%Y-%m-%d}", "--formats", "pdf")
    done = liandong("daily", "--data", str(data), *day, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    kept = Path(done.stdout.splitlines()[0])
    full = liandong("again", "--kept", str(kept), "--out", str(tmp_path / "full"), "--formats", "pdf", largest=20_000)
    assert full.returncode == 3
    assert "nothing is lost" in full.stderr
    assert "Traceback" not in full.stderr
    assert list((tmp_path / "full").iterdir()) == []
    again = liandong("again", "--kept", str(kept), "--out", str(tmp_path / "there"), "--formats", "pdf")
    assert again.returncode == 0
    assert len(list((tmp_path / "there").iterdir())) == 1


def test_a_schedule_makes_each_report_once_and_mails_it(data: Path, tmp_path: Path, mailbox) -> None:
    schedule = tmp_path / "schedule.toml"
    schedule.write_text(
        f"""
[mail]
host = "127.0.0.1"
port = {mailbox.server_address[1]}
sender = "hall@example.org"
security = "none"

[[report]]
name = "每日"
kind = "daily"
at = "00:00"
formats = ["xlsx"]
folder = "{tmp_path / "to"}"
mail_to = ["leader@example.org"]
""",
        "utf-8",
    )
    arguments = ("watch", "--once", "--data", str(data), "--out", str(tmp_path / "out"), "--schedule", str(schedule))
    first = liandong(*arguments)
    assert first.returncode == 0, first.stderr
    assert len(mailbox.mails) == 1
    assert [path.suffix for path in (tmp_path / "to").iterdir()] == [".xlsx"]
    assert list((tmp_path / "out" / "每日").glob("*.json"))
    second = liandong(*arguments)
    assert (second.returncode, len(mailbox.mails)) == (0, 1)


def test_a_schedule_that_cannot_be_read_says_where(data: Path, tmp_path: Path) -> None:
    schedule = tmp_path / "schedule.toml"
    schedule.write_text('[[report]]\nname = "x"\nkind = "hourly"\nat = "08:30"\n', "utf-8")
    done = liandong("watch", "--once", "--data", str(data), "--schedule", str(schedule))
    assert done.returncode == 2
    assert "schedule.toml" in done.stderr
