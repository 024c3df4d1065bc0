"""The ticket window through the real services and a real backend: story, photos by keyboard, and what is refused in words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop.bridge import Bridge
from desktop.models.ticket_row import short_number
from desktop.services.app_state import Services
from desktop.theme.theme import Theme
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.window import QueueWindow
from desktop.views.ticket.window import TicketWindow
from domain.evidence import Evidence, Moment
from domain.ids import TicketId
from domain.photo_bytes import without_traces
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import House, desk, house
from tests.unit.domain.test_photo_bytes import shot

CONTROL = Qt.KeyboardModifier.ControlModifier


@cache
def theme() -> Theme:
    """One for all: a theme must not go before the last window that wears it."""
    return Theme.load()


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)", "JPEG datastream")


class Seat:
    def __init__(self, window: TicketWindow, services: Services, made: House, ticket: TicketId) -> None:
        self.window, self.services, self.made, self.ticket = window, services, made, ticket

    def told(self) -> str:
        return "\n".join(line.text for line in self.window.story.lines())


@asynccontextmanager
async def seat(tmp_path: Path) -> AsyncIterator[Seat]:
    async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
        (ticket,) = await made.report(1)
        await until(lambda: ticket in services.mirror.tickets, "ticket")
        await until(lambda: services.topics.get("reference") is not None, "reference")
        bridge = Bridge(services)
        feed = TicketFeed(bridge)
        window = TicketWindow(theme(), bridge, feed)
        window.resize(1920, 1080)
        window.show()
        try:
            window.open_ticket(ticket)
            yield Seat(window, services, made, ticket)
        finally:
            window.close()


def picture(path: Path, colour: str) -> Path:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path), "JPG")
    return path


async def bring(at: Seat, path: Path, moment: Moment) -> None:
    """Ctrl P, which side of the work, where the file lies, Ctrl Enter: no mouse."""
    window = at.window
    QTest.keyClick(window, Qt.Key.Key_I, CONTROL)
    await until(lambda: not window.form.isHidden(), "form")
    choice = window.form.input("moment")
    choice.setCurrentIndex(choice.findData(moment.value))  # type: ignore[attr-defined]
    window.form.input("file").setText(str(path))  # type: ignore[attr-defined]
    QTest.keyClick(window.form.input("file"), Qt.Key.Key_Return, CONTROL)


def test_photos_before_and_after_stand_side_by_side_and_a_text_file_is_refused(
    loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async def work() -> None:
        async with seat(tmp_path) as at:
            await until(lambda: "上报" in at.told(), "story")
            await bring(at, picture(tmp_path / "one.jpg", "red"), Moment.BEFORE)
            await until(lambda: len(at.window.photo_row.photos()) == 2, "photo")
            captions = [photo.caption.split(" · ")[0] for photo in at.window.photo_row.photos()]
            assert captions == ["处置前", "处置后"]
            assert at.window.photo_row.photos()[1].why == "没有处置后照片"
            await until(lambda: at.window.photo_row.photos()[0].image is not None, "picture")
            lie = tmp_path / "lie.jpg"
            lie.write_bytes(b"\xff\xd8\xff\xe0 this is no photo at all")
            await bring(at, lie, Moment.AFTER)
            await until(lambda: "不是完整的照片" in at.window.form.error(), "refusal")
            assert len(at.services.mirror.documents["evidence"]) == 1
            await bring(at, picture(tmp_path / "two.jpg", "green"), Moment.AFTER)
            await until(lambda: len(at.services.mirror.documents["evidence"]) == 2, "second photo")
            await until(lambda: all(photo.image is not None for photo in at.window.photo_row.photos()), "both")

    loop.run_until_complete(work())


def test_a_ticket_that_nobody_knows_is_a_sentence(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with seat(tmp_path) as at:
            at.window.open_ticket("181009-9999")
            await until(lambda: "没有工单 181009-9999" in at.window.detail._empty.text(), "sentence")
            at.window.open_ticket(at.ticket)
            await until(lambda: "上报" in at.told(), "story")

    loop.run_until_complete(work())


def test_escape_closes_one_open_form_at_a_time(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with seat(tmp_path) as at:
            window = at.window
            panel = window._detail.action_panel
            await until(lambda: window._desk.offered() != (), "actions")
            QTest.keyClick(window, Qt.Key.Key_I, CONTROL)
            await until(lambda: not window.form.isHidden(), "form of photos")
            assert window._desk.run_key("T")
            await until(panel.form_is_open, "form of the action")
            QTest.keyClick(window, Qt.Key.Key_Escape)
            assert panel.form_is_open() != (not window.form.isHidden())
            QTest.keyClick(window, Qt.Key.Key_Escape)
            assert not panel.form_is_open()
            assert window.form.isHidden()

    loop.run_until_complete(work())


def test_enter_in_the_queue_asks_for_the_ticket(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with seat(tmp_path) as at:
            bridge = at.window.bridge
            queue = QueueWindow(theme(), bridge, TicketFeed(bridge))
            asked: list[str] = []
            queue.ticket_requested.connect(asked.append)
            queue.show()
            try:
                queue.show_view("reported")
                assert queue.select_ticket(at.ticket)
                QTest.keyClick(queue.table_pane.view, Qt.Key.Key_Return)
                assert asked == [at.ticket]
            finally:
                queue.close()

    loop.run_until_complete(work())


def test_the_same_ticket_opened_again_keeps_its_story(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with seat(tmp_path) as at:
            await until(lambda: at.window._body is not None, "record")
            told = at.told()
            at.window.open_ticket(at.ticket)
            assert at.told() == told

    loop.run_until_complete(work())


def test_m_shows_both_tickets_and_what_will_happen_and_merges(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with seat(tmp_path) as at:
            (twin,) = await at.made.report(1)
            await until(lambda: twin in at.services.mirror.tickets, "twin")
            pane = at.window.merge_pane
            QTest.keyClick(at.window, Qt.Key.Key_M)
            await until(lambda: not pane.isHidden(), "pane")
            assert at.services.mirror.tickets[at.ticket].is_open
            assert f"{short_number(at.ticket)} 以“并案”结束" in pane.effect_text()
            assert f"{short_number(twin)} 保持" in pane.effect_text()
            choice = pane.form.input("among")
            choice.setCurrentIndex(choice.findData(""))  # type: ignore[attr-defined]
            pane.form.input("into").setText(at.ticket)  # type: ignore[attr-defined]
            assert "不能并入" in pane.effect_text()
            pane.form.submit()
            assert at.services.commander.pending.queued == 0
            choice.setCurrentIndex(choice.findData(twin))  # type: ignore[attr-defined]
            QTest.keyClick(choice, Qt.Key.Key_Return, CONTROL)
            await until(lambda: at.services.mirror.tickets[at.ticket].merged_into == twin, "merged")
            assert pane.isHidden()

    loop.run_until_complete(work())


def test_a_photo_loses_its_place_on_the_way_and_is_withdrawn_by_keyboard(
    loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async def work() -> None:
        async with seat(tmp_path) as at:
            taken = tmp_path / "phone.jpg"
            taken.write_bytes(shot())
            await bring(at, taken, Moment.BEFORE)
            await until(lambda: len(at.services.mirror.documents.get("evidence", {})) == 1, "photo")
            (evidence,) = at.services.mirror.documents["evidence"].values()
            assert isinstance(evidence, Evidence)
            answer = await at.services.get_blob(evidence.photo)
            assert isinstance(answer, bytes)
            assert answer == without_traces(taken.read_bytes())
            await until(lambda: len(at.window.photo_row.photos()) == 2, "a place for it")
            await until(lambda: at.window.photo_row.photos()[0].image is not None, "picture")
            form = at.window.form
            QTest.keyClick(at.window, Qt.Key.Key_I, CONTROL | Qt.KeyboardModifier.ShiftModifier)
            await until(lambda: not form.isHidden(), "form")
            form.submit()
            assert "请填写" in form.error()
            form.input("text").setPlainText("拍错了地方")  # type: ignore[attr-defined]
            QTest.keyClick(form.input("text"), Qt.Key.Key_Return, CONTROL)
            await until(lambda: at.services.mirror.documents["evidence"][evidence.id].withdrawn, "withdrawn")
            await until(lambda: at.window.photo_row.photos() == (), "gone from the screen")
            await until(lambda: "撤下处置前照片：“拍错了地方”" in at.told(), "in the story, with its reason")
            assert "补处置前照片" in at.told()
            await until(lambda: at.window.photo_note() == "照片已撤下，原因记入经过", "said")

    loop.run_until_complete(work())
