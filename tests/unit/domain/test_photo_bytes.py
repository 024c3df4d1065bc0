"""A photo that leaves a desk tells nothing of where it was taken; the picture is the same, pixel by pixel."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from domain.photo_bytes import JPEG, PNG, PhotoError, without_traces


def shot(orientation: int = 6, *, progressive: bool = False, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG as a phone makes it: GPS, maker, time, a comment, and bytes after its end."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Phone of a collector"
    exif[ExifTags.Base.DateTime] = "2018:10:09 10:23:44"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (22.0, 41.0, 30.0), 3: "E", 4: (114.0, 20.0, 45.0)})
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    body = BytesIO()
    image.save(
        body, "JPEG", exif=exif, comment=b"at the gate", progressive=progressive, restart_marker_blocks=1, quality=90
    )
    return body.getvalue() + b"trailer with a second picture"


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_place_maker_time_and_comment_go_and_picture_and_turn_stay(orientation: int, progressive: bool) -> None:
    before = shot(orientation, progressive=progressive)
    with Image.open(BytesIO(before)) as was:
        assert was.getexif().get_ifd(ExifTags.IFD.GPSInfo), "the sample must tell its place, or this proves nothing"
        pixels = was.tobytes()
    clean = without_traces(before)
    with Image.open(BytesIO(clean)) as now:
        exif = now.getexif()
        assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert set(exif) <= {ExifTags.Base.Orientation}
        assert exif.get(ExifTags.Base.Orientation, 1) == orientation
        assert "comment" not in now.info
        assert now.tobytes() == pixels
    for told in (b"collector", b"2018:10:09", b"gate", b"trailer"):
        assert told in before
        assert told not in clean
    assert without_traces(clean) == clean


def test_a_png_loses_its_texts() -> None:
    words = PngInfo()
    words.add_text("Comment", "at the gate")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone of a collector"
    body = BytesIO()
    Image.linear_gradient("L").save(body, "PNG", pnginfo=words, exif=exif)
    clean = without_traces(body.getvalue())
    assert b"gate" in body.getvalue()
    assert b"gate" not in clean
    assert b"collector" not in clean
    with Image.open(BytesIO(clean)) as now:
        assert now.tobytes() == Image.linear_gradient("L").tobytes()


def test_papers_come_back_as_they_are() -> None:
    assert without_traces(b"%PDF-1.7 whatever") == b"%PDF-1.7 whatever"


@given(st.sampled_from([JPEG, PNG]), st.binary(max_size=200))
def test_any_bytes_are_cleaned_once_for_all_or_refused(magic: bytes, rest: bytes) -> None:
    try:
        clean = without_traces(magic + rest)
    except PhotoError:
        return
    assert without_traces(clean) == clean


@given(st.integers(0, 400))
def test_a_photo_cut_off_anywhere_is_cleaned_or_refused(kept: int) -> None:
    whole = shot()
    part = whole[: 3 + kept % len(whole)]
    try:
        assert b"collector" not in without_traces(part)
    except PhotoError:
        return
