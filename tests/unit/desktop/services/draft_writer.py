"""Writes drafts for ever and says after each that it is safe: a child to be killed at any point."""

import asyncio
import sys
from pathlib import Path

from desktop.services.drafts import Drafts


async def main(folder: Path) -> None:
    drafts = Drafts(folder)
    number = 0
    while True:
        number += 1
        assert await drafts.keep("new_ticket", f"{number}:{'字' * (number % 500)}".encode())
        print(number, flush=True)


asyncio.run(main(Path(sys.argv[1])))
