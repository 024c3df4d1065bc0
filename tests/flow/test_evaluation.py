"""A spot check and a takeout through the real services and a real backend: the centre draws, another desk draws the same."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.bridge import Bridge
from desktop.views.evaluation.window import CHECKS, EvaluationWindow
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.window import QueueWindow
from domain import commands
from domain.evaluation import frame
from domain.evaluation.spot_check import SpotCheck, Verdict
from domain.takeout import Form, Takeout
from domain.vocabulary import CheckResult, Level, State
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import UNIT, House, desk, house
from tests.flow.test_ticket_window import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


async def close_all(made: House, count: int) -> list[str]:
    """Reported, handled, checked and closed, by the source that may do all of it."""
    tickets = await made.report(count)
    for ticket_id in tickets:
        for command in (
            commands.File(),
            commands.Dispatch(lead=UNIT.id),
            commands.Sign(),
            commands.ReportResult(resolved_level=Level.TOWN, text="已处理完毕"),
            commands.RequestCheck(),
            commands.RecordCheck(result=CheckResult.PASS),
            commands.Close(),
        ):
            ticket = await made.backend.store.ticket(ticket_id)
            await made.give(command, ticket)
    return list(tickets)


def test_the_centre_draws_and_another_desk_draws_the_same(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            tickets = await close_all(made, 6)
            await until(
                lambda: sum(t.state is State.CLOSED for t in services.mirror.tickets.values()) == 6, "closed tickets"
            )
            await until(lambda: services.topics.get("reference") is not None, "reference")
            bridge = Bridge(services)
            window = EvaluationWindow(theme(), bridge, TicketFeed(bridge))
            window.show()
            try:
                await until(lambda: len(window.data.tickets()) == 6, "tickets of the window")
                window.show_tab(CHECKS)
                QTest.keyClicks(window.entries, "n")
                window.form.input("size").setText("3")  # type: ignore[attr-defined]
                window.form.input("seed").setText("公开的数 0107")  # type: ignore[attr-defined]
                window.form.submit()
                await until(window.entries.ids, "drawn")
                (check,) = services.mirror.documents["spot_check"].values()
                assert isinstance(check, SpotCheck)
                assert check.drawn == frame.draw(tickets, "公开的数 0107", 3)  # type: ignore[arg-type]
                QTest.keyClick(window.entries, Qt.Key.Key_Down)
                window.spot.repeat_draw()
                assert window.note() == "按记录的总体和种子重抽，结果一致。本机按同一条件得到同样的总体。"
                window.drawn.set_current(check.drawn[0])
                window.spot.ask_judge(Verdict.SOUND)
                await until(lambda: len(services.mirror.documents["spot_check"][check.id].judged) == 1, "verdict")  # type: ignore[attr-defined]
            finally:
                window.close()

    loop.run_until_complete(work())


def test_a_list_leaves_only_on_the_record(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            await made.report(2)
            await until(lambda: len(services.mirror.tickets) == 2, "tickets")
            await until(lambda: services.topics.get("reference") is not None, "reference")
            bridge = Bridge(services)
            window = QueueWindow(theme(), bridge, TicketFeed(bridge))
            window.show()
            try:
                window.show_view("reported")
                window.takeout.start(Form.CSV)
                window.list_panel.form.input("folder").setText(str(tmp_path))  # type: ignore[attr-defined]
                window.list_panel.form.submit()
                await until(lambda: "已导出" in window.list_panel.said(), "file")
                await until(lambda: services.mirror.documents.get("takeout"), "record")
                (record,) = services.mirror.documents["takeout"].values()
                assert isinstance(record, Takeout)
                assert (record.list_id, record.rows, record.form) == ("queue.reported", 2, Form.CSV)
            finally:
                window.close()

    loop.run_until_complete(work())
    assert len(list(tmp_path.glob("*.csv"))) == 1
