"""Files that leave the house: no text becomes a formula (S26), numbers stay numbers, a file appears whole or not at all."""

import csv
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.export.tables import Percent, Sheet, safe_text, write_csv, write_xlsx

ATTACKS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1+cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    " =1",
    "＝1+1",
    "＠x",
)
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
SHEET = Sheet(
    "排名/一",
    ("坪山区", "=about"),
    ("名称", "=值", "率", "日"),
    (("=1+1", 3, Percent(0.9744), date(2018, 10, 9)), ("甲,乙\n丙", -5, Percent(None), None)),
)


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_begins_a_formula(text):
    assert safe_text(text).startswith("'")


@given(st.text())
def test_whatever_the_text_the_cell_is_plain(text):
    shown = safe_text(text)
    assert not shown.startswith(BEGINNINGS)
    assert not any(char < " " or char == "\x7f" for char in shown)


def test_plain_texts_are_left_as_they_are():
    for text in ("坪山街道 1-2 号", "a=b", "", "5 件", "– 无"):
        assert safe_text(text) == text


def test_csv_is_read_back_with_chinese_numbers_and_escapes(tmp_path):
    path = tmp_path / "a.csv"
    write_csv(path, SHEET)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert rows == [
        ["坪山区"],
        ["'=about"],
        ["名称", "'=值", "率", "日"],
        ["'=1+1", "3", "0.9744", "2018-10-09"],
        ["甲,乙 丙", "-5", "–", ""],
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_xlsx_has_no_formula_and_real_numbers(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [SHEET, SHEET, Sheet("", (), ("a",), ((datetime(2018, 1, 1, tzinfo=UTC),),))])
    with zipfile.ZipFile(path) as book:
        pages = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(pages) == 3
        sheets = b"".join(book.read(name) for name in pages)
        strings = book.read("xl/sharedStrings.xml").decode()
        names = [
            node.get("name")
            for node in ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
            if node.tag.endswith("}sheet")
        ]
    assert b"<f>" not in sheets
    assert b"<hyperlink" not in sheets
    assert "'=1+1" in strings
    assert ">=1+1" not in strings
    assert b"<v>0.9744</v>" in sheets
    assert b"<v>-5</v>" in sheets
    assert names == ["排名 一", "排名 一 2", "1"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    target = tmp_path / "a.csv"
    target.mkdir()
    with pytest.raises(OSError, match=r"a\.csv"):
        write_csv(target, SHEET)
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_an_old_file_is_replaced(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    write_csv(path, Sheet("x", (), ("甲",), ()))
    assert path.read_text("utf-8-sig").strip() == '"甲"'
