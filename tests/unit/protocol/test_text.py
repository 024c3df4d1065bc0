"""Which text may cross the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.text import MAX_TEXT, clean, normal


def test_clean_keeps_words_and_drops_what_is_forbidden() -> None:
    assert clean("坑梓\r\n路灯\u202e\x00坏了\t!") == "坑梓\n路灯坏了\t!"


@given(st.text(st.characters(codec=None), max_size=300))
def test_what_was_cleaned_is_always_accepted(text: str) -> None:
    once = clean(text)
    assert normal(once) == once


def test_too_long_is_refused_by_the_server_and_cut_by_the_desk() -> None:
    assert len(clean("字" * (MAX_TEXT + 5))) == MAX_TEXT
    with pytest.raises(ValueError, match="characters"):
        normal("字" * (MAX_TEXT + 1))
