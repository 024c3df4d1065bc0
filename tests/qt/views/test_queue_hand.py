"""The queue under a hand on the mouse, and what can be taken out of it: double click, menu of a row, Ctrl C; rows keep their height."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.names import Names
from desktop.models.queue_values import Column
from desktop.models.ticket_filter import facet_counts
from desktop.models.ticket_row import RowMaker
from desktop.theme.theme import Theme
from desktop.views.queue.action_answers import AnswerError, command_of
from desktop.views.queue.action_forms import form_of
from desktop.views.queue.action_slots import SLOTS
from desktop.views.queue.competence import proposal_text, proposed_units
from desktop.views.site_time import SiteTime
from desktop.views.words import row_words
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.painting import elided, text_width
from desktop.widgets.participants import Participants, UnitRow
from desktop.widgets.sla_bar import format_remaining, label_width
from domain.vocabulary import Role, Stage, State, Urgency
from tests.qt.samples import NOW, make_reference, make_ticket
from tests.qt.views.test_queue_window import Seat, due_in, id_of

CONTROL = Qt.KeyboardModifier.ControlModifier
SITE = SiteTime()
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def middle_of(desk: Seat, place: int) -> QPoint:
    return desk.view.visualRect(desk.table.index(place, 1)).center()


def row_of(desk: Seat, number: int) -> int:
    place = desk.table.position(id_of(number))
    assert place is not None
    return place


def test_a_double_click_opens_the_ticket_as_enter_does(seat, qtbot):
    desk = seat([due_in(1, 30), due_in(2, 20)])
    with qtbot.waitSignal(desk.window.ticket_requested) as asked:
        QTest.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(desk, row_of(desk, 1)))
    assert asked.args == [id_of(1)]


def test_the_right_button_selects_the_row_and_offers_what_its_keys_do(seat):
    desk = seat([due_in(1, 30), due_in(2, 20, State.HANDLING, Stage.HANDLE)])
    at = middle_of(desk, row_of(desk, 1))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, desk.view.viewport().mapToGlobal(at))
    QApplication.sendEvent(desk.view.viewport(), event)
    assert desk.selected() == "1"
    entries = [action.text() for action in desk.window.row_menu.menu.actions() if not action.isSeparator()]
    assert entries[:4] == ["打开\tEnter", "复制\tCtrl C", "送大屏\tW", "选中，批量办理\tSpace"]
    assert "派遣\tD" in entries
    assert all(any("\u4e00" <= char <= "\u9fff" for char in entry) for entry in entries)
    closed = {name for name in desk.actions.offered() if not desk.actions.offer(name).ok}
    assert closed, "some commands are not open for a filed ticket"
    assert not {name for name, _ in desk.actions.open_now()} & closed
    next(one for one in desk.window.row_menu.menu.actions() if one.text() == "派遣\tD").trigger()
    assert desk.actions.form_is_open()
    desk.window.row_menu.menu.hide()


def test_ctrl_c_takes_number_matter_and_place_and_says_so(seat):
    ticket = due_in(1, 30)
    desk = seat([ticket, due_in(2, 20)])
    desk.window.select_ticket(id_of(1))
    desk.press(Qt.Key.Key_C, modifier=CONTROL)
    row = RowMaker(Names.of(desk.bridge.reference), row_words()).row(ticket)
    taken = QGuiApplication.clipboard().text()
    assert taken == f"{id_of(1)} {row.matter} · {row.place} · {row.unit}"
    assert desk.window.status_bar.said() == f"已复制 {taken}"


def test_ctrl_c_takes_the_marked_tickets_line_by_line(seat):
    desk = seat([due_in(1, 30), due_in(2, 20), due_in(3, 10)])
    for _ in range(2):
        desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Space)
    marked = len(desk.window.bulk.marks())
    desk.press(Qt.Key.Key_C, modifier=CONTROL)
    assert len(QGuiApplication.clipboard().text().splitlines()) == marked == 2


def test_ctrl_c_with_nothing_selected_says_that_nothing_was_taken(seat):
    desk = seat([due_in(1, 30)])
    QGuiApplication.clipboard().setText("kept")
    desk.press(Qt.Key.Key_C, modifier=CONTROL)
    assert QGuiApplication.clipboard().text() == "kept"
    assert desk.window.status_bar.said() == "没有选中可复制的内容"


def test_no_row_is_squeezed_where_the_line_stood_in_another_view(seat):
    overdue = [due_in(number, -number) for number in range(1, 6)]
    desk = seat([*overdue, due_in(7, 30)])
    line = desk.table.line_position()
    desk.window.show_view("at_risk")
    desk.window.show_view("open")
    desk.window.show_view("to_check")
    desk.window.show_view("open")
    sizes = desk.view.verticalHeader()
    low = [
        place for place in range(desk.table.rowCount()) if sizes.sectionSize(place) != desk.window.theme.row("normal")
    ]
    assert low == [line]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("days", [14, 120])
def test_no_digit_of_a_time_is_cut_in_the_column_of_limits(seat, days, language):
    theme = Theme.load(language=language)
    font = theme.font("body", "number")
    text = format_remaining((days * 24 + 23) * 3600, "overdue")
    desk = seat([due_in(1, 30)])
    room = label_width(theme, desk.view.columnWidth(Column.SLA) - 2 * theme.space("s"), text)
    assert elided(font, text, room) == text
    assert room < desk.view.columnWidth(Column.SLA) - text_width(font, "剩"), "a bar is left"


# -- no letter is silent -----------------------------------------------------------------------------


@pytest.mark.parametrize("letter", [key for key, _ in SLOTS])
def test_every_letter_of_the_map_of_keys_acts_or_says_why_not(seat, letter):
    desk = seat([due_in(1, 30)], Role.REGISTRAR)
    desk.press(Qt.Key.Key_J)
    desk.press(getattr(Qt.Key, f"Key_{letter}"), letter.lower())
    assert desk.said() or desk.actions.form_is_open() or desk.window.merge_pane.isVisible() or desk.given()


def test_a_command_of_another_role_names_the_own_role(seat):
    desk = seat([due_in(1, 30)], Role.REGISTRAR)
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_S, "s")
    assert desk.said() == "未执行：签收，受理员无此权限"
    assert desk.given() == []


@pytest.mark.parametrize("width", [330, 360, 412, 560])
def test_of_a_unit_the_name_is_cut_before_its_time(qtbot, width):
    view = Participants(Theme.load())
    qtbot.addWidget(view)
    view.resize(width, 40)
    unit = UnitRow(
        "城市管理办公室（马峦街道办事处）", True, "09-24 20:28", "09-25 00:28", ("sla", "overdue"), "超 14天10时"
    )
    view.set_units([unit])
    font, theme = view._theme.font("small"), view._theme
    name, arrived, due, state = view._columns()
    left = view.width() - theme.glyph_px - theme.space("s") - name - arrived - due
    assert left >= state >= text_width(font, unit.word)


# -- what is hidden ----------------------------------------------------------------------------------


def test_the_urgent_ones_can_be_shown_alone_and_a_chip_says_what_is_hidden(seat):
    tickets = [replace(due_in(1, 30), urgency=Urgency.TOP), due_in(2, 20), replace(due_in(3, 10), urgency=Urgency.HIGH)]
    desk = seat(tickets)
    context = desk.feed.context()
    assert facet_counts(desk.feed.book, "open", context)["urgency"] == {"top": 1, "high": 1, "normal": 1}
    desk.window.left_pane.facet_changed.emit("urgency", frozenset({"high", "normal"}))
    assert desk.numbers() == ["-", "1"]
    chip = desk.window.table_pane.header.chip("urgency")
    assert chip.text() == "紧急程度：不含 2 个"
    desk.window.table_pane.header.chip_removed.emit("urgency")
    assert len(desk.numbers()) == 4


def test_what_waits_behind_a_lock_says_how_much_of_it_is_urgent(seat):
    desk = seat([due_in(1, 30)])
    desk.press(Qt.Key.Key_J)
    chip = desk.window.table_pane.header._new
    desk.bridge.change(due_in(2, 20), replace(due_in(3, 10), urgency=Urgency.HIGH))
    assert chip.text() == "新到 2 件"
    desk.bridge.change(replace(due_in(4, 10), urgency=Urgency.TOP))
    assert chip.text() == "新到 3 件，特急 1"
    desk.bridge.change(replace(due_in(2, 20), urgency=Urgency.TOP, version=2))
    assert chip.text() == "新到 3 件，特急 2", "a waiting one was raised"
    desk.press(Qt.Key.Key_N)
    assert chip.isHidden()


def test_a_folded_pane_hides_no_filter(seat):
    desk = seat([due_in(1, 30), due_in(2, -20)])
    desk.window.resize(1366, 768)
    desk.window.left_pane.facet_changed.emit("clock", frozenset({"overdue"}))
    assert desk.window.left_pane.isHidden()
    assert desk.window.table_pane.header.chip("clock").text() == "时限：不含 超期"


# -- nobody's answer ---------------------------------------------------------------------------------


def competent(names: Names, ticket, count: int) -> Names:
    units = tuple(
        replace(unit, items=(ticket.item,) if place < count else ()) for place, unit in enumerate(names.units)
    )
    return Names(units=units, areas=names.areas, items=names.items)


NAMES = Names.of(make_reference())


def test_the_unit_written_on_a_new_ticket_is_chosen_and_the_sentence_says_the_same(qapp):
    ticket = replace(make_ticket(1), dispatched_at=None, state=State.FILED, unit=NAMES.units[5].id)
    names = competent(NAMES, ticket, 2)
    form = form_of("dispatch", ticket, names, SITE, NOW)
    assert form.fields[0].value == names.units[5].id == form.fields[0].options[0][0]
    assert form.hint.startswith(f"单上写明 {names.units[5].name}。 职责含")
    assert "建议" not in form.hint


def test_the_unit_that_gave_a_ticket_back_is_not_proposed_again(qapp):
    given_back = NAMES.units[0]
    ticket = replace(make_ticket(1), dispatched_at=NOW, state=State.FILED, unit=given_back.id, returns=1)
    names = competent(NAMES, ticket, 2)
    form = form_of("dispatch", ticket, names, SITE, NOW)
    assert form.fields[0].value == names.units[1].id
    assert form.hint.startswith(f"{given_back.name} 已回退，不再建议。 建议 {names.units[1].name}")
    alone = competent(NAMES, ticket, 1)
    assert proposed_units(alone, ticket) == []
    assert proposal_text(ticket, alone) == f"{given_back.name} 已回退，不再建议。"
    assert form_of("dispatch", ticket, alone, SITE, NOW).fields[0].value == ""


@pytest.mark.parametrize(
    ("command", "field", "state"),
    [
        ("dispatch", "lead", State.FILED),
        ("redirect", "lead", State.HANDLING),
        ("whistle", "unit", State.HANDLING),
        ("add_co_units", "unit", State.HANDLING),
        ("record_verification", "result", State.VERIFYING),
        ("record_check", "result", State.CHECKING),
        ("reject_closing", "flaw", State.READY_TO_CLOSE),
        ("review_appeal", "grant", State.CLOSED),
        ("record_call_back", "reached", State.CLOSED),
        ("record_call_back", "solved", State.CLOSED),
        ("record_call_back", "opinion", State.CLOSED),
    ],
)
def test_what_a_person_has_to_judge_is_not_answered_beforehand(qtbot, command, field, state):
    ticket = replace(make_ticket(1), unit=None, dispatched_at=None, state=state)
    spec = form_of(command, ticket, competent(NAMES, ticket, 0), SITE, NOW)
    form = InlineForm(Theme.load())
    qtbot.addWidget(form)
    form.open_form("", spec.fields, "")
    assert form.values()[field] == ""
    assert form.input(field).placeholderText() == "请选择"


def test_a_choice_that_has_to_be_made_is_asked_for_before_it_is_sent(qtbot):
    form = InlineForm(Theme.load())
    qtbot.addWidget(form)
    sent = []
    form.submitted.connect(sent.append)
    form.open_form("", (FormField("x", "核查结果", "choice", options=(("a", "A"), ("b", "B")), asked=True),), "")
    form.submit()
    assert (sent, form.error()) == ([], "请填写：核查结果")
    QTest.keyClick(form.input("x"), Qt.Key.Key_Down)
    form.submit()
    assert sent == [{"x": "a"}]


@pytest.mark.parametrize("missing", ["solved", "opinion"])
def test_a_reached_caller_has_been_asked_both_questions(qapp, missing):
    ticket = due_in(1, 30, State.CLOSED, stage=Stage.CLOSE)
    answers = {"reached": "1", "solved": "1", "opinion": "satisfied", "text": "", missing: ""}
    with pytest.raises(AnswerError, match="接通的回访要填"):
        command_of("record_call_back", answers, ticket, SITE)
    assert not command_of("record_call_back", {**answers, "reached": "0"}, ticket, SITE).reached
