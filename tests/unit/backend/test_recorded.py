"""The recorded-file intake: good rows resolve to facts, bad ones are refused by number and reason, wrong files say what to do."""

import gzip
from pathlib import Path

import pytest

from backend.intake.recorded import COLUMNS, FileError, RecordedRow, Refusal, read_rows
from backend.reference import Site, demo_site
from resources import path as resource_path

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def site() -> Site:
    return demo_site()


def test_every_row_of_the_bundled_sample_is_good(site: Site) -> None:
    rows = list(read_rows(resource_path("samples", "pingshan_2018.csv.gz"), site))
    assert len(rows) == 6952
    assert [row for row in rows if isinstance(row, Refusal)] == []
    late = [row.late for row in rows if isinstance(row, RecordedRow)]
    assert (late.count(True), late.count(False), late.count(None)) == (714, 6236, 2)


def test_times_are_site_time_in_utc(site: Site) -> None:
    first = next(iter(read_rows(resource_path("samples", "pingshan_2018.csv.gz"), site)))
    assert isinstance(first, RecordedRow)
    assert first.reported_at.utcoffset().total_seconds() == 0  # type: ignore[union-attr]


def test_bad_rows_are_refused_with_number_and_reason_and_good_ones_pass(site: Site) -> None:
    rows = list(read_rows(DATA / "pingshan_bad_rows.csv", site))
    refused = [row for row in rows if isinstance(row, Refusal)]
    assert [row.number - 1 for row in refused] == [3, 4, 5, 6, 7, 9, 11, 12, 13, 14]  # tests/data/README.md
    assert all(row.reason and row.number > 1 for row in refused)
    assert len({row.rec_id for row in rows if isinstance(row, RecordedRow)}) == len(rows) - len(refused)


def test_gbk_reads_like_utf8(site: Site) -> None:
    assert list(read_rows(DATA / "pingshan_gbk.csv", site)) == list(read_rows(DATA / "pingshan_bad_rows.csv", site))


def write(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.csv", b"a,b\n1,2\n", "columns missing"),
        ("x.csv", b"\x89PNG\r\n\x1a\n\0\0", "not a text table"),
        ("x.csv.gz", gzip.compress(b"REC_ID,CREATE_TIME\n" * 50, mtime=0)[:-9], "truncated"),
        ("x.csv", b"\xff\xff\xff\x80,b\n", "neither UTF-8 nor GBK"),
        ("x.csv", b"", "columns missing"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused_in_words(
    tmp_path: Path, site: Site, name: str, data: bytes, words: str
) -> None:
    with pytest.raises(FileError, match=words):
        list(read_rows(write(tmp_path, name, data), site))


def test_a_missing_file_is_named(tmp_path: Path, site: Site) -> None:
    with pytest.raises(FileError, match="no such file"):
        list(read_rows(tmp_path / "none.csv", site))


def test_a_row_given_twice_counts_once(tmp_path: Path, site: Site) -> None:
    cells = {name: "-" for name in COLUMNS}
    cells |= {
        "REC_ID": "7",
        "CREATE_TIME": "2018-10-09 10:00:00",
        "EVENT_TYPE_NAME": "市政设施",
        "MAIN_TYPE_NAME": "公用部件",
        "SUB_TYPE_NAME": "下水井盖",
        "EVENT_SRC_NAME": "12345",
        "OVERTIME_ARCHIVE_NUM": "0",
        "INTIME_ARCHIVE_NUM": "1",
    }
    line = ",".join(cells.values())
    file = write(tmp_path, "x.csv", f"{','.join(cells)}\n{line}\n{line}\n".encode())
    first, second = read_rows(file, site)
    assert isinstance(first, RecordedRow)
    assert isinstance(second, Refusal)
    assert second.number == 3
