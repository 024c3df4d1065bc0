"""What a panel says of a question that got no answer: what failed, since when, what comes next, code for support (screens.md §3)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.views.refusal_words import reason_text
from desktop.views.site_time import SiteTime
from desktop.views.words import filled

translate = QCoreApplication.translate


class Trouble:
    """One kind of question. `since` is the business time of the first of the failures that stand in a row."""

    def __init__(self) -> None:
        self.code = ""
        self.since: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.code)

    def failed(self, code: str, now: datetime) -> None:
        """It failed, perhaps again. An answer without a body and without a code is `empty`."""
        if not self.code:
            self.since = now
        self.code = code or "empty"

    def note(self, code: str, now: datetime) -> None:
        """What became of one question; "" = well."""
        if code:
            self.failed(code, now)
        else:
            self.clear()

    def clear(self) -> None:
        """It went well, or something else is asked now."""
        self.code, self.since = "", None

    def text(self, what: str, next_step: str, site: SiteTime) -> str:
        """`what` without a full stop, `next_step` as a sentence; "" while all is well."""
        if not self.code:
            return ""
        return failure_text(what, self.code, "" if self.since is None else site.minute(self.since), next_step)


def failure_text(what: str, code: str, since: str, next_step: str) -> str:
    """记录没有取到（服务器忙），14:32 起。再选中时重取。代码 busy"""
    reason = reason_text(code)
    words = {"what": what, "reason": reason, "since": since, "next": next_step, "code": code}
    pattern = (
        translate("trouble", "{what}，{since} 起。{next}代码 {code}")
        if reason == code
        else translate("trouble", "{what}（{reason}），{since} 起。{next}代码 {code}")
    )
    return filled(pattern, words)
