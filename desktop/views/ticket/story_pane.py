"""The middle of the ticket window: what was said, every clock with its verdict, and all that happened."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.queue.detail_values import records_from_ticket
from desktop.views.queue.feed import TicketFeed
from desktop.views.ticket.columns import titled_column
from desktop.views.ticket.parts import ClockTable, StoryView
from desktop.views.ticket.photo_control import PhotoControl
from desktop.views.ticket.photo_story import photo_lines
from desktop.views.ticket.story import private_texts, still_told, story_of
from desktop.views.words import filled
from desktop.widgets.labels import plain_label
from desktop.widgets.section import SectionHeader
from domain.ticket import Ticket


class StoryPane(QWidget):
    """`above` stands over everything else while it is open. `show_ticket` again whenever something of it may read otherwise."""

    def __init__(
        self, theme: Theme, feed: TicketFeed, photos: PhotoControl, above: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._feed, self._photos = feed, photos
        self._said = plain_label(theme, size="body", role="text.primary", wrap=True)
        self._private = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self.clocks, self.story = ClockTable(theme), StoryView(theme)
        self._said_head = SectionHeader(theme, self.tr("诉求"))
        self._clocks_head = SectionHeader(theme, self.tr("时钟"))
        self._story_head = SectionHeader(theme, self.tr("经过"))
        self._scroll = titled_column(
            theme,
            (
                (None, above),
                (self._said_head, self._said),
                (None, self._private),
                (self._clocks_head, self.clocks),
                (self._story_head, self.story),
            ),
            self.tr("工单内容"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def show_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def show_ticket(self, ticket: Ticket, body: bytes | None, *, masked: bool) -> None:
        """`body` is the record of the log; None = only what this machine knows."""
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        if body is not None:
            story = story_of(body, ticket, names, now, site)
            said, caller = private_texts(body)
        else:
            known = [(record.time, record.text) for record in records_from_ticket(ticket, names, now, site)]
            story, said, caller = still_told(ticket, names, now, site, known), "", ""
        photos = photo_lines(self._photos.photos(), self._photos.records(), names, now, site)
        # Without the log the instants of its lines are not known: photos stand behind them.
        told = sorted((*story.lines, *photos), key=lambda line: line.at) if body else (*story.lines, *photos)
        self.story.set_lines(told)
        self.clocks.set_runs(story.runs)
        self._said.set_text(said)
        self._said.setHidden(not said)
        self._show_private(said, caller, masked=masked, away=bool(ticket.private) and body is None)
        self._said_head.setHidden(not said and not self._private.text())
        broken = sum(1 for run in story.runs if run.state == "overdue")
        self._clocks_head.set_note(filled(self.tr("{n} 个超期"), {"n": broken}) if broken else self.tr("没有超期"))
        count = filled(self.tr("{n} 条，按发生先后"), {"n": len(told)})
        self._story_head.set_note(count if body is not None else self.tr("全部经过须联机取得，以下为本机所知"))

    def _show_private(self, said: str, caller: str, *, masked: bool, away: bool) -> None:
        """`away`: there are words of a citizen, but not on this machine."""
        mask = self.tr("已脱敏") if (said or caller) and masked else ""
        text = " · ".join(part for part in (caller, mask) if part)
        if not said and away:
            text = self.tr("诉求原文须联机取得")
        self._private.set_text(text)
        self._private.setHidden(not text)
