"""The organisation window: tree, posts, register with its card, working days; imports refused row by row; changes by keyboard."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop.services.topics import Topic
from desktop.services.values import Answer
from desktop.theme.theme import Theme
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.organisation_window import OrganisationWindow
from domain.actor import ActorRef
from domain.clocks import OfficeHours
from domain.components import Component, ComponentState
from domain.ids import AreaCode, TicketId
from domain.organisation import Area, Post
from domain.tables import commands
from domain.tables.calendar_effect import Effect, Moved
from domain.tables.deciding import NAME
from domain.tables.values import Revision, Rows, WorkDay
from domain.tables.words import Progress, Table
from domain.ticket import Point
from domain.vocabulary import ClockState, Role
from protocol.reference import TOPIC
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW

LAMP = Component(
    id="4403100137000001",
    kind="路灯",
    point=Point(114.3, 22.6),
    place="朝阳大道",
    department="区住建局",
    maintainer="区照明所",
)
TYPHOON = date(2018, 9, 17)


@pytest.fixture
def bridge(qtbot) -> FakeBridge:
    """The demo's tables with a grid, its 4+N, a component and a day off."""
    bridge = FakeBridge(tickets=(), role=Role.SYSTEM_ADMIN)
    reference = bridge.reference
    community = next(area for area in reference.areas if area.level == "community")
    grid = Area(AreaCode(f"{community.code}001"), "01格", "enterprise", reference.units[0].id)
    posts = (Post(grid.code, "网格长", 1), Post(grid.code, "志愿者", 6))
    known = replace(reference, areas=(*reference.areas, grid), days={TYPHOON: False})
    bridge.topics.values[TOPIC] = Topic(TOPIC, 2, NOW, known)
    rows = {Table.COMPONENTS: Rows(components=(LAMP,)), Table.ORGANISATION: Rows(areas=(grid,), posts=posts)}
    bridge.mirror.documents[NAME] = {
        f"BG-{n}": Revision(
            id=f"BG-{n}",
            version=1,
            changed_at=NOW,
            table=table,
            progress=Progress.PUBLISHED,
            number=2,
            reason="部件普查" if table is Table.COMPONENTS else "网格上线",
            valid_from=NOW,
            started_at=NOW,
            by=ActorRef(Role.SYSTEM_ADMIN),
            rows=rows[table],
        )
        for n, table in enumerate(rows, 1)
    }
    return bridge


@pytest.fixture
def window(qtbot, bridge: FakeBridge) -> OrganisationWindow:
    feed = TablesFeed(bridge, "zh")  # type: ignore[arg-type]
    made = OrganisationWindow(Theme.load("dark", "desk", language="zh"), bridge, feed)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    made.show()
    return made


def cells(window: OrganisationWindow) -> list[tuple[str, ...]]:
    return [row.cells for row in window.rows.model.rows()]


def fill(window: OrganisationWindow, **values: str) -> None:
    for name, text in values.items():
        field = window.detail.form.input(name)
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(text))
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)


def imported(window: OrganisationWindow, path: Path, what: str, text: str) -> None:
    path.write_text(text, "utf-8")
    QTest.keyClick(window.rows.table, Qt.Key.Key_I)
    fill(window, path=str(path), what=what)
    window.detail.form.submit()


def test_the_tree_is_indented_and_a_grid_shows_where_it_lies_and_who_works_there(window: OrganisationWindow) -> None:
    names = [row[0] for row in cells(window)]
    assert names[0] == "坪山区"
    assert names[1].startswith("　")
    grid = next(row for row in cells(window) if row[0].endswith("01格"))
    assert grid[2] == "企业网格"
    assert grid[4] == "7"
    window.rows.table.setCurrentIndex(window.rows.model.index(window.rows.model.row_of(grid[1]), 0))
    assert window.detail.accessibleName().startswith("01格")


def test_a_component_shows_its_card_and_its_state_is_changed_with_a_reason(
    window: OrganisationWindow, bridge: FakeBridge
) -> None:
    window.show_view("components")
    assert window._card.isVisible()
    assert LAMP.id in window._card.accessibleName()
    QTest.keyClick(window.rows.table, Qt.Key.Key_E)
    fill(window, state="damaged", reason="巡查发现")
    window.detail.form.submit()
    ((_, command),) = bridge.commander.acts
    assert isinstance(command, commands.Amend)
    assert command.table is Table.COMPONENTS
    assert [one.state for one in command.rows.components] == [ComponentState.DAMAGED]


def test_the_calendar_tells_statutory_days_from_the_sites_own(window: OrganisationWindow) -> None:
    window.show_view("calendar")
    rows = {row[0]: row for row in cells(window)}
    assert rows["每个工作日"][2:] == ("08:30–12:00 13:30–17:30", "系统默认")
    assert rows["2018-09-17"][2:] == ("放假", "本地决定")
    assert rows["2018-09-29"][2:] == ("上班", "法定节假日安排")
    assert "2018-10-09" not in rows


def moved_by_a_day() -> Effect:
    then = NOW + timedelta(days=1)
    one = Moved(ticket=TicketId("GD-1"), before=NOW, after=then, was=ClockState.AT_RISK, then=ClockState.OK)
    return Effect(looked_at=9, moved=1, later=1, earlier=0, newly_overdue=0, no_longer_overdue=0, shown=(one,))


