"""How many own commands may be under way at once. A desk that was away for long has hundreds waiting; all at once would be
taken for a flood, and the server would cut the line each time (close 4429) before much of it was done.
"""

from collections.abc import Callable, Mapping
from typing import Any

MOST = 16
"""Far below the server's own limits (backend.limits), and enough to keep it busy."""
LEAST_PAUSE_S, MOST_PAUSE_S = 0.05, 30.0


class Pace:
    """Grows by one with every answer, halves with every `busy`, which also says how long to say nothing. `monotonic`: seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._window = MOST
        self._quiet_until = float("-inf")

    def room(self, in_flight: int) -> int:
        """How many more may go out now."""
        return 0 if self._monotonic() < self._quiet_until else max(0, self._window - in_flight)

    def answered(self) -> None:
        self._window = min(MOST, self._window + 1)

    def busy(self, detail: Mapping[str, Any]) -> None:
        """`detail`: of the server's outcome; `retry_s` in it says when it takes the next one."""
        self._window = max(1, self._window // 2)
        wait_s = detail.get("retry_s")
        if isinstance(wait_s, int | float):
            self._quiet_until = self._monotonic() + min(MOST_PAUSE_S, max(LEAST_PAUSE_S, wait_s))
