"""Who may give which command in which state: one table along an inspection's way. What is not in it is denied, SYSTEM too.

Beyond it stand guards by unit: a handler or collector acts for the own unit, and as the lead only from the lead unit.
"""

from collections.abc import Mapping
from typing import NamedTuple

from domain.inspection.words import InspectionState
from domain.vocabulary import Role

DESK = frozenset({Role.DISPATCHER, Role.COORDINATOR, Role.SHIFT_LEADER})
"""Sees to every unit's part; what it writes down for a unit is marked as told."""
LEAD = DESK | {Role.HANDLER}
SITE = DESK | {Role.HANDLER, Role.COLLECTOR}

_S = InspectionState
_ON_SITE = frozenset({_S.ISSUED, _S.UNDER_WAY})
_CHECKED = frozenset({_S.UNDER_WAY, _S.FINDINGS_IN})


class Row(NamedTuple):
    states: frozenset[InspectionState]
    roles: frozenset[Role]
    lead_only: bool = False


MATRIX: Mapping[str, Row] = {
    "plan": Row(frozenset(), LEAD),
    "revise": Row(frozenset({_S.PLANNED}), LEAD, lead_only=True),
    "issue": Row(frozenset({_S.PLANNED}), LEAD, lead_only=True),
    "check_in": Row(_ON_SITE, SITE),
    "find": Row(_CHECKED, SITE),
    "add_photo": Row(_CHECKED | {_S.RECTIFYING}, SITE),
    "urge": Row(_ON_SITE | {_S.FINDINGS_IN, _S.RECTIFYING}, LEAD, lead_only=True),
    "end_findings": Row(frozenset({_S.UNDER_WAY}), LEAD, lead_only=True),
    "return_part": Row(_CHECKED, LEAD, lead_only=True),
    "issue_notice": Row(_CHECKED, LEAD, lead_only=True),
    "serve_notice": Row(_CHECKED | {_S.RECTIFYING}, SITE),
    "set_recheck": Row(frozenset({_S.FINDINGS_IN, _S.RECTIFYING}), LEAD, lead_only=True),
    "rectify": Row(_CHECKED | {_S.RECTIFYING}, SITE),
    "record_recheck": Row(frozenset({_S.RECTIFYING}), SITE),
    "score_part": Row(_CHECKED | {_S.RECTIFYING, _S.RECHECKED}, LEAD, lead_only=True),
    "close": Row(frozenset({_S.FINDINGS_IN, _S.RECHECKED}), LEAD, lead_only=True),
    "cancel": Row(frozenset({_S.PLANNED, _S.ISSUED, _S.UNDER_WAY}), LEAD, lead_only=True),
}

BESIDE_EACH_OTHER = frozenset({"check_in", "find", "add_photo", "rectify"})
"""Each is about one unit or one cell: many do them at the same time, and none of them is about the document as a whole."""

OFFLINE = frozenset({"check_in", "find", "add_photo"})
"""On site there may be no line; papers and everything that binds others need the server."""
