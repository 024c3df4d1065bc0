"""A past period as it stood at an earlier instant, for comparing like with like: what happened after that instant is taken back.

From columns alone, to a quarter of an hour. Known of a ticket are its last closing and handling: one that was closed, reopened and
closed again counts from the last closing on.
"""

from datetime import datetime

import numpy as np

from backend.facts.breakdown import Cases, pick
from backend.facts.table import FactTable, quarter
from domain.kpi_parts import DENOMINATOR, EXCLUDED_KIND, NUMERATOR_KIND, Formula, days_of

COHORT_MARKS = {"accepted": "accepted_q", "due": "due_q", "closed": "closed_q"}
BY_DUE = "due"


def as_stood(table: FactTable, found: Cases, formula: Formula, by: str, then: datetime) -> Cases | None:
    """The cases as they were at `then`. None where the columns cannot tell."""
    if formula.ripens not in ("", "closed", "handled"):
        return None
    at = quarter(then)
    if by not in COHORT_MARKS:
        found = pick(found, found.day <= days_of(table.rules.zone).number(then))
    elif by != BY_DUE:
        found = pick(found, table.mark(COHORT_MARKS[by])[np.asarray(found.row)] <= at)
    return _unripened(table, found, formula, at) if formula.ripens else found


def _unripened(table: FactTable, found: Cases, formula: Formula, at: int) -> Cases:
    """Not yet done then: below the line instead of above it; of what counts only once it is due, no case at all before that."""
    row = np.asarray(found.row)
    done = table.mark("closed_q")[row]
    if formula.ripens == "handled":
        handled = table.mark("handled_q")[row]
        done = np.where(handled == 0, done, handled)
    kinds = np.array([part.kind for part in table.parts])[found.part]
    open_then = (done == 0) | (done > at)
    part = found.part.copy()
    part[open_then & (kinds == NUMERATOR_KIND)] = table.number_of(DENOMINATOR)
    found = found._replace(part=part)
    if formula.by != BY_DUE:
        return found
    return pick(found, ~open_then | (table.mark("due_q")[row] <= at) | (kinds == EXCLUDED_KIND))
