"""Two desktops and a wall as real processes, each before a loudspeaker of its own, and a third seat that answers: who is heard, until when."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain import commands
from domain.actor import Actor
from domain.alarms.commands import Acknowledge
from domain.alarms.kind import NAME
from domain.ids import SeatId, UserId
from domain.vocabulary import Role, Source, Urgency
from tests.faults import processes
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import AREA, ITEM, House, desk, house, live
from tests.peers.sound_server import SoundServer, skip_without_server

ROOT = Path(__file__).resolve().parents[2]
SOUND = [880, 622] * 3


@contextmanager
def program(folder: Path, made: House, role: Role, seat: str, *more: str) -> Iterator[SoundServer]:
    """The product, started as ever; gives what it sounds on."""
    server = SoundServer()
    server.start()
    who = Actor(user=UserId(f"u{seat}"), role=role, seat=SeatId(seat))
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "QT_QPA_PLATFORM": "offscreen",
        "PULSE_SERVER": server.address,
        "LIANDONG_TOKEN": made.backend.tokens.issue(who, datetime.now(UTC)),
    }
    connect = ["--connect", f"ws://127.0.0.1:{made.port}", "--data", str(folder / f"seat-{seat}")]
    command = [*processes.dies_with_us("KILL"), sys.executable, "-P", "-m", "desktop", *connect, *more]
    with (folder / f"seat-{seat}.log").open("wb") as log:
        running = processes.start(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield server
    finally:
        running.terminate()
        try:
            assert running.wait(20) == 0, (folder / f"seat-{seat}.log").read_text("utf-8", "replace")[-3000:]
        finally:
            running.kill()
            server.close()


async def urgent(made: House) -> None:
    report = commands.Report(source=Source.HOTLINE_12345, external_ref="x", area=AREA.code, item=ITEM.code)
    outcome = await made.give(report)
    assert outcome.ticket_id is not None
    ticket = await made.backend.store.ticket(outcome.ticket_id)
    await made.give(commands.File(urgency=Urgency.TOP, text="现场所见"), ticket)


async def heard_twice(server: SoundServer) -> None:
    """A program starts, and the second sound comes ten seconds after the first: longer than `until` waits."""
    await until(lambda: server.recorded_s() > 3, "a recording")
    await until(server.sounds, "a first sound")
    await recorded(server, 9)
    await until(lambda: len(server.sounds()) >= 2, "a second sound")


async def recorded(server: SoundServer, seconds: float) -> None:
    """So much more of the recording; in steps, each of which `until` can wait for."""
    begin = server.recorded_s()
    for more in (seconds / 2, seconds):
        await until(lambda more=more: server.recorded_s() >= begin + more, "the recording goes on")  # type: ignore[misc]


@pytest.mark.full
def test_every_seat_is_heard_until_one_answers_and_the_wall_never(tmp_path: Path) -> None:
    skip_without_server()

    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as third:
            with ExitStack() as running:
                leader = running.enter_context(program(tmp_path, made, Role.SHIFT_LEADER, "1", "--window", "alarms"))
                officer = running.enter_context(program(tmp_path, made, Role.DISPATCHER, "2", "--window", "alarms"))
                wall = running.enter_context(program(tmp_path, made, Role.WALL, "9", "--wall", "主屏"))
                await until(live(third), "live")
                await urgent(made)
                for server in (leader, officer):
                    await heard_twice(server)
                await until(lambda: any(one.is_open for one in third.mirror.documents[NAME].values()), "the alarm")
                (alarm,) = third.mirror.documents[NAME].values()
                answered = [server.recorded_s() for server in (leader, officer)]
                third.commander.act(NAME, Acknowledge(ring=alarm.ring), alarm)
                await recorded(leader, 12)
                for server, at in zip((leader, officer), answered, strict=True):
                    sounds = server.sounds()
                    assert [tone.hertz for tone in sounds[0]] == SOUND
                    assert sounds[1][0].begin - sounds[0][0].begin == pytest.approx(10, abs=1.5)
                    assert sounds[-1][-1].end < at + 1
                assert wall.recorded_s() > 10
                assert wall.heard() == []

    asyncio.run(work())
