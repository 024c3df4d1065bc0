"""F7, F11, F12, F15, F16, F22, F23 on a real backend process: commands cut, doubled, raced, on a failing disk, and hostile frames."""

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.store.store import FILE_NAME
from backend.store.verify import verify_file
from domain import commands
from protocol.messages import Close
from tests import goals
from tests.faults.cluster import UNIT, Hall, Node, Seat, hall, leader, start_again, until
from tests.faults.wire import submit_of, wire
from tests.unit.protocol.test_codec import HOSTILE


def may_trace() -> str:
    """ "" or why a process cannot be traced here."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    probe = subprocess.run([strace, "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return "" if probe.returncode == 0 else f"ptrace is forbidden: {probe.stderr.strip()[-120:]}"


NO_TRACE = may_trace()


def url(node: Node) -> str:
    return f"ws://127.0.0.1:{node.port}"


async def first_ticket(made: Hall) -> Seat:
    seat = made.seats[0]
    seat.report()
    await until(lambda: len(seat.tickets) == 1, "a ticket")
    return seat


# -- F7 ------------------------------------------------------------------------------------------------


async def cut_commands(folder: Path, direction: str, most: int, step: int) -> None:
    """The line ends k bytes into the next connection: in the handshake, the hello, the command, the welcome, the answer."""
    async with hall(folder, 1, eager=True, timeout_s=800) as made:
        seat = await first_ticket(made)
        ticket = next(iter(seat.tickets.values()))
        for cut_after in range(1, most, step):
            tries = seat.proxy.accepted
            seat.proxy.set(direction, cut_after=cut_after)
            seat.proxy.cut()
            seat.give(commands.Comment(text=f"断在第{cut_after}字节"), ticket)
            await until(lambda tries=tries: seat.proxy.accepted > tries or not seat.queued, "a spoilt try")
            await until(lambda: not (seat.proxy.lines and seat.queued), "cut")
            seat.proxy.heal()
            await until(lambda: seat.live and not seat.queued, f"settled after a cut at {cut_after}")
        await made.g0()


@pytest.mark.parametrize(("direction", "most"), [("up", 900), ("down", 2400)])
def test_f7_a_command_or_its_answer_cut_at_many_bytes_has_one_effect(tmp_path: Path, direction: str, most: int) -> None:
    asyncio.run(cut_commands(tmp_path, direction, most, most // 30))


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("direction", "most"), [("up", 900), ("down", 2400)])
def test_f7_a_command_or_its_answer_cut_at_any_byte_has_one_effect(tmp_path: Path, direction: str, most: int) -> None:
    asyncio.run(cut_commands(tmp_path, direction, most, 1))


# -- F11, F12 --------------------------------------------------------------------------------------------


def test_f11_one_command_ten_times_on_two_connections_has_one_effect(tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path, 1) as made:
            seat = await first_ticket(made)
            ticket = next(iter(seat.tickets.values()))
            head = made.node.head()
            submit = submit_of(1, commands.Remind(text="催办"), ticket)
            async with wire(url(made.node), seat.token) as one, wire(url(made.node), seat.token) as two:
                await asyncio.gather(*(each.send(*[submit] * 5) for each in (one, two)))
                answers = [*await one.answered(5), *await two.answered(5)]
            assert len({(each.status, each.seq, each.version) for each in answers}) == 1
            assert answers[0].status == "applied"
            assert made.node.head() == head + 1

    asyncio.run(work())


def test_f12_fifty_dispatch_one_ticket_at_once_and_one_wins(tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path, 1) as made:
            seat = await first_ticket(made)
            seat.give(commands.File(), next(iter(seat.tickets.values())))
            await until(lambda: next(iter(seat.tickets.values())).version == 2, "filed")
            ticket = next(iter(seat.tickets.values()))
            tokens = [Seat(tmp_path / f"x{n}", made.node, leader(f"u{n}"), seat.proxy).token for n in range(50)]

            async def dispatch(number: int) -> str:
                # All come from one address, of which the server lets twenty in at a time.
                async with slots, wire(url(made.node), tokens[number], stream=False) as line:
                    await line.send(submit_of(1, commands.Dispatch(lead=UNIT.id), ticket, f"{number:032x}"))
                    [outcome] = await line.answered(1)
                    if outcome.status == "conflict":
                        assert outcome.version == 3
                        assert outcome.detail["by"]["seat"].startswith("u"), outcome.detail
                    return outcome.status

            slots = asyncio.Semaphore(15)
            statuses = await asyncio.gather(*(dispatch(number) for number in range(50)))
            assert sorted(statuses) == ["applied"] + ["conflict"] * 49

    asyncio.run(work())


# -- F15, F16: the disk ------------------------------------------------------------------------------------


@pytest.mark.skipif(bool(NO_TRACE), reason=NO_TRACE)
def test_f15_a_failed_fsync_acknowledges_nothing_and_a_restart_recovers(tmp_path: Path) -> None:
    """strace makes fdatasync fail with EIO: the backend must end rather than go on with a file it cannot trust."""

    async def work() -> None:
        async with hall(tmp_path, 1) as made:
            seat = await first_ticket(made)
            node = made.node
            acked = len(seat.outcomes)
            async with traced(node, "inject=fdatasync,fsync:error=EIO"):
                seat.give(commands.Comment(text="写不进去"), next(iter(seat.tickets.values())))
                await until(lambda: not node.running, "the backend gives up")
                assert len(seat.outcomes) == acked, "acknowledged although the disk failed"
            assert seat.queued == 1
            await start_again(node)
            await made.g0()
        assert verify_file(node.data / FILE_NAME, rows=True).ok

    asyncio.run(work())


@pytest.mark.skipif(bool(NO_TRACE), reason=NO_TRACE)
def test_f15_a_slow_fsync_slows_answers_and_not_the_stream(tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path, 2) as made:
            seat = await first_ticket(made)
            async with traced(made.node, "inject=fdatasync:delay_exit=300000"):
                for _ in range(5):
                    known = made.seats[1].services.mirror.seq
                    seat.give(commands.Comment(text="慢盘"), next(iter(seat.tickets.values())))
                    await until(lambda known=known: made.seats[1].services.mirror.seq > known, "shown elsewhere", 2)
                    assert all(each.live for each in made.seats)
            await made.g0()

    asyncio.run(work())


@pytest.mark.skipif(bool(NO_TRACE), reason=NO_TRACE)
def test_f16_every_answer_leaves_after_its_fdatasync(tmp_path: Path) -> None:
    """Power loss cannot be had here, its cause can be seen: each `applied` goes out only when the WAL is on the disk."""
    trace = tmp_path / "trace"

    async def work() -> None:
        async with hall(tmp_path, 1) as made:
            seat = await first_ticket(made)
            calls = "trace=openat,pwrite64,fdatasync,fsync,sendto,write"
            async with traced(made.node, calls, trace), wire(url(made.node), seat.token, stream=False) as line:
                for number in range(1, 31):
                    await line.send(submit_of(number, commands.Comment(text="落盘"), next(iter(seat.tickets.values()))))
                    await line.answered(number)
            await made.g0()

    asyncio.run(work())
    answers = unsynced_answers(trace.read_text("utf-8", "replace"))
    assert len(answers) >= 30
    assert answers == [False] * len(answers)


def unsynced_answers(trace: str) -> list[bool]:
    """For each `applied` sent: was something written to the log's WAL that no finished fdatasync covered?

    Commands are sent one at a time here, so that nothing of a later one lies in between.
    """
    found, dirty, waiting = [], False, set[str]()
    for text in trace.splitlines():
        thread = text.split(" ", 1)[0]
        wal = f"{FILE_NAME}-wal" in text
        if wal and "pwrite64(" in text:
            dirty = True
        elif wal and re.search(r"(fdatasync|fsync)\(", text) and "<unfinished" in text:
            waiting.add(thread)
        elif wal and re.search(r"(fdatasync|fsync)\(.*= 0$", text):
            dirty = False
        elif "resumed>" in text and "sync resumed" in text and thread in waiting:
            waiting.discard(thread)
            dirty = dirty and not text.rstrip().endswith("= 0")
        elif re.search(r"(sendto|write)\(\d+<(socket|TCP)", text) and r"\"status\":\"applied\"" in text:
            found.append(dirty)
    return found


@asynccontextmanager
async def traced(node: Node, calls: str, out: Path = Path("/dev/null")) -> AsyncIterator[None]:
    """strace on the running backend, all threads. `calls`: what to watch, or to inject."""
    options = ["-qq", "-f", "-y", "-s", "400", "-o", str(out), "-e", calls]
    tracer = await asyncio.create_subprocess_exec("strace", *options, "-p", str(node.pid), stderr=subprocess.DEVNULL)
    try:
        await until(lambda: _traced(node.pid), "strace is attached")
        yield
    finally:
        if tracer.returncode is None:
            tracer.terminate()
        await tracer.wait()


def _traced(pid: int) -> bool:
    """All threads: an attach in progress holds some of them."""
    tasks = list(Path(f"/proc/{pid}/task").iterdir())
    return all("TracerPid:\t0\n" not in (task / "status").read_text("ascii", "replace") for task in tasks)


# -- F22, F23 ------------------------------------------------------------------------------------------------


def test_f23_hostile_frames_are_answered_or_closed_and_change_nothing(tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path, 1) as made:
            seat = await first_ticket(made)
            head, slowest = made.node.head(), 0.0
            hostile = Seat(tmp_path / "hostile", made.node, leader("hostile"), seat.proxy)
            for name, (frame, _) in HOSTILE.items():
                async with wire(url(made.node), hostile.token) as line:
                    try:
                        data = frame.encode()
                    except UnicodeEncodeError:
                        continue  # bad UTF-8 is a malformed frame, F22
                    await line.socket.send(data, text=True)
                    for _ in range(3):  # the third bad one closes
                        if line.open:
                            await line.socket.send(data, text=True)
                    await until(
                        lambda line=line: line.outcomes or line.replies or not line.open,
                        f"{name}: an answer or the end",
                    )
                    if not line.open:
                        assert line.socket.close_code in (Close.BAD_FRAME, 1009), name
                    assert all(outcome.status == "rejected" for outcome in line.outcomes)
                    assert all(reply.error for reply in line.replies)
                    assert not any("Traceback" in str(each) for each in line.frames)
                began = time.monotonic()
                assert (await seat.services.ask("tickets", {"ids": []})).error == ""
                slowest = max(slowest, time.monotonic() - began)
            assert made.node.head() == head, "no event came of it"
            goals.note("an answer to others", slowest, 1.0)
            assert "Traceback" not in made.node.said()
            await made.g0()

    asyncio.run(work())


def test_a_trace_that_answers_too_early_is_seen() -> None:
    """The judge of F16 itself."""
    write, sync = '1 pwrite64(5</x/log.sqlite-wal>, "", 24, 0) = 24', "1 fdatasync(5</x/log.sqlite-wal>) = 0"
    send = r'2 sendto(9<socket:[1]>, "{\"t\":\"outcome\",\"status\":\"applied\"}", 9, 0, NULL, 0) = 9'
    assert unsynced_answers("\n".join([write, sync, send])) == [False]
    assert unsynced_answers("\n".join([write, send, sync])) == [True]
    torn = "1 fdatasync(5</x/log.sqlite-wal> <unfinished ...>"
    assert unsynced_answers("\n".join([write, torn, send, "1 <... fdatasync resumed>) = 0"])) == [True]
    assert unsynced_answers("\n".join([write, torn, "1 <... fdatasync resumed>) = -1 EIO", send])) == [True]
