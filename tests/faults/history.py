"""The checker of a history: what the seats were told, what their screens showed, and the log as it is in the end.

In the manner of Jepsen's set-full: every acknowledged command must be in the log for ever, once; every screen that says
"live" must show what was acknowledged 15 s ago; and nothing that was once stored at a desk may be without an end.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

STALE_AFTER_S = 15.0
Line = dict[str, Any]


class LogRow(Struct, frozen=True):
    seq: int
    epoch: str
    entity_id: str
    entity_version: int
    outbox: str
    n: int
    user: str


class Verdict(Struct, frozen=True, kw_only=True):
    """Empty lists mean that all is well."""

    acknowledged: int = 0
    lost: list[str] = []
    duplicated: list[str] = []
    stale: list[str] = []
    backwards: list[str] = []
    unsaid: list[str] = []
    contradicting: list[str] = []
    visible_after_s: list[float] = []
    """For each acknowledged command: seconds until the slowest seat that was live showed it."""

    @property
    def ok(self) -> bool:
        return not (self.lost or self.duplicated or self.stale or self.backwards or self.unsaid or self.contradicting)

    def summary(self) -> str:
        kinds = ("lost", "duplicated", "stale", "backwards", "unsaid", "contradicting")
        return f"acknowledged {self.acknowledged}, " + ", ".join(f"{kind} {len(getattr(self, kind))}" for kind in kinds)


def read(path: Path) -> list[Line]:
    """All whole lines; the last one of a killed process may be cut."""
    lines = []
    for text in path.read_text("utf-8").splitlines(keepends=True):
        if text.endswith("\n"):
            lines.append(json.loads(text))
    return lines


def check(history: Iterable[Line], log: Sequence[LogRow], ended: Iterable[tuple[str, int]]) -> Verdict:
    """`ended`: (outbox, n) of everything that the outboxes hold in an end state or show to a person."""
    lines = sorted(history, key=lambda line: float(line["at"]))
    outcomes = [line for line in lines if line["what"] == "outcome"]
    applied = [line for line in outcomes if line["status"] == "applied"]
    by_command = {(row.outbox, row.n): row for row in log}
    effects = Counter((row.outbox, row.n) for row in log)
    return Verdict(
        acknowledged=len({(line["outbox"], line["n"]) for line in applied}),
        lost=_lost(applied, by_command, {row.epoch for row in log}),
        duplicated=[f"{key}: {count} events" for key, count in effects.items() if count > 1] + _versions_twice(log),
        stale=_stale(lines, applied),
        backwards=_backwards(lines),
        unsaid=_unsaid(lines, set(ended)),
        contradicting=_contradicting(outcomes),
        visible_after_s=_latencies(lines, applied),
    )


def _lost(applied: Iterable[Line], log: dict[tuple[str, int], LogRow], epochs: set[str]) -> list[str]:
    found = []
    for line in applied:
        row = log.get((line["outbox"], line["n"]))
        if row is None or row.seq != line["seq"]:
            found.append(f"{line['outbox'][:6]}/{line['n']} acknowledged at {line['seq']}, in the log: {row}")
    return found


def _versions_twice(log: Iterable[LogRow]) -> list[str]:
    """I13: versions of a ticket rise by one or, beside it (comments), stay."""
    last: dict[str, int] = {}
    found = []
    for row in log:
        before = last.get(row.entity_id, 0)
        if row.entity_version not in (before, before + 1):
            found.append(f"{row.entity_id} went from version {before} to {row.entity_version} at {row.seq}")
        last[row.entity_id] = row.entity_version
    return found


def _stale(lines: Iterable[Line], applied: Iterable[Line]) -> list[str]:
    """A screen that says `live` and does not show what somebody was told 15 s ago."""
    acknowledged = [(float(line["at"]), line["epoch"], int(line["seq"])) for line in applied]
    found, place, newest = [], 0, defaultdict[str, int](int)
    for line in lines:
        if line["what"] != "seen" or line["state"] != "live":
            continue
        while place < len(acknowledged) and acknowledged[place][0] <= line["at"] - STALE_AFTER_S:
            _, epoch, seq = acknowledged[place]
            newest[epoch] = max(newest[epoch], seq)
            place += 1
        if line["seq"] < newest[line["epoch"]]:
            found.append(f"{line['seat']} live at {line['seq']} although {newest[line['epoch']]} was told 15 s before")
    return found


def _backwards(lines: Iterable[Line]) -> list[str]:
    """I7: within one run of a desk and one epoch the screen never goes back."""
    last: dict[str, tuple[str, int]] = {}
    found = []
    for line in lines:
        if line["what"] == "start":
            last.pop(line["seat"], None)
        elif line["what"] == "seen":
            before = last.get(line["seat"])
            if before is not None and before[0] == line["epoch"] and line["seq"] < before[1]:
                found.append(f"{line['seat']} went from {before[1]} back to {line['seq']}")
            last[line["seat"]] = (line["epoch"], line["seq"])
    return found


def _unsaid(lines: Iterable[Line], ended: set[tuple[str, int]]) -> list[str]:
    """I11: what was stored once ends somewhere."""
    stored = {(line["outbox"], line["n"]) for line in lines if line["what"] == "stored"}
    return [f"{outbox[:6]}/{n} was stored and has no end" for outbox, n in sorted(stored - ended)]


def _contradicting(outcomes: Iterable[Line]) -> list[str]:
    """I10: all final answers to one command are equal."""
    answers: dict[tuple[str, int], set[tuple[str, Any]]] = defaultdict(set)
    for line in outcomes:
        answers[(line["outbox"], line["n"])].add((line["status"], line["seq"]))
    return [f"{key}: {sorted(map(str, told))}" for key, told in answers.items() if len(told) > 1]


def _latencies(lines: Sequence[Line], applied: Iterable[Line]) -> list[float]:
    seen: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for line in lines:
        if line["what"] == "seen" and line["state"] == "live":
            seen[line["seat"]].append((line["at"], line["seq"]))
    found = []
    for line in applied:
        firsts = [
            next((at - line["at"] for at, seq in samples if at >= line["at"] and seq >= line["seq"]), None)
            for samples in seen.values()
        ]
        known = [first for first in firsts if first is not None]
        if known:
            found.append(max(known))
    return found
