"""What is done to the whole list by keyboard: bulk actions with a preview and an undo, export and print on the record."""

import csv
from datetime import timedelta
from pathlib import Path

import openpyxl
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest

from desktop.models.ticket_row import short_number
from desktop.services.topics import Topic
from desktop.services.values import Fresh
from desktop.theme.assets import load_fonts
from desktop.views import print_preview
from desktop.views.queue.bulk import preview, sentence
from desktop.views.queue.bulk_forms import EACH_MOST, OWN_UNIT
from desktop.views.queue.takeout_control import COLUMNS
from domain import commands
from domain.ids import UnitId
from domain.lifecycle import Decision, Rejection
from domain.takeout import Form, TakeOut
from domain.vocabulary import Role, Stage, State
from protocol.reference import TOPIC
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW
from tests.qt.views.test_queue_window import Seat, due_in, id_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def filed_and_signed() -> list:
    """Two to be dispatched, one that a unit works on."""
    return [due_in(1, 30), due_in(2, 20), due_in(3, 10, State.HANDLING, Stage.HANDLE)]


def choose(desk: Seat, field: str, value: str) -> None:
    box = desk.window.list_panel.form.input(field)
    box.setCurrentIndex(box.findData(value))


def submit(desk: Seat) -> None:
    desk.window.list_panel.form.submit()


def test_a_batch_is_previewed_with_its_reasons_then_sent_and_taken_back(seat):
    desk = seat(filed_and_signed())
    unit = desk.bridge.reference.units[0].id
    desk.press(Qt.Key.Key_B, modifier=CONTROL)
    choose(desk, "command", "dispatch")
    submit(desk)
    choose(desk, "lead", unit)
    submit(desk)
    panel = desk.window.list_panel
    assert (
        panel.form._title.text() == f"将办 2 件：{desk.bridge.reference.units[0].name} 2 件；不办 1 件：现为处理中 1 件"
    )
    assert desk.given() == []
    submit(desk)
    assert {ticket for _, ticket in desk.bridge.commander.given} == {id_of(1), id_of(2)}
    assert all(command == commands.Dispatch(lead=unit) for command in desk.given())
    assert "10 秒内 Ctrl Z 撤回整批" in panel.said()
    desk.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert len(desk.bridge.commander.undone) == 2
    assert panel.said() == "正在撤回 2 件"


def to_close(seat, disputes: int, plain: int) -> Seat:
    tickets = [due_in(n, 30 + n, State.READY_TO_CLOSE, Stage.CLOSE) for n in range(1, disputes + plain + 1)]
    items = FakeBridge(()).reference.items
    kinds = [next(item for item in items if item.is_dispute is wanted) for wanted in (True, False)]
    tickets = [replace(one, item=kinds[place >= disputes].code) for place, one in enumerate(tickets)]
    desk = seat(tickets)
    desk.press(Qt.Key.Key_B, modifier=CONTROL)
    choose(desk, "command", "close")
    submit(desk)
    return desk


def test_closing_many_asks_for_each_dispute_and_says_how_each_will_be_closed(seat):
    desk = to_close(seat, disputes=2, plain=1)
    panel = desk.window.list_panel
    choose(desk, f"settled {id_of(1)}", "1")
    choose(desk, f"settled {id_of(2)}", "0")
    panel.form.input("text").setPlainText("已办结")
    submit(desk)
    title = panel.form._title.text()
    assert title.startswith("将办 3 件：")
    for way in ("结案，调解成功 1 件", "结案，调解未成 1 件", "结案 1 件"):
        assert way in title
    assert f"{id_of(1)} 结案，调解成功" in panel.form._hint.text()
    submit(desk)
    given = {ticket: command.settled for command, ticket in desk.bridge.commander.given}
    assert given == {id_of(1): True, id_of(2): False, id_of(3): None}


def test_closing_many_without_a_dispute_asks_for_the_opinion_only(seat):
    desk = to_close(seat, disputes=0, plain=2)
    assert list(desk.window.list_panel.form.values()) == ["text"]


def test_too_many_disputes_are_asked_for_together_and_it_says_so(seat):
    desk = to_close(seat, disputes=EACH_MOST + 1, plain=0)
    form = desk.window.list_panel.form
    assert list(form.values()) == ["settled", "text"]
    assert "逐件" in form._hint.text()


def competent(bridge: FakeBridge) -> None:
    """Two units with competences for two items."""
    reference = bridge.reference
    first, second, *rest = reference.units
    items = [reference.items[0].code, reference.items[-1].code]
    units = (replace(first, items=(items[0],)), replace(second, items=(items[1],)), *rest)
    bridge.topics.values[TOPIC] = Topic(TOPIC, 2, NOW, replace(reference, units=units))


