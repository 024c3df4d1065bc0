"""Which view of a rotation comes next: a stale one is passed over and counted, and nothing moves while all are stale. Pure."""

from collections.abc import Callable, Sequence

from domain.wall.values import Content

FRESH = frozenset({"live", "catching_up"})


class Rotation:
    """`contents` of one screen; `index` is what is on it. Time is told by `tick`."""

    def __init__(self, contents: Sequence[Content], first: int = 0) -> None:
        self.contents = tuple(contents)
        self.index = first
        self.left_s = float(self.current.seconds)
        self.skipped = 0

    @property
    def current(self) -> Content:
        return self.contents[self.index]

    def tick(self, passed_s: float, fresh: Callable[[Content], str]) -> tuple[int | None, tuple[Content, ...]]:
        """(index of the view that is due now or None, views passed over as stale)"""
        if len(self.contents) == 1:
            return None, ()
        self.left_s -= passed_s
        if self.left_s > 0:
            return None, ()
        stale: list[Content] = []
        for step in range(1, len(self.contents)):
            index = (self.index + step) % len(self.contents)
            if fresh(self.contents[index]) in FRESH:
                self.skipped += len(stale)
                return index, tuple(stale)
            stale.append(self.contents[index])
        # Nothing fresher than what hangs there: it stays for another turn.
        self.left_s = float(self.current.seconds)
        self.skipped += len(stale)
        return None, tuple(stale)

    def swapped(self, index: int) -> None:
        """The view `index` is on the screen now."""
        self.index = index
        self.left_s = float(self.current.seconds)
