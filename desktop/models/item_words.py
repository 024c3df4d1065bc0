"""Which item of the list somebody may mean who says it in his own words: shared pairs of characters, rare ones weigh more. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log

from domain.catalogue import Item

NAME_WEIGHT, CLASS_WEIGHT, BASIS_WEIGHT = 3.0, 1.0, 0.5
LEAST_SCORE = 0.05


def pairs(text: str) -> set[str]:
    """Neighbouring characters of the words: 井盖缺失 → 井盖 盖缺 缺失. Latin words count whole."""
    found: set[str] = set()
    for word in _words(text):
        if word.isascii():
            found.add(word)
        else:
            found.update(word[place : place + 2] for place in range(max(1, len(word) - 1)))
    return found


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text.casefold()).split()


class ItemWords:
    """Prepared once for a list."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = [item for item in items if item.name]
        self._parts = [
            (
                pairs(item.name) | pairs(item.sub_class_name),
                pairs(item.class_name),
                pairs(item.filing_condition),
            )
            for item in self._items
        ]
        counts = Counter(pair for parts in self._parts for pair in set().union(*parts))
        total = max(1, len(self._items))
        self._weights = {pair: log(1 + total / count) for pair, count in counts.items()}

    def suggest(self, text: str, most: int = 6) -> list[Item]:
        """The items that share most with the words, the likeliest first; none for words that no item knows."""
        said = pairs(text)
        if not said:
            return []
        whole = sum(self._weights.get(pair, 0.0) for pair in said) or 1.0
        scored = [(self._score(said, parts) / whole, place) for place, parts in enumerate(self._parts)]
        best = sorted((pair for pair in scored if pair[0] >= LEAST_SCORE), key=lambda pair: (-pair[0], pair[1]))
        return [self._items[place] for _, place in best[:most]]

    def _score(self, said: set[str], parts: tuple[set[str], set[str], set[str]]) -> float:
        score = 0.0
        for known, weight in zip(parts, (NAME_WEIGHT, CLASS_WEIGHT, BASIS_WEIGHT), strict=True):
            shared = said & known
            score += weight * sum(self._weights[pair] for pair in shared)
        # A short name that is said whole beats a long one of which a part is said.
        named = len(said & parts[0]) / max(1, len(parts[0]))
        return score * (1 + named)
