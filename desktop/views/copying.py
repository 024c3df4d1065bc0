"""What Ctrl C takes of a ticket: one line that can be sent on, with nothing in it that a seat has to reveal first."""

from __future__ import annotations

from desktop.models.ticket_row import TicketRow


def ticket_line(row: TicketRow) -> str:
    """181009-0152 工业红线内噪声 · 龙田街道 南布11格 · 待派遣. No caller, no telephone, no door number."""
    return " · ".join(part for part in (f"{row.id} {row.matter}", row.place, row.unit or row.stage) if part)
