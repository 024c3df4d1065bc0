"""Asks a server once who a token is, before anything is kept: is it there, is it ours, what may the token do. No stream, no cache."""

import asyncio
import secrets
import ssl
import time
from socket import gaierror

from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from desktop.settings import APP
from domain.vocabulary import Role
from protocol.codec import MAX_FRAME, ProtocolError, decode_server, encode
from protocol.messages import PROTOCOL_MAX, PROTOCOL_MIN, Close, Hello, Welcome
from protocol.snapshot import SCHEMA_VERSION

TIMEOUT_S = 8.0
OF_CLOSE = {Close.LOGIN: "login", Close.VERSION: "version", Close.RATE: "busy", Close.RESTART: "busy"}


class ServerAnswer(Struct, frozen=True):
    """`code`: "" = welcome · address · name · nobody · silent · certificate · stranger · login · version · busy.

    `role` is what the token acts as, None without a welcome.
    """

    code: str = ""
    role: Role | None = None


async def check_server(url: str, token: str, timeout_s: float = TIMEOUT_S) -> ServerAnswer:
    """One hello and its answer within `timeout_s`; never raises for what a server or a network does."""
    deadline = time.monotonic() + timeout_s
    try:
        socket = await connect(url, compression=None, proxy=None, open_timeout=timeout_s, max_size=MAX_FRAME)
    except (OSError, ValueError, InvalidHandshake, InvalidURI, ConnectionClosed) as error:
        return ServerAnswer(_why_no_line(error))
    try:
        return await _greet(socket, token, deadline)
    finally:
        socket.transport.abort()


async def _greet(socket: ClientConnection, token: str, deadline: float) -> ServerAnswer:
    hello = Hello(
        app=APP,
        schema=SCHEMA_VERSION,
        device_id=secrets.token_hex(8),
        token=token,
        stream=False,
        t0=time.monotonic(),
    )
    try:
        async with asyncio.timeout(max(deadline - time.monotonic(), 1.0)):
            await socket.send(encode(hello))
            first = decode_server(await socket.recv())
    except TimeoutError:
        return ServerAnswer("silent")
    except ConnectionClosed as error:
        return ServerAnswer(OF_CLOSE.get(error.rcvd.code if error.rcvd else 0, "stranger"))
    except ProtocolError:
        return ServerAnswer("stranger")
    if not isinstance(first, Welcome):
        return ServerAnswer("stranger")
    if not PROTOCOL_MIN <= first.proto <= PROTOCOL_MAX:
        return ServerAnswer("version")
    return ServerAnswer("", first.actor.role)


def _why_no_line(error: Exception) -> str:
    """Most of these are kinds of OSError: the narrow ones first. A line that is cut at once had a peer that speaks something else."""
    codes: tuple[tuple[type[Exception], str], ...] = (
        (InvalidURI, "address"),
        (gaierror, "name"),
        (ssl.SSLCertVerificationError, "certificate"),
        (ssl.SSLError, "stranger"),
        (TimeoutError, "silent"),
        (ConnectionClosed, "stranger"),
        (InvalidHandshake, "stranger"),
        (ConnectionRefusedError, "nobody"),
        (ConnectionError, "stranger"),
        (OSError, "silent"),
        (ValueError, "address"),
    )
    return next(code for kind, code in codes if isinstance(error, kind))
