"""A small web server on loopback that plays good and bad cameras: MJPEG in three forms, stills, logins, redirects, rubbish."""

import asyncio
import base64
import hashlib
import re
from typing import Self

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

USER, PASSWORD = "viewer", "geheim"
PICTURES = 12


def jpeg(number: int) -> bytes:
    """A picture that differs from the others."""
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 29 % 360, 200, 60 + number * 15 % 190))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(data)


class HttpCameras:
    """`files` are served as they are under /files/; `hold` makes every stream fall silent; `stop` closes all connections."""

    def __init__(self, fps: float = 50.0) -> None:
        self.files: dict[str, tuple[str, bytes]] = {}
        self.asked: list[str] = []
        self.hold = asyncio.Event()
        self.hold.set()
        self.port = 0
        self._fps = fps
        self._pictures = [jpeg(number) for number in range(PICTURES)]
        self._server: asyncio.Server | None = None
        self._stopping = False
        self._serving: set[asyncio.Task[None]] = set()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        self._stopping = False
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._stopping = True
        self._server.close()
        for task in tuple(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            await self._answer(head, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        except asyncio.CancelledError:
            if self._stopping:  # else somebody else's; asyncio's streams report a cancelled handler as a fault
                return
            raise
        finally:
            writer.transport.abort()

    async def _answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        path = head.split()[1].lstrip("/")
        self.asked.append(path)
        name = path.split("/")[0]
        if name == "files":
            kind, data = self.files.get(path.split("/", 1)[1], ("", b""))
            await self._send(writer, "200 OK" if data else "404 Not Found", kind or "text/plain", data)
        elif name in ("basic", "digest") and not _logged_in(name, head):
            challenge = (
                'Basic realm="cam"' if name == "basic" else 'Digest realm="cam", qop="auth", nonce="n1", opaque="o1"'
            )
            await self._send(writer, "401 Unauthorized", "text/plain", b"", f"WWW-Authenticate: {challenge}\r\n")
        elif name in ("mjpeg", "basic", "digest", "unsized", "chunked", "cut"):
            await self._stream(writer, name)
        elif name == "still":
            await self._send(writer, "200 OK", "image/jpeg", self._pictures[len(self.asked) % PICTURES])
        elif name == "cutstill":
            data = self._pictures[0]
            await self._send(writer, "200 OK", "image/jpeg", data[: len(data) // 2])
        elif name == "shortstill":
            await self._send(writer, "200 OK", "image/jpeg", self._pictures[0], length=99_999)
        elif name == "redirect":
            await self._send(writer, "302 Found", "text/plain", b"", f"Location: {self.url('redirect')}\r\n")
        elif name == "page":
            await self._send(writer, "200 OK", "text/html", b"<html>camera setup</html>")
        elif name == "rubbish":
            writer.write(b"\x00\x01\x02" * 4000)
            await writer.drain()
        elif name == "broken":
            await self._send(writer, "503 Busy", "text/plain", b"")
        elif name == "silent":
            await asyncio.sleep(60)
        else:
            await self._send(writer, "404 Not Found", "text/plain", b"")

    async def _send(
        self,
        writer: asyncio.StreamWriter,
        status: str,
        kind: str,
        data: bytes,
        extra: str = "",
        length: int | None = None,
    ) -> None:
        size = len(data) if length is None else length
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{extra}\r\n".encode() + data
        )
        await writer.drain()

    async def _stream(self, writer: asyncio.StreamWriter, name: str) -> None:
        more = "Transfer-Encoding: chunked\r\n" if name == "chunked" else ""
        kind = (
            'multipart/x-mixed-replace; boundary="--frame"'
            if name == "mjpeg"
            else "multipart/x-mixed-replace;boundary=frame"
        )
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{more}\r\n".encode())
        number = 0
        while True:
            await self.hold.wait()
            data = self._pictures[number % PICTURES]
            number += 1
            length = "" if name == "unsized" else f"Content-Length: {len(data)}\r\n"
            part = b"--frame\r\nContent-Type: image/jpeg\r\n" + length.encode() + b"\r\n" + data + b"\r\n"
            if name == "cut" and number == 3:
                writer.write(part[: len(part) // 2])
                await writer.drain()
                return
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n" if name == "chunked" else part)
            await writer.drain()
            await asyncio.sleep(1 / self._fps)


def _logged_in(scheme: str, head: str) -> bool:
    line = next((each for each in head.split("\r\n") if each.lower().startswith("authorization:")), "")
    if scheme == "basic":
        return line.endswith(base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    given = {key: quoted or bare for key, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', line)}
    if not given:
        return False
    secret = hashlib.md5(f"{USER}:cam:{PASSWORD}".encode()).hexdigest()
    asked = hashlib.md5(f"GET:/{head.split()[1].lstrip('/')}".encode()).hexdigest()
    text = f"{secret}:n1:{given['nc']}:{given['cnonce']}:auth:{asked}"
    return given["response"] == hashlib.md5(text.encode()).hexdigest() and given["opaque"] == "o1"
