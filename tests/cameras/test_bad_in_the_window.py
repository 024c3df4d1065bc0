"""Every kind of bad camera in the real window against a real backend: clear words on its own tile, the others go on, no login is shown."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.main import main as cli
from desktop import settings
from desktop.app.windows import Windows
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.theme.assets import load_fonts
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.shell import CAMERAS
from domain.cameras import CameraId
from tests.cameras.conftest import RtspServer
from tests.cameras.http_cameras import HttpCameras
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import House, desk, house, live

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing|propagate)", "multimedia", "pipewire"
)
SECRETS = ("geheim", "falsch", "inside-the-address")


@dataclass(frozen=True)
class Bad:
    """A camera, and what its tile comes to say."""

    name: str
    kind: str
    address: str
    words: tuple[str, ...]


def cameras_of(web: HttpCameras, server: RtspServer, locked: RtspServer, folder: Path) -> list[Bad]:
    text = folder / "notes.mp4"
    text.write_text("这不是视频" * 500, "utf-8")
    dead = f"rtsp://127.0.0.1:{server.port}"
    return [
        Bad("好的", "rtsp", server.url(), ("实时",)),
        Bad("有口令", "rtsp", locked.url(1), ("实时",)),
        Bad("口令错", "rtsp", locked.url(2), ("未接通", "口令不对")),
        Bad("地址里带口令", "mjpeg", web.url("mjpeg").replace("//", "//u:inside-the-address@"), ("实时",)),
        Bad("半路断", "mjpeg", web.url("cut"), ("断开", "画面不完整")),
        Bad("没有这一路", "rtsp", f"{dead}/nowhere", ("未接通", "设备上没有这一路")),
        Bad("只有声音", "rtsp", f"{dead}/audio", ("未接通", "来的不是视频")),
        Bad("连不上", "rtsp", "rtsp://127.0.0.1:9/cam", ("未接通", "连不上")),
        Bad("名单外", "mjpeg", "http://10.66.66.66/video", ("未接通", "主机不在允许名单")),
        Bad("转圈", "mjpeg", web.url("redirect"), ("未接通", "地址被转到别处，不跟随")),
        Bad("网页", "mjpeg", web.url("page"), ("未接通", "来的不是视频")),
        Bad("半张图", "still", web.url("cutstill"), ("未接通", "画面不完整")),
        Bad("文字", "file", text.as_uri(), ("未接通",)),
        Bad("列表外引", "hls", web.url("files/away.m3u8"), ("未接通", "主机不在允许名单")),
        Bad("沉默", "mjpeg", web.url("silent"), ("未接通",)),
    ]


def register(made: House, folder: Path, listed: list[Bad], monkeypatch: pytest.MonkeyPatch) -> None:
    """As an operator does it, beside the running backend."""
    table = folder / "cameras.csv"
    rows = "".join(f"B-{n:02d},{each.name},{each.kind},{each.address}\n" for n, each in enumerate(listed))
    table.write_text("id,name,kind,main\n" + rows, "utf-8")
    data = ["cameras", "--data", str(made.data)]
    assert cli([*data, "hosts", "127.0.0.1", "10.66.66.66"]) == 0
    assert cli([*data, "import", str(table), "--datum", "gcj02"]) == 0
    assert cli([*data, "hosts", "127.0.0.1"]) == 0  # one host is taken off the list again
    for number, password in ((1, "geheim"), (2, "falsch")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
        assert cli([*data, "login", f"B-{number:02d}", "viewer"]) == 0


@asynccontextmanager
async def camera_window(services: Services) -> AsyncIterator[CameraWindow]:
    windows = Windows(Bridge(services), settings.Settings(), remember=False)
    try:
        window = windows.open(CAMERAS)
        assert isinstance(window, CameraWindow)
        yield window
    finally:
        windows.close_all()
        await windows.stop()
        await asyncio.sleep(0)


def said(window: CameraWindow) -> dict[str, str]:
    """What each tile says aloud, by name."""
    grid = window._grid
    words = [grid.cell(CameraId(each)).accessibleName() for each in grid.ids()]
    return {text.partition("，")[0]: text for text in words}


def test_every_bad_camera_has_its_words_and_costs_only_its_own_tile(
    run_qt, tmp_path, monkeypatch, rtsp, capfd, caplog, qtlog
) -> None:
    load_fonts()
    server, locked = rtsp(), rtsp("--user", "viewer", "--password", "geheim")

    async def work() -> None:
        async with (
            HttpCameras(fps=15) as web,
            house(tmp_path) as (made, token),
            desk(tmp_path, made, token) as services,
        ):
            web.files["away.m3u8"] = (
                "application/vnd.apple.mpegurl",
                b"#EXTM3U\n#EXTINF:9,\nhttp://evil.example/a.ts\n",
            )
            listed = cameras_of(web, server, locked, tmp_path)
            register(made, tmp_path, listed, monkeypatch)
            await until(live(services), "live")
            async with camera_window(services) as window:
                for each in listed:
                    await until(
                        lambda each=each: all(word in said(window).get(each.name, "") for word in each.words),
                        f"{each.words} on the tile of {each.name}",
                    )
                shown = " ".join(said(window).values())
                assert not any(secret in shown for secret in SECRETS)

    run_qt(work())
    printed = capfd.readouterr()
    told = printed.out + printed.err + caplog.text + "".join(record.message for record in qtlog.records)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("desk/**/*") if path.is_file())
    for secret in SECRETS:
        assert secret not in told
        assert secret.encode() not in kept
