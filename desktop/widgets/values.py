"""Small frozen values shared by several widgets. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

DASH = "–"
STATES_WITH_LATE_VALUES = ("stale", "offline")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line of text. `strong` = number weight and primary colour; `role` overrides the colour."""

    text: str
    strong: bool = False
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh a value is.

    state: live | catching_up | stale | offline | never. as_of: site time as printed, "14:05". age_s: seconds since.
    behind: changes still missing while catching up. detail: a further sentence, for example the next retry.
    """

    state: str = "never"
    as_of: str = ""
    age_s: float | None = None
    behind: int | None = None
    detail: str = ""

    @property
    def late(self) -> bool:
        """Whether values shown with it are old and are painted dimmed."""
        return self.state in STATES_WITH_LATE_VALUES

    @property
    def has_values(self) -> bool:
        """Whether there is any value at all."""
        return self.state != "never"
