"""Processes of tests, which end with the tests however those end."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import Any

_starter = ThreadPoolExecutor(1, thread_name_prefix="starter")
"""The kernel sends the signal when the *thread* that started the process ends, not when the test process does. A worker of
a loop ends with its `asyncio.run`; this one lives as long as the interpreter."""


def dies_with_us(name: str, *more: str) -> list[str]:
    """Stands before a command: its process gets the signal `name` (KILL, QUIT) when the tests are gone."""
    return ["setpriv", "--pdeathsig", name, *more, "--"] if shutil.which("setpriv") else []


def start(command: list[str], **more: Any) -> "subprocess.Popen[bytes]":
    """subprocess.Popen from the thread that stays."""
    return _starter.submit(subprocess.Popen, command, **more).result()
