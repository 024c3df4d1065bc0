"""Reads a recorded ticket file of the Pingshan layout (26 columns; .csv or .csv.gz; UTF-8 or GBK) row by row.

Each line gives a `RecordedRow` (facts resolved against the site's areas, list and units) or a `Refusal` that names the row
and the reason. Nothing is guessed: an unknown category or place refuses the row. What happens with the rows is not decided here.
"""

import codecs
import csv
import gzip
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from msgspec import Struct

from backend.reference import Site
from domain.ids import AreaCode, ItemCode, UnitId
from domain.vocabulary import Source

COLUMNS = (
    "REC_ID", "CREATE_TIME", "STREET_NAME", "COMMUNITY_NAME", "EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME",
    "DISPOSE_UNIT_ID", "DISPOSE_UNIT_NAME", "EVENT_SRC_NAME", "EVENT_PROPERTY_NAME", "OVERTIME_ARCHIVE_NUM", "INTIME_ARCHIVE_NUM",
)  # fmt: skip
SOURCES = {
    "@坪山": Source.CITIZEN_APP,
    "政府信箱": Source.CITIZEN_APP,
    "美丽深圳": Source.PLATFORM,
    "12319": Source.PLATFORM,
    "12345": Source.HOTLINE_12345,
    "固话投诉": Source.HOTLINE_12345,
}
TIME_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M")
MAX_CELL = 400


class FileError(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


class RecordedRow(Struct, frozen=True, kw_only=True):
    number: int
    """Row number as a spreadsheet shows it: the header is row 1."""
    rec_id: str
    reported_at: datetime
    """Aware UTC."""
    area: AreaCode
    item: ItemCode
    unit: UnitId | None
    source: Source
    channel: str
    nature: str
    late: bool | None
    """Recorded flag: closed late, closed in time, or not known."""


class Refusal(Struct, frozen=True):
    number: int
    reason: str
    rec_id: str = ""


class _RowError(ValueError):
    pass


def _open_text(path: Path) -> IO[str]:
    """Opens plain or gzip text in the encoding that fits. Raises FileError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError(f"{path}: 没有这个文件 / no such file") from error
    except OSError as error:
        raise FileError(f"{path}: 读不了 / cannot be read ({error.strerror})") from error
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError) as error:
            raise FileError(f"{path}: 压缩包不完整 / damaged or truncated gzip file; fetch it again") from error
    if b"\0" in data[:4096]:
        raise FileError(f"{path}: 不是文本表格 / not a text table; export it as CSV (UTF-8 or GBK) first")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return io.StringIO(codecs.decode(data, encoding), newline="")
        except UnicodeDecodeError:
            continue
    raise FileError(f"{path}: 既不是 UTF-8 也不是 GBK / neither UTF-8 nor GBK text; save it again in one of them")


def read_rows(path: Path, site: Site) -> Iterator[RecordedRow | Refusal]:
    """Yields every data row, good or refused, in file order. Raises FileError when the file is not of this layout."""
    with _open_text(path) as text:
        reader = csv.DictReader(text)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise FileError(
                f"{path}: 缺少列 / columns missing: {', '.join(missing)}; want the Pingshan layout (resources/samples/README.md)"
            )
        zone = ZoneInfo(site.reference.zone)
        seen: set[str] = set()
        try:
            for row in reader:
                number = reader.line_num
                rec_id = (row.get("REC_ID") or "").strip()
                try:
                    parsed = _parse(row, number, rec_id, site, zone)
                    if rec_id in seen:
                        raise _RowError(f"REC_ID {rec_id} 重复 / stands twice in this file; the first row counts")
                except _RowError as error:
                    yield Refusal(number, str(error), rec_id)
                    continue
                seen.add(rec_id)
                yield parsed
        except csv.Error as error:
            raise FileError(
                f"{path}: 第 {reader.line_num} 行不是表格 / line {reader.line_num} is no table row ({error})"
            ) from error


def _parse(row: dict[str | None, str | None], number: int, rec_id: str, site: Site, zone: ZoneInfo) -> RecordedRow:
    cells = {}
    if None in row:
        raise _RowError("列数多于表头 / more cells than the header has")
    for name in COLUMNS:
        value = row.get(name)
        if value is None:
            raise _RowError(f"缺少单元格 / cell missing: {name}")
        cells[name] = value.strip()
        if len(cells[name]) > MAX_CELL:
            raise _RowError(f"{name} 过长 / longer than {MAX_CELL} characters")
    if not rec_id or not rec_id.isascii() or len(rec_id) > 64:
        raise _RowError("REC_ID 为空或无效 / REC_ID empty or not a plain number")
    place = site.area_by_names(cells["STREET_NAME"], cells["COMMUNITY_NAME"])
    if place is None:
        raise _RowError(f"未知地点 / unknown place: {cells['STREET_NAME']} {cells['COMMUNITY_NAME']}")
    item = site.item_by_names(cells["EVENT_TYPE_NAME"], cells["MAIN_TYPE_NAME"], cells["SUB_TYPE_NAME"])
    if item is None:
        names = " / ".join(cells[name] for name in ("EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME"))
        raise _RowError(f"未知类别 / unknown category: {names}")
    unit_name = cells["DISPOSE_UNIT_NAME"]
    unit = site.unit_by_name(unit_name, AreaCode(place[:9]), cells["DISPOSE_UNIT_ID"])
    if unit is None and unit_name not in ("", "-"):
        raise _RowError(f"未知单位 / unknown unit: {unit_name}")
    channel = cells["EVENT_SRC_NAME"]
    if channel not in SOURCES:
        raise _RowError(f"未知渠道 / unknown channel: {channel}")
    nature = cells["EVENT_PROPERTY_NAME"]
    return RecordedRow(
        number=number,
        rec_id=rec_id,
        reported_at=_instant(cells["CREATE_TIME"], zone),
        area=place,
        item=item,
        unit=unit,
        source=SOURCES[channel],
        channel=channel,
        nature="" if nature == "-" else nature,
        late=_late(cells["OVERTIME_ARCHIVE_NUM"], cells["INTIME_ARCHIVE_NUM"]),
    )


def _instant(text: str, zone: ZoneInfo) -> datetime:
    for layout in TIME_FORMATS:
        try:
            return datetime.strptime(text, layout).replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))
        except ValueError:
            continue
    raise _RowError(f"时间看不懂 / cannot read the time {text!r}; want 2018-10-09 14:05:00")


def _late(late: str, in_time: str) -> bool | None:
    if (late, in_time) == ("1", "0"):
        return True
    if (late, in_time) == ("0", "1"):
        return False
    if (late, in_time) == ("-", "-"):
        return None
    raise _RowError(f"结案标记矛盾 / contradictory closing flags: late={late!r} in-time={in_time!r}")
