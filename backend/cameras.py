"""The register of cameras on the server: one table of cameras, one list of allowed hosts, and the logins in a file of their own.

Folder `cameras` in the data folder: register.csv, hosts.txt, logins.json (0600). What everybody gets is the topic `cameras`,
without addresses; addresses and logins are answered only to who may see the picture (question `camera_streams`). No login is
ever exported, published or logged.
"""

import asyncio
import csv
import io
import os
from collections.abc import Collection, Iterable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import msgspec
from msgspec import Struct

from backend.connection import QueryError, QueryHandler
from domain.actor import Actor
from domain.cameras import (
    COLUMNS,
    KINDS_GROUP,
    MOST_CAMERAS,
    NEEDED,
    Access,
    AccessAnswer,
    AllowList,
    Camera,
    CameraId,
    CameraList,
    Kind,
    RowCode,
    RowError,
    Use,
    camera_of,
    may_see,
    public,
    row_of,
)
from domain.geo.datum import Datum

FOLDER = "cameras"
REGISTER, HOSTS, LOGINS = "register.csv", "hosts.txt", "logins.json"
IDS_MAX = 200
MOST_BYTES = 4 * 1024 * 1024


class RegisterError(ValueError):
    """A register that cannot be read or written, in words for the operator."""


class Refused(Struct, frozen=True):
    """One row that was not taken. `line` counts from 1, the head included."""

    line: int
    id: str
    code: str
    column: str
    value: str


