"""Points of one unit for its own part: 报到 20 + 时限 30 + 完成 30 + 质量 20. Weights come from the rules, the rest stands here as data."""

from math import ceil

from msgspec import Struct

from domain.inspection.values import Inspection, Part, Score
from domain.rules import ScoreWeights
from domain.vocabulary import PartState


class ScoreRules(Struct, frozen=True):
    late_minute: float = 2.0
    """Points that each begun minute of a late check-in costs."""
    returned: float = 0.5
    """Share of the points for quality that each return costs."""


SCORE_RULES = ScoreRules()


def most_quality(part: Part, weights: ScoreWeights, rules: ScoreRules = SCORE_RULES) -> float:
    """All points for quality that a part can still have: accepted at first, or less by each return."""
    return round(weights.accepted_first * max(0.0, 1 - rules.returned * part.returns), 1)


def score(
    inspection: Inspection,
    part: Part,
    weights: ScoreWeights,
    quality: float | None = None,
    rules: ScoreRules = SCORE_RULES,
) -> Score:
    """`quality` None = all that the returns leave. A part that is not in gets nothing for it, nor for being on time."""
    asked = inspection.asked_of(part.unit)
    done = inspection.done_by(part.unit) / asked if asked else float(part.arrived_at is not None)
    reported = part.state in (PartState.REPORTED, PartState.ACCEPTED)
    most = most_quality(part, weights, rules) if reported else 0.0
    return Score(
        check_in=_check_in(part, weights, rules),
        on_time=weights.on_time if part.reported_at is not None and part.reported_at <= part.due_at else 0.0,
        complete=round(weights.complete * done, 1) if part.arrived_at is not None else 0.0,
        quality=most if quality is None else min(quality, most),
    )


def _check_in(part: Part, weights: ScoreWeights, rules: ScoreRules) -> float:
    if part.arrived_at is None:
        return 0.0
    return max(0.0, round(weights.check_in - rules.late_minute * ceil(part.late_s / 60), 1))
