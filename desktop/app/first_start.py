"""The guided start joined to the workstation: shown when no server is known, its answer kept as settings and as a private token file."""

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desktop import settings
from desktop.app.kinds import KINDS, WALL
from desktop.app.places import next_key
from desktop.services.server_check import check_server
from desktop.settings import Settings, WindowPlace
from desktop.theme.theme import Theme
from desktop.views.first_run import FirstChoice, FirstRun
from desktop.views.window_place import all_screens, show_at

log = logging.getLogger("desktop")
TOKEN_FILE = "token"


def needed(chosen: Settings) -> bool:
    return not chosen.server


def kept_token(folder: Path) -> str:
    """The token that the guided start kept; "" where there is none."""
    try:
        return (folder / TOKEN_FILE).read_text("utf-8").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        log.error("the kept token cannot be read: %s", error.strerror)
        return ""


async def ask(chosen: Settings, done: asyncio.Event) -> FirstChoice | None:
    """What the person chose; None when the window was closed or the program was told to end."""
    from desktop.media.speaker import Speaker

    language = "zh" if chosen.language == "zh_CN" else "en"
    speaker = Speaker()
    theme = Theme.load(chosen.theme, "desk", language=language)
    window = FirstRun(theme, all_screens(), speaker, checks=True)
    answer: asyncio.Future[FirstChoice] = asyncio.get_running_loop().create_future()

    def on_finished(choice: FirstChoice) -> None:
        if not answer.done():
            answer.set_result(choice)

    asked: list[asyncio.Task[None]] = []

    def on_check(server: str, token: str) -> None:
        asked[:] = [asyncio.ensure_future(_answer(window, server, token))]

    window.finished.connect(on_finished)
    window.check_requested.connect(on_check)
    show_at(window, None)
    stopping = asyncio.ensure_future(done.wait())
    try:
        while not answer.done() and not done.is_set() and window.isVisible():
            waiting: set[asyncio.Future[Any]] = {answer, stopping}
            await asyncio.wait(waiting, timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (stopping, *asked):
            task.cancel()
        await asyncio.gather(stopping, *asked, return_exceptions=True)
        speaker.close()
        window.close()
        window.deleteLater()
    return answer.result() if answer.done() else None


async def _answer(window: FirstRun, server: str, token: str) -> None:
    window.take_answer(server, token, await check_server(server, token))


def keep(chosen: Settings, choice: FirstChoice, folder: Path) -> Settings:
    """The settings from now on. Raises OSError when the folder refuses."""
    places: dict[str, WindowPlace] = {}
    for screen, kind in choice.windows.items():
        full = KINDS[kind].profile == WALL
        places[next_key(kind, places)] = WindowPlace(screen=screen, full_screen=full, open=True)
    new = replace(
        chosen,
        server=choice.server,
        wall=choice.wall,
        windows={**chosen.windows, **places},
        screens={**chosen.screens, **choice.screens},
    )
    settings.save(folder, new)
    handle = os.open(folder / TOKEN_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(choice.token + "\n")
    return new
