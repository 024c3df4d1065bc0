"""How long to wait before the next try: full jitter, so that five hundred desks do not come back in step."""

from collections.abc import Callable

FIRST_S = 1.0
SOFT_S = 2.0
"""Bound after a restart of the server, and on a first loss: most likely everybody was cut at once."""
SOFT_FOR_S = 10.0
"""So long the bound stays there. To a server that is just starting a refused try costs nothing, and the one that listens again
has everybody back within SOFT_S, evenly; doubled at once, some of five hundred would stay away 8 s and more (decision 16).
"""
LONGEST_S = 30.0


class Backoff:
    """Waits are U(0, b) with b = 1, 2, 4 … 30 s; after a soft loss 2 s for SOFT_FOR_S of waiting, then 2, 4 … 30 s. `random` gives
    numbers in [0, 1).
    """

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._failures = 0
        self._soft_left_s: float | None = None

    def next_s(self, *, soft: bool = False) -> float:
        """Seconds to wait now. `soft`: a live session was lost, or the server said that it restarts."""
        if soft and self._soft_left_s is None:
            self._soft_left_s = SOFT_FOR_S
        if self._soft_left_s is not None and self._soft_left_s > 0:
            wait_s = self._random() * SOFT_S
            self._soft_left_s -= wait_s
            return wait_s
        first_s = FIRST_S if self._soft_left_s is None else SOFT_S
        bound = min(LONGEST_S, first_s * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return self._random() * bound

    def reset(self) -> None:
        """Call when a session is live, not when a socket is open: a server that refuses everybody must not be hammered."""
        self._failures = 0
        self._soft_left_s = None