class ImportReport(Struct, frozen=True, kw_only=True):
    """What an import did. All or nothing: with `refused` rows nothing was changed, unless they were to be left out."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    logins_moved: tuple[str, ...] = ()
    """Cameras whose address carried a login: it was taken out and kept in the file of logins."""
    refused: tuple[Refused, ...] = ()
    done: bool = True


class _Login(Struct, frozen=True):
    user: str
    password: str

    def __repr__(self) -> str:
        return "_Login(…)"


class CameraRegister:
    """The cameras of a data folder. Not thread-safe: one owner, or one short command of the operator."""

    def __init__(self, data: Path, *, kinds: Collection[str] | None = None, mend: bool = False) -> None:
        """`mend`: rows of its own file that cannot be read are left out, so that an import can put a good table in its place."""
        self.folder = data / FOLDER
        self._mend = mend
        self._kinds = known_kinds() if kinds is None else kinds
        self._cameras: dict[CameraId, Camera] = {}
        self._logins: dict[str, _Login] = {}
        self.allow = AllowList()
        self.version = 0
        self.load()

    @property
    def cameras(self) -> tuple[Camera, ...]:
        return tuple(self._cameras.values())

    def camera(self, camera_id: str) -> Camera | None:
        return self._cameras.get(CameraId(camera_id))

    def load(self) -> None:
        """What the files say. A row that cannot be read is an error in words: the server must not run with half a register."""
        self.allow = AllowList(self._read(HOSTS).splitlines())
        cameras: dict[CameraId, Camera] = {}
        text = self._read(REGISTER)
        rows, refused = self._parse(text, Datum.WGS84, own=True) if text else ([], [])
        if refused and not self._mend:
            first = refused[0]
            raise RegisterError(
                f"{self.folder / REGISTER}, line {first.line}: {first.code} {first.column} "
                f"({len(refused)} 行不能用，请用 liandong cameras import 改正 / rows cannot be used, correct them by an import)"
            )
        for camera, _ in rows:
            cameras[camera.id] = camera
        self._cameras = cameras
        logins = self._read(LOGINS)
        try:
            self._logins = msgspec.json.decode(logins, type=dict[str, _Login]) if logins else {}
        except msgspec.DecodeError:
            raise RegisterError(
                f"{self.folder / LOGINS}: 读不懂 / cannot be read; put it aside and set the logins anew"
            ) from None
        self.version = self._stamp()

    # -- changes ------------------------------------------------------------------------------------

    def import_csv(
        self, text: str, *, datum: Datum = Datum.WGS84, keep_missing: bool = False, skip_refused: bool = False
    ) -> ImportReport:
        """The table becomes the register. `keep_missing`: cameras it does not name stay. Nothing is taken when a row is refused,
        unless `skip_refused` says to leave such rows out."""
        rows, refused = self._parse(text, datum)
        if refused and not skip_refused:
            return ImportReport(refused=tuple(refused), done=False)
        new = {camera.id: camera for camera, _ in rows}
        logins: dict[str, _Login] = {camera.id: login for camera, login in rows if login is not None}
        old = self._cameras
        kept = dict(old) if keep_missing else {}
        kept.update(new)
        removed = tuple(each for each in old if each not in kept)
        if len(kept) > MOST_CAMERAS:
            over = Refused(len(kept) + 1, "", RowCode.TOO_MANY, "", str(MOST_CAMERAS))
            return ImportReport(refused=(over,), done=False)
        self._cameras = kept
        self._logins.update(logins)
        self._logins = {each: login for each, login in self._logins.items() if each in kept}
        self._save()
        return ImportReport(
            added=tuple(each for each in new if each not in old),
            changed=tuple(each for each in new if each in old and old[each] != new[each]),
            removed=removed,
            logins_moved=tuple(logins),
            refused=tuple(refused),
        )

    def export_csv(self) -> str:
        """The table that `import_csv` reads back. No logins."""
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        # A cell that begins like a formula is made harmless for spreadsheet programs.
        writer.writerows({name: _harmless(value) for name, value in row_of(each).items()} for each in self.cameras)
        return out.getvalue()

    def set_login(self, camera_id: str, user: str, password: str) -> None:
        """Empty user = none. Raises RegisterError for an unknown camera."""
        if CameraId(camera_id) not in self._cameras:
            raise RegisterError(f"没有视频 {camera_id} / there is no camera {camera_id}")
        self._logins.pop(camera_id, None)
        if user:
            self._logins[camera_id] = _Login(user, password)
        self._save()

    def set_hosts(self, hosts: Iterable[str]) -> None:
        self.allow = AllowList(hosts)
        self._save()

    # -- what others get ------------------------------------------------------------------------------

    def published(self) -> bytes:
        """Body of the topic `cameras`."""
        return msgspec.json.encode(CameraList(tuple(map(public, self.cameras)), self.version))

    def access(self, camera_id: str) -> Access | None:
        camera = self._cameras.get(CameraId(camera_id))
        if camera is None:
            return None
        login = self._logins.get(camera_id)
        return Access(camera.id, camera.streams, login.user if login else "", login.password if login else "")

    # -- files ----------------------------------------------------------------------------------------

    def _parse(
        self, text: str, datum: Datum, *, own: bool = False
    ) -> tuple[list[tuple[Camera, _Login | None]], list[Refused]]:
        """`own`: what was taken before. A host that left the list, or a kind whose package is gone, costs the camera its picture
        (who opens it asks the list again), not the hall its register."""
        if len(text) > MOST_BYTES:
            return [], [Refused(1, "", RowCode.TOO_MANY, "", "")]
        reader = csv.DictReader(io.StringIO(text.removeprefix("﻿")), strict=True)
        taken: dict[str, tuple[Camera, _Login | None]] = {}
        refused: list[Refused] = []
        try:
            if reader.fieldnames is None or not set(reader.fieldnames) >= NEEDED:
                return [], [Refused(1, "", RowCode.COLUMNS, ",".join(sorted(NEEDED)), "")]
            for row in reader:
                cells = {key: _plain(value) for key, value in row.items() if isinstance(key, str) and value is not None}
                login = _split_logins(cells)
                try:
                    kinds = {*self._kinds, cells.get("kind", "")} if own else self._kinds
                    camera = camera_of(cells, kinds=kinds, allow=None if own else self.allow, datum=datum)
                    if camera.id in taken:
                        raise RowError(RowCode.TWICE, "id", camera.id)
                except RowError as error:
                    cell = cells.get("id", "")[:40]
                    refused.append(Refused(reader.line_num, cell, error.code, error.column, error.value))
                    continue
                taken[camera.id] = (camera, login)
        except csv.Error:
            refused.append(Refused(reader.line_num, "", RowCode.COLUMNS, "", ""))
        return list(taken.values()), refused

    def _read(self, name: str) -> str:
        path = self.folder / name
        try:
            return path.read_text("utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise RegisterError(f"{path}: 读不了 / cannot be read ({type(error).__name__})") from None

    def _save(self) -> None:
        """Each file whole or not at all. The logins are never readable for others, not even for a moment."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(LOGINS, msgspec.json.encode(self._logins))
            self._write(HOSTS, "".join(f"{host}\n" for host in self.allow.hosts).encode())
            self._write(REGISTER, self.export_csv().encode())
        except OSError as error:
            raise RegisterError(f"{self.folder}: 写不了 / cannot be written ({error.strerror})") from error
        self.version = self._stamp()

    def _write(self, name: str, data: bytes) -> None:
        new = self.folder / f"{name}.new"
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self.folder / name)

    def _stamp(self) -> int:
        """Rises with every change, also over restarts: the newest time of the three files."""
        times = [
            path.stat().st_mtime_ns // 1000
            for name in (REGISTER, HOSTS, LOGINS)
            if (path := self.folder / name).exists()
        ]
        return max(times, default=0)

    def changed_on_disk(self) -> bool:
        """Whether another process (`liandong cameras import`) has written since `load`."""
        return self._stamp() != self.version


