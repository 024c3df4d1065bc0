"""A list imported, an item revised and a day set off by keyboard, through the real windows and a real backend; another desk gets it live."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.values import PendingView
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.frame import TableWindow
from desktop.views.tables.list_window import ListWindow
from desktop.views.tables.organisation_window import OrganisationWindow
from domain import commands
from domain.actor import Actor
from domain.ids import SeatId, UserId
from domain.tables.write import items_table
from domain.ticket import Limit
from domain.vocabulary import LimitType, Role, Source
from protocol.reference import TOPIC, Reference
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import AREA, SITE, desk, house

OFFICER = Actor(user=UserId("officer"), role=Role.SYSTEM_ADMIN, seat=SeatId("5"))
COUNT = 400
"""Items of the file: many parts, more than the rate of one person's commands lets through at once."""
CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def loop(qapp) -> Iterator[asyncio.AbstractEventLoop]:
    load_fonts()
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)


def list_file(folder: Path) -> Path:
    """A standard of a city: four hundred problems with conditions as long as real ones."""
    rows = ["item_code,kind,class_name,sub_class_name,item_name,limit,filing_condition,closing_condition"]
    text = "井盖周边路面出现沉陷、凸起或破损，井框与路面高低差大于二厘米" * 3
    rows += [f"ZZ{n:04d},事件,市容环境,类{n % 40},细项{n},{1 + n % 9}天,{text},恢复" for n in range(COUNT)]
    file = folder / "standard.csv"
    file.write_text("\n".join(rows), "gbk")
    return file


def fill(window: TableWindow, **values: str) -> None:
    for name, text in values.items():
        field = window.detail.form.input(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)


def key(window: TableWindow, letter: Qt.Key) -> None:
    QTest.keyClick(window.rows.table, letter)


def submit(window: TableWindow, field: str) -> None:
    QTest.keyClick(window.detail.form.input(field), Qt.Key.Key_Return, CONTROL)


def reference_of(services: Services) -> Reference | None:
    topic = services.topics.get(TOPIC)
    return topic.value if topic is not None else None


async def settled(services: Services, what: str) -> None:
    await until(lambda: services.commander.pending == PendingView(), what)


def versions(services: Services, code: str) -> list[int]:
    known = reference_of(services)
    return [] if known is None else [item.version for item in known.items if item.code == code]


def test_a_list_is_imported_revised_and_a_day_set_off_and_another_desk_has_it(
    loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, reader):
            token = made.backend.tokens.issue(OFFICER, datetime.now(UTC))
            async with (
                desk(tmp_path / "officer", made, token) as services,
                desk(tmp_path / "reader", made, reader) as other,
            ):
                await until(lambda: reference_of(services) and reference_of(other), "reference")
                await imports(services, other, tmp_path)
                await revises(services, other)
                await sets_a_day(services, other, made)

    loop.run_until_complete(work())


async def imports(services: Services, other: Services, folder: Path) -> None:
    bridge = Bridge(services)
    window = ListWindow(Theme.load(), bridge, TablesFeed(bridge, "zh"))
    window.show()
    try:
        await until(lambda: window.feed.usage is not None, "usage")
        key(window, Qt.Key.Key_I)
        fill(window, path=str(list_file(folder)))
        submit(window, "path")
        await until(lambda: window.plan is not None, "preview")
        assert window.plan is not None
        assert (len(window.plan.rows.items), window.plan.problems) == (COUNT, ())
        key(window, Qt.Key.Key_P)
        fill(window, reason="采用新标准")
        submit(window, "reason")
        await until(lambda: versions(other, f"ZZ{COUNT - 1:04d}") == [2], "the other desk has the list")
        await settled(services, "nothing waits")
        await until(lambda: window.detail.said() == "第 2 版已发布", "said")
        window.rows.filter.setText("ZZ0007")
        assert [row.cells[5] for row in window.rows.model.rows()] == ["8 个工作日"]
    finally:
        window.close()


async def revises(services: Services, other: Services) -> None:
    bridge = Bridge(services)
    window = ListWindow(Theme.load(), bridge, TablesFeed(bridge, "zh"))
    window.show()
    try:
        window.rows.filter.setText("ZZ0007")
        await until(lambda: window.row_id == "ZZ0007", "chosen")
        key(window, Qt.Key.Key_E)
        fill(window, limit="3工作日", reason="多数三天办结")
        submit(window, "reason")
        await until(lambda: versions(other, "ZZ0007") == [2, 3], "the other desk has the revision")
        await settled(services, "nothing waits")
        known = reference_of(other)
        assert known is not None
        newest = max((item for item in known.items if item.code == "ZZ0007"), key=lambda item: item.version)
        assert newest.limit == Limit(3.0, LimitType.WORKING_DAYS)
        assert items_table([newest])[1][0] == "ZZ0007"
        await until(lambda: len(window.feed.catalogue.versions("ZZ0007")) == 2, "this desk has it too")
        compares_any_two_versions(window)
    finally:
        window.close()


def compares_any_two_versions(window: ListWindow) -> None:
    """From the first to the third and back: what is new the one way is gone the other."""
    window.rows.filter.clear()
    for first, then, word in (("1", "3", "新增"), ("3", "1", "停用")):
        key(window, Qt.Key.Key_V)
        for name, number in (("first", first), ("then", then)):
            choice = window.detail.form.input(name)
            assert isinstance(choice, QComboBox)
            choice.setCurrentIndex(choice.findData(number))
        submit(window, "then")
        listing = window.current_listing()
        assert listing.title == f"第 {first} 版 → 第 {then} 版"
        assert {row.cells[0] for row in listing.rows if row.cells[1].startswith("ZZ")} == {word}
        assert len([row for row in listing.rows if row.cells[1].startswith("ZZ")]) == COUNT


async def sets_a_day(services: Services, other: Services, made) -> None:
    """A ticket in working days that is due later than tomorrow is due later still, by an event of the system."""
    item = next(i for i in SITE.reference.items if i.limit == Limit(10.0, LimitType.WORKING_DAYS))
    report = commands.Report(source=Source.PATROL, external_ref="day", area=AREA.code, item=item.code)
    ticket_id = (await made.give(report)).ticket_id
    await made.give(commands.File(), await made.backend.store.ticket(ticket_id))
    await until(lambda: (t := other.mirror.tickets.get(ticket_id)) is not None and t.due_at is not None, "ticket")
    before = other.mirror.tickets[ticket_id]
    bridge = Bridge(services)
    window = OrganisationWindow(Theme.load(), bridge, TablesFeed(bridge, "zh"))
    window.show()
    try:
        window.show_view("calendar")
        calendar = SITE.calendar
        day = window.site.local(datetime.now(UTC)).date() + timedelta(days=1)
        while not calendar.is_working_day(day):
            day += timedelta(days=1)
        key(window, Qt.Key.Key_N)
        fill(window, day=day.isoformat(), reason="台风停工")
        submit(window, "reason")
        await until(lambda: window.view == "trial", "tried before it is published")
        assert [row.id for row in window.rows.model.rows()] == [ticket_id]
        assert other.mirror.tickets[ticket_id].version == before.version
        key(window, Qt.Key.Key_P)
        await until(lambda: other.mirror.tickets[ticket_id].version > before.version, "recalculated")
        await settled(services, "nothing waits")
        after = other.mirror.tickets[ticket_id]
        assert after.due_at is not None
        assert before.due_at is not None
        assert after.due_at > before.due_at
    finally:
        window.close()
