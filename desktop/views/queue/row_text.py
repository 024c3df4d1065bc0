"""Headers of the table, and a row as a screen reader says it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.models.ticket_row import TicketRow, clock_look
from desktop.views.words import clock_word, filled
from desktop.widgets.sla_bar import format_remaining


def headers() -> tuple[str, ...]:
    """In the order of queue_values.Column."""
    translate = QCoreApplication.translate
    return (
        "",
        translate("queue", "单号"),
        translate("queue", "类别"),
        translate("queue", "事项"),
        translate("queue", "网格"),
        translate("queue", "阶段"),
        translate("queue", "阶段时限"),
        translate("queue", "责任单位"),
        translate("queue", "协办"),
        translate("queue", "更新"),
    )


def spoken_row(row: TicketRow, now_ms: int, seats: Sequence[str] = ()) -> str:
    """特急，18-0912，道路积水，石浦街道 03格，任务处理，临期剩 0:06，区水务局排水所，协办 3/4 有一家超时."""
    translate = QCoreApplication.translate
    look = clock_look(row, now_ms)
    parts = [row.cells[0], row.number, row.category, row.matter, row.place, row.stage]
    if row.ticket.is_open:
        parts.append(f"{clock_word(look.state)} {format_remaining(look.remaining_s, look.state)}")
    parts.append(row.unit)
    if row.parts_total:
        text = filled(translate("queue", "协办 {n}/{total}"), {"n": row.parts_in, "total": row.parts_total})
        parts.append(text + (translate("queue", " 有单位超时") if now_ms > row.part_late_ms else ""))
    if seats:
        parts.append(filled(translate("queue", "{seats} 席也在看"), {"seats": translate("queue", "、").join(seats)}))
    return translate("queue", "，").join(part for part in parts if part)
