"""Where tiles come from: an MBTiles file (SQLite), or an XYZ / WMTS address of a host that the site allows.

Errors are codes, in a TileError: missing file, not a tile file, host_not_allowed, redirect, not_a_picture, too_big, truncated, timeout,
http_404 … A tile that simply is not there is None, not an error.
"""

from __future__ import annotations

import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterable
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from domain.geo.datum import Datum
from domain.geo.tiling import Tiling

MAX_TILE_BYTES = 2 * 1024 * 1024
TIMEOUT_S = 5.0
_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"GIF8")


class TileError(Exception):
    """`code` as in the module's text; `detail` for the log, without address or key."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class TileSource(Protocol):
    @property
    def datum(self) -> Datum: ...
    @property
    def zooms(self) -> tuple[int, int]: ...
    @property
    def tiling(self) -> Tiling: ...
    def fetch(self, zoom: int, column: int, row: int) -> bytes | None:
        """A picture file, None where there is none. Raises TileError. Called on one worker thread only."""

    def close(self) -> None: ...


class MbTiles:
    """An MBTiles 1.3 file. Rows are stored from the south (TMS); asked for from the north like everywhere else."""

    tiling = Tiling.MERCATOR

    def __init__(self, file: Path, datum: Datum = Datum.WGS84) -> None:
        """Raises TileError: missing · not_mbtiles · vector_tiles."""
        if not file.is_file():
            raise TileError("missing", file.name)
        self.datum = datum
        # Opened read-only and immutable: a map on a read-only share or a DVD works, and nothing is ever written beside it.
        self._connection = sqlite3.connect(
            f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            self.metadata = dict(self._connection.execute("SELECT name, value FROM metadata"))
            least, most = self._connection.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
        except sqlite3.Error as error:
            self._connection.close()
            raise TileError("not_mbtiles", str(error)) from error
        if self.metadata.get("format") == "pbf" or least is None:
            self._connection.close()
            raise TileError("vector_tiles" if least is not None else "not_mbtiles", file.name)
        self.zooms = (int(least), int(most))

    @property
    def date(self) -> str:
        """What the file says of its age, for the status bar."""
        return str(self.metadata.get("date") or self.metadata.get("version") or "")

    def fetch(self, zoom: int, column: int, row: int) -> bytes | None:
        south = 2**zoom - 1 - row
        try:
            found = self._connection.execute(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, column, south),
            ).fetchone()
        except sqlite3.Error as error:
            raise TileError("read_failed", str(error)) from error
        return _checked(bytes(found[0])) if found else None

    def close(self) -> None:
        self._connection.close()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect may lead off the list, or round in circles: it is an error."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        fp.close()
        raise TileError("redirect", str(code))


class XyzTiles:
    """`template` has {z} {x} {y} (or {-y} for rows from the south); `allowed`: host or host:port, exactly as in the address.

    `level_shift`: what the service's own number of a level is more than ours (see Tiling).
    """

    def __init__(
        self,
        template: str,
        allowed: Iterable[str],
        *,
        zooms: tuple[int, int] = (1, 18),
        datum: Datum = Datum.WGS84,
        tiling: Tiling = Tiling.MERCATOR,
        level_shift: int = 0,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Raises TileError: bad_address · host_not_allowed."""
        try:
            parts = urlsplit(template)
            host = parts.hostname or ""
        except ValueError as error:
            raise TileError("bad_address") from error
        if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
            raise TileError("bad_address", parts.scheme)
        if "{z}" not in template or "{x}" not in template or ("{y}" not in template and "{-y}" not in template):
            raise TileError("bad_address", "template")
        if any(brace in parts.netloc for brace in "{}"):
            raise TileError("bad_address", "host")
        if parts.netloc.lower() not in {each.lower() for each in allowed}:
            raise TileError("host_not_allowed", parts.netloc)
        self.datum, self.zooms, self.tiling = datum, zooms, tiling
        self._template, self._timeout_s, self._level_shift = template, timeout_s, level_shift
        # No proxy: the list names intranet hosts, and a proxy would be one more host that nobody allowed.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())

    def fetch(self, zoom: int, column: int, row: int) -> bytes | None:
        rows = 2 ** (zoom - 1) if self.tiling is Tiling.DEGREES else 2**zoom
        address = (
            self._template.replace("{z}", str(zoom + self._level_shift))
            .replace("{x}", str(column))
            .replace("{-y}", str(rows - 1 - row))
            .replace("{y}", str(row))
        )
        request = urllib.request.Request(address, headers={"User-Agent": "liandong"})
        try:
            with self._opener.open(request, timeout=self._timeout_s) as answer:
                data = _read(answer, monotonic() + 2 * self._timeout_s)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in (204, 404):
                return None
            raise TileError(f"http_{error.code}") from error
        except TimeoutError as error:
            raise TileError("timeout") from error
        except (OSError, HTTPException) as error:
            raise TileError("unreachable", type(error).__name__) from error
        return _checked(data) if data else None

    def close(self) -> None:
        self._opener.close()


def wmts_template(
    base: str,
    layer: str,
    matrix_set: str = "w",
    style: str = "default",
    key: str = "",
    matrix: str = "{z}",
    form: str = "tiles",
) -> str:
    """KVP address of a WMTS layer. As they stand the defaults are Tianditu's: base https://…/vec_w/wmts, layer vec, matrix_set w (or
    …/vec_c/wmts and c, in degrees). `matrix`: how the service names a level, with {z}. `form`: FORMAT, elsewhere image/png."""
    query = (
        "SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={quote(layer)}&STYLE={quote(style)}&TILEMATRIXSET={quote(matrix_set)}&FORMAT={quote(form)}"
        f"&TILEMATRIX={quote(matrix, safe='{}')}&TILEROW={{y}}&TILECOL={{x}}"
    )
    return f"{base}?{query}" + (f"&tk={quote(key)}" if key else "")


def _read(answer: Any, until: float) -> bytes:
    """The whole answer, but no more than a tile can be and no longer than `until`: a server that drips keeps nobody waiting."""
    parts: list[bytes] = []
    size = 0
    while size <= MAX_TILE_BYTES:
        part: bytes = answer.read1(65536)
        if not part:
            break
        parts.append(part)
        size += len(part)
        if monotonic() > until:
            raise TileError("timeout")
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and size < int(promised) and size <= MAX_TILE_BYTES:
        raise TileError("truncated")
    return b"".join(parts)


def _checked(data: bytes) -> bytes:
    if len(data) > MAX_TILE_BYTES:
        raise TileError("too_big", str(len(data)))
    if not data.startswith(_HEADS):
        raise TileError("not_a_picture")
    return data
