"""Make resources/samples and resources/catalogues from the published tables.

What lives here: how the bundled facts are derived, so that they can be made again. The product reads only the files.
Input (--shared DIR): data/tickets_cn/pingshan_district_tickets_2018_02_to_10.csv.gz and data/maps/*_admin_codes_2023.csv.
The limits and priorities of the items are our own invention: tools/item_rules.py.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from item_rules import kind_of, rule_for

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
TICKETS = "data/tickets_cn/pingshan_district_tickets_2018_02_to_10.csv.gz"
UNKNOWN = "-"

Row = dict[str, str]

AREA_COLUMNS = ("code", "name", "level", "parent", "full_name")
ITEM_COLUMNS = (
    "item_code",
    "class_name",
    "sub_class_name",
    "item_name",
    "aliases",
    "kind",
    "priority",
    "limit_amount",
    "limit_type",
    "needs_check",
    "filing_condition",
    "closing_condition",
    "type_id",
    "main_id",
    "sub_id",
)
UNIT_COLUMNS = ("unit_id", "name", "kind", "parent", "aliases", "town", "area", "source_id")
LEVELS = {"county": "district", "town": "town", "village": "community"}
DIVISION_ENDINGS = (
    (re.compile("(社区)(居委会|居民委员会|居民委会)$"), r"\1"),
    (re.compile("(村)(村民委员会)$"), r"\1"),
    (re.compile("村委会$"), "村"),
)
COMPANY = re.compile("公司|供电局|营业中心")
BRIGADE = re.compile("执法队|大队")
STATION = re.compile("^(.{2,4}社区)(工作站)?$")
TOWN_CENTRE = re.compile("市政服务中心|分中心")
SUFFIX = re.compile("（(.+?)(街道办事处|办|辖区)?）$")
PREFIX = re.compile("^(.{2})(街道|办事处)")
#: Units whose own name does not tell their town; the streets of their tickets do (tests check it).
TOWN_OF_UNIT = {"1766": "坑梓街道", "1859": "马峦街道", "9448": "坑梓街道"}


def write_csv(file: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{os.path.relpath(file, ROOT)}: {sum(1 for _ in file.open(encoding='utf-8')) - 1} rows")


def read_tickets(shared: Path) -> tuple[list[str], list[Row]]:
    with gzip.open(shared / TICKETS, "rt", encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        rows = sorted(reader, key=lambda row: (row["CREATE_TIME"], int(row["REC_ID"])))
        return list(reader.fieldnames or ()), rows


def make_sample(columns: list[str], rows: list[Row]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file = RESOURCES / "samples" / "pingshan_2018.csv.gz"
    file.parent.mkdir(parents=True, exist_ok=True)
    # No time and no file name in the header: the same rows give the same bytes.
    with file.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode("utf-8"))
    print(f"{os.path.relpath(file, ROOT)}: {len(rows)} rows, {file.stat().st_size} bytes")


def short_name(full_name: str) -> str:
    for pattern, replacement in DIVISION_ENDINGS:
        short, found = pattern.subn(replacement, full_name)
        if found:
            return short
    return full_name


def make_areas(source: Path, target: Path) -> list[Row]:
    """Codes stay as the table has them: 6 digits district, 9 town, 12 community; a longer code lies in its prefix."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    areas = [
        {
            "code": row["code"],
            "name": short_name(row["name"]) if row["level"] == "village" else row["name"],
            "level": LEVELS[row["level"]],
            "parent": "" if row["level"] == "county" else row["parent"],
            "full_name": row["name"],
        }
        for row in table
    ]
    write_csv(target, AREA_COLUMNS, areas)
    return areas


def check_places(rows: list[Row], areas: list[Row]) -> list[str]:
    """The street/community pairs of the tickets that the table does not know."""
    names = {area["code"]: area["name"] for area in areas}
    known = {(names[area["parent"]], area["name"]) for area in areas if area["level"] == "community"}
    pairs = Counter((row["STREET_NAME"], row["COMMUNITY_NAME"]) for row in rows)
    return [
        f"{street}/{community}: {count} tickets"
        for (street, community), count in sorted(pairs.items())
        if (street, community) not in known and community != UNKNOWN
    ]


