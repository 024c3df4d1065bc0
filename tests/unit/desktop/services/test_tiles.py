"""Tile sources and their loader against a real MBTiles file and a real HTTP server on loopback."""

import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desktop.services.tiles.loader import TileLoader
from desktop.services.tiles.source import MAX_TILE_BYTES, MbTiles, TileError, XyzTiles, wmts_template

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def mbtiles(path, tiles=((3, 5, 4, PNG),), form="png"):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", (("format", form), ("date", "2026-03-01")))
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
    db.close()
    return path


class Answers(BaseHTTPRequestHandler):
    """What a tile server may do, by the first part of the path."""

    def do_GET(self):
        self.server.asked.append(self.path)
        kind = self.path.split("/")[1]
        if kind == "redirect":
            self.send_response(302)
            self.send_header("Location", self.path)
            self.end_headers()
            return
        if kind == "missing":
            self.send_error(404)
            return
        if kind == "broken":
            self.send_error(500)
            return
        body = {"html": b"<html>login", "big": PNG + bytes(MAX_TILE_BYTES + 10)}.get(kind, PNG)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) + (100 if kind == "short" else 0)))
        self.end_headers()
        if kind == "slow":
            self.server.release.wait(5)
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    http = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    http.asked, http.release = [], threading.Event()
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield http
    http.release.set()
    http.shutdown()
    thread.join()
    http.server_close()


def source(server, kind, **kwargs):
    host = f"127.0.0.1:{server.server_port}"
    return XyzTiles(f"http://{host}/{kind}/{{z}}/{{x}}/{{y}}.png", [host], **kwargs)


# -- files ------------------------------------------------------------------------------------------------


def test_a_file_counts_rows_from_the_south(tmp_path):
    tiles = MbTiles(mbtiles(tmp_path / "a b#.mbtiles"))
    assert tiles.fetch(3, 5, 3) == PNG
    assert tiles.fetch(3, 5, 4) is None
    assert (tiles.zooms, tiles.date) == ((3, 3), "2026-03-01")
    tiles.close()


@pytest.mark.parametrize(
    ("content", "code"), [(None, "missing"), (b"no database", "not_mbtiles"), (b"", "not_mbtiles")]
)
def test_a_file_that_is_none_is_refused(tmp_path, content, code):
    file = tmp_path / "x.mbtiles"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(TileError) as refused:
        MbTiles(file)
    assert refused.value.code == code


def test_a_file_of_vector_tiles_or_without_tiles_is_refused(tmp_path):
    for name, kwargs, code in (("v", {"form": "pbf"}, "vector_tiles"), ("e", {"tiles": ()}, "not_mbtiles")):
        with pytest.raises(TileError) as refused:
            MbTiles(mbtiles(tmp_path / name, **kwargs))
        assert refused.value.code == code


def test_a_tile_that_is_no_picture_is_refused(tmp_path):
    tiles = MbTiles(mbtiles(tmp_path / "t", tiles=((1, 0, 0, b"<html>"),)))
    with pytest.raises(TileError, match="not_a_picture"):
        tiles.fetch(1, 0, 1)
    tiles.close()


# -- addresses --------------------------------------------------------------------------------------------


def test_a_server_on_the_list_gives_tiles(server):
    assert source(server, "ok").fetch(4, 7, 2) == PNG
    assert server.asked == ["/ok/4/7/2.png"]


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("http://elsewhere.example/{z}/{x}/{y}", "host_not_allowed"),
        ("http://tiles.intra.evil.example/{z}/{x}/{y}", "host_not_allowed"),
        ("http://tiles.intra:8080/{z}/{x}/{y}", "host_not_allowed"),
        ("http://user:secret@tiles.intra/{z}/{x}/{y}", "bad_address"),
        ("file:///etc/passwd?{z}{x}{y}", "bad_address"),
        ("ftp://tiles.intra/{z}/{x}/{y}", "bad_address"),
        ("http://tiles.intra/{z}/{x}", "bad_address"),
        ("http://{x}.tiles.intra/{z}/{x}/{y}", "bad_address"),
        ("http://[broken/{z}/{x}/{y}", "bad_address"),
        ("", "bad_address"),
    ],
)
def test_other_addresses_are_refused_before_any_connection(template, code):
    with pytest.raises(TileError) as refused:
        XyzTiles(template, ["tiles.intra"])
    assert refused.value.code == code
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("redirect", "redirect"),
        ("broken", "http_500"),
        ("html", "not_a_picture"),
        ("big", "too_big"),
        ("short", "truncated"),
    ],
)
def test_bad_answers_have_their_own_code(server, kind, code):
    with pytest.raises(TileError) as refused:
        source(server, kind).fetch(1, 0, 0)
    assert refused.value.code == code


