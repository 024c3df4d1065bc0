"""A WMTS 1.0.0 server on loopback, by key and value as the standard has it: three matrix sets, strict about every word of a request.

Its pictures are squares of 0.01 degrees, each in the colour of its place (`colour_of`), worked out from the matrix alone: whoever
shows a tile in the wrong place shows the wrong colour there.
"""

import io
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from PIL import Image

SIDE = 256
CELL_DEGREES = 0.01
EARTH_M = 6378137.0
SETS = {"c": ("vec", "{z}", "tiles", "key-1"), "EPSG:4326": ("site:roads", "EPSG:4326:{z}", "image/png", "")}
"""Matrix set → layer, names of its matrices, format, key that it wants. `w`, Web Mercator, is as `c`."""
SETS["w"] = SETS["c"]


def colour_of(lon: Any, lat: Any) -> tuple[Any, Any, Any]:
    """Red, green and blue of the square around a place."""
    column, row = np.floor(np.asarray(lon) / CELL_DEGREES), np.floor(np.asarray(lat) / CELL_DEGREES)
    return (column * 53) % 200 + 30, (row * 97) % 200 + 30, (column * 31 + row * 17) % 200 + 30


def _places(matrix_set: str, level: int, column: int, row: int) -> tuple[Any, Any]:
    """Degrees of the middles of a tile's points; the standard's own arithmetic: corner + index × tile size × pixel."""
    points = np.arange(SIDE) + 0.5
    if matrix_set == "w":
        pixel = 2 * math.pi * EARTH_M / SIDE / 2**level
        x = -math.pi * EARTH_M + (column * SIDE + points) * pixel
        y = math.pi * EARTH_M - (row * SIDE + points) * pixel
        lons, lats = np.degrees(x / EARTH_M), np.degrees(2 * np.arctan(np.exp(y / EARTH_M)) - math.pi / 2)
    else:
        pixel = 0.703125 / 2 ** (level - 1 if matrix_set == "c" else level)
        lons, lats = -180 + (column * SIDE + points) * pixel, 90 - (row * SIDE + points) * pixel
    return np.meshgrid(lons, lats)


def _size(matrix_set: str, level: int) -> tuple[int, int]:
    """MatrixWidth and MatrixHeight."""
    if matrix_set == "w":
        return 2**level, 2**level
    wide = 2**level if matrix_set == "c" else 2 ** (level + 1)
    return wide, wide // 2


def tile(matrix_set: str, level: int, column: int, row: int) -> bytes:
    lons, lats = _places(matrix_set, level, column, row)
    picture = io.BytesIO()
    Image.fromarray(np.stack(colour_of(lons, lats), axis=-1).astype(np.uint8)).save(picture, "PNG")
    return picture.getvalue()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = {key.upper(): values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        matrix_set = asked.get("TILEMATRIXSET", "")
        layer, names, form, key = SETS.get(matrix_set, ("", "", "", ""))
        prefix = names.replace("{z}", "")
        wanted = {
            "SERVICE": "WMTS",
            "REQUEST": "GetTile",
            "VERSION": "1.0.0",
            "LAYER": layer,
            "STYLE": "default",
            "FORMAT": form,
            **({"TK": key} if key else {}),
        }
        wrong = [name for name, value in wanted.items() if asked.get(name) != value]
        level = asked.get("TILEMATRIX", "").removeprefix(prefix)
        numbers = [level, asked.get("TILECOL", ""), asked.get("TILEROW", "")]
        if wrong or not all(number.isdigit() for number in numbers) or not asked["TILEMATRIX"].startswith(prefix):
            self._refuse("InvalidParameterValue", ",".join(wrong))
            return
        z, column, row = map(int, numbers)
        wide, high = _size(matrix_set, z)
        if column >= wide or row >= high:
            self._refuse("TileOutOfRange", "TileRow")
            return
        self.server.given.append((matrix_set, z, column, row))  # type: ignore[attr-defined]
        self._answer(200, "image/png", tile(matrix_set, z, column, row))

    def _refuse(self, code: str, locator: str) -> None:
        self.server.refused.append((code, locator, self.path))  # type: ignore[attr-defined]
        text = f'<ExceptionReport><Exception exceptionCode="{code}" locator="{locator}"/></ExceptionReport>'
        self._answer(400, "application/xml", text.encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def wmts_server() -> Iterator[ThreadingHTTPServer]:
    """`given` and `refused` tell what was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.given, server.refused = [], []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
