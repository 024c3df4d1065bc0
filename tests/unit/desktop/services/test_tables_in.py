"""Files into sheets: merged cells, encodings, files that are none; and the real standard of a city, whole."""

import csv
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from desktop.services.tables_in import TableFileError, read_sheets
from domain.catalogue import Catalogue
from domain.tables.current import Tables
from domain.tables.importing import What, plan_import
from domain.tables.limits import read_limit
from domain.tables.read_items import read_items
from domain.vocabulary import LimitType

STANDARD = "tickets_cn/urban_mgmt_case_standards_yuncheng_original.xlsx"
FLAT = "tickets_cn/urban_mgmt_case_standards_yuncheng_flat.csv"
TEXT = "编码,名称\nA1,占道经营\n"


def test_a_merged_block_fills_its_cells_and_a_row_that_is_all_of_it_is_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["大类", "条件", "时限"], ["市容", "甲", 2.0], [None, "乙", None], [None, None, None], [None, "丙", 3]):
        sheet.append(row)
    for merged in ("A2:A5", "B3:B4", "C2:C4"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "t.xlsx")
    (found,) = read_sheets(tmp_path / "t.xlsx")
    assert found.merged
    assert [(line.number, line.cells) for line in found.lines] == [
        (1, ("大类", "条件", "时限")),
        (2, ("市容", "甲", "2")),
        (3, ("市容", "乙", "2")),
        (5, ("市容", "丙", "3")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_is_read_in_the_encodings_of_the_office(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(TEXT.encode(encoding))
    (found,) = read_sheets(tmp_path / "t.csv")
    assert [line.cells for line in found.lines] == [("编码", "名称"), ("A1", "占道经营")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("t.xlsx", b"no spreadsheet", "broken"),
        ("t.csv", b"\xff\xff\xff", "encoding"),
        ("t.csv", b'a,"b\n', "broken"),
        ("t.pdf", b"%PDF", "kind"),
    ],
)
def test_a_file_that_is_no_table_says_why(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TableFileError) as caught:
        read_sheets(tmp_path / name)
    assert caught.value.code == code
    with pytest.raises(TableFileError) as caught:
        read_sheets(tmp_path / "missing.csv")
    assert caught.value.code == "not_found"


def test_a_sheet_whose_used_range_claims_many_rows_is_read_as_far_as_it_goes(shared_data: Path) -> None:
    (found, *_) = read_sheets(shared_data / "tickets_cn" / "labelled_messages_ghost_rows.xlsx")
    assert len(found.lines) < 1000


def test_the_real_standard_of_519_rows_is_read_whole_and_as_its_flat_copy_says(shared_data: Path) -> None:
    read = read_items(read_sheets(shared_data / STANDARD), Catalogue(()))
    assert not read.problems
    assert Counter(item.kind for item in read.rows) == {"component": 375, "event": 144}
    with (shared_data / FLAT).open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    spellings = {row["处置时限"] for row in rows}
    assert len(spellings) == 17
    expected = Counter()
    for row in rows:
        limit = read_limit(row["处置时限"])
        assert limit is not None, row
        kind = "event" if row["类别"] == "事件" else "component"
        conditions = (" ".join(row[name].split()) for name in ("大类名称", "小类名称", "立案条件", "结案条件"))
        expected[(kind, *conditions, limit.limit)] += 1
    found = Counter(
        (item.kind, item.class_name, item.sub_class_name, item.filing_condition, item.closing_condition, item.limit)
        for item in read.rows
    )
    assert found == expected
    assert Counter(item.limit.type for item in read.rows if item.limit)[LimitType.URGENT_HOURS] == 46


def test_the_real_standard_read_twice_changes_nothing(shared_data: Path) -> None:
    sheets = read_sheets(shared_data / STANDARD)
    first = plan_import(What.ITEMS, sheets, Tables(), whole=True)
    again = plan_import(What.ITEMS, sheets, Tables(items=first.rows.items), whole=True)
    assert (len(first.rows.items), len(again.rows), again.same) == (519, 0, 519)


@pytest.mark.parametrize(
    ("name", "count"), [("suzhou_admin_codes_2023.csv", 2376), ("shenzhen_pingshan_admin_codes_2023.csv", 33)]
)
def test_the_national_code_tables_are_trees(shared_data: Path, name: str, count: int) -> None:
    plan = plan_import(What.AREAS, read_sheets(shared_data / "maps" / name), Tables(), whole=True)
    assert not plan.problems
    assert len(plan.rows.areas) == count
