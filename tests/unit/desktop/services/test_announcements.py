"""Screen readers: critical at once, the rest once in ten seconds, and the last word on each topic is always said."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.announcements import EVERY_S, MOST_WAITING, AnnouncementPace

OFFERS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 8), st.booleans()), max_size=40)
"""(topic, seconds since the one before, urgent)"""


@given(OFFERS)
def test_whatever_comes_is_said_once_in_ten_seconds_and_the_newest_of_each_topic_is_not_lost(offers):
    pace, now_s = AnnouncementPace(), 0.0
    polite_s: list[float] = []
    newest: dict[str, str] = {}
    said: dict[str, str] = {}
    for number, (topic, gap_s, urgent) in enumerate(offers):
        now_s += gap_s
        text = f"{topic}{number}"
        newest[topic] = text
        texts = pace.offer(topic, text, now_s, urgent=urgent)
        if urgent:
            assert texts == (text,)
        elif texts:
            polite_s.append(now_s)
        said.update((each[0], each) for each in texts)
    now_s += EVERY_S
    said.update((each[0], each) for each in pace.due(now_s))
    assert said == newest
    assert all(later - sooner >= EVERY_S for sooner, later in pairwise(polite_s))
    assert not pace.waits


def test_a_flood_keeps_the_newest():
    pace = AnnouncementPace()
    pace.offer("first", "first", 0.0)
    for number in range(20):
        assert pace.offer(f"t{number}", f"t{number}", 1.0) == ()
    assert pace.due(EVERY_S) == tuple(f"t{number}" for number in range(20 - MOST_WAITING, 20))
