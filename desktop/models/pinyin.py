"""Chinese words by their spelling: 派遣 is found by `paiqian` and by `pq`. Pure; the tables of readings are loaded at first use."""

from __future__ import annotations

from functools import lru_cache

MOST_WORDS = 20_000
NO_MATCH = 99


@lru_cache(maxsize=MOST_WORDS)
def spellings(text: str) -> tuple[str, str]:
    """(full, initials) in lower case without tones; what is no Chinese character stays as it is, blanks fall out."""
    from pypinyin import Style, lazy_pinyin  # half a megabyte of readings: not before somebody searches

    # What is no Chinese character comes back as it stood in the text: a number counts with all its digits.
    parts = [part.replace(" ", "") for part in lazy_pinyin(text, style=Style.NORMAL)]
    initials = (part if part in text else part[:1] for part in parts)
    return "".join(parts).lower(), "".join(initials).lower()


@lru_cache(maxsize=MOST_WORDS)
def english_initials(text: str) -> str:
    return "".join(word[0] for word in text.lower().split() if word)


def match(query: str, text: str) -> int:
    """How well a typed word fits a name, 0 the best: begins with it, holds it, initials, spelling. NO_MATCH where it does not."""
    query, name = query.lower().replace(" ", ""), text.lower().replace(" ", "")
    if not query:
        return NO_MATCH
    if name.startswith(query):
        return 0
    if query in name:
        return 1
    if not query.isascii():
        return NO_MATCH
    full, initials = spellings(text)
    for rank, (where, at_begin) in enumerate(((initials, True), (full, True), (initials, False), (full, False)), 2):
        if where.startswith(query) if at_begin else query in where:
            return rank
    return 6 if english_initials(text).startswith(query) else NO_MATCH
