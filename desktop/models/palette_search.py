"""What the command palette can find, and in which order. Pure: entries in, entries out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.models.pinyin import NO_MATCH, match

KINDS = ("action", "window", "view", "ticket", "place", "camera", "setting")
"""In the order in which equally good finds stand."""
MOST = 14
MOST_OF_A_KIND = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """`target` is what the one who opens it needs: a window, a key, a ticket, an area code. `words`: further names it has."""

    kind: str
    target: str
    text: str
    note: str = ""
    key: str = ""
    words: str = ""


def find(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """The best finds first; of each kind only a few, so that none hides the others. An empty query finds nothing."""
    counts: dict[str, int] = {}
    found: list[Entry] = []
    for entry in _ranked(query, entries):
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
        if counts[entry.kind] <= MOST_OF_A_KIND:
            found.append(entry)
    return found[:MOST]


def actions(query: str, entries: Sequence[Entry]) -> list[Entry]:
    """After `/`: the actions of the window, every one that fits; all of them for an empty word."""
    known = [entry for entry in entries if entry.kind == "action"]
    return _ranked(query, known) if query else known


def _ranked(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """All that fit, the best first."""
    ranked: list[tuple[int, int, int, Entry]] = []
    for number, entry in enumerate(entries):
        rank = min(match(query, entry.text), match(query, entry.words) + 1 if entry.words else NO_MATCH)
        if rank < NO_MATCH:
            ranked.append((rank, KINDS.index(entry.kind), number, entry))
    ranked.sort(key=lambda one: one[:3])
    return [entry for *_, entry in ranked]
