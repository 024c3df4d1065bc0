"""Who this desk was, server by server: so that a desk without a line opens the right cache, and so that one login's files never
mix with another's. Knows tokens by digest only; written with owner-only rights.
"""

import hashlib
import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from domain.actor import Actor
from domain.ids import UserId

FILE_NAME = "identities.json"
MOST_KEPT = 50


class Known(Struct, frozen=True):
    server: str
    token_digest: str
    actor: Actor


class Stored(Struct, frozen=True):
    device_id: str
    known: tuple[Known, ...] = ()


class Identities:
    """Read once, rewritten when something new is learned. An unreadable file counts as empty: one sync more, nothing lost."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE_NAME
        try:
            self._stored = msgspec.json.decode(self._path.read_bytes(), type=Stored)
        except (OSError, msgspec.DecodeError):
            self._stored = Stored(secrets.token_hex(8))

    @property
    def device_id(self) -> str:
        return self._stored.device_id

    def actor_of(self, server: str, token: str) -> Actor | None:
        """Whom the server knew this token as when it was last used."""
        digest = _digest(token)
        found = (k for k in self._stored.known if (k.server, k.token_digest) == (server, digest))
        return next((known.actor for known in found), None)

    def remember(self, server: str, token: str, actor: Actor) -> None:
        """Raises OSError where the directory cannot be written."""
        known = Known(server, _digest(token), actor)
        if known in self._stored.known:
            return
        key = (known.server, known.token_digest)
        rest = tuple(k for k in self._stored.known if (k.server, k.token_digest) != key)
        self._stored = Stored(self._stored.device_id, (known, *rest)[:MOST_KEPT])
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(FILE_NAME + ".new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(self._stored))
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self._path)


def login_dir(data_dir: Path, server: str, user: UserId) -> Path:
    """Folder of one login at one server; the name says neither."""
    return data_dir / hashlib.sha256(f"{server}\n{user}".encode()).hexdigest()[:24]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]
