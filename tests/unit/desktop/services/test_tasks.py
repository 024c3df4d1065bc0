"""Whoever ends tasks ends all of them: none is left pending when the loop goes."""

import asyncio
from pathlib import Path

from desktop.services.app_state import Services
from desktop.services.tasks import Tasks


def test_what_a_task_begins_while_it_ends_is_ended_too() -> None:
    async def work() -> None:
        tasks, begun = Tasks(), []

        async def first() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                begun.append(tasks.start(asyncio.Event().wait(), "second"))

        tasks.start(first(), "first")
        await asyncio.sleep(0)
        await tasks.stop()
        assert begun[0].cancelled()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(work())


def test_what_a_window_asks_for_after_the_end_is_not_begun(tmp_path: Path) -> None:
    """Its timer may fire once more, when no loop runs: no error, and no coroutine that nobody ever awaits."""
    services = Services(tmp_path, "ws://127.0.0.1:1", "token")
    asyncio.run(services.stop())
    services.ask_then("record", {}, print)
    services.then(lambda: services.draft("x"), print, "draft")