@pytest.mark.parametrize(
    ("key", "answers", "rows"),
    [
        ("N", {"day": "2018-10-10", "works": "off"}, Rows(days=(WorkDay(date(2018, 10, 10), False),))),
        ("H", {"hours": "9:00-12:00 14:00-18:00"}, Rows(hours=(OfficeHours(((32400, 43200), (50400, 64800))),))),
    ],
)
def test_a_change_of_the_calendar_is_tried_first_and_published_only_then(
    window: OrganisationWindow, bridge: FakeBridge, qtbot, key: str, answers: dict[str, str], rows: Rows
) -> None:
    bridge.answers["calendar_effect"] = Answer(body=msgspec.json.encode(moved_by_a_day()))
    window.show_view("calendar")
    QTest.keyClick(window.rows.table, key)
    fill(window, reason="夏令作息", **answers)
    window.detail.form.submit()
    qtbot.waitUntil(lambda: window.view == "trial")
    assert bridge.asked[-1] == ("calendar_effect", {"rows": msgspec.to_builtins(rows, builtin_types=())})
    assert [row[4:] for row in cells(window)] == [("+24:00", "临期 → 正常")]
    assert not bridge.commander.acts, "a dry run sends nothing"
    QTest.keyClick(window.rows.table, Qt.Key.Key_P)
    ((_, command),) = bridge.commander.acts
    assert command == commands.Amend(table=Table.CALENDAR, reason="夏令作息", rows=rows)
    assert window.view == "calendar"


def test_a_dry_run_is_left_with_escape_and_nothing_is_sent(
    window: OrganisationWindow, bridge: FakeBridge, qtbot
) -> None:
    bridge.answers["calendar_effect"] = Answer(body=msgspec.json.encode(moved_by_a_day()))
    window.show_view("calendar")
    QTest.keyClick(window.rows.table, Qt.Key.Key_N)
    fill(window, day="2018-10-10", works="off", reason="台风停工")
    window.detail.form.submit()
    qtbot.waitUntil(lambda: window.view == "trial")
    QTest.keyClick(window.rows.table, Qt.Key.Key_Escape)
    assert window.view == "calendar"
    assert not bridge.commander.acts


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("17:30-08:30", "请写成 08:30-12:00 13:30-17:30 这样的时段：从早到晚，不重叠，不过 24:00"),
        ("08:30-12:00 13:30-17:30", "没有变化"),
    ],
)
def test_hours_that_are_none_are_told_in_the_form(
    window: OrganisationWindow, bridge: FakeBridge, hours: str, sentence: str
) -> None:
    window.show_view("calendar")
    QTest.keyClick(window.rows.table, Qt.Key.Key_H)
    fill(window, hours=hours, reason="作息")
    window.detail.form.submit()
    assert window.detail.form.error() == sentence
    assert not bridge.asked


def test_a_dry_run_that_does_not_come_says_why(window: OrganisationWindow, bridge: FakeBridge, qtbot) -> None:
    bridge.answers["calendar_effect"] = Answer(error="offline")
    window.show_view("calendar")
    QTest.keyClick(window.rows.table, Qt.Key.Key_N)
    fill(window, day="2018-10-10", works="off", reason="台风停工")
    window.detail.form.submit()
    qtbot.waitUntil(lambda: window.detail.said().startswith("试算没有完成"))
    assert window.view == "calendar"


def test_areas_that_lie_in_each_other_are_named_and_nothing_is_sent(
    window: OrganisationWindow, bridge: FakeBridge, tmp_path: Path
) -> None:
    text = "code,name,parent\n440310008,甲,440310009\n440310009,乙,440310008\n"
    imported(window, tmp_path / "areas.csv", "areas", text)
    assert cells(window)[0][4] == "上级关系成环：440310008、440310009"
    assert not window.detail.buttons.button("publish").isEnabled()
    assert not bridge.commander.acts


def test_units_with_an_unknown_parent_and_a_double_code_are_told_by_row(
    window: OrganisationWindow, tmp_path: Path
) -> None:
    text = "unit_id,name,kind,parent\nV1,甲,部门,V9\nV2,乙,部门,\nV2,丙,部门,\n"
    imported(window, tmp_path / "units.csv", "units", text)
    told = {row[0]: row[4] for row in cells(window) if row[1] == "读不了"}
    assert told == {"units 4": "编码 V2 与第 3 行重复，请留一行", "units 2": "V1 的上级 V9 不在表中"}


def test_a_good_file_is_shown_and_published_as_its_own_table(
    window: OrganisationWindow, bridge: FakeBridge, tmp_path: Path
) -> None:
    code = "4403100137000002"
    text = f"id,kind,lon,lat,area,place\n{code},路灯,114.31,22.61,440310,朝阳大道\n"
    imported(window, tmp_path / "register.csv", "components", text)
    assert [row[1:3] for row in cells(window)] == [("新增", code)]
    QTest.keyClick(window.rows.table, Qt.Key.Key_P)
    fill(window, reason="补录")
    window.detail.form.submit()
    ((_, command),) = bridge.commander.acts
    assert isinstance(command, commands.Start)
    assert command.table is Table.COMPONENTS


def test_an_empty_register_says_how_to_fill_it(qtbot, bridge: FakeBridge) -> None:
    bridge.mirror.documents[NAME].clear()
    feed = TablesFeed(bridge, "zh")  # type: ignore[arg-type]
    made = OrganisationWindow(Theme.load("light", "desk", language="zh"), bridge, feed)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    made.show_view("components")
    assert made.rows.message.text() == "还没有部件登记，按 I 导入部件表"
