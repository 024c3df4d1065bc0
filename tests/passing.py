"""A clock that stands still until a test says so: how long a program takes to start on a busy machine must say nothing."""

import time
from collections.abc import Callable


class Passing:
    """Seconds that go by only while `holds` is true."""

    def __init__(self, holds: Callable[[], object]) -> None:
        self._holds = holds
        self._passed = 0.0
        self._last = time.monotonic()

    def __call__(self) -> float:
        now = time.monotonic()
        self._passed += now - self._last if self._holds() else 0.0
        self._last = now
        return self._passed
