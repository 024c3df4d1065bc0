"""One request to a camera by HTTP or RTSP, for the server's health check and the desk's own sources.

Both speak the same text form, so one small client does for both. It opens allowed hosts only, follows no redirect, knows
Basic and Digest logins, bounds everything that it reads, and says by FailCode what went wrong. No address, user or password
is ever part of an error.
"""

import asyncio
import base64
import hashlib
import re
import secrets
import ssl
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, urlsplit

from domain.cameras import AllowList, FailCode

HEAD_MOST = 16 * 1024
LINE_MOST = 8 * 1024
PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}
SECURE = frozenset({"https", "rtsps"})
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')


class CameraError(Exception):
    """No picture, and the code why. Its text is the code alone."""

    def __init__(self, code: FailCode) -> None:
        super().__init__(code.value)
        self.code = code


class Login:
    """User and password of one camera. Its repr shows neither."""

    def __init__(self, user: str = "", password: str = "") -> None:
        self.user, self.password = user, password

    def __bool__(self) -> bool:
        return bool(self.user)

    def __repr__(self) -> str:
        return "Login(…)" if self.user else "Login()"

    def answer(self, challenge: str, method: str, target: str) -> str:
        """The Authorization header for a WWW-Authenticate challenge; "" when its scheme is not known."""
        scheme, _, rest = challenge.partition(" ")
        if scheme.lower() == "basic":
            return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if scheme.lower() != "digest":
            return ""
        return self._digest({key.lower(): quoted or bare for key, quoted, bare in _PAIR.findall(rest)}, method, target)

    def _digest(self, given: dict[str, str], method: str, target: str) -> str:
        algorithm = given.get("algorithm", "MD5").upper()
        name = {"MD5": "md5", "SHA-256": "sha256"}.get(algorithm)
        if name is None or "nonce" not in given:
            return ""

        def digest(text: str) -> str:
            return hashlib.new(name, text.encode()).hexdigest()

        realm, nonce = given.get("realm", ""), given["nonce"]
        secret = digest(f"{self.user}:{realm}:{self.password}")
        asked = digest(f"{method}:{target}")
        fields = {"username": self.user, "realm": realm, "nonce": nonce, "uri": target}
        plain = {"algorithm": algorithm}
        if "auth" in re.split(r"[,\s]+", given.get("qop", "")):
            once = secrets.token_hex(8)
            fields["cnonce"] = once
            plain |= {"qop": "auth", "nc": "00000001"}
            fields["response"] = digest(f"{secret}:{nonce}:00000001:{once}:auth:{asked}")
        else:
            fields["response"] = digest(f"{secret}:{nonce}:{asked}")
        if "opaque" in given:
            fields["opaque"] = given["opaque"]
        shown = [f'{key}="{value}"' for key, value in fields.items()] + [
            f"{key}={value}" for key, value in plain.items()
        ]
        return "Digest " + ", ".join(shown)


