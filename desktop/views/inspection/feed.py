"""All inspections of the mirror with names, site time and "now", shared by the desk window and its wall copy. It only reads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.names import Names
from desktop.views.document_context import context_of
from desktop.views.inspection.list_pane import ListGroup
from desktop.views.inspection.values import list_line
from desktop.views.inspection.words import LISTED, group_word
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from domain.documents import DocContext
from domain.inspection.kind import NAME
from domain.inspection.values import Inspection
from protocol import reference
from protocol.reference import Reference, rules_of

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class InspectionFeed(QObject):
    """`changed` after every change of an inspection, `reference_changed` when names are others now."""

    changed = Signal()
    reference_changed = Signal()

    def __init__(self, bridge: Bridge, language: str = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._language = bridge, language
        self._older: dict[str, Inspection] = {}
        self._read_reference()
        bridge.documents_changed.connect(self._on_documents_changed)
        bridge.topic_changed.connect(self._on_topic_changed)

    @property
    def bridge(self) -> Bridge:
        return self._bridge

    def now(self) -> datetime:
        return self._bridge.clock.now_business()

    def get(self, inspection_id: str) -> Inspection | None:
        found = self._bridge.mirror.documents.get(NAME, {}).get(inspection_id)
        return found if isinstance(found, Inspection) else None

    def all(self) -> list[Inspection]:
        """Of the working set, in no order."""
        known = self._bridge.mirror.documents.get(NAME, {}).values()
        return [one for one in known if isinstance(one, Inspection)]

    def known(self) -> list[Inspection]:
        """The working set and those of the cache that were asked for (`keep`)."""
        return [*self.all(), *(one for one in self._older.values() if self.get(one.id) is None)]

    def keep(self, older: list[Inspection]) -> None:
        """Past inspections out of the cache."""
        self._older.update((one.id, one) for one in older)
        self.changed.emit()

    def groups(self) -> tuple[ListGroup, ...]:
        """The list at the left: what ends first stands first, what has ended last stands first."""
        groups = []
        now = self.now()
        for name, states in LISTED:
            found = [one for one in self.all() if one.state in states]
            if name == "ended":
                found.sort(key=lambda one: (one.changed_at, one.id), reverse=True)
            else:
                found.sort(key=lambda one: (one.plan.ends_at, one.id))
            lines = tuple(list_line(one, self.names, self.site, now) for one in found)
            groups.append(ListGroup(group_word(name), lines))
        return tuple(groups)

    def context(self) -> DocContext | None:
        """What the rules need to say what this seat may do now; None before login or before the first tables."""
        return context_of(self._bridge, self.rules)

    @property
    def short_name(self) -> str:
        """The site as it stands in numbers of papers: 坪山."""
        site = self.reference.site if self.reference else ""
        return site.removesuffix("区").removesuffix("市") or site

    def _read_reference(self) -> None:
        topic = self._bridge.topics.get(reference.TOPIC)
        self.reference: Reference | None = topic.value if topic is not None else None
        self.names = Names.of(self.reference)
        zone = self.reference.zone if self.reference else DEFAULT_ZONE
        self.site = SiteTime(zone, self._language)
        self.rules = None if self.reference is None else rules_of(self.reference)

    def _on_documents_changed(self, kind: str) -> None:
        if kind == NAME:
            self.changed.emit()

    def _on_topic_changed(self, name: str) -> None:
        if name == reference.TOPIC:
            self._read_reference()
            self.reference_changed.emit()