def test_a_redirect_is_never_followed(server):
    with pytest.raises(TileError):
        source(server, "redirect").fetch(1, 0, 0)
    assert len(server.asked) == 1


def test_a_missing_tile_is_no_error(server):
    assert source(server, "missing").fetch(1, 0, 0) is None


def test_a_silent_server_times_out(server):
    with pytest.raises(TileError) as refused:
        source(server, "slow", timeout_s=0.2).fetch(1, 0, 0)
    assert refused.value.code == "timeout"


def test_a_dead_server_is_unreachable(server):
    tiles = source(server, "ok")
    dead = XyzTiles("http://127.0.0.1:1/{z}/{x}/{y}", ["127.0.0.1:1"])
    with pytest.raises(TileError) as refused:
        dead.fetch(1, 0, 0)
    assert refused.value.code == "unreachable"
    assert tiles.fetch(1, 0, 0) == PNG


def test_wmts_is_an_address_like_any_other(server):
    host = f"127.0.0.1:{server.server_port}"
    template = wmts_template(f"http://{host}/vec_w/wmts", "vec", key="k y")
    assert XyzTiles(template, [host]).fetch(5, 9, 8) == PNG
    (asked,) = server.asked
    assert "TILEMATRIX=5&TILEROW=8&TILECOL=9" in asked
    assert "tk=k%20y" in asked


# -- loader -----------------------------------------------------------------------------------------------


class Slow:
    """A source that gives what the test lets through, and remembers the order."""

    datum, zooms = "wgs84", (1, 18)

    def __init__(self, fail=()):
        self.asked, self.fail, self.gate, self.begun = [], set(fail), threading.Event(), threading.Event()
        self.closed = False

    def fetch(self, zoom, column, row):
        self.asked.append((zoom, column, row))
        self.begun.set()
        assert self.gate.wait(5)
        if (zoom, column, row) in self.fail:
            raise TileError("unreachable")
        return PNG

    def close(self):
        self.closed = True


class Arrivals:
    def __init__(self, wanted):
        self.got, self.wanted, self.all = [], wanted, threading.Event()

    def __call__(self, key, data, code):
        self.got.append((key, data, code))
        if len(self.got) >= self.wanted:
            self.all.set()


def test_the_newest_request_comes_first_and_each_once():
    slow, arrivals = Slow(), Arrivals(3)
    loader = TileLoader(slow)
    loader.start(arrivals)
    loader.request((1, 0, 0))
    assert slow.begun.wait(5)
    for key in ((1, 0, 1), (1, 0, 2), (1, 0, 1), (1, 0, 0)):
        loader.request(key)
    slow.gate.set()
    assert arrivals.all.wait(5)
    loader.stop()
    assert slow.asked == [(1, 0, 0), (1, 0, 1), (1, 0, 2)]
    assert slow.closed


def test_a_failed_tile_is_not_asked_again_at_once():
    now = [0.0]
    slow, arrivals = Slow(fail=[(1, 0, 0)]), Arrivals(1)
    slow.gate.set()
    loader = TileLoader(slow, retry_s=30, now=lambda: now[0])
    loader.start(arrivals)
    loader.request((1, 0, 0))
    assert arrivals.all.wait(5)
    assert arrivals.got == [((1, 0, 0), None, "unreachable")]
    arrivals.all.clear()
    arrivals.wanted = 2
    loader.request((1, 0, 0))
    loader.request((1, 1, 1))
    assert arrivals.all.wait(5)
    now[0] = 31.0
    arrivals.all.clear()
    arrivals.wanted = 3
    loader.request((1, 0, 0))
    assert arrivals.all.wait(5)
    loader.stop()
    assert slow.asked == [(1, 0, 0), (1, 1, 1), (1, 0, 0)]


def test_after_stop_nothing_arrives():
    slow, arrivals = Slow(), Arrivals(1)
    loader = TileLoader(slow)
    loader.start(arrivals)
    loader.request((1, 0, 0))
    assert slow.begun.wait(5)
    stopper = threading.Thread(target=loader.stop)
    stopper.start()
    slow.gate.set()
    stopper.join(5)
    assert not stopper.is_alive()
    loader.request((2, 0, 0))
    assert len(slow.asked) == 1
