"""Own words find the item they mean: looked at on the real list of the demo site."""

import pytest

from desktop.models.item_words import ItemWords, pairs
from tests.qt.samples import make_reference

WORDS = ItemWords(make_reference().items)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("门口的下水道堵了，地下管道往外冒水", "地下管道"),
        ("楼下工地晚上一直在施工，噪音太大睡不着", "噪"),
        ("路边的树倒了把路占住了，行道树倒伏", "行道树"),
        ("交通护栏被撞坏了", "交通护栏"),
        ("小区门口垃圾堆了几天没人清，有臭味", "垃圾"),
    ],
)
def test_what_is_said_on_the_phone_finds_its_item_among_the_first(said: str, name: str) -> None:
    assert any(name in item.name + item.sub_class_name for item in WORDS.suggest(said))


def test_nothing_said_and_nonsense_suggest_nothing() -> None:
    assert WORDS.suggest("") == []
    assert WORDS.suggest("，。！") == []
    assert WORDS.suggest("xyzzy") == []


def test_every_item_is_found_by_its_own_name() -> None:
    for item in make_reference().items:
        assert item.name in [found.name for found in WORDS.suggest(item.name)]


def test_pairs_are_neighbours_and_latin_words_count_whole() -> None:
    assert pairs("井盖缺失 LED") == {"井盖", "盖缺", "缺失", "led"}
