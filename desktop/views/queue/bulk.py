"""One command on many tickets: what would be done and what refused, ticket by ticket, before anything is sent. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.views.refusal_words import reason_text
from desktop.views.words import filled
from domain.commands import Command
from domain.lifecycle import Decision, Rejection
from domain.ticket import Ticket

MOST = 200
"""Tickets in one go: more than a person can answer for."""
BULK = (
    "file",
    "request_verification",
    "dispatch",
    "redirect",
    "request_check",
    "close",
    "remind",
    "supervise",
    "raise_urgency",
    "approve_delay",
    "approve_suspend",
    "comment",
)
"""Commands that mean the same for many tickets. What is about one ticket (merge, return, verdicts) is not among them."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`ready`: (ticket, its command). `refused`: (reason in words, how many), the most frequent first."""

    ready: tuple[tuple[Ticket, Command], ...]
    refused: tuple[tuple[str, int], ...]

    @property
    def refused_count(self) -> int:
        return sum(count for _, count in self.refused)


def preview(
    tickets: Sequence[Ticket],
    command_for: Callable[[Ticket], Command],
    judge: Callable[[Command, Ticket], Decision | Rejection | None],
    line: str,
) -> Preview:
    """`line`: why the line refuses this command now, "" where it does not."""
    ready: list[tuple[Ticket, Command]] = []
    refused: Counter[str] = Counter()
    for ticket in tickets:
        command = command_for(ticket)
        answer = judge(command, ticket)
        if line:
            refused[line] += 1
        elif isinstance(answer, Rejection):
            refused[reason_text(answer.code, answer.detail)] += 1
        elif answer is None:
            refused[reason_text("no_identity")] += 1
        else:
            ready.append((ticket, command))
    return Preview(tuple(ready), tuple(refused.most_common()))


def sentence(found: Preview) -> str:
    """将办 12 件；不办 3 件：现为处理中 2 件，已催办 1 件."""
    translate = QCoreApplication.translate
    text = filled(translate("bulk", "将办 {n} 件"), {"n": len(found.ready)})
    if not found.refused:
        return text
    pattern, comma = translate("bulk", "{why} {n} 件"), translate("bulk", "，")
    reasons = comma.join(filled(pattern, {"why": why, "n": count}) for why, count in found.refused)
    tail = filled(translate("bulk", "；不办 {n} 件：{reasons}"), {"n": found.refused_count, "reasons": reasons})
    return text + tail
