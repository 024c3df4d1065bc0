"""Whoever ends tasks ends all of them: none is left pending when the loop goes."""

import asyncio

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