def make_items(rows: list[Row]) -> None:
    spellings: dict[tuple[str, str, str], Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for row in rows:
        ids = (row["EVENT_TYPE_ID"], row["MAIN_TYPE_ID"], row["SUB_TYPE_ID"])
        spellings[ids][(row["EVENT_TYPE_NAME"], row["MAIN_TYPE_NAME"], row["SUB_TYPE_NAME"])] += 1
    items = [
        item_row(ids, [names for names, _ in spellings[ids].most_common()]) for ids in sorted(spellings, key=order)
    ]
    other = item_row((UNKNOWN, UNKNOWN, UNKNOWN), [("其他", "其他", "其他")])
    write_csv(RESOURCES / "catalogues" / "pingshan_items.csv", ITEM_COLUMNS, [*items, other])


def order(ids: tuple[str, str, str]) -> tuple[int, int, int]:
    first, second, third = ids
    return int(first), int(second), int(third)


def item_row(ids: tuple[str, str, str], names: list[tuple[str, str, str]]) -> dict[str, object]:
    """One item; where a category was renamed during the year the commoner name stands, the other is an alias."""
    class_name, sub_class_name, item_name = names[0]
    rule = rule_for(class_name, sub_class_name, item_name)
    kind = kind_of(class_name, sub_class_name, item_name)
    type_id, main_id, sub_id = (0 if part == UNKNOWN else int(part) for part in ids)
    if any(name[:2] != names[0][:2] for name in names):
        raise SystemExit(f"category {ids}: the class has two names, {names}; decide which one stands")
    return {
        "item_code": f"{'BJ' if kind == 'component' else 'SJ'}{type_id:02}{main_id:04}{sub_id:04}",
        "class_name": class_name,
        "sub_class_name": sub_class_name,
        "item_name": item_name,
        "aliases": "|".join(name[2] for name in names[1:]),
        "kind": kind,
        "priority": rule.priority,
        "limit_amount": rule.amount,
        "limit_type": rule.limit_type,
        "needs_check": int(rule.needs_check),
        "filing_condition": rule.filing,
        "closing_condition": rule.closing,
        "type_id": ids[0],
        "main_id": ids[1],
        "sub_id": ids[2],
    }


def unit_kind(name: str) -> str:
    for pattern, kind in ((COMPANY, "company"), (BRIGADE, "brigade"), (TOWN_CENTRE, "town_centre")):
        if pattern.search(name):
            return kind
    return "community_station" if STATION.match(SUFFIX.sub("", name)) else "department"


def town_of_name(name: str, towns: Mapping[str, str]) -> str | None:
    """The town a unit's name tells, by its bracket (坑梓街道办事处, 碧岭办) or by its beginning (龙田街道…)."""
    for pattern in (SUFFIX, PREFIX):
        found = pattern.search(name)
        if found and (town := found.group(1).removesuffix("街道") + "街道") in towns:
            return town
    return None


def make_units(rows: list[Row], areas: list[Row]) -> None:
    """One unit per unit id of the tickets; its spellings become name (the shortest unmistakable one) and aliases."""
    towns = {area["name"]: area["code"] for area in areas if area["level"] == "town"}
    communities = {area["name"]: area for area in areas if area["level"] == "community"}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["DISPOSE_UNIT_ID"] != UNKNOWN:
            names[row["DISPOSE_UNIT_ID"]][row["DISPOSE_UNIT_NAME"]] += 1
    used = Counter(name for spellings in names.values() for name in spellings)
    units: list[Row] = [
        # The town offices themselves handle nothing in the tickets, but their names stand in the units' names.
        {"unit_id": f"U{code}", "name": f"{name}办事处", "kind": "town_centre", "town": code, "area": code}
        for name, code in towns.items()
        if name.endswith("街道")
    ]
    for source_id in sorted(names, key=int):
        units.append(unit_row(source_id, names[source_id], used, towns, communities))
    write_csv(RESOURCES / "catalogues" / "pingshan_units.csv", UNIT_COLUMNS, units)


def unit_row(
    source_id: str,
    spellings: Counter[str],
    used: Counter[str],
    towns: Mapping[str, str],
    communities: Mapping[str, Row],
) -> Row:
    # The shortest spelling is the name, unless another unit uses it too (城建办 of 坑梓 and of 龙田).
    by_use = [name for name, _ in spellings.most_common()]
    name = min((one for one in by_use if used[one] == 1), key=len)
    kind = unit_kind(name)
    town = next((found for one in by_use if (found := town_of_name(one, towns))), TOWN_OF_UNIT.get(source_id))
    area = ""
    if kind == "community_station":
        station = STATION.match(SUFFIX.sub("", name))
        assert station is not None
        community = communities[station.group(1)]
        area, town_code = community["code"], community["parent"]
    else:
        town_code = towns[town] if town else ""
        area = town_code
    parent = f"U{town_code}" if town_code and kind != "company" else ""
    return {
        "unit_id": f"U{int(source_id):05}",
        "name": name,
        "kind": kind,
        "parent": parent,
        "aliases": "|".join(one for one in by_use if one != name),
        "town": town_code,
        "area": area,
        "source_id": source_id,
    }


def make_bad_rows(columns: list[str], rows: list[Row]) -> None:
    """A small file with everything that goes wrong in such files, for tests; tests/data/README.md says what each row is."""
    good = [row for row in rows if row["CREATE_TIME"].startswith("2018-10-09") and row["INTIME_ARCHIVE_NUM"] == "1"]
    lines = [
        good[0],
        good[1],
        good[2] | {"CREATE_TIME": "2018-13-40 25:61:00"},
        good[3] | {"CREATE_TIME": ""},
        good[0],
        good[4] | {"COMMUNITY_NAME": "云外社区", "COMMUNITY_ID": "19999"},
        good[5] | {"SUB_TYPE_NAME": "没有的细项", "SUB_TYPE_ID": "99999"},
        good[6]
        | dict.fromkeys(("DISTRICT_NAME", "STREET_NAME", "COMMUNITY_NAME", "DISPOSE_UNIT_NAME"), UNKNOWN)
        | dict.fromkeys(("DISTRICT_ID", "STREET_ID", "COMMUNITY_ID", "DISPOSE_UNIT_ID"), UNKNOWN)
        | dict.fromkeys(("OVERTIME_ARCHIVE_NUM", "INTIME_ARCHIVE_NUM"), UNKNOWN),
        good[7] | {"REC_ID": ""},
        good[8] | {"CREATE_TIME": "2018/10/9 8:05"},
        good[9] | {"DISPOSE_UNIT_NAME": "没有的单位", "DISPOSE_UNIT_ID": "99999"},
        good[10] | {"OVERTIME_ARCHIVE_NUM": "1", "INTIME_ARCHIVE_NUM": "1"},
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in lines)
    writer.writerow([good[11][column] for column in columns[:10]])  # cut in the middle
    writer.writerow([good[12][column] for column in columns] + ["多", "两列"])
    folder = ROOT / "tests" / "data"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pingshan_bad_rows.csv").write_bytes(text.getvalue().encode("utf-8"))
    (folder / "pingshan_gbk.csv").write_bytes(text.getvalue().encode("gbk"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds data/tickets_cn and data/maps")
    shared: Path = parser.parse_args().shared
    columns, rows = read_tickets(shared)
    make_sample(columns, rows)
    make_bad_rows(columns, rows)
    maps, catalogues = shared / "data" / "maps", RESOURCES / "catalogues"
    areas = make_areas(maps / "shenzhen_pingshan_admin_codes_2023.csv", catalogues / "pingshan_areas.csv")
    make_areas(maps / "suzhou_admin_codes_2023.csv", catalogues / "suzhou_areas.csv")
    make_items(rows)
    make_units(rows, areas)
    unknown = check_places(rows, areas)
    print("places not in the table:", "; ".join(unknown) or "none")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