def test_a_batch_of_different_matters_goes_to_the_unit_of_each(qapp, qtbot):
    load_fonts()
    reference = FakeBridge(()).reference
    wanted = (reference.items[0].code, reference.items[-1].code, reference.items[1].code)
    tickets = [replace(due_in(n, 30), item=code, unit=None) for n, code in enumerate(wanted, 1)]
    bridge = FakeBridge(tickets)
    competent(bridge)
    desk = Seat(qtbot, bridge)
    desk.view.setFocus()
    desk.press(Qt.Key.Key_B, modifier=CONTROL)
    choose(desk, "command", "dispatch")
    submit(desk)
    assert desk.window.list_panel.form.values()["lead"] == OWN_UNIT
    submit(desk)
    names = [unit.name for unit in reference.units[:2]]
    title = desk.window.list_panel.form._title.text()
    assert all(f"{name} 1 件" in title for name in names)
    assert "没有单位的职责含其事项 1 件" in title
    submit(desk)
    given = {ticket: command.lead for command, ticket in desk.bridge.commander.given}
    assert given == {id_of(1): reference.units[0].id, id_of(2): reference.units[1].id}


def test_m_on_two_marked_tickets_shows_them_side_by_side_and_the_later_ends(seat):
    desk = seat([replace(due_in(1, 30), reported_at=NOW), replace(due_in(2, 20), reported_at=NOW - timedelta(hours=1))])
    for _ in range(2):
        desk.press(Qt.Key.Key_J)
        desk.press(Qt.Key.Key_Space)
    desk.view.setFocus()
    assert set(desk.window.bulk.marks()) == {id_of(1), id_of(2)}
    desk.press(Qt.Key.Key_M)
    pane = desk.window.merge_pane
    assert pane.isVisible()
    assert pane.form.values()["among"] == id_of(2)
    assert f"并案后 {short_number(id_of(1))} 以“并案”结束" in pane.effect_text()
    pane.form.submit()
    ((command, ticket),) = desk.bridge.commander.given
    assert (ticket, command) == (id_of(1), commands.Merge(into=id_of(2)))
    assert not pane.isVisible()
    assert desk.window.bulk.marks() == {}


def test_m_with_three_marked_says_that_two_are_compared(seat):
    desk = seat([due_in(n, 30) for n in (1, 2, 3)])
    for n in (1, 2, 3):
        desk.window.bulk.toggle(id_of(n))
    desk.press(Qt.Key.Key_M)
    assert not desk.window.merge_pane.isVisible()
    assert "请用空格选两件" in desk.window.list_panel.said()


def test_escape_leaves_the_comparison_and_nothing_is_sent(seat):
    desk = seat([due_in(1, 30), due_in(2, 20)])
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_M)
    pane = desk.window.merge_pane
    assert pane.isVisible()
    QTest.keyClick(pane.form.input("into"), Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert desk.given() == []


def test_space_marks_and_only_what_is_marked_is_done(seat):
    desk = seat(filed_and_signed())
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_Space)
    assert "已选 1 件" in desk.window.list_panel.said()
    marked = next(iter(desk.window.bulk.marks()))
    desk.press(Qt.Key.Key_B, modifier=CONTROL)
    choose(desk, "command", "remind")
    submit(desk)
    submit(desk)
    submit(desk)
    assert [ticket for _, ticket in desk.bridge.commander.given] == [marked]
    assert desk.window.bulk.marks() == {}


def test_shift_and_steps_mark_a_range_and_take_it_back(seat):
    desk = seat(filed_and_signed())
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_J, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert len(desk.window.bulk.marks()) == 2
    desk.press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert set(desk.window.bulk.marks()) == {id_of(1), id_of(2), id_of(3)}
    desk.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert len(desk.window.bulk.marks()) == 2
    assert desk.view.selected_row().id in desk.window.bulk.marks()
    assert desk.given() == []


def test_escape_takes_the_form_then_the_marks_away_and_nothing_was_sent(seat):
    desk = seat(filed_and_signed())
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_B, modifier=CONTROL)
    QTest.keyClick(desk.window.list_panel.form.input("command"), Qt.Key.Key_Escape)
    assert not desk.window.list_panel.is_open()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.bulk.marks() == {}
    assert desk.given() == []