class Reply:
    """Head of an answer, and its body as it comes. Close it, or use it as a context manager."""

    def __init__(
        self, status: int, headers: dict[str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.status, self.headers = status, headers
        self._reader, self._writer = reader, writer
        self._chunked = "chunked" in headers.get("transfer-encoding", "").lower()
        length = headers.get("content-length", "")
        self._left = int(length) if length.isdigit() and not self._chunked else None
        self._chunk_left = 0
        self._ended = False

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        """A parameter of the content type, such as boundary."""
        for key, quoted, bare in _PAIR.findall(self.headers.get("content-type", "")):
            if key.lower() == name:
                return str(quoted or bare)
        return ""

    async def read(self, most: int) -> bytes:
        """What comes next, b"" at the proper end. Raises CameraError(TRUNCATED) when the line ends before."""
        if self._chunked:
            return await self._read_chunked(most)
        if self._left == 0:
            return b""
        data = await self._reader.read(most if self._left is None else min(most, self._left))
        if self._left is not None:
            if not data:
                raise CameraError(FailCode.TRUNCATED)
            self._left -= len(data)
        return data

    async def _read_chunked(self, most: int) -> bytes:
        if self._ended:
            return b""
        if not self._chunk_left:
            line = await self._reader.readline()
            try:
                self._chunk_left = int(line.split(b";")[0], 16)
            except ValueError:
                raise CameraError(FailCode.TRUNCATED) from None
            if not self._chunk_left:
                self._ended = True
                return b""
        data = await self._reader.read(min(most, self._chunk_left))
        if not data:
            raise CameraError(FailCode.TRUNCATED)
        self._chunk_left -= len(data)
        if not self._chunk_left:
            await self._reader.readline()
        return data

    async def read_all(self, most: int) -> bytes:
        """The whole body. Raises CameraError(NOT_VIDEO) when it is longer than `most`."""
        parts, size = [], 0
        while data := await self.read(64 * 1024):
            size += len(data)
            if size > most:
                raise CameraError(FailCode.NOT_VIDEO)
            parts.append(data)
        return b"".join(parts)

    def close(self) -> None:
        self._writer.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


async def ask(
    address: str, method: str, *, allow: AllowList, login: Login | None = None, timeout_s: float = 5.0
) -> Reply:
    """One request, logging in where the camera asks for it. Raises CameraError: every failure has its code."""
    login = login or Login()
    if not allow.allows(address):
        raise CameraError(FailCode.HOST_REFUSED)
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise CameraError(FailCode.NO_ADDRESS)
    try:
        async with asyncio.timeout(timeout_s):
            reply = await _once(parts, address, method, "", 1)
            if reply.status == 401 and login:
                challenge = reply.headers.get("www-authenticate", "")
                reply.close()
                answer = login.answer(challenge, method, _target(parts, address))
                reply = await _once(parts, address, method, answer, 2)
    except TimeoutError:
        raise CameraError(FailCode.UNREACHABLE) from None
    except (OSError, ssl.SSLError):
        raise CameraError(FailCode.UNREACHABLE) from None
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
        raise CameraError(FailCode.NOT_VIDEO) from None
    code = _fault(reply.status)
    if code is not None:
        reply.close()
        raise CameraError(code)
    return reply


def _fault(status: int) -> FailCode | None:
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return FailCode.REDIRECT
    if status in (401, 403, 407):
        return FailCode.LOGIN
    return FailCode.NOT_FOUND if status in (404, 410, 454) else FailCode.UNREACHABLE


def _target(parts: SplitResult, address: str) -> str:
    """HTTP names the path, RTSP the whole address."""
    if parts.scheme.startswith("rtsp"):
        return address
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


async def _once(parts: SplitResult, address: str, method: str, authorization: str, number: int) -> Reply:
    is_rtsp = parts.scheme.startswith("rtsp")
    context = ssl.create_default_context() if parts.scheme in SECURE else None
    port = parts.port or PORTS[parts.scheme]
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=context, limit=LINE_MOST)
    try:
        host = parts.netloc.rpartition("@")[2]
        lines = [f"{method} {_target(parts, address)} {'RTSP/1.0' if is_rtsp else 'HTTP/1.1'}", "User-Agent: liandong"]
        if is_rtsp:
            lines += [f"CSeq: {number}", "Accept: application/sdp"]
        else:
            lines += [f"Host: {host}", "Accept: */*", "Connection: close"]
        if authorization:
            lines.append(f"Authorization: {authorization}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await writer.drain()
        status, headers = await _read_head(reader)
    except BaseException:
        writer.close()
        raise
    return Reply(status, headers, reader, writer)


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first = (await reader.readuntil(b"\n")).decode("latin-1").split(None, 2)
    if len(first) < 2 or not first[0].startswith(("HTTP/", "RTSP/")) or not first[1].isdigit():
        raise ValueError("no answer of HTTP or RTSP")
    headers: dict[str, str] = {}
    size = 0
    while line := (await reader.readuntil(b"\n")).strip():
        size += len(line)
        if size > HEAD_MOST:
            raise ValueError("head too long")
        name, _, value = line.decode("latin-1").partition(":")
        key = name.strip().lower()
        # Digest before Basic where a camera offers both; the first challenge that is no Basic wins.
        if key != "www-authenticate" or not headers.get(key, "").lower().startswith("digest"):
            headers[key] = value.strip()
    return int(first[1]), headers


async def check_stream(address: str, *, allow: AllowList, login: Login | None = None, timeout_s: float = 5.0) -> None:
    """Whether a camera would give a stream here. Raises CameraError with the code why not."""
    is_rtsp = address.startswith(("rtsp://", "rtsps://"))
    async with await ask(
        address, "DESCRIBE" if is_rtsp else "GET", allow=allow, login=login, timeout_s=timeout_s
    ) as reply:
        if not is_rtsp:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                text = await reply.read_all(64 * 1024)
                if b"m=video" not in text:
                    raise CameraError(FailCode.NOT_VIDEO)
                return
        raise CameraError(FailCode.UNREACHABLE)
