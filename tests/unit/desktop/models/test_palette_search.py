"""Names are found by words, by spelling and by initials; the palette puts the best first and hides no kind behind another."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.palette_search import MOST, MOST_OF_A_KIND, Entry, actions, find
from desktop.models.pinyin import NO_MATCH, match, spellings
from resources import path


def names() -> list[str]:
    found = []
    for file, column in (("pingshan_areas.csv", "name"), ("pingshan_units.csv", "name"), ("suzhou_areas.csv", "name")):
        with path("catalogues", file).open(encoding="utf-8", newline="") as text:
            found += [row[column] for row in csv.DictReader(text)]
    return found


NAMES = names()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("pq", "派遣"),
        ("paiqian", "派遣"),
        ("PaiQ", "派遣"),
        ("派", "派遣"),
        ("kzjd", "坑梓街道"),
        ("jd", "坑梓街道"),
        ("keng", "坑梓街道"),
        ("12345rx", "12345 热线"),
        ("cl", "Camera list"),
        ("zhongfu", "重复"),
        ("zf", "重复"),
        ("cf", "重复"),
        ("yinxing", "银行"),
        ("yinhang", "银行"),
        ("chongd", "重大"),
    ],
)
def test_what_is_typed_finds_the_name(typed: str, name: str) -> None:
    assert match(typed, name) < NO_MATCH


@pytest.mark.parametrize(("typed", "name"), [("pd", "派遣"), ("遣派", "派遣"), ("", "派遣"), ("x", "派遣")])
def test_what_does_not_fit_finds_nothing(typed: str, name: str) -> None:
    assert match(typed, name) == NO_MATCH


@given(st.sampled_from(NAMES), st.data())
def test_every_name_is_found_by_any_part_by_its_spelling_and_by_its_initials(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    full, initials = spellings(name)
    for typed in (name[start:end], full, initials, full[: data.draw(st.integers(1, len(full)))]):
        if typed.strip():
            assert match(typed, name) < NO_MATCH, (typed, name)


def test_a_name_that_begins_so_stands_before_one_that_only_holds_it() -> None:
    entries = [Entry("place", "1", "大派遣村"), Entry("action", "D", "派遣"), Entry("window", "q", "排查")]
    assert [entry.text for entry in find("派遣", entries)] == ["派遣", "大派遣村"]
    assert find("pq", entries)[0].text == "派遣"


def test_no_kind_hides_the_others() -> None:
    entries = [Entry("place", f"{n}", f"坪山{n}") for n in range(40)] + [Entry("camera", "c", "坪山广场")]
    found = find("坪山", entries)
    assert len(found) == MOST_OF_A_KIND + 1 <= MOST
    assert found[-1].kind == "camera"


def test_a_slash_shows_actions_only() -> None:
    entries = [Entry("action", "A", "确认"), Entry("window", "alarms", "确认窗口")]
    assert [entry.target for entry in actions("", entries)] == ["A"]
    assert [entry.target for entry in actions("qr", entries)] == ["A"]


def test_a_slash_hides_no_action() -> None:
    entries = [Entry("action", f"K{n}", f"派遣 {n}") for n in range(40)]
    assert len(actions("", entries)) == len(actions("pq", entries)) == len(actions("派", entries)) == 40
