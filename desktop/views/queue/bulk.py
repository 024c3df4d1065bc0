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
LINES_MOST = 12
"""Tickets that a preview names one by one."""
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
    """`ready`: (ticket, its command). `refused`: (reason in words, how many), the most frequent first. `ways`: in which ways the
    ready ones are acted on, and how many in each; empty where all go the same way."""

    ready: tuple[tuple[Ticket, Command], ...]
    refused: tuple[tuple[str, int], ...]
    ways: tuple[tuple[str, int], ...] = ()

    @property
    def refused_count(self) -> int:
        return sum(count for _, count in self.refused)


def preview(
    tickets: Sequence[Ticket],
    command_for: Callable[[Ticket], Command | str],
    judge: Callable[[Command, Ticket], Decision | Rejection | None],
    line: str,
    way: Callable[[Command, Ticket], str] = lambda command, ticket: "",
) -> Preview:
    """`line`: why the line refuses this command now, "" where it does not. `command_for` gives a sentence where a ticket has none."""
    ready: list[tuple[Ticket, Command]] = []
    refused: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    for ticket in tickets:
        command = command_for(ticket)
        if isinstance(command, str):
            refused[command] += 1
            continue
        answer = judge(command, ticket)
        if line:
            refused[line] += 1
        elif isinstance(answer, Rejection):
            refused[reason_text(answer.code, answer.detail)] += 1
        elif answer is None:
            refused[reason_text("no_identity")] += 1
        else:
            ready.append((ticket, command))
            ways[way(command, ticket)] += 1
    told = tuple(ways.most_common()) if set(ways) - {""} else ()
    return Preview(tuple(ready), tuple(refused.most_common()), told)


def sentence(found: Preview) -> str:
    """将办 12 件：结案 10 件，结案、调解成功 2 件；不办 3 件：现为处理中 2 件，已催办 1 件."""
    translate = QCoreApplication.translate
    pattern, comma = translate("bulk", "{why} {n} 件"), translate("bulk", "，")

    def counted(parts: Sequence[tuple[str, int]]) -> str:
        return comma.join(filled(pattern, {"why": why, "n": count}) for why, count in parts)

    text = filled(translate("bulk", "将办 {n} 件"), {"n": len(found.ready)})
    if found.ways:
        text += filled(translate("bulk", "：{ways}"), {"ways": counted(found.ways)})
    if not found.refused:
        return text
    words = {"n": found.refused_count, "reasons": counted(found.refused)}
    return text + filled(translate("bulk", "；不办 {n} 件：{reasons}"), words)


def ticket_lines(found: Preview, way: Callable[[Command, Ticket], str]) -> str:
    """181001-0036 结案，调解成功: ticket by ticket where they go different ways; "" where all go the same or too many to read."""
    if len(found.ways) < 2 or len(found.ready) > LINES_MOST:
        return ""
    return "\n".join(f"{ticket.id} {way(command, ticket)}" for ticket, command in found.ready)
