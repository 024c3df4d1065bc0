"""Checklist templates: what ships is whole, a site's own file is checked by name, items find their units."""

from pathlib import Path

import pytest

from desktop.services.checklists import ChecklistError, items_for, load_templates, read_template
from domain.ids import UnitId
from domain.organisation import Unit

ROW = '[[item]]\ncode = "{code}"\ngroup = "消防"\nname = "灭火器"\nbasis = ""\nchecker = ["消防"]\n'
HEAD = 'id = "{id}"\nname = "自编"\nversion = "2026-01"\n'


def write(folder: Path, name: str, *codes: str, head: str = "") -> Path:
    path = folder / f"{name}.toml"
    path.write_text((head or HEAD.format(id=name)) + "".join(ROW.format(code=code) for code in codes), encoding="utf-8")
    return path


def test_the_four_fields_ship_and_are_whole():
    templates = load_templates()
    assert [one.id for one in templates] == ["fire", "food", "rental_housing", "workplace_safety"]
    for template in templates:
        assert len(template.item) >= 10
        assert all(item.group and item.name and item.basis and item.checker for item in template.item)
        assert all(len(item.name) <= 60 for item in template.item)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "own.toml: "),
        (HEAD.format(id="own"), "own.toml: .*item"),
        (HEAD.format(id="own") + "item = []\n", r"own.toml: no \[\[item\]\] in it"),
        (HEAD.format(id="own") + ROW.format(code="a").replace("basis", "basics"), "own.toml: .*basics"),
        (HEAD.format(id="own") + ROW.format(code="a") * 2, "own.toml: two rows have the code 'a'"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, text: str, said: str):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ChecklistError, match=said):
        read_template(path)


def test_what_is_no_text_is_refused(tmp_path: Path):
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ChecklistError, match=r"own\.toml"):
        read_template(tmp_path / "own.toml")


def test_two_files_may_share_neither_id_nor_codes(tmp_path: Path):
    write(tmp_path, "a", "x1")
    write(tmp_path, "b", "x1")
    with pytest.raises(ChecklistError, match="'x1' stands in two checklists"):
        load_templates(tmp_path)
    write(tmp_path, "b", "x2", head=HEAD.format(id="a"))
    with pytest.raises(ChecklistError, match="two checklists have the id 'a'"):
        load_templates(tmp_path)


def test_an_item_goes_to_the_first_unit_that_its_words_name_else_to_the_lead():
    fire = next(one for one in load_templates() if one.id == "fire")
    units = [Unit(UnitId("u1"), "坪山安监办", "department"), Unit(UnitId("u2"), "消防救援站", "department")]
    items = items_for([fire], units, UnitId("lead"))
    assert {item.unit for item in items} == {"u2"}, "the earlier word wins over the earlier unit"
    assert {item.unit for item in items_for([fire], [], UnitId("lead"))} == {"lead"}
