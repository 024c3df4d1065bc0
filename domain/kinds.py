"""Every kind of document that this release knows, as one plain tuple: the composition roots hand it on, nobody looks it up by name.

A new kind is written in a module of its own (docs/documents.md) and added here; nothing else needs to know it.
"""

from domain.alarms.kind import ALARM
from domain.documents import DocKind
from domain.evaluation.spot_check import SPOT_CHECK
from domain.evidence import EVIDENCE
from domain.handover.kind import HANDOVER
from domain.inspection.kind import INSPECTION
from domain.shifts.roster import ROSTER
from domain.tables.kind import TABLES
from domain.takeout import TAKEOUT
from domain.wall.kind import WALL

KINDS: tuple[DocKind, ...] = (INSPECTION, EVIDENCE, SPOT_CHECK, ROSTER, HANDOVER, TABLES, ALARM, TAKEOUT, WALL)
