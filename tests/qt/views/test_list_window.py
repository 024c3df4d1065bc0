"""The window of the list: views and versions, what a version changed, proposals, an edit and an import by keyboard, read-only seats."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.services.topics import Topic
from desktop.services.values import Answer, Fresh
from desktop.theme.theme import Theme
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.list_values import usage_facts
from desktop.views.tables.list_window import ListWindow
from domain.actor import ActorRef
from domain.tables import commands
from domain.tables.current import items_of
from domain.tables.deciding import NAME
from domain.tables.proposals import Usage
from domain.tables.values import Revision, Rows
from domain.tables.words import Progress, Table
from domain.ticket import Limit
from domain.vocabulary import LimitType, Role
from protocol.messages import Outcome
from protocol.reference import TOPIC
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW

LIST = "item_code,kind,class_name,sub_class_name,item_name,limit\n"


@pytest.fixture
def bridge(qtbot) -> FakeBridge:
    """The site's list in its second version: one item with another limit, one retired."""
    bridge = FakeBridge(tickets=(), role=Role.SYSTEM_ADMIN)
    reference = bridge.reference
    first, second = reference.items[:2]
    changed = (replace(first, limit=Limit(2.0, LimitType.WORKING_HOURS)), replace(second, retired=True))
    revision = Revision(
        id="BG-1",
        version=1,
        changed_at=NOW,
        table=Table.LIST,
        progress=Progress.PUBLISHED,
        number=2,
        reason="缩短时限",
        valid_from=NOW,
        started_at=NOW,
        by=ActorRef(Role.SYSTEM_ADMIN, "5"),
        rows=Rows(items=changed),
    )
    bridge.mirror.documents[NAME] = {"BG-1": revision}
    bridge.topics.values[TOPIC] = Topic(TOPIC, 2, NOW, replace(reference, items=reference.items + items_of(revision)))
    used = [Usage(item=item.code, total=9, recent=5, last_at=NOW) for item in reference.items[3:]]
    used.append(Usage(item=reference.items[2].code, total=1, recent=0, last_at=NOW - timedelta(days=300)))
    bridge.answers["list_usage"] = Answer(body=msgspec.json.encode(used))
    return bridge


@pytest.fixture
def window(qtbot, bridge: FakeBridge) -> ListWindow:
    made = ListWindow(Theme.load("dark", "desk", language="zh"), bridge, TablesFeed(bridge, "zh"))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    made.show()
    made.refresh()
    return made


def cells(window: ListWindow) -> list[tuple[str, ...]]:
    return [row.cells for row in window.rows.model.rows()]


def choose(window: ListWindow, code: str) -> None:
    window.rows.table.setCurrentIndex(window.rows.model.index(window.rows.model.row_of(code), 0))


def fill(window: ListWindow, **values: str) -> None:
    for name, text in values.items():
        field = window.detail.form.input(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)


def test_retired_items_stand_apart_and_usage_beside_each_item(window: ListWindow, bridge: FakeBridge) -> None:
    items = bridge.reference.items
    assert len(cells(window)) == len(items) - 1
    recent = {row[0]: row[7] for row in cells(window)}
    assert (recent[items[2].code], recent[items[3].code]) == ("0", "5")
    window.show_view("retired")
    assert [row[0] for row in cells(window)] == [items[1].code]


def test_a_version_says_who_why_and_what_it_changed(window: ListWindow, bridge: FakeBridge) -> None:
    first, second = bridge.reference.items[:2]
    window.show_view("BG-1")
    rows = {row[1]: row for row in cells(window)}
    assert rows[first.code][0] == "修订"
    assert rows[first.code][4].endswith("→ 2 工作时")
    assert rows[second.code][0] == "停用"
    assert "缩短时限 · 5 席系统管理员" in window.current_listing().note


def test_an_unused_item_is_proposed_with_its_last_use(window: ListWindow, bridge: FakeBridge) -> None:
    window.show_view("unused")
    found = {row[0]: row[3] for row in cells(window)}
    assert found[bridge.reference.items[2].code].startswith("最近一件")
    assert bridge.reference.items[3].code not in found


