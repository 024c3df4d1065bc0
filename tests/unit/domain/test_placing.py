"""What a report's point does to its area: it may make it finer, never another."""

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import AreaCode
from domain.lifecycle.core import Ground
from domain.lifecycle.placing import placed
from domain.vocabulary import PlacedBy

TOWNS = st.sampled_from(["440310001", "440310002"])


@st.composite
def areas(draw) -> AreaCode:
    code = draw(TOWNS)
    for digits in draw(st.sampled_from([(), (3,), (3, 3)])):
        code += draw(st.sampled_from(["1", "2"])).zfill(digits)
    return AreaCode(code)


@given(areas(), st.lists(areas(), max_size=3, unique=True))
def test_a_tickets_area_is_the_reported_one_or_lies_inside_it(reported, found):
    area, placement = placed(reported, Ground(tuple(found), "demo"))
    assert placement is not None
    assert area.startswith(reported)
    if area != reported:
        assert found == [area]
        assert placement.by is PlacedBy.POLYGON
    if len(found) > 1:
        assert (area, placement.by, placement.areas) == (reported, PlacedBy.AMBIGUOUS, tuple(found))
    if not found:
        assert (area, placement.by) == (reported, PlacedBy.OUTSIDE)
    if len(found) == 1:
        related = found[0].startswith(reported) or reported.startswith(found[0])
        assert (placement.by is PlacedBy.DISAGREES) is not related


def test_without_polygons_nothing_is_said():
    assert placed(AreaCode("440310001"), None) == ("440310001", None)
