"""The tables of the site as they are now: what it was set up with and every published revision, as rules and as the topic `reference`.

A sink of the command service: after a revision was published, the next command is decided by the new tables, and every desk
gets them. Nothing is decided here.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec.structs import replace

from backend.hub import MAX_TOPIC
from backend.reference import Site
from backend.store.records import LogRecord
from domain.clocks import WorkCalendar
from domain.kpi_engine import KpiSetup
from domain.kpi_parts import KpiRules
from domain.organisation import AreaTree
from domain.rules import Rules
from domain.tables.current import Tables, laid_over, lay
from domain.tables.deciding import NAME
from domain.tables.values import Revision, Rows
from domain.tables.words import Progress, Table
from protocol.reference import Reference, encode

log = logging.getLogger(__name__)
PUBLISHING = frozenset({"published", "amended"})
"""Types of the events after which a revision counts."""
K = TypeVar("K")
V = TypeVar("V")


class LiveMap(Mapping[K, V], Generic[K, V]):
    """A look-up whose whole content is exchanged at once: who reads it in another thread sees the old one or the new one."""

    def __init__(self, values: Mapping[K, V]) -> None:
        self._values = dict(values)

    def exchange(self, values: Mapping[K, V]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: K) -> V:
        return self._values[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class SiteTables:
    """`on_change(tables that changed)` is called on the loop thread after `rules` and `reference` are the new ones.

    `on_foreign()` when another node has published: its records carry no documents, who owns the store reads them and calls `take`.
    """

    def __init__(
        self, site: Site, on_change: Callable[[frozenset[Table]], None], on_foreign: Callable[[], None]
    ) -> None:
        self.rules: Rules = site.rules
        self.reference: Reference = site.reference
        self._site = site
        self._on_change = on_change
        self._on_foreign = on_foreign
        self._revisions: dict[str, Revision] = {}

    def load(self, revisions: Sequence[Revision]) -> None:
        """What the log holds at the start."""
        self._revisions = {one.id: one for one in revisions if one.progress is Progress.PUBLISHED}
        if self._revisions:
            self._build()

    def take(self, revisions: Sequence[Revision]) -> None:
        """All revisions of the log as it is now, or some that were just published; those that are known change nothing."""
        fresh = [one for one in revisions if one.progress is Progress.PUBLISHED and one.id not in self._revisions]
        if fresh:
            self._revisions.update((one.id, one) for one in fresh)
            self._build()
            self._on_change(frozenset(one.table for one in fresh))

    def on_records(self, records: Sequence[LogRecord]) -> None:
        ours = [record for record in records if record.entity == NAME and record.type in PUBLISHING]
        self.take([record.document for record in ours if isinstance(record.document, Revision)])
        if any(record.document is None for record in ours):
            self._on_foreign()

    def tables(self) -> Tables:
        """With the register of components, which is in no topic."""
        return laid_over(self._first(), self._revisions.values())

    def rules_with(self, rows: Rows) -> Rules:
        """The rules of now with other working days and office hours: what a change of the calendar would lead to."""
        calendar = self.rules.calendar
        days = dict(calendar.overrides)
        lay(rows, {}, {}, {}, {}, days)
        hours = next(iter(rows.hours), calendar.hours)
        return replace(self.rules, calendar=WorkCalendar(self._site.reference.zone, hours, days))

    def has(self, table: Table) -> bool:
        """Whether this table was ever revised."""
        return any(one.table is table for one in self._revisions.values())

    def _first(self) -> Tables:
        areas = {area.code: area for area in self._site.areas}
        return Tables(
            items=self._site.catalogue.everything(),
            areas=areas,
            units=dict(self._site.units),
            hours=self._site.calendar.hours,
        )

    def _build(self) -> None:
        small = [one for one in self._revisions.values() if one.table is not Table.COMPONENTS]
        tables = laid_over(self._first(), small)
        zone = self._site.reference.zone
        areas = AreaTree(tables.areas.values())
        calendar = WorkCalendar(zone, tables.hours, tables.days)
        self.rules = replace(
            self._site.rules, calendar=calendar, catalogue=tables.catalogue, areas=areas, units=tables.units
        )
        self.reference = naming(self._site.reference, tables)
        size = len(encode(self.reference))
        if size > MAX_TOPIC // 2:
            # Half is left: nobody is cut off yet, and there is time to split the topic.
            log.error("ALARM reference_large: the tables of the site are %d bytes packed, at most %d", size, MAX_TOPIC)


def naming(base: Reference, tables: Tables) -> Reference:
    """The topic `reference` of a site that was installed as `base` and whose tables are these now."""
    return replace(
        base,
        areas=tuple(tables.areas.values()),
        units=tuple(tables.units.values()),
        items=tables.items,
        days=tables.days,
        hours=tables.hours,
    )


def revised(base: Reference, revisions: Sequence[Revision]) -> Reference:
    """`base` (with every version of its items) after the published ones among these."""
    small = [one for one in revisions if one.progress is Progress.PUBLISHED and one.table is not Table.COMPONENTS]
    if not small:
        return base
    areas, units = {area.code: area for area in base.areas}, {unit.id: unit for unit in base.units}
    return naming(base, laid_over(Tables(items=base.items, areas=areas, units=units, hours=base.hours), small))


def kpi_setup(site: Site) -> KpiSetup:
    """What the KPI engines of this site need to name and judge."""
    return setup_of(site.reference)


def setup_of(reference: Reference) -> KpiSetup:
    """The same by the tables of now, where they were revised."""
    return KpiSetup(
        rules=KpiRules(zone=reference.zone),
        targets=reference.targets,
        level_targets=reference.level_targets,
        items=LiveMap({item.code: (item.class_name, item.sub_class_name) for item in reference.items}),
        area_names=LiveMap({area.code: area.name for area in reference.areas}),
        unit_names=LiveMap({unit.id: unit.name for unit in reference.units}),
    )
