"""Small values of the queue's table: its columns, what is said on a row, and the line "now"."""

from dataclasses import dataclass
from enum import IntEnum


class Column(IntEnum):
    URGENCY = 0
    NUMBER = 1
    CATEGORY = 2
    MATTER = 3
    PLACE = 4
    STAGE = 5
    SLA = 6
    UNIT = 7
    JOINT = 8
    AGE = 9


@dataclass(frozen=True, slots=True)
class RowMark:
    """What is said on a row beside its ticket: pending | queued | retrying | rejected, with the words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class NowLine:
    """The line "now": how many overdue rows stand above it, and how many passed it since the table was locked."""

    at_ms: int
    above: int
    passed: int
