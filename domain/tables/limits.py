"""Limits as people write them: 2紧急工作时, 4小时, 15天 … → amount and type.

The published standards write GB/T 30428.8's 紧急工作时 (runs always), 工作时 and 工作日. A plain 小时 or 天 stands beside 紧急工作时 in
the same table and means office time there; how it was read is told with every import, so that an editor can say otherwise.
"""

import re
import unicodedata

from msgspec import Struct

from domain.ticket import Limit
from domain.vocabulary import LimitType

URGENT_DAY_HOURS = 24
WORDS = {
    "紧急工作小时": LimitType.URGENT_HOURS,
    "紧急工作时": LimitType.URGENT_HOURS,
    "紧急小时": LimitType.URGENT_HOURS,
    "紧急工作日": LimitType.URGENT_HOURS,
    "工作小时": LimitType.WORKING_HOURS,
    "工作时": LimitType.WORKING_HOURS,
    "小时": LimitType.WORKING_HOURS,
    "工作日": LimitType.WORKING_DAYS,
    "工作天": LimitType.WORKING_DAYS,
    "日历日": LimitType.CALENDAR_DAYS,
    "自然日": LimitType.CALENDAR_DAYS,
    "天": LimitType.WORKING_DAYS,
    "日": LimitType.WORKING_DAYS,
    "分钟": LimitType.URGENT_HOURS,
    "urgenthours": LimitType.URGENT_HOURS,
    "workinghours": LimitType.WORKING_HOURS,
    "workingdays": LimitType.WORKING_DAYS,
    "calendardays": LimitType.CALENDAR_DAYS,
}
"""The English ones are for who types them: 5 working days."""
NO_LIMIT = frozenset({"", "无", "无时限", "-", "–", "—", "/"})
_FORM = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)个?(" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")(?:以?内)?(.*)")


class ReadLimit(Struct, frozen=True):
    """`rest`: words behind the limit that say what is to be done by then (1紧急工作时制止); they are not part of it."""

    limit: Limit | None
    rest: str = ""


def read_limit(text: str) -> ReadLimit | None:
    """None = not a limit that anybody could keep to."""
    spelled = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    if spelled in NO_LIMIT:
        return ReadLimit(None)
    found = _FORM.fullmatch(spelled)
    if found is None or float(found[1]) == 0:
        return None
    amount, word = float(found[1]), found[2]
    if word == "紧急工作日":
        amount *= URGENT_DAY_HOURS
    elif word == "分钟":
        amount /= 60
    return ReadLimit(Limit(amount, WORDS[word]), found[3])
