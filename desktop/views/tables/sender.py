"""Sends changes of tables: a few rows with one command, a file as a draft in parts. Says by `said` what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services.values import Refusal
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.words import refusal_text
from desktop.views.words import filled
from domain.tables import commands
from domain.tables.deciding import MOST_DRAFT_ROWS, NAME
from domain.tables.importing import bundles
from domain.tables.values import Revision, Rows
from domain.tables.words import Table

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from protocol.messages import Outcome


class TableSender(QObject):
    """One file at a time. `sent` when a change is on its way, `said` in words when it was made or refused."""

    said = Signal(str)
    sent = Signal()

    def __init__(self, bridge: Bridge, feed: TablesFeed, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._table = bridge, feed, table
        self._waiting: list[list[Rows]] = []
        """What is to be put into drafts that do not exist yet: one list of parts per draft."""
        self._heading: commands.Start | None = None
        self._drafts: set[str] = set()
        """Drafts of this sender whose parts are given."""
        bridge.documents_changed.connect(self._on_documents_changed)
        bridge.outcome_arrived.connect(self._on_outcome)

    def amend(self, rows: Rows, reason: str, valid_from: datetime | None = None) -> str:
        """A few rows at once; "" or the sentence why not."""
        command = commands.Amend(table=self._table, reason=reason, valid_from=valid_from, rows=rows)
        return self._give(command, None)

    def send_file(self, rows: Rows, reason: str, valid_from: datetime | None = None) -> str:
        """All rows of an import, published as soon as all parts are there; "" or the sentence why not."""
        self._heading = commands.Start(table=self._table, reason=reason, valid_from=valid_from)
        self._waiting = bundles(rows, MOST_DRAFT_ROWS)
        return self._start_next()

    def publish(self, draft: Revision) -> str:
        return self._give(commands.Publish(), draft)

    def drop(self, draft: Revision) -> str:
        return self._give(commands.Drop(), draft)

    def busy(self) -> bool:
        return bool(self._waiting)

    def _start_next(self) -> str:
        assert self._heading is not None
        why = self._give(self._heading, None)
        if why:
            self._waiting = []
        return why

    def _give(self, command: commands.Command, draft: Revision | None) -> str:
        answer = self._bridge.commander.act(NAME, command, draft)
        if isinstance(answer, Refusal):
            return refusal_text(answer.code, answer.detail)
        self.sent.emit()
        return ""

    def _on_documents_changed(self, kind: str) -> None:
        """The draft is there: its parts and its publishing go out behind each other, each counting on the one before."""
        draft = self._feed.draft(self._table) if kind == NAME else None
        if not self._waiting or draft is None or draft.id in self._drafts or self._heading is None:
            return
        if draft.reason != self._heading.reason.strip() or draft.rows:
            return
        self._drafts.add(draft.id)
        for part in self._waiting.pop(0):
            self._give(commands.Put(rows=part), draft)
        self._give(commands.Publish(), draft)

    def _on_outcome(self, outcome: Outcome) -> None:
        revision = self._feed.revision(outcome.ticket_id or "")
        if outcome.status == "applied":
            if revision is not None and revision.table is self._table and revision.number:
                self.said.emit(filled(self.tr("第 {n} 版已发布"), {"n": revision.number}))
                if self._waiting:
                    self._start_next()
            return
        if outcome.status in ("rejected", "conflict") and (revision is not None or outcome.code.startswith("table_")):
            self._waiting = []
            self.said.emit(refusal_text(outcome.code or outcome.status, outcome.detail))
