"""Streams through FFmpeg directly: pictures in the size of their tile, in true colours, and another way where it is not to be had."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from desktop.media import ffmpeg, stream
from desktop.media.ffmpeg import Stream, StreamError, libraries
from desktop.media.player import PlayerSource
from desktop.services.cameras.values import CameraLimits, Demand, TileState
from tests.cameras.live import LiveDesk

pytestmark = pytest.mark.qt_log_ignore("qt.multimedia", ".*")
SIDES = st.integers(1, 4000)


@given(SIDES, SIDES, st.none() | st.tuples(SIDES, SIDES))
def test_a_picture_covers_its_cell_in_the_shape_of_the_frame(width, height, cell):
    wide, high = stream.size_for(width, height, cell)
    need = cell or (width, height)
    assert wide >= need[0]
    assert high >= need[1] or cell is None
    assert wide % stream.STEP == 0
    assert height * wide / width <= high < height * wide / width + 1
    least = max(need[0], width * need[1] / height)
    assert wide < least + 2 * stream.STEP


@pytest.fixture
def av():
    known = libraries()
    if known is None:
        pytest.skip("Qt for Python brings another FFmpeg here")
    return known


def test_a_tiles_picture_has_the_size_of_the_tile(av, rtsp, run_qt):
    server = rtsp()

    async def inside() -> None:
        async with LiveDesk([("rtsp", server.url(0)), ("rtsp", server.url(1))]) as place:
            place.desk.want(place, Demand(shown=tuple(place.ids), cell=(300, 170), whole=place.ids[1]))
            await place.until(TileState.LIVE)
            await place.until_true(lambda: place.view(0).picture.width() < 640)
            assert place.view(0).picture.size().toTuple() == (304, 171)
            assert place.view(1).picture.size().toTuple() == (640, 360)

    run_qt(inside())


def test_a_frozen_picture_in_another_size_stays_frozen(av, rtsp, run_qt):
    server = rtsp("--still")

    async def inside() -> None:
        async with LiveDesk([("rtsp", server.url())], limits=CameraLimits(frozen_s=2)) as place:
            place.desk.want(place, Demand(shown=tuple(place.ids), cell=(400, 225)))
            await place.until(TileState.FROZEN)
            for cell in ((300, 170), (517, 201)):
                place.desk.want(place, Demand(shown=tuple(place.ids), cell=cell))
                wide = stream.size_for(640, 360, cell)[0]
                await place.until_true(lambda wide=wide: place.view().picture.width() == wide)
                assert place.view().state is TileState.FROZEN

    run_qt(inside())


def test_the_colours_are_those_of_the_clip(av, shared_data, tmp_path):
    """The same frame by the ffmpeg program and by us, within what two ways of scaling may differ."""
    clip = shared_data / "video" / "street_traffic_640x272.mp4"
    shot = tmp_path / "first.png"
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-i", str(clip), "-frames:v", "1", str(shot)]
    try:
        subprocess.run(command, check=True)
    except FileNotFoundError:
        pytest.skip("no ffmpeg here")
    theirs = QImage(str(shot))
    opened = Stream(av, str(clip), {})
    width, height = next(opened.frames())
    ours = opened.picture(width, height)
    opened.close()
    assert ours.size() == theirs.size()
    for x in range(5, width, 60):
        for y in range(5, height, 40):
            one, other = ours.pixelColor(x, y), theirs.pixelColor(x, y)
            assert abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue()) < 24


def test_what_is_no_video_is_an_error_with_its_code(av, tmp_path):
    text = tmp_path / "page.mp4"
    text.write_text("<html>not found</html>")
    with pytest.raises(StreamError) as error:
        Stream(av, str(text), {})
    assert error.value.code == ffmpeg.INVALID


def test_a_file_cut_off_ends_and_says_so(av, shared_data, tmp_path):
    whole = (shared_data / "video" / "street_traffic_640x272.mp4").read_bytes()
    part = tmp_path / "part.mp4"
    part.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StreamError):
        for _ in Stream(av, str(part), {}).frames():
            pass


def test_another_ffmpeg_is_not_called(tmp_path, monkeypatch, run_qt, rtsp):
    with pytest.raises(OSError, match=r"libavutil|avutil"):
        ffmpeg.Libraries(tmp_path)
    monkeypatch.setattr("desktop.media.player.libraries", lambda: None)
    server = rtsp()

    async def inside() -> None:
        async with LiveDesk([("rtsp", server.url())]) as place:
            await place.until(TileState.LIVE)
            assert isinstance(place.desk._lines[place.ids[0]].source, PlayerSource)

    run_qt(inside())
