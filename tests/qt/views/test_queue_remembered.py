"""What a queue showed comes back, and what another version wrote costs only itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ticket_filter import CLOCK_STATES, SAVED_VIEWS, URGENCIES, QueueFilter
from desktop.models.ticket_order import SORTS
from desktop.views.queue.remembered import kept, shown_again
from domain.ids import TicketId
from domain.vocabulary import State

TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=6)


def some(choices: st.SearchStrategy[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(choices, min_size=1, max_size=4)


FACETS = st.fixed_dictionaries(
    {},
    optional={
        "clock": some(st.sampled_from(CLOCK_STATES)),
        "urgency": some(st.sampled_from([urgency.value for urgency in URGENCIES])),
        "source": some(TEXTS),
        "town": some(TEXTS),
    },
)
FILTERS = st.builds(
    QueueFilter,
    view=st.sampled_from([view.id for view in SAVED_VIEWS]),
    excluded=FACETS.map(lambda facets: facets or None),
    states=st.none() | st.frozensets(st.sampled_from(State), min_size=1),
)


@given(chosen=FILTERS, sort=st.sampled_from(SORTS))
def test_it_comes_back(chosen: QueueFilter, sort: str) -> None:
    assert shown_again(kept(chosen, sort)) == (chosen, sort)


def test_an_exact_list_and_the_words_of_a_search_belong_to_the_moment() -> None:
    assert kept(QueueFilter(ids=frozenset({TicketId("181009-0001")})), "unit") == ""
    assert shown_again(kept(QueueFilter(query="井盖"), "unit")) == (QueueFilter(), "unit")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "overdue",
        '{"view": "tomorrow", "sort": "unit"}',
        '{"view": "open", "sort": "colour"}',
        '{"view": "open", "sort": "unit", "excluded": {"moon": ["full"]}}',
        '{"view": "open", "sort": "unit", "excluded": {"clock": ["lunar"]}}',
        '{"view": "open", "sort": "unit", "states": ["dreaming"]}',
    ],
)
def test_what_is_not_known_is_not_shown_in_part(text: str) -> None:
    assert shown_again(text) is None