class CameraQueries:
    """The questions about cameras: `camera_streams` {"ids": […]} → AccessAnswer with the cameras that the asker may see."""

    def __init__(self, register: CameraRegister) -> None:
        self._register = register

    def handlers(self) -> dict[str, QueryHandler]:
        return {"camera_streams": self.streams}

    async def streams(self, actor: Actor, args: dict[str, Any]) -> bytes:
        ids = args.get("ids")
        if not isinstance(ids, list) or len(ids) > IDS_MAX or not all(isinstance(each, str) for each in ids):
            raise QueryError("bad_args")
        found = []
        for each in ids:
            camera, access = self._register.camera(each), self._register.access(each)
            if camera is not None and access is not None and may_see(camera, actor.role):
                found.append(access)
        return msgspec.json.encode(AccessAnswer(self._register.allow.hosts, tuple(found)))


def known_kinds() -> frozenset[str]:
    """The product's kinds and those of the site, by name; the server never loads the classes of the desks."""
    return frozenset(Kind) | {point.name for point in entry_points(group=KINDS_GROUP)}


async def reload_when_changed(register: CameraRegister) -> bool:
    """Takes what another process wrote. False where nothing did. Raises RegisterError."""
    if not await asyncio.to_thread(register.changed_on_disk):
        return False
    await asyncio.to_thread(register.load)
    return True


def _plain(value: str) -> str:
    """The opposite of `_harmless`."""
    return value[1:] if value[:1] == "'" and value[1:2] in "=+-@" and len(value) > 1 else value


def _harmless(value: str) -> str:
    if value[:1] in ("=", "+", "@") or (value[:1] == "-" and not value[1:2].isdigit()):
        return f"'{value}"
    return value


def _split_logins(cells: dict[str, str]) -> _Login | None:
    """Takes user and password out of the addresses of a row, in place; the first one found is the camera's login."""
    found: _Login | None = None
    for use in Use:
        address = cells.get(use.value, "").strip()
        try:
            parts = urlsplit(address)
            named = parts.username is not None
        except ValueError:
            continue  # no address at all: camera_of refuses it
        if not named:
            continue
        login = _Login(unquote(parts.username or ""), unquote(parts.password or ""))
        found = found or (login if login.user else None)
        cells[use.value] = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return found
