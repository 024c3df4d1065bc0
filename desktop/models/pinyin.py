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
def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Per character what may be typed for it: every reading that it has and the initial of each. 重 is `zhong`, `z`, `chong`, `c`."""
    from pypinyin import Style, pinyin

    made = []
    for letter in text.replace(" ", "").lower():
        # Letter by letter: in a word that it knows, pypinyin gives the reading of that word alone.
        words = [] if letter.isascii() else pinyin(letter, style=Style.NORMAL, heteronym=True)[0]
        made.append(tuple(dict.fromkeys([*words, *(word[:1] for word in words)])) or (letter,))
    return tuple(made)


def _reads(query: str, parts: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the parts, from the first one on, can be typed like this."""
    if not parts:
        return False
    for word in parts[0]:
        if word.startswith(query) or (query.startswith(word) and _reads(query[len(word) :], parts[1:])):
            return True
    return False


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
    if english_initials(text).startswith(query):
        return 6
    # Not the usual reading of the whole: 重复 typed `zhongfu`, or spelling and initials mixed, 派遣 typed `paiq`.
    if not query.isalnum() or text.isascii():
        return NO_MATCH
    parts = readings(text)
    return 7 if any(_reads(query, parts[start:]) for start in range(len(parts))) else NO_MATCH
