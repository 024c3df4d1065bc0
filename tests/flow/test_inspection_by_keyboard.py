"""A whole joint inspection by keyboard, through the real window, the real services, and a real backend on the loopback."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit

from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.checklists import load_templates
from desktop.services.values import Fresh, PendingView
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.window import InspectionWindow
from domain.inspection.kind import NAME
from domain.inspection.values import Inspection
from domain.inspection.words import InspectionState as S
from domain.inspection.words import Measure
from tests.flow.fakes import until
from tests.flow.keyboard import letters, press, turn
from tests.flow.test_desk_and_backend import SITE, House, desk, house
from tests.qt.inspection.scene import photo

CONTROL = Qt.KeyboardModifier.ControlModifier
LEAD, FIRE, HOUSING = (
    next(unit for unit in SITE.reference.units if word in unit.name) for word in ("安监办", "消安委办", "住房和建设局")
)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


class Keyboard:
    """Hands on one window: keys to whatever has the focus, text as an input method gives it."""

    def __init__(self, window: InspectionWindow, services: Services) -> None:
        self.window, self.services = window, services
        self.id = ""

    @property
    def now(self) -> Inspection:
        found = self.services.mirror.documents[NAME][self.id]
        assert isinstance(found, Inspection)
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(self.window, key, modifier)

    def letter(self, text: str) -> None:
        letters(self.window, text)

    def write(self, text: str) -> None:
        """Into the field that has the focus, in place of what stands there."""
        field: Any = self.window.focusWidget()
        if isinstance(field, QComboBox):
            place = field.findText(text, Qt.MatchFlag.MatchStartsWith)
            assert place >= 0, (text, [field.itemText(n) for n in range(field.count())])
            self.key(Qt.Key.Key_Home)
            for _ in range(place):
                self.key(Qt.Key.Key_Down)
            assert field.currentIndex() == place
            return
        self.key(Qt.Key.Key_A, CONTROL)
        for line, part in enumerate(text.split("\n")):
            if line:
                assert isinstance(field, QPlainTextEdit)
                self.key(Qt.Key.Key_Return)
            event = QInputMethodEvent()
            event.setCommitString(part)
            QApplication.sendEvent(field, event)

    async def form(self, *texts: str | None) -> None:
        """Fill the open form field by field with Tab; None leaves one as it is. Then Ctrl Enter."""
        await until(self.window.center.bar.form_is_open, "form")
        for place, text in enumerate(texts):
            if place:
                self.key(Qt.Key.Key_Tab)
            if text is not None:
                self.write(text)
        self.key(Qt.Key.Key_Return, CONTROL)
        bar = self.window.center.bar
        await until(lambda: not bar.form_is_open() or bar.form.error(), "form")
        assert not bar.form_is_open(), bar.form.error()

    async def settled(self, condition: Callable[[], bool], what: str) -> None:
        """The stream has brought it, and nothing of ours is on the way any more."""
        await until(lambda: condition() and self.services.commander.pending == PendingView(), what)


@pytest.fixture
def loop(qapp) -> Iterator[asyncio.AbstractEventLoop]:
    load_fonts()
    qapp.setQuitOnLastWindowClosed(False)  # as the program does: closing a window must not end the loop
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)


def test_a_whole_joint_inspection_by_keyboard(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            (ticket,) = await made.report(1)
            await until(lambda: ticket in services.mirror.tickets, "ticket")
            await until(lambda: services.topics.get("reference") is not None, "reference")
            bridge = Bridge(services)
            window = InspectionWindow(Theme.load(), bridge, InspectionFeed(bridge), load_templates())
            window.resize(1920, 1080)
            window.show()
            hands = Keyboard(window, services)
            try:
                await plan(hands, ticket)
                await check_in(hands)
                await find(hands, tmp_path)
                await papers(hands, tmp_path)
                await re_check_and_close(hands)
                await same_everywhere(hands, made, tmp_path, token)
            finally:
                window.close()

    loop.run_until_complete(work())


async def plan(hands: Keyboard, ticket: str) -> None:
    """X: from a ticket; one checklist, two premises, two co-units."""
    hands.letter("x")
    form = hands.window.form
    await until(hands.window.center.form_is_open, "plan form")
    local = hands.window.site.local(datetime.now(UTC))
    words = {
        "title": "坑梓街道出租房联合检查",
        "tickets": ticket,
        "area": "坑梓街道",
        "lead": LEAD.name,
        "co_units": f"{FIRE.name}、{HOUSING.name}",
        "premises": "甲栋 | 91440300X1\n乙栋",
    }
    for place, text in enumerate(words.values()):
        if place:
            hands.key(Qt.Key.Key_Tab)
        hands.write(text)
        await turn()
    hands.key(Qt.Key.Key_Tab)
    assert hands.window.focusWidget() is form.fields
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Space)
    for text in (f"{local - timedelta(minutes=1):%Y-%m-%d %H:%M}", f"{local + timedelta(hours=3):%Y-%m-%d %H:%M}"):
        hands.key(Qt.Key.Key_Tab)
        hands.write(text)
    hands.key(Qt.Key.Key_Tab)
    hands.write("社区门口")
    assert form.summary().startswith("清单 10 项 × 对象 2 = 20 格"), form.summary()
    hands.key(Qt.Key.Key_Return, CONTROL)
    assert form.error() == ""
    await until(lambda: hands.window.current_id != "", "the new inspection")
    hands.id = hands.window.current_id
    await hands.settled(lambda: hands.now.state is S.PLANNED, "planned")
    assert hands.now.plan.tickets == (ticket,)
    hands.letter("d")
    await hands.settled(lambda: hands.now.state is S.ISSUED, "issued")


async def check_in(hands: Keyboard) -> None:
    for count, unit in enumerate((LEAD, FIRE, HOUSING), 1):
        hands.letter("j")
        await hands.form(unit.name, "定位", "35")
        await hands.settled(lambda n=count: sum(p.arrived_at is not None for p in hands.now.parts) == n, "check-in")
    assert hands.now.state is S.UNDER_WAY


async def find(hands: Keyboard, tmp_path: Path) -> None:
    """Y, - and X through the whole list; one violation with a photo."""
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Left)
    failed = ""
    for row, item in enumerate(hands.now.plan.items):
        for column, letter in enumerate("甲乙"):
            if column:
                hands.key(Qt.Key.Key_Right)
            assert hands.window.center.matrix.grid.current() == (item.code, letter)
            if item.name == "灭火器与逃生口" and letter == "乙":
                failed = item.code
                hands.letter("x")
                await hands.form(None, "严重", "无灭火器，外窗装防盗网", "配齐灭火器，开逃生口", "5")
            else:
                hands.letter("-" if row == 0 else "y")
        hands.key(Qt.Key.Key_Left)
        hands.key(Qt.Key.Key_Down)
    await hands.settled(lambda: hands.now.open_cells() == (), "all findings")
    assert hands.now.state is S.FINDINGS_IN
    assert hands.now.totals() == {"ok": 17, "violation": 1, "not_applicable": 2, "open": 0}
    hands.window.center.matrix.grid.select(failed, "乙")
    (tmp_path / "现场.png").write_bytes(photo())
    hands.letter("p")
    await hands.form(str(tmp_path / "现场.png"))
    await hands.settled(lambda: len(hands.now.finding(failed, "乙").photos) == 1, "photo")  # type: ignore[union-attr]
    await until(lambda: [one.image is not None for one in hands.window.side.photos.photos()] == [True], "picture")
    await until(lambda: hands.window.side.text() == "无灭火器，外窗装防盗网", "private text")


async def papers(hands: Keyboard, tmp_path: Path) -> None:
    """O: notice, then its service; Ctrl P: the paper as PDF; R: the day of the re-check."""
    hands.letter("o")
    await hands.form(None, None, None, "乙栋业主")
    await hands.settled(lambda: len(hands.now.notices) == 1, "notice")
    assert hands.now.notices[0].measures == (Measure.RECTIFY,)
    hands.letter("o")
    await hands.form(None, "现场送达签收", "业主")
    await hands.settled(lambda: hands.now.notices[0].served_at is not None, "service")
    written: list[Path] = []
    hands.window.papers.open_file = written.append
    await until(lambda: len(hands.window.side_control.texts.addressees) == 1, "words of the notice")
    hands.key(Qt.Key.Key_P, CONTROL)
    await hands.form(None, None, str(tmp_path))
    assert [path.name for path in written] == [f"责令整改通知书 {hands.id.removeprefix('LJ-')} 乙.pdf"]
    assert written[0].read_bytes().startswith(b"%PDF-")
    hands.letter("r")
    await hands.form(None)
    await hands.settled(lambda: hands.now.state is S.RECTIFYING, "re-check day")


async def re_check_and_close(hands: Keyboard) -> None:
    hands.letter("y")
    await hands.settled(lambda: any(found.rectified_at for found in hands.now.findings.values()), "put right")
    hands.letter("r")
    await hands.form("乙", "全部整改到位")
    await hands.settled(lambda: hands.now.state is S.RECHECKED, "re-checked")
    for count, (unit, quality) in enumerate(((LEAD, "20"), (FIRE, "18"), (HOUSING, "19.5")), 1):
        hands.letter("s")
        await hands.form(unit.name, quality)
        await hands.settled(lambda n=count: sum(p.score is not None for p in hands.now.parts) == n, "score")
    hands.letter("c")
    await hands.form("两栋均已整改到位")
    await hands.settled(lambda: hands.now.state is S.CLOSED, "closed")
    late = 20 - 2 * 2
    assert {part.unit: part.score and part.score.total for part in hands.now.parts} == {
        LEAD.id: pytest.approx(80 + late, abs=2),
        FIRE.id: pytest.approx(78 + late, abs=2),
        HOUSING.id: pytest.approx(79.5 + late, abs=2),
    }


async def same_everywhere(hands: Keyboard, made: House, tmp_path: Path, token: str) -> None:
    """Server and a second desk that starts now hold what this desk holds."""
    other = Services(tmp_path / "second", f"ws://127.0.0.1:{made.port}", token, random=lambda: 0.0)
    await other.start()
    try:
        await until(lambda: other.freshness.of().state is Fresh.LIVE, "second desk")
        await until(lambda: hands.id in other.mirror.documents[NAME], "second desk's snapshot")
        assert other.mirror.documents[NAME][hands.id] == hands.now
    finally:
        await other.stop()
