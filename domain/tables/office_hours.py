"""Office hours as a person writes them, 08:30-12:00 13:30-17:30, and whether they can be. Every working day has the same (domain.md §4)."""

import re

from domain.clocks import OfficeHours

MOST_SPANS = 6
DAY_S = 86_400
_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至]\s*(\d{1,2})[:：](\d{2})")  # as an input method writes them
_BETWEEN = re.compile(r"[\s,，、;；和]*")


def read_hours(text: str) -> OfficeHours | None:
    """None for words that are no hours of a day: spans in their order, none in another, 24:00 is the end of the day."""
    spans, at = [], 0
    for found in _SPAN.finditer(text):
        if not _BETWEEN.fullmatch(text[at : found.start()]):
            return None
        at = found.end()
        hour, minute, end_hour, end_minute = map(int, found.groups())
        if minute >= 60 or end_minute >= 60:
            return None
        spans.append((hour * 3600 + minute * 60, end_hour * 3600 + end_minute * 60))
    hours = OfficeHours(tuple(spans))
    return hours if _BETWEEN.fullmatch(text[at:]) and hours_can_be(hours) else None


def hours_can_be(hours: OfficeHours) -> bool:
    """At least one span, each with whole minutes, inside the day and after the one before."""
    before = -1
    for start, end in hours.spans:
        if not before < start < end <= DAY_S or start % 60 or end % 60:
            return False
        before = end
    return 0 < len(hours.spans) <= MOST_SPANS


def hours_text(hours: OfficeHours) -> str:
    """As `read_hours` takes it back: 08:30-12:00 13:30-17:30."""
    return " ".join(f"{_time(start)}-{_time(end)}" for start, end in hours.spans)


def _time(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"
