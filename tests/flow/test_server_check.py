"""What the guided start learns of an address and a token, from real servers: ours, strangers, and none."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from desktop.services.server_check import ServerAnswer, check_server
from domain.vocabulary import Role
from protocol.messages import Close
from tests.flow.fakes import site


async def answer_of(talk: Any) -> ServerAnswer:
    """Of a websocket server that does `talk` with each line."""
    async with serve(talk, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        return await check_server(f"ws://127.0.0.1:{port}", "t", timeout_s=1.0)


def test_our_server_tells_the_role_of_a_token_and_refuses_an_unknown_one(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            place.actor("u1")
            url = f"ws://127.0.0.1:{place.server.port}"
            assert await check_server(url, "u1") == ServerAnswer("", Role.DISPATCHER)
            assert await check_server(url, "nobody") == ServerAnswer("login")
            assert await check_server(url.replace("ws:", "wss:"), "u1") == ServerAnswer("stranger")

    asyncio.run(work())


@pytest.mark.parametrize(("close", "code"), [(Close.VERSION, "version"), (Close.RATE, "busy"), (1000, "stranger")])
def test_a_close_is_told_by_its_reason(close: int, code: str) -> None:
    async def talk(line: ServerConnection) -> None:
        await line.recv()
        await line.close(close)

    assert asyncio.run(answer_of(talk)) == ServerAnswer(code)


def test_who_answers_anything_else_is_a_stranger() -> None:
    async def talk(line: ServerConnection) -> None:
        await line.send(await line.recv())
        await line.wait_closed()

    assert asyncio.run(answer_of(talk)) == ServerAnswer("stranger")


def test_who_says_nothing_is_silent() -> None:
    async def talk(line: ServerConnection) -> None:
        await line.wait_closed()

    assert asyncio.run(answer_of(talk)) == ServerAnswer("silent")


def test_a_web_server_is_a_stranger_and_a_closed_port_nobody() -> None:
    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        await writer.drain()
        writer.close()

    async def work() -> tuple[ServerAnswer, ServerAnswer]:
        server = await asyncio.start_server(page, "127.0.0.1", 0)
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server:
            first = await check_server(url, "t")
        return first, await check_server(url, "t")

    assert asyncio.run(work()) == (ServerAnswer("stranger"), ServerAnswer("nobody"))


@pytest.mark.parametrize("url", ["ws://", "ws://[x", "ws://127.0.0.1:99999"])
def test_what_is_no_address_is_told_as_such(url: str) -> None:
    assert asyncio.run(check_server(url, "t")) == ServerAnswer("address")
