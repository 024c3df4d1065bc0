"""The house on a folder of its own, closed at the end of each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.backend.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as open_house:
        yield open_house
