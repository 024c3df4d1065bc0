"""Commands about one part of a document are decided on it as it is: two seats that work beside each other do not conflict."""

from pathlib import Path

from msgspec.structs import replace

from tests.unit.backend.house import House
from tests.unit.backend.test_documents import DISPATCHER, SHIFT_LEADER, N, posted
from tests.unit.domain.notices import NOTICE, TakeDown, Tick

BESIDE = replace(NOTICE, any_version=frozenset({"tick"}))


def test_both_are_applied_and_other_commands_still_count_versions(tmp_path: Path) -> None:
    with House(tmp_path, kinds=[BESIDE]) as house:
        notice = posted(house)
        assert house.act(DISPATCHER, N, Tick(), notice, 1).version == 2
        assert house.act(SHIFT_LEADER, N, Tick(), notice, 1).version == 3
        assert house.act(SHIFT_LEADER, N, TakeDown(), notice, 2).status == "conflict"


def test_a_guard_still_says_no_and_a_version_must_be_named(tmp_path: Path) -> None:
    with House(tmp_path, kinds=[BESIDE]) as house:
        notice = posted(house)
        house.act(DISPATCHER, N, Tick(), notice, 1)
        again = house.act(DISPATCHER, N, Tick(), notice, 1)
        assert (again.status, again.code) == ("rejected", "ticked_already")
        assert house.act(SHIFT_LEADER, N, Tick(), notice).code == "no_version"
