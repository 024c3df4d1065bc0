"""MJPEG and stills against a real server on loopback, good and bad."""

import asyncio
from pathlib import Path

import pytest

from desktop.media.kit import QtPictureKit
from desktop.services.cameras.http import MjpegSource, StillSource, TaskSource
from desktop.services.cameras.source import Order
from desktop.services.tasks import Tasks
from domain.cameras import AllowList, CameraId, FailCode, Use
from protocol.camera_dialog import CameraError, Login, ask
from tests.cameras.http_cameras import PASSWORD, USER, HttpCameras, jpeg
from tests.patience import WAIT_S

LOOPBACK = AllowList(["127.0.0.1"])


class Watcher:
    """A sink that can be waited for."""

    def __init__(self) -> None:
        self.pictures: list[object] = []
        self.lives = 0
        self.code: FailCode | None = None
        self._news = asyncio.Event()

    def picture(self, picture: object, mark: bytes | None = None) -> None:
        self.pictures.append(picture)
        self._news.set()

    def alive(self) -> None:
        self.lives += 1
        self._news.set()

    def failed(self, code: FailCode) -> None:
        self.code = code
        self._news.set()

    async def until(self, reached) -> None:
        async with asyncio.timeout(WAIT_S):
            while not reached():
                self._news.clear()
                await self._news.wait()


async def watch(
    kind: type[TaskSource],
    address: str,
    reached,
    *,
    login: Login | None = None,
    allow: AllowList = LOOPBACK,
    full=False,
) -> Watcher:
    tasks, sink = Tasks(), Watcher()
    order = Order(
        id=CameraId("C"),
        kind="x",
        address=address,
        use=Use.MAIN,
        login=login or Login(),
        allow=allow,
        kit=QtPictureKit(),
        spawn=tasks.start,
        full=full,
    )
    source = kind(order, sink)
    source.start()
    await sink.until(lambda: reached(sink))
    source.stop()
    await tasks.stop()
    return sink


def three(sink: Watcher) -> bool:
    return len(sink.pictures) >= 3


def over(sink: Watcher) -> bool:
    return sink.code is not None


def run(kind, name, reached, **options) -> Watcher:
    async def inside() -> Watcher:
        async with HttpCameras() as cameras:
            return await watch(kind, cameras.url(name), reached, **options)

    return asyncio.run(inside())


@pytest.mark.parametrize("name", ["mjpeg", "unsized", "chunked"])
def test_every_form_of_motion_jpeg(name):
    sink = run(MjpegSource, name, three)
    assert sink.pictures[0].size().toTuple() == (320, 180)
    assert sink.pictures[0] != sink.pictures[1]
    assert sink.code is None


def test_preview_decodes_few_of_many_and_full_decodes_all():
    preview = run(MjpegSource, "mjpeg", three)
    assert preview.lives > 5 * len(preview.pictures) / 2
    assert run(MjpegSource, "mjpeg", three, full=True).lives == 0


@pytest.mark.parametrize("name", ["basic", "digest"])
def test_logins(name):
    assert run(MjpegSource, name, three, login=Login(USER, PASSWORD)).code is None
    assert run(MjpegSource, name, over, login=Login(USER, "falsch")).code is FailCode.LOGIN
    assert run(MjpegSource, name, over).code is FailCode.LOGIN


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        (MjpegSource, "redirect", FailCode.REDIRECT),
        (MjpegSource, "page", FailCode.NOT_VIDEO),
        (MjpegSource, "rubbish", FailCode.NOT_VIDEO),
        (MjpegSource, "missing", FailCode.NOT_FOUND),
        (MjpegSource, "broken", FailCode.UNREACHABLE),
        (MjpegSource, "silent", FailCode.UNREACHABLE),
        (MjpegSource, "cut", FailCode.TRUNCATED),
        (StillSource, "redirect", FailCode.REDIRECT),
        (StillSource, "page", FailCode.NOT_VIDEO),
        (StillSource, "cutstill", FailCode.TRUNCATED),
        (StillSource, "shortstill", FailCode.TRUNCATED),
    ],
)
def test_each_fault_has_its_own_code(kind, name, code):
    assert run(kind, name, over).code is code


def test_a_redirect_is_never_followed():
    async def inside() -> list[str]:
        async with HttpCameras() as cameras:
            await watch(MjpegSource, cameras.url("redirect"), over)
            return cameras.asked

    assert asyncio.run(inside()) == ["redirect"]


def test_a_host_off_the_list_is_not_even_called():
    async def inside() -> tuple[FailCode | None, list[str]]:
        async with HttpCameras() as cameras:
            sink = await watch(MjpegSource, cameras.url("mjpeg"), over, allow=AllowList(["10.0.0.1"]))
            return sink.code, cameras.asked

    assert asyncio.run(inside()) == (FailCode.HOST_REFUSED, [])


def test_a_stream_that_falls_silent_and_one_whose_server_goes():
    async def silent() -> Watcher:
        async with HttpCameras() as cameras:
            tasks, sink = Tasks(), Watcher()
            order = Order(
                id=CameraId("C"),
                kind="x",
                address=cameras.url("mjpeg"),
                use=Use.MAIN,
                login=Login(),
                allow=LOOPBACK,
                kit=QtPictureKit(),
                spawn=tasks.start,
            )
            source = MjpegSource(order, sink)
            source.start()
            await sink.until(lambda: three(sink))
            await cameras.stop()
            await sink.until(lambda: over(sink))
            await tasks.stop()
            await cameras.start()
            return sink

    assert asyncio.run(silent()).code is FailCode.ENDED


def test_stills_over_http_and_from_files(tmp_path: Path):
    assert run(StillSource, "still", lambda sink: len(sink.pictures) >= 2).code is None

    def of_file(data: bytes | None) -> Watcher:
        path = tmp_path / "静图 1.jpg"
        if data is not None:
            path.write_bytes(data)
        return asyncio.run(
            watch(StillSource, path.as_uri(), lambda sink: sink.pictures or over(sink), allow=AllowList())
        )

    assert of_file(None).code is FailCode.NOT_FOUND
    assert len(of_file(jpeg(3)).pictures) == 1
    assert of_file(jpeg(3)[:500]).code is FailCode.TRUNCATED
    assert of_file("不是图片".encode()).code is FailCode.NOT_VIDEO


def test_an_answer_without_end_is_not_read_for_ever():
    async def inside() -> None:
        async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\n")
            try:
                while True:
                    writer.write(b"X-Filler: " + b"x" * 1000 + b"\r\n")
                    await writer.drain()
            except ConnectionError:
                return

        server = await asyncio.start_server(endless, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(CameraError) as caught:
                await ask(f"http://127.0.0.1:{port}/", "GET", allow=LOOPBACK)
        assert caught.value.code is FailCode.NOT_VIDEO

    asyncio.run(inside())


def test_an_error_tells_neither_address_nor_login():
    login = Login("admin", "geheim")
    assert "geheim" not in repr(login) + str(CameraError(FailCode.LOGIN))
    assert "admin" not in repr(login)
