"""Real clips as files and as HLS over HTTP, and what pretends to be one."""

import subprocess
from pathlib import Path

import pytest

from desktop.services.cameras.values import TileState
from domain.cameras import FailCode
from tests.cameras.conftest import SYSTEM_PYTHON
from tests.cameras.http_cameras import HttpCameras
from tests.cameras.live import LiveDesk
from tests.patience import WHOLE_S

LIVE, NEVER = TileState.LIVE, TileState.NEVER
pytestmark = pytest.mark.qt_log_ignore("qt.multimedia", ".*")
CLIPS = ("street_traffic_640x272.mp4", "bigbuckbunny_720p_h264_aac.mp4")
CUTTER = Path(__file__).with_name("make_hls.py")
MPEG = "application/vnd.apple.mpegurl"


@pytest.fixture
def clips(shared_data: Path) -> list[Path]:
    found = [shared_data / "video" / name for name in CLIPS]
    if not all(clip.exists() for clip in found):
        pytest.skip("no clips in the shared data")
    return found


def test_real_clips_play_and_play_again_from_the_start(clips, run_qt):
    async def inside() -> None:
        async with LiveDesk([("file", clip.as_uri()) for clip in clips]) as place:
            await place.until(LIVE)
            sizes = [place.view(number).picture.size().toTuple() for number in range(2)]
            assert sizes == [(640, 272), (640, 360)]  # the larger one is made small for a tile

    run_qt(inside())


def test_files_that_are_no_clips(clips, run_qt, tmp_path):
    text = tmp_path / "notes.mp4"
    text.write_text("这不是视频" * 500, "utf-8")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(clips[0].read_bytes()[:40_000])
    empty = tmp_path / "empty.mp4"
    empty.write_bytes(b"")

    async def inside() -> None:
        addresses = [("file", path.as_uri()) for path in (text, empty, tmp_path / "none.mp4", cut)]
        async with LiveDesk(addresses) as place:
            for number in range(3):
                await place.until(NEVER, number=number)
                assert place.view(number).code in (FailCode.NOT_VIDEO, FailCode.UNREACHABLE)
            # Half a clip has either no index (no picture at all) or shows its half and begins again.
            await place.until(NEVER, LIVE, number=3)

    run_qt(inside())


def serve_clip(cameras: HttpCameras, clip: Path, folder: Path) -> None:
    """The clip as HLS, cut by GStreamer as a camera or a gateway would."""
    folder.mkdir()
    subprocess.run([SYSTEM_PYTHON, str(CUTTER), str(clip), str(folder)], check=True, timeout=WHOLE_S)
    for file in folder.iterdir():
        cameras.files[file.name] = (MPEG if file.suffix == ".m3u8" else "video/mp2t", file.read_bytes())


def test_hls_over_http(gstreamer, clips, run_qt, tmp_path):
    async def inside() -> None:
        async with HttpCameras() as cameras:
            serve_clip(cameras, clips[0], tmp_path / "hls")
            async with LiveDesk([("hls", cameras.url("files/live.m3u8"))]) as place:
                await place.until(LIVE)

    run_qt(inside())


def test_playlists_that_lead_elsewhere_or_nowhere(run_qt):
    async def inside() -> None:
        async with HttpCameras() as cameras:
            cameras.files["away.m3u8"] = (MPEG, b"#EXTM3U\n#EXTINF:9,\nhttp://evil.example/a.ts\n")
            cameras.files["local.m3u8"] = (MPEG, b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n")
            names = ("files/away.m3u8", "files/local.m3u8", "page", "redirect", "missing")
            async with LiveDesk([("hls", cameras.url(name)) for name in names]) as place:
                for number, code in enumerate(
                    (
                        FailCode.HOST_REFUSED,
                        FailCode.HOST_REFUSED,
                        FailCode.NOT_VIDEO,
                        FailCode.REDIRECT,
                        FailCode.NOT_FOUND,
                    )
                ):
                    await place.until_code(code, number)

    run_qt(inside())


def test_motion_jpeg_beside_the_others(run_qt):
    async def inside() -> None:
        async with HttpCameras(fps=15) as cameras:
            place = LiveDesk([("mjpeg", cameras.url("mjpeg")), ("still", cameras.url("still"))])
            async with place:
                await place.until(LIVE)
                cameras.hold.clear()
                await place.until(TileState.LOST, number=0)
                assert place.view(0).code is FailCode.SILENT
                cameras.hold.set()
                await place.until(LIVE, number=0)

    run_qt(inside())
