"""The wall copy of the queue: rows around the line "now" of one saved view, "n of N" printed, no id, no place finer than a street.

Order may change every 10 seconds, rows never slide; in between they update in place. Nothing here takes input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QPainter
from PySide6.QtWidgets import QWidget

from desktop.models.ticket_filter import QueueFilter, ViewContext, facet_counts, view_counts
from desktop.models.ticket_row import TicketRow
from desktop.models.ticket_table import TicketTable
from desktop.services.values import TICKETS
from desktop.theme.theme import Theme
from desktop.views.link_words import not_yet, not_yet_status
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.row_text import headers, spoken_row
from desktop.views.queue.table_pane import next_step
from desktop.views.queue.wall_rows import WallRows
from desktop.views.wall_view import WallView
from desktop.views.words import clock_word, filled, view_word
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import RIGHT, draw_text, format_count, text_width
from desktop.widgets.wording import listed

if TYPE_CHECKING:
    from desktop.bridge import Bridge

REORDER_MS = 10_000


class WallQueueWindow(WallView):
    """`view_id` is the saved view this screen shows."""

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: TicketFeed, view_id: str = "due", parent: QWidget | None = None
    ) -> None:
        table = TicketTable(feed.book, headers(), spoken_row)
        rows = WallRows(theme, table)
        super().__init__(theme, view_word(view_id), rows, parent, gap="s")
        table.setParent(self)
        self._table, self._rows = table, rows
        self._bridge, self._feed, self._view_id = bridge, feed, view_id
        self._counts = _Counts(theme)
        self._column.addWidget(self._counts)
        self._column.addWidget(self._stack, 1)
        self._taking = False
        self._moment: ViewContext | None = None
        self._clock_then = (False, False)
        """Whether the business time was known, and stood still, when the moment was taken."""
        self._reorder = QTimer(self)
        self._reorder.setInterval(REORDER_MS)
        self._reorder.timeout.connect(self._on_reorder_due)
        self._reorder.start()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(round(1000 / theme.update_hz))
        self._calm.timeout.connect(self._on_calm_over)
        self._waiting = False
        self.setObjectName(f"wall_queue_{view_id}")
        self._dress()
        self._connect()

    def _connect(self) -> None:
        self._table.show_view(QueueFilter(view=self._view_id), self._feed.context())
        self._table.lock()
        self._feed.add_table(self._table)
        self._table.synced.connect(self._schedule)
        self._rows.resized.connect(self._refresh)
        self._bridge.clock_ticked.connect(self._schedule)
        self._bridge.freshness_changed.connect(self._refresh)
        self._refresh()

    def shown_rows(self) -> tuple[TicketRow, ...]:
        """The tickets on the wall now, from the top."""
        return tuple(row for row in self._rows.shown() if row is not None)

    def _on_reorder_due(self) -> None:
        self._moment = None
        self._table.load_new()
        self._refresh()

    def _schedule(self) -> None:
        """At once, then three times a second at most: nobody reads a wall faster."""
        if self._calm.isActive():
            self._waiting = True
            return
        self._calm.start()
        self._refresh()

    def _on_calm_over(self) -> None:
        if self._waiting:
            self._waiting = False
            self._schedule()

    def _hold_moment(self) -> None:
        """Rows, line and counts are read at one instant and held until the order may change again: a row below the line that
        reads "overdue", or counts that the rows deny, would make the wall contradict itself (at a quick replay within seconds)."""
        context = self._feed.context()
        self._clock_then = self._clock_state()
        self._moment = replace(context, now_ms=self._table.now_ms)
        self._rows.hold(self._table.now_ms, self._table.line())
        self._show_counts(self._moment)

    def _clock_state(self) -> tuple[bool, bool]:
        clock = self._bridge.clock
        return clock.known, clock.frozen

    def _refresh(self) -> None:
        if self._moment is not None and self._clock_then != self._clock_state():
            # After a start without a line the time was a guess or stood still: what was read by it holds no longer.
            self._moment = None
            self._table.load_new()
        if not self._table.ticket_count and not self._taking:
            # An empty wall has no order to hold: what waits is shown at once, never "nothing" above counts that say otherwise.
            self._taking = True
            self._moment = None
            self._table.load_new()
            self._taking = False
        if self._moment is None:
            self._hold_moment()
        link = self._bridge.freshness.of(TICKETS)
        fresh = self._show_facts(self._bridge, self._feed.site, self._feed.reference)
        shown, total = len(self.shown_rows()), self._table.ticket_count
        subtitle = filled(self.tr("现在线上下 {n} 件，共 {total} 件"), {"n": shown, "total": format_count(total)})
        if not_yet(link) and not total:
            subtitle = ""
        self._header.set_title(view_word(self._view_id), subtitle)
        self._rows.set_dimmed(fresh.late)
        self._rows.refresh()
        if total:
            self._stack.setCurrentWidget(self._rows)
            return
        detail = "" if not_yet(link) else next_step(self._feed)
        self._message.set_message(not_yet(link) or self.tr("没有临期和超期的工单"), detail, status=not_yet_status(link))
        self._stack.setCurrentWidget(self._message)

    def _show_counts(self, context: ViewContext) -> None:
        clock = facet_counts(self._feed.book, self._view_id, context)["clock"]
        missing: int | None = view_counts(self._feed.book, context)["joint_missing"]
        none: int | None = 0
        if not len(self._feed.book) and not_yet(self._bridge.freshness.of(TICKETS)):
            clock, missing, none = {}, None, None
        elif not self._bridge.clock.known:
            clock, none = {}, None  # by which time would they be late?
        self._counts.set_counts(
            (
                (("sla", "overdue"), clock_word("overdue"), clock.get("overdue", none)),
                (("sla", "at_risk"), clock_word("at_risk"), clock.get("at_risk", none)),
                (("joint", "assist"), view_word("joint_missing"), missing),
            )
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self._reorder.stop()
        self._feed.remove_table(self._table)
        super().closeEvent(event)


class _Counts(ThemedWidget):
    """超期 52   临期 169   协办未报到 9 ……… 地址、来电人已脱敏."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._counts: tuple[tuple[tuple[str, str], str, int | None], ...] = ()

    def set_counts(self, counts: Sequence[tuple[tuple[str, str], str, int | None]]) -> None:
        """(status, word, number) of each; None = not known yet."""
        if tuple(counts) != self._counts:
            self._counts = tuple(counts)
            self.setAccessibleName(listed(f"{word} {format_count(number)}" for _, word, number in counts))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, round(self._theme.line_px("number_m")))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        x, side, gap = box.left(), theme.glyph_px, theme.space("s")
        for status, word, number in self._counts:
            paint_status(painter, theme, *status, QRectF(x, box.center().y() - side / 2, side, side))
            x += side + gap
            font, big = theme.font("title"), theme.font("number_m", "number")
            x += draw_text(painter, QRectF(x, 0, box.width(), box.height()), word, font, theme.color("text.primary"))
            x += gap
            count = format_count(number)
            draw_text(painter, QRectF(x, 0, box.width(), box.height()), count, big, theme.color("text.primary"))
            x += text_width(big, count) + theme.space("xl")
        note = self.tr("地址、来电人已脱敏")
        draw_text(painter, box, note, theme.font("body"), theme.color("text.tertiary"), RIGHT)
        painter.end()