def test_the_filter_finds_every_word_and_says_when_there_is_nothing(window: ListWindow) -> None:
    name = cells(window)[0][3]
    window.rows.filter.setText(name)
    assert all(name in "".join(row) for row in cells(window))
    window.rows.filter.setText("没有这样的事")
    assert window.rows.message.isVisible()
    assert window.rows.message.text() == "没有符合的条目"


def test_an_item_is_revised_by_keyboard_with_a_reason(window: ListWindow, bridge: FakeBridge) -> None:
    first = bridge.reference.items[0]
    choose(window, first.code)
    QTest.keyClick(window.rows.table, Qt.Key.Key_E)
    fill(window, limit="3工作日")
    QTest.keyClick(window.detail.form.input("limit"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.detail.form.error() == "请填写：修订原因（公开，不写个人）"
    fill(window, reason="多数三天办结")
    QTest.keyClick(window.detail.form.input("reason"), Qt.Key.Key_Return)
    ((kind, command),) = bridge.commander.acts
    assert kind == NAME
    assert isinstance(command, commands.Amend)
    (item,) = command.rows.items
    assert (item.code, item.limit, command.reason) == (
        first.code,
        Limit(3.0, LimitType.WORKING_DAYS),
        "多数三天办结",
    )


def test_a_limit_nobody_can_keep_is_refused_in_the_form(window: ListWindow, bridge: FakeBridge) -> None:
    choose(window, bridge.reference.items[0].code)
    window.run("revise")
    fill(window, limit="尽快", reason="x")
    window.detail.form.submit()
    assert "看不懂" in window.detail.form.error()
    assert not bridge.commander.acts


def test_a_refusal_of_the_server_is_said_in_words(window: ListWindow, bridge: FakeBridge) -> None:
    outcome = Outcome(outbox_id="0" * 32, n=1, status="rejected", code="table_draft_open", detail={"id": "BG-9"})
    bridge.outcome_arrived.emit(outcome)
    assert window.detail.said() == "草稿 BG-9 还没有发布，请先发布或放弃"


def _imported(window: ListWindow, path: Path) -> None:
    QTest.keyClick(window.rows.table, Qt.Key.Key_I)
    fill(window, path=str(path))
    window.detail.form.submit()


def test_a_file_is_looked_at_first_and_published_in_parts(
    window: ListWindow, bridge: FakeBridge, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST + "Z1,事件,甲,乙,丙,2天\nZ2,部件,甲,乙,丁,4小时\n", "gbk")
    _imported(window, file)
    assert [row[1:3] for row in cells(window)] == [("新增", "Z1"), ("新增", "Z2")]
    assert not bridge.commander.acts
    QTest.keyClick(window.rows.table, Qt.Key.Key_P)
    fill(window, reason="新标准")
    window.detail.form.submit()
    assert [type(command) for _, command in bridge.commander.acts] == [commands.Start]
    draft = Revision(
        id="BG-2",
        version=1,
        changed_at=NOW,
        table=Table.LIST,
        progress=Progress.DRAFT,
        reason="新标准",
        started_at=NOW,
        by=ActorRef(Role.SYSTEM_ADMIN),
    )
    bridge.mirror.documents[NAME]["BG-2"] = draft
    bridge.documents_changed.emit(NAME)
    bridge.documents_changed.emit(NAME)
    given = [command for _, command in bridge.commander.acts[1:]]
    assert [type(command) for command in given] == [commands.Put, commands.Publish]
    assert [item.code for item in given[0].rows.items] == ["Z1", "Z2"]


def test_a_file_with_a_row_that_cannot_be_read_is_not_published(window: ListWindow, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST + "Z1,事件,甲,乙,丙,2天\nZ1,事件,甲,乙,丁,尽快\n", "utf-8")
    _imported(window, file)
    assert cells(window)[0][1] == "读不了"
    assert "时限 尽快 看不懂" in cells(window)[0][4]
    assert not window.detail.buttons.button("publish").isEnabled()
    QTest.keyClick(window.rows.table, Qt.Key.Key_Escape)
    assert window.view == "all"


def test_a_file_that_is_none_says_so_in_the_form(window: ListWindow, tmp_path: Path) -> None:
    _imported(window, tmp_path / "missing.csv")
    assert window.detail.form.error().startswith("打不开这个文件")


def test_what_is_exported_can_be_imported_without_a_difference(window: ListWindow, tmp_path: Path) -> None:
    window.run("export")
    fill(window, path=str(tmp_path / "out.csv"))
    window.detail.form.submit()
    _imported(window, tmp_path / "out.csv")
    assert window.plan is not None
    assert (window.plan.changes, window.plan.problems) == ((), ())


def test_who_may_not_change_the_list_reads_it_and_is_told_why(qtbot, bridge: FakeBridge) -> None:
    bridge.actor = replace(bridge.actor, role=Role.DISPATCHER)  # type: ignore[type-var]
    made = ListWindow(Theme.load("light", "desk", language="zh"), bridge, TablesFeed(bridge, "zh"))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    choose(made, bridge.reference.items[0].code)
    assert not made.detail.buttons.button("revise").isEnabled()
    assert made.rows._strip.text() == "本席只读：只有系统管理员能改"
    QTest.keyClick(made.rows.table, Qt.Key.Key_E)
    assert made.detail.form.isHidden()


def test_a_lost_line_says_as_of_when(window: ListWindow, bridge: FakeBridge) -> None:
    bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=60.0)
    window.refresh()
    assert "接通后才能修改" in window.rows._strip.text()


def test_on_the_smallest_screen_nothing_has_to_be_scrolled_sideways(qtbot, window: ListWindow) -> None:
    window.resize(1366, 768)
    table = window.rows.table
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    code = window.rows.model.rows()[0].cells[0]
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(code)


def test_a_usage_that_could_not_be_counted_is_asked_for_when_the_line_is_there(qtbot, bridge: FakeBridge) -> None:
    bridge.online = False
    made = ListWindow(Theme.load("dark", "desk", language="zh"), bridge, TablesFeed(bridge, "zh"))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    assert made.feed.usage is None
    bridge.online = True
    bridge.freshness_changed.emit("")
    assert made.feed.usage is not None


def test_why_a_usage_could_not_be_counted_is_said(window: ListWindow, bridge: FakeBridge) -> None:
    window.feed.usage = None
    window.feed.usage_trouble.failed("busy", window.feed.now())
    note, lines = usage_facts(bridge.reference.items[0], window.feed, window.feed.site)
    assert not note
    assert lines[0][1].startswith("用量没有统计到（服务器忙），14:32 起。")


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_P, commands.Publish), (Qt.Key.Key_D, commands.Drop)])
def test_a_draft_that_was_left_behind_is_published_or_dropped(
    window: ListWindow, bridge: FakeBridge, key: Qt.Key, kind: type
) -> None:
    changed = replace(bridge.reference.items[5], name="新名称")
    draft = Revision(
        id="BG-3",
        version=4,
        changed_at=NOW,
        table=Table.LIST,
        progress=Progress.DRAFT,
        reason="新标准",
        started_at=NOW,
        by=ActorRef(Role.SYSTEM_ADMIN),
        rows=Rows(items=(changed,)),
    )
    bridge.mirror.documents[NAME]["BG-3"] = draft
    window.show_view("BG-3")
    assert [row[:2] for row in cells(window)] == [("修订", changed.code)]
    QTest.keyClick(window.rows.table, key)
    assert [type(command) for _, command in bridge.commander.acts] == [kind]


def test_enter_opens_the_form_of_the_item(window: ListWindow, bridge: FakeBridge) -> None:
    choose(window, bridge.reference.items[0].code)
    QTest.keyClick(window.rows.table, Qt.Key.Key_Return)
    assert not window.detail.form.isHidden()
