"""How long to wait before the next try: full jitter, so that five hundred desks do not come back in step."""

from collections.abc import Callable

FIRST_S = 1.0
SOFT_S = 2.0
"""Bound after a restart of the server, and on a first loss: most likely everybody was cut at once."""
LONGEST_S = 30.0


class Backoff:
    """Waits are U(0, b) with b = 1, 2, 4 … 30 s; `random` gives numbers in [0, 1)."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._failures = 0

    def next_s(self, at_least_bound: float = 0.0) -> float:
        """Seconds to wait now. `at_least_bound` raises b, for example to SOFT_S after close code 1012."""
        bound = min(LONGEST_S, FIRST_S * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return self._random() * max(bound, at_least_bound)

    def reset(self) -> None:
        """Call when a session is live, not when a socket is open: a server that refuses everybody must not be hammered."""
        self._failures = 0