def test_a_role_without_bulk_actions_hears_so(seat):
    desk = seat(filed_and_signed(), Role.ASSESSOR)
    desk.bridge.actor = None
    desk.press(Qt.Key.Key_B, modifier=CONTROL)
    assert desk.window.list_panel.said() == "列表里没有工单可批量办理"


def test_a_preview_counts_every_ticket_once():
    tickets = filed_and_signed()

    def judge(command, ticket):
        return Rejection("state", {"state": ticket.state}) if ticket.state is State.HANDLING else Decision(None)

    found = preview(tickets, lambda _: commands.Remind(), judge, "")
    assert len(found.ready) + found.refused_count == len(tickets)
    offline = preview(tickets, lambda _: commands.Remind(), judge, "联动服务断开")
    assert sentence(offline) == "将办 0 件；不办 3 件：联动服务断开 3 件"


# -- takeouts ------------------------------------------------------------------------------------------


def take(desk: Seat, form: Form, folder: Path) -> None:
    desk.press(Qt.Key.Key_E, modifier=CONTROL)
    choose(desk, "form", form.value)
    desk.window.list_panel.form.input("folder").setText(str(folder))
    submit(desk)


def recorded(desk: Seat) -> TakeOut:
    ((kind, command),) = desk.bridge.commander.acts
    assert kind == "takeout"
    assert isinstance(command, TakeOut)
    return command


def test_a_table_holds_the_list_as_shown_and_no_formula_and_is_on_the_record(seat, tmp_path):
    evil = due_in(1, 30, unit=UnitId('=HYPERLINK("http://x")'))
    desk = seat([evil, due_in(2, 20, State.HANDLING, Stage.HANDLE, unit=UnitId("=1+1"))])
    take(desk, Form.CSV, tmp_path)
    (path,) = tmp_path.glob("*.csv")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    header = next(place for place, row in enumerate(rows) if "单号" in row)
    assert len(rows) - header - 1 == 2
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert recorded(desk) == TakeOut(list_id="queue.open", form=Form.CSV, rows=2, columns=COLUMNS)
    assert "已导出" in desk.window.list_panel.said()


def test_a_workbook_says_its_filters_and_that_it_is_masked(seat, tmp_path):
    desk = seat(filed_and_signed())
    desk.window._on_search_changed("0001")
    take(desk, Form.XLSX, tmp_path)
    (path,) = tmp_path.glob("*.xlsx")
    sheet = openpyxl.load_workbook(path).active
    first = [row[0].value for row in sheet.iter_rows(max_row=5)]
    assert any("已脱敏" in str(value) for value in first)
    assert any("0001" in str(value) for value in first)
    assert recorded(desk).text == "0001"


def test_a_pdf_has_as_many_pages_as_the_list_needs(seat, tmp_path):
    desk = seat([due_in(number, number) for number in range(1, 90)])
    take(desk, Form.PDF, tmp_path)
    (path,) = tmp_path.glob("*.pdf")
    document = QPdfDocument()
    document.load(str(path))
    assert document.pageCount() >= 3
    assert "181009-0089" in "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()


def test_print_shows_pages_first_and_says_when_there_is_no_printer(seat, tmp_path, monkeypatch):
    monkeypatch.setattr(print_preview, "printers", list)
    desk = seat(filed_and_signed())
    take(desk, Form.PRINT, tmp_path)
    preview_window = desk.window.takeout.preview
    assert preview_window is not None
    assert preview_window.pages() == 1
    preview_window.print_pages()
    assert preview_window.why_not() == "本机没有打印机，请改为导出 PDF"
    preview_window.close()
    assert recorded(desk).form is Form.PRINT


def test_nothing_is_made_where_its_record_cannot_be_stored(seat, tmp_path):
    desk = seat(filed_and_signed())
    desk.bridge.commander.stores = False
    take(desk, Form.CSV, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert "没有导出" in desk.window.list_panel.said()
    take(desk, Form.PRINT, tmp_path)
    assert desk.window.takeout.preview is None


def test_without_a_line_it_says_that_the_record_waits_here(seat, tmp_path):
    desk = seat(filed_and_signed())
    desk.bridge.go(Fresh.OFFLINE)
    take(desk, Form.CSV, tmp_path)
    assert "联机后送中心" in desk.window.list_panel.said()


def test_a_folder_that_is_not_there_is_said_and_nothing_is_recorded(seat, tmp_path):
    desk = seat(filed_and_signed())
    take(desk, Form.CSV, tmp_path / "nowhere")
    assert "没有文件夹" in desk.window.list_panel.form.error()
    assert desk.bridge.commander.acts == []
