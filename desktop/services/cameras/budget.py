"""Who gets a live stream: what matters first, the rest by turns, and fewer of all under load. Pure."""

from collections.abc import Mapping, Sequence

from desktop.services.cameras.values import CameraLimits, Mode
from domain.cameras import CameraId

LOWER_AFTER = 10
"""Late ticks in a row."""
HEAVY_S = 0.25
RAISE_AFTER = 300
"""Timely ticks in a row: half a minute."""
DEEPEST = 4


class LoadGauge:
    """Lowers the number of streams by half when the loop is late again and again, and raises it slowly."""

    def __init__(self, late_s: float) -> None:
        self._late_s = late_s
        self._late = self._timely = 0
        self.level = 0

    def ticked(self, late_by_s: float) -> None:
        if late_by_s > self._late_s:
            # A step that comes a second late says as much as several that come a little late.
            self._late, self._timely = self._late + 1 + int(late_by_s / HEAVY_S), 0
            if self._late >= LOWER_AFTER:
                self._late, self.level = 0, min(DEEPEST, self.level + 1)
        else:
            self._timely += 1
            # One timely tick among late ones is no calm: the count only falls.
            self._late = max(0, self._late - 1)
            if self._timely >= RAISE_AFTER:
                self._timely, self.level = 0, max(0, self.level - 1)

    def allowed(self, limit: int) -> int:
        return max(1, limit >> self.level) if limit else 0


class Turns:
    """Live slots for tiles on which nothing happens, in turn: a tile keeps its slot for `turn_s` when others wait."""

    def __init__(self, limits: CameraLimits) -> None:
        self._turn_s = limits.turn_s
        self._since: dict[CameraId, float] = {}
        self._had: dict[CameraId, float] = {}

    def pick(self, waiting: Sequence[CameraId], slots: int, now: float) -> list[CameraId]:
        known = set(waiting)
        self._since = {each: at for each, at in self._since.items() if each in known}
        self._had = {each: at for each, at in self._had.items() if each in known}
        crowded = len(waiting) > slots
        for each, since in list(self._since.items()):
            if crowded and now - since >= self._turn_s:
                del self._since[each]
                self._had[each] = now
        kept = [each for each in waiting if each in self._since][: max(0, slots)]
        self._since = {each: self._since[each] for each in kept}
        longest_ago = sorted(
            (each for each in waiting if each not in self._since), key=lambda e: self._had.get(e, -1.0)
        )
        for each in longest_ago[: max(0, slots - len(kept))]:
            self._since[each] = now
        return list(self._since)


def plan(
    wanted: Sequence[CameraId],
    matters: Sequence[CameraId],
    full: Sequence[CameraId],
    turns: Turns,
    slots: int,
    now: float,
) -> Mapping[CameraId, Mode]:
    """The mode of every wanted camera. `full` before `matters` before the turns; `wanted` keeps the order of the tiles."""
    known = dict.fromkeys(wanted, Mode.STILL)
    first = [each for each in dict.fromkeys((*full, *matters)) if each in known][:slots]
    for each in first:
        known[each] = Mode.FULL if each in full else Mode.LIVE
    rest = [each for each in known if each not in first]
    for each in turns.pick(rest, slots - len(first), now):
        known[each] = Mode.LIVE
    return known
