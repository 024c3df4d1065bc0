"""The sentence of the line "now", for desk and wall."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.queue_values import NowLine
from desktop.widgets.values import Run


def line_runs(line: NowLine, minute: str, locked: bool, wall: bool) -> tuple[Run, ...]:
    """现在 14:32 以上超期 52 件，Home 看最久的. While a hand holds the order, it says since when and what passed since."""
    translate = QCoreApplication.translate
    if wall:
        head = translate("queue", "现在")
        tail = translate("queue", "以上超期 {n} 件，以下最先到期").format(n=line.above)
        return (Run(head, strong=True, role="accent.base"), Run(f"   {tail}"))
    if locked:
        head = translate("queue", "{time} 锁定").format(time=minute)
        tail = translate("queue", "以上超期 {n} 件").format(n=line.above)
        if line.passed:
            tail += translate("queue", "，此后又超期 {n} 件，N 更新").format(n=line.passed)
    else:
        head = translate("queue", "现在 {time}").format(time=minute)
        tail = (
            translate("queue", "以上超期 {n} 件，Home 看最久的").format(n=line.above)
            if line.above
            else translate("queue", "没有超期，以下最先到期")
        )
    return (Run(head, strong=True, role="accent.base"), Run(f"    {tail}"))
