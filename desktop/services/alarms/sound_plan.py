"""Which alarm sounds now (screens.md §7). Pure: time is handed in as seconds of a clock that never runs back.

严重: at once, then every 10 s until acknowledged. 重要: at once, at 60 s and at 120 s, then visual only. 轻微 and 提示 never.
One sound at a time, the worst first. Mute lasts two minutes, never acknowledges, and an alarm that comes meanwhile sounds when
it is over. At night 严重 repeats every 20 s and 重要 sounds once, both quietly.
"""

from collections.abc import Iterable

from msgspec import Struct

from domain.alarms.words import RANK, Severity

MUTE_S = 120.0
REPEAT_S = {False: 10.0, True: 20.0}
"""Between two sounds of a critical alarm, by day and at night."""
MAJOR_AT_S = {False: (0.0, 60.0, 120.0), True: (0.0,)}
GAP_S = 2.0
"""Between the sounds of different alarms."""
VOLUME = {False: 1.0, True: 0.3}


class Ringing(Struct, frozen=True):
    """An alarm that calls this seat. The same alarm with another `ring` is another one to the ear."""

    id: str
    ring: int
    severity: Severity


class Sound(Struct, frozen=True):
    id: str
    severity: Severity
    volume: float


class SoundPlan:
    def __init__(self) -> None:
        self._since: dict[tuple[str, int], float] = {}
        self._last: dict[tuple[str, int], float] = {}
        self._played: dict[tuple[str, int], int] = {}
        self._free_at = 0.0
        self._muted_until = 0.0

    def anew(self) -> "SoundPlan":
        """Nothing sounded yet, the mute goes on."""
        made = SoundPlan()
        made._muted_until = self._muted_until
        return made

    def mute(self, now_s: float) -> None:
        self._muted_until = now_s + MUTE_S

    def unmute(self) -> None:
        self._muted_until = 0.0

    def mute_left_s(self, now_s: float) -> float:
        return max(0.0, self._muted_until - now_s)

    def due(self, now_s: float, ringing: Iterable[Ringing], night: bool) -> Sound | None:
        """The one sound to play now, or None. What is told here counts as played."""
        known = {(one.id, one.ring): one for one in ringing if one.severity in (Severity.CRITICAL, Severity.MAJOR)}
        self._forget(known)
        for key in known:
            self._since.setdefault(key, now_s)
        if now_s < self._free_at or self.mute_left_s(now_s) > 0:
            return None
        waiting = [key for key, one in known.items() if self._is_due(key, one.severity, now_s, night)]
        if not waiting:
            return None
        key = min(waiting, key=lambda one: (RANK[known[one].severity], self._last.get(one, self._since[one])))
        self._last[key] = now_s
        self._played[key] = self._played.get(key, 0) + 1
        self._free_at = now_s + GAP_S
        return Sound(key[0], known[key].severity, VOLUME[night])

    def _is_due(self, key: tuple[str, int], severity: Severity, now_s: float, night: bool) -> bool:
        last = self._last.get(key)
        if severity is Severity.CRITICAL:
            return last is None or now_s - last >= REPEAT_S[night]
        times, played = MAJOR_AT_S[night], self._played.get(key, 0)
        return played < len(times) and now_s - self._since[key] >= times[played]

    def _forget(self, known: Iterable[tuple[str, int]]) -> None:
        alive = set(known)
        for table in (self._since, self._last):
            for key in [key for key in table if key not in alive]:
                del table[key]
        for key in [key for key in self._played if key not in alive]:
            del self._played[key]
