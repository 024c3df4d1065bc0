"""The lists behind a figure of the past: those of tickets untouched since, and those of tickets folded from the log, as one."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from backend.facts.answers import Reader
from backend.kpi_questions import DENOMINATOR_PART, BehindReply, Question
from domain.ids import TicketId
from domain.kpi import result
from domain.kpi_catalogue import BY_ID
from domain.kpi_parts import DENOMINATOR_KIND, EXCLUDED_KIND, NUMERATOR_KIND, Part
from domain.kpi_types import Period


def behind_at(readers: Sequence[Reader], question: Question, at: datetime, seq: int) -> BehindReply:
    """`readers` share no ticket; their verdicts are those of `at`."""
    lists: dict[Part, list[TicketId]] = {}
    period = Period(question.start, question.end, question.by)
    for reader in readers:
        period, found = reader.lists(question)
        for part, ids in found.items():
            lists.setdefault(part, []).extend(ids)
    counts: Counter[tuple[str, str]] = Counter({part: len(ids) for part, ids in lists.items()})
    rows = _chosen(lists, question)
    return BehindReply(
        kpi=result(BY_ID[question.kpi], period, at, counts),
        seq=seq,
        part=question.part,
        total=len(rows),
        offset=question.offset,
        ids=tuple(rows[question.offset : question.offset + question.limit]),
    )


def _chosen(lists: dict[Part, list[TicketId]], question: Question) -> list[TicketId]:
    """By ticket id; what is excluded reason by reason, in the order of their codes."""
    if question.part == EXCLUDED_KIND:
        parts = sorted(part for part in lists if part.kind == EXCLUDED_KIND and question.reason in ("", part.reason))
        return [one for part in parts for one in sorted(lists[part])]
    kinds = (NUMERATOR_KIND, DENOMINATOR_KIND) if question.part == DENOMINATOR_PART else (question.part,)
    return sorted(one for part, ids in lists.items() if part.kind in kinds for one in ids)
