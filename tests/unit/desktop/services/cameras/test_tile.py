"""The state of one camera by what came and what time it is."""

import pytest

from desktop.services.cameras.tile import Tile, differs
from desktop.services.cameras.values import CameraLimits, Mode, TileState
from domain.cameras import CameraId, FailCode

LIMITS = CameraLimits()


@pytest.fixture
def tile() -> Tile:
    return Tile(CameraId("C-1"), LIMITS)


def live(tile: Tile, since: float, until: float, mark: bytes | None = None) -> None:
    """A stream that changes all the time, or always shows `mark`."""
    tile.mode = Mode.LIVE
    if not tile.has_picture:
        tile.opened(since)
    at = since
    while at <= until:
        tile.came("picture", mark or bytes([int(at * 8) % 256] * 9), at)
        at += 0.5


def test_from_connecting_to_live(tile):
    assert tile.state(0) is TileState.CONNECTING
    tile.mode = Mode.LIVE
    tile.opened(0)
    assert tile.state(5) is TileState.CONNECTING
    live(tile, 5, 6)
    assert tile.state(6.5) is TileState.LIVE


def test_a_picture_older_than_two_seconds_is_no_longer_called_live(tile):
    live(tile, 0, 5)
    assert tile.state(7) is TileState.LIVE
    assert tile.state(7.5) is TileState.STILL
    assert tile.view(7.5).age_s == 2.5
    assert not tile.silent(9)
    assert tile.silent(9.5)


def test_frozen_after_twenty_seconds_of_the_same_picture_and_back(tile):
    live(tile, 0, 20, mark=b"\x10" * 9)
    assert tile.state(20) is TileState.LIVE
    live(tile, 20.5, 22, mark=b"\x12" * 9)  # coded anew, the same picture
    assert tile.state(22) is TileState.FROZEN
    assert tile.view(131).unchanged_s == 131
    live(tile, 22.5, 23, mark=b"\x90" * 9)
    assert tile.state(23) is TileState.LIVE


def test_two_equal_stills_a_minute_apart_are_frozen_one_still_is_not(tile):
    tile.opened(0)
    tile.came("a", b"\x10" * 9, 1)
    tile.closed()
    assert tile.state(61) is TileState.STILL
    tile.opened(61)
    tile.came("a", b"\x10" * 9, 62)
    tile.closed()
    assert tile.state(62) is TileState.FROZEN
    tile.opened(122)
    tile.came("b", b"\x70" * 9, 123)
    assert tile.state(124) is TileState.STILL


def test_lost_keeps_the_picture_counts_the_tries_and_says_when_the_next_is(tile):
    live(tile, 0, 5)
    tile.failed(FailCode.SILENT)
    tile.retry_at = 12
    view = tile.view(9)
    assert (view.state, view.picture, view.retry_in_s, view.tries, view.code) == (
        TileState.LOST,
        "picture",
        3,
        1,
        FailCode.SILENT,
    )
    tile.opened(12)
    tile.failed(FailCode.UNREACHABLE)
    assert tile.view(13).tries == 2
    tile.opened(14)
    live(tile, 15, 16)
    assert tile.state(16) is TileState.LIVE
    assert tile.view(16).tries == 2  # a stream that just came back may break again
    live(tile, 16.5, 25)
    assert tile.view(25).tries == 0


def test_never_is_said_until_the_first_picture(tile):
    tile.mode = Mode.LIVE
    tile.opened(0)
    assert not tile.silent(9)
    assert tile.silent(9.1)
    tile.failed(FailCode.UNREACHABLE)
    assert tile.state(10) is TileState.NEVER
    tile.opened(11)
    assert tile.state(12) is TileState.NEVER
    live(tile, 13, 14)
    assert tile.state(14) is TileState.LIVE


def test_an_unknown_address_is_no_try(tile):
    tile.address_unknown()
    assert (tile.state(1), tile.view(1).tries, tile.view(1).code) == (TileState.NEVER, 0, FailCode.OFFLINE)
    tile.opened(2)
    assert tile.state(2) is TileState.CONNECTING


def test_restricted_never_hands_out_a_picture(tile):
    live(tile, 0, 5)
    tile.restricted = True
    view = tile.view(5)
    assert (view.state, view.picture, view.age_s) == (TileState.RESTRICTED, None, None)


def test_noise_differs_and_a_new_coding_does_not():
    assert not differs(b"\x10" * 9, b"\x14" * 9)
    assert differs(b"\x10" * 9, b"\x10" * 8 + b"\x20")
