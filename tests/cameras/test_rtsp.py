"""RTSP against a real server: started, killed, frozen, restarted, locked, and without a picture."""

import pytest

from desktop.services.cameras.values import CameraLimits, TileState
from domain.cameras import FailCode
from tests import goals
from tests.cameras.conftest import Stopwatch
from tests.cameras.live import LiveDesk

LIVE, LOST, NEVER, FROZEN = TileState.LIVE, TileState.LOST, TileState.NEVER, TileState.FROZEN
pytestmark = pytest.mark.qt_log_ignore("qt.multimedia", ".*")
STREAMS = 4
NOTICED_S = 10


def streams(server, count: int) -> list[tuple[str, str]]:
    return [("rtsp", server.url(number)) for number in range(count)]


async def killed_frozen_restarted(server, count: int) -> None:
    async with LiveDesk(streams(server, count)) as place:
        await place.until(LIVE)
        assert place.view().picture.size().toTuple() == (640, 360)
        server.kill()
        watch = Stopwatch()
        await place.until(LOST)
        goals.note("a dead server is told", watch.s, NOTICED_S)
        assert all(place.view(number).picture is not None for number in range(count))
        server.start()
        await place.until(LIVE)
        server.freeze()
        watch = Stopwatch()
        await place.until(LOST)
        goals.note("a frozen server is told", watch.s, NOTICED_S)
        server.thaw()
        await place.until(LIVE)


def test_streams_come_go_hang_and_come_back(rtsp, run_qt):
    run_qt(killed_frozen_restarted(rtsp(), STREAMS))


@pytest.mark.full
@pytest.mark.timeout(300)
def test_sixteen_streams_come_go_hang_and_come_back(rtsp, run_qt):
    run_qt(killed_frozen_restarted(rtsp(), 16))


def test_one_dead_stream_leaves_the_others_live(rtsp, run_qt):
    good, bad = rtsp(), rtsp()

    async def inside() -> None:
        async with LiveDesk([*streams(good, 2), ("rtsp", bad.url())]) as place:
            await place.until(LIVE)
            bad.kill()
            await place.until(LOST, number=2)
            numbers = [place.view(number).number for number in range(2)]
            await place.until(LIVE, number=0)
            await place.until_true(lambda: all(place.view(n).number >= numbers[n] + 5 for n in range(2)))
            assert place.history["0"][-1] is LIVE
            assert LOST not in place.history["0"] + place.history["1"]

    run_qt(inside())


def test_a_server_that_comes_later(rtsp, run_qt):
    server = rtsp()
    server.kill()

    async def inside() -> None:
        async with LiveDesk(streams(server, 1)) as place:
            await place.until(NEVER)
            assert place.view().code is FailCode.UNREACHABLE
            server.start()
            await place.until(LIVE)

    run_qt(inside())


def test_a_picture_that_never_changes_is_frozen(rtsp, run_qt):
    async def inside() -> None:
        async with LiveDesk(streams(rtsp("--still"), 1), limits=CameraLimits(frozen_s=3)) as place:
            await place.until(LIVE)
            await place.until(FROZEN)
            assert place.view().unchanged_s > 3

    run_qt(inside())


def test_logins_are_used_refused_in_words_and_printed_nowhere(rtsp, run_qt, capfd, caplog, qtlog):
    server = rtsp("--user", "viewer", "--password", "geheim")

    async def inside() -> None:
        async with LiveDesk(streams(server, 1), user="viewer", password="geheim") as place:
            await place.until(LIVE)
        async with LiveDesk(streams(server, 1), user="viewer", password="falsch") as place:
            await place.until_code(FailCode.LOGIN)
            assert place.view().state is NEVER
        async with LiveDesk(streams(server, 1)) as place:
            await place.until_code(FailCode.LOGIN)

    run_qt(inside())
    printed = capfd.readouterr()
    told = printed.out + printed.err + caplog.text + "".join(record.message for record in qtlog.records)
    assert "geheim" not in told
    assert "falsch" not in told


@pytest.mark.parametrize(("path", "code"), [("audio", FailCode.NOT_VIDEO), ("nowhere", FailCode.NOT_FOUND)])
def test_addresses_without_a_picture(rtsp, run_qt, path, code):
    address = rtsp().url().replace("cam0", path)

    async def inside() -> None:
        async with LiveDesk([("rtsp", address)]) as place:
            await place.until_code(code)

    run_qt(inside())


def test_a_host_off_the_list_is_not_opened(rtsp, run_qt):
    async def inside() -> None:
        async with LiveDesk(streams(rtsp(), 1), hosts=("10.0.0.1",)) as place:
            await place.until_code(FailCode.HOST_REFUSED)

    run_qt(inside())
