"""What typed words may mean: numbers, matters, places, units. Looked up in the reference tables; the cache knows only codes. Pure."""

from __future__ import annotations

from desktop.models.names import Names
from desktop.services.find_index import FindWord

LEAST_NUMBER = 3
"""Fewer characters of a number would find everything."""


def parsed(text: str, names: Names) -> tuple[list[FindWord], list[str]]:
    """(one FindWord for each word, the words that mean nothing here)"""
    found, unknown = [], []
    for word in text.casefold().split():
        meaning = _meaning(word, names)
        found.append(meaning)
        if not (meaning.text or meaning.items or meaning.areas or meaning.units):
            unknown.append(word)
    return found, unknown


def _meaning(word: str, names: Names) -> FindWord:
    is_number = len(word) >= LEAST_NUMBER and any(char.isdigit() for char in word)
    items = frozenset(
        item.code
        for item in names.items
        if word in item.name.casefold() or word in item.sub_class_name.casefold() or word in item.class_name.casefold()
    )
    areas = tuple(area.code for area in names.areas if word in area.name.casefold() and area.level != "district")
    units = frozenset(unit.id for unit in names.units if word in unit.name.casefold())
    return FindWord(word if is_number else "", items, areas, units)
