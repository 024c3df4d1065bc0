"""The component number: its digits, and how a table prints it."""

import pytest

from domain.components import ComponentError, check_number, short_number


def test_a_number_of_sixteen_digits_is_taken():
    assert check_number("4403100104000417") == "4403100104000417"


@pytest.mark.parametrize(
    "number", ["", "440310", "44031001040004170", "440310010400041a", "0003100104000417", "４４０３100104000417"]
)
def test_anything_else_is_refused_and_shown(number):
    with pytest.raises(ComponentError, match=repr(number)):
        check_number(number)


def test_inside_its_county_the_number_is_short():
    assert short_number("4403100104000417") == "01-04-000417"
