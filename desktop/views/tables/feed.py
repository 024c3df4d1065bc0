"""The tables of the site as this desk knows them: the topic `reference`, and the revisions that made it so. It only reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.models.names import Names
from desktop.services.values import Answer
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.trouble import Trouble
from domain.catalogue import Catalogue
from domain.documents import may
from domain.tables.current import Tables, laid_over
from domain.tables.deciding import NAME
from domain.tables.kind import TABLES
from domain.tables.proposals import UNUSED_MONTHS, Usage
from domain.tables.values import Revision
from domain.tables.words import Progress, Table
from protocol import reference
from protocol.reference import Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

MONTH_DAYS = 30


class TablesFeed(QObject):
    """`changed` after every revision and every new reference; `usage_changed` when the count of tickets per item has come."""

    changed = Signal()
    usage_changed = Signal()

    def __init__(self, bridge: Bridge, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._language = bridge, language
        self.reference: Reference | None = None
        self.usage: dict[str, Usage] | None = None
        """None = not counted yet, or not now."""
        self.usage_trouble = Trouble()
        self._asking = False
        self.usage_at: datetime | None = None
        self._read()
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.documents_changed.connect(self._on_documents_changed)

    # -- tables ---------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self._bridge.clock.now_business()

    def since(self) -> datetime:
        """Start of the period in which an item must have been used."""
        return self.now() - timedelta(days=MONTH_DAYS * UNUSED_MONTHS)

    def revisions(self, table: Table) -> tuple[Revision, ...]:
        """Drafts first, then the newest: what an editor looks for."""
        known = self._bridge.mirror.documents.get(NAME, {}).values()
        found = [one for one in known if isinstance(one, Revision) and one.table is table]
        shown = [one for one in found if one.progress is not Progress.DROPPED]
        return tuple(sorted(shown, key=lambda one: (one.progress is not Progress.DRAFT, -one.number)))

    def draft(self, table: Table) -> Revision | None:
        return next((one for one in self.revisions(table) if one.progress is Progress.DRAFT), None)

    def revision(self, revision_id: str) -> Revision | None:
        found = self._bridge.mirror.documents.get(NAME, {}).get(revision_id)
        return found if isinstance(found, Revision) else None

    def tables(self) -> Tables:
        """List, areas and units as the server has them; components and posts, which no desk decides by, from the revisions."""
        if self.reference is None:
            return Tables()
        known = self.reference
        ours = laid_over(Tables(), (*self.revisions(Table.COMPONENTS), *self.revisions(Table.ORGANISATION)))
        return Tables(
            items=known.items,
            areas={area.code: area for area in known.areas},
            units={unit.id: unit for unit in known.units},
            posts=ours.posts,
            components=ours.components,
            days=known.days,
            hours=known.hours,
        )

    def why_not_edit(self, command: str = "amend") -> str:
        """ "" or the code why this seat cannot change tables now."""
        actor = self._bridge.actor
        if actor is None:
            return "no_identity"
        if not may(TABLES, command, actor.role):
            return "role"
        return self._bridge.commander.act_allowed_now(NAME, command)

    # -- usage ----------------------------------------------------------------------------------------

    def need_usage(self) -> None:
        """Ask how often each item is used, once there is a line; the answer comes with `usage_changed`."""
        if self.usage is not None or self._asking or not self._bridge.online:
            return
        self._asking = True
        self._bridge.ask_then("list_usage", {"since": self.since().isoformat()}, self._on_usage)

    def _on_usage(self, answer: Answer) -> None:
        self._asking = False
        if answer.body is None or answer.error:
            self.usage_trouble.failed(answer.error, self.now())
        else:
            self.usage_trouble.clear()
            rows = msgspec.json.decode(answer.body, type=list[Usage])
            self.usage = {row.item: row for row in rows}
            self.usage_at = self.now()
        self.usage_changed.emit()

    # -- inside ---------------------------------------------------------------------------------------

    def _read(self) -> None:
        topic = self._bridge.topics.get(reference.TOPIC)
        self.reference = topic.value if topic is not None else None
        self.names = Names.of(self.reference)
        self.site = SiteTime(self.reference.zone if self.reference else DEFAULT_ZONE, self._language)
        self.catalogue = Catalogue(self.reference.items if self.reference else ())

    def _on_topic_changed(self, name: str) -> None:
        if name == reference.TOPIC:
            self._read()
            self.changed.emit()

    def _on_documents_changed(self, kind: str) -> None:
        if kind == NAME:
            self.changed.emit()
