"""The queue window by keyboard and by stream: what is selected, locked, offered, given and said."""

import dataclasses
from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from desktop.models.names import Names
from desktop.models.queue_values import Column
from desktop.services.values import Answer, Fresh, Pending, PendingId
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.queue.action_answers import command_of
from desktop.views.queue.action_forms import form_of
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.window import QueueWindow
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from domain import commands
from domain.actor import ActorRef
from domain.events import Signed
from domain.ids import TicketId, UnitId
from domain.ticket import Appeal, Limit, Request
from domain.vocabulary import LimitType, Opinion, Role, Stage, State
from protocol.messages import Event
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW, make_ticket


def due_in(number: int, minutes: float, state: State = State.FILED, stage: Stage = Stage.DISPATCH, **fields: object):
    return make_ticket(number, state, stage=stage, hours=1.0, used=1 - minutes / 60, **fields)


def some_tickets() -> list:
    return [due_in(1, 30), due_in(2, -10), due_in(3, 5), due_in(4, -40), due_in(5, 40)]


class Seat:
    """A window with its bridge, and the shortest words for what tests do with it."""

    def __init__(self, qtbot, bridge: FakeBridge) -> None:
        self.bot, self.bridge = qtbot, bridge
        self.feed = TicketFeed(bridge)
        self.window = QueueWindow(Theme.load(), bridge, self.feed)
        qtbot.addWidget(self.window)
        self.window.resize(1920, 1080)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.view = self.window.table_pane.view
        self.table = self.window.table

    def press(self, key: Qt.Key, text: str = "", modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.view, key, modifier) if not text else self.bot.keyClicks(self.view, text)

    def numbers(self) -> list[str]:
        rows = (self.table.ticket_row(place) for place in range(self.table.rowCount()))
        return ["-" if row is None else row.id[-2:].lstrip("0") for row in rows]

    def selected(self) -> str:
        row = self.view.selected_row()
        return "" if row is None else row.id[-2:].lstrip("0")

    def given(self) -> list[commands.Command]:
        return [command for command, _ in self.bridge.commander.given]

    def said(self) -> str:
        return self.window.detail.action_panel.pending_line.text()

    @property
    def actions(self):
        return self.window.detail.action_panel

    @property
    def form(self):
        return self.window.detail.action_panel.form


@pytest.fixture
def seat(qapp, qtbot):
    load_fonts()

    def make(tickets=None, role: Role = Role.DISPATCHER) -> Seat:
        return Seat(qtbot, FakeBridge(some_tickets() if tickets is None else tickets, role=role))

    return make


def id_of(number: int) -> TicketId:
    return TicketId(f"181009-{number:04d}")


# -- moving, locking ---------------------------------------------------------------------------------


def test_opens_unlocked_with_nothing_selected(seat):
    desk = seat()
    assert desk.numbers() == ["4", "2", "-", "3", "1", "5"]
    assert desk.selected() == ""
    assert not desk.table.locked


def test_what_has_no_button_is_under_the_full_stop_with_the_reasons_of_the_rest(seat):
    desk = seat([due_in(1, 30, State.HANDLING, Stage.HANDLE)], Role.SHIFT_LEADER)
    desk.press(Qt.Key.Key_J)
    shown = set(desk.actions._row.buttons())
    desk.press(Qt.Key.Key_Period)
    options = desk.form.input("command")
    others = {options.itemData(place) for place in range(options.count())}
    assert {"force_close", "escalate", "relocate"} <= others
    assert not others & shown
    hidden = {offer.command for offer in desk.actions._more}
    assert hidden | (shown - {"more"}) == set(desk.actions.offered()), "nothing of the role is left out"
    assert "作废" in desk.form._hint.text()
    assert "现为处理中" in desk.form._hint.text()
    options.setCurrentIndex(options.findData("force_close"))
    desk.form.submit()
    assert desk.form.isVisible(), "the chosen command asks for its reason"
    assert list(desk.form.values()) == ["text"]
    assert desk.given() == []


@pytest.mark.parametrize(
    ("granted", "word"), [(None, "申诉待复核"), (True, "申诉成立，超期不计"), (False, "申诉未成立")]
)
def test_an_appeal_is_told_beside_the_number(seat, granted, word):
    ticket = replace(due_in(1, 30, State.HANDLING, Stage.HANDLE), appeal=Appeal(at=NOW, granted=granted))
    desk = seat([ticket])
    desk.press(Qt.Key.Key_J)
    assert word in [tag.accessibleName() for tag in desk.window.detail._tags]


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_a_role_without_any_action_hears_that_it_only_looks(seat, role):
    desk = seat(role=role)
    desk.press(Qt.Key.Key_J)
    assert desk.actions._why.text().endswith("只看工单，不办工单。")
    assert not desk.actions._row.buttons()


def test_j_starts_below_the_line_and_locks(seat):
    desk = seat()
    desk.press(Qt.Key.Key_J)
    assert desk.selected() == "3"
    assert desk.table.locked
    assert desk.bridge.viewed[-1] == id_of(3)


def test_k_steps_over_the_line(seat):
    desk = seat()
    for key in (Qt.Key.Key_J, Qt.Key.Key_K):
        desk.press(key)
    assert desk.selected() == "2"


def test_home_goes_to_the_longest_overdue(seat):
    desk = seat()
    desk.press(Qt.Key.Key_Home)
    assert desk.selected() == "4"


def test_escape_lets_go_of_everything(seat):
    desk = seat()
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_Escape)
    assert desk.selected() == ""
    assert not desk.table.locked
    assert desk.bridge.viewed[-1] is None


def test_arrivals_wait_until_n(seat):
    desk = seat()
    desk.press(Qt.Key.Key_J)
    desk.bridge.change(due_in(6, 7), due_in(7, 8))
    assert desk.numbers() == ["4", "2", "-", "3", "1", "5"]
    assert desk.window.table_pane.header._new.text() == "新到 2 件"
    desk.press(Qt.Key.Key_N)
    assert desk.numbers() == ["4", "2", "-", "3", "6", "7", "1", "5"]
    assert desk.selected() == "3"


def test_five_idle_minutes_unlock_only_when_nothing_is_selected(seat):
    desk = seat()
    desk.press(Qt.Key.Key_J)
    desk.view._on_idle()
    assert desk.table.locked
    desk.view.selectionModel().clear()
    desk.view._on_idle()
    assert not desk.table.locked


def test_scrolling_locks(seat):
    desk = seat([due_in(number, number) for number in range(1, 80)])
    desk.view.verticalScrollBar().triggerAction(desk.view.verticalScrollBar().SliderAction.SliderSingleStepAdd)
    assert desk.table.locked


def test_the_selected_ticket_survives_another_order(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.window._on_sort_requested("number")
    assert desk.selected() == "1"
    assert "-" not in desk.numbers()


# -- views and filters -------------------------------------------------------------------------------


def test_number_keys_open_saved_views(seat):
    desk = seat([*some_tickets(), due_in(8, 20, State.HANDLED, Stage.CHECK)])
    desk.press(Qt.Key.Key_8)
    assert desk.numbers() == ["-", "8"]


def test_my_work_follows_the_role(seat):
    tickets = [due_in(1, 30), due_in(2, 30, State.REPORTED, Stage.ACCEPT)]
    for role, mine in ((Role.DISPATCHER, ["-", "1"]), (Role.REGISTRAR, ["-", "2"])):
        desk = seat(tickets, role)
        desk.press(Qt.Key.Key_1)
        assert desk.numbers() == mine


def test_unchecking_a_facet_takes_its_tickets_out(seat):
    desk = seat()
    desk.window.left_pane.facet_changed.emit("clock", frozenset({"overdue"}))
    assert desk.numbers() == ["-", "3", "1", "5"]


def test_search_narrows_and_escape_clears(seat, qtbot):
    desk = seat()
    bar = desk.window.table_pane.command_bar
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    desk.press(Qt.Key.Key_F, modifier=shift)
    bar.set_text("0003")
    qtbot.waitUntil(lambda: desk.numbers() == ["-", "3"])
    qtbot.keyClick(bar._edit, Qt.Key.Key_Escape)
    assert desk.numbers() == ["4", "2", "-", "3", "1", "5"]


def test_a_filter_that_hides_all_offers_to_clear_it(seat):
    desk = seat()
    desk.window._on_search_changed("nothing like this")
    assert desk.window.table_pane.message() == "全部在办：筛选后没有工单"
    desk.window.table_pane.clear_requested.emit()
    assert len(desk.numbers()) == 6


EVERY_FILTER = {
    "town": "街道：–",
    "stage": "阶段：延期",
    "clock": "时限：不含 超期",
    "source": "来源：不含 2 个",
    "ids": "来自 按期结案率 分子",
    "query": "“nothing like this”",
}


def narrowed(desk):
    """By everything that can narrow a view at once, so that nothing is left."""
    window = desk.window
    window.show_tickets(frozenset({id_of(1)}), "按期结案率 分子")
    chosen = window._filter.without("town", frozenset(window._feed.book.towns.texts()))
    chosen = chosen.without("clock", frozenset({"overdue"})).without("source", frozenset({"platform", "patrol"}))
    window._apply(
        dataclasses.replace(chosen, states=frozenset({State.SUSPENDED}), query="nothing like this"),
        window._table.sort_by,
    )
    return window.table_pane._message.chips


def test_a_view_emptied_by_filters_shows_each_as_a_chip_and_takes_it_away_by_key_and_pointer(seat, qtbot):
    desk = seat()
    chips = narrowed(desk)
    assert [value.id for value in chips._values] == list(EVERY_FILTER)
    left = list(EVERY_FILTER)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Delete, Qt.Key.Key_Delete):
        assert [value.id for value in chips._values] == left
        chip = chips.chip(left[0])
        assert chip.accessibleName().endswith("，可移除")
        assert desk.window.table_pane.message() == "全部在办：筛选后没有工单"
        chip.setFocus()
        qtbot.keyClick(chip, key)
        left = left[1:]
    assert left == ["query"]
    assert desk.window.focusWidget() is chips.chip("query")
    qtbot.mouseClick(chips.chip("query"), Qt.MouseButton.LeftButton)
    assert desk.window.table_pane.message() == ""
    assert len(desk.numbers()) == 6


def test_drill_down_shows_exactly_those_tickets(seat):
    desk = seat()
    desk.window.show_tickets(frozenset({id_of(1), id_of(4)}), "按期结案率 分子")
    assert desk.numbers() == ["4", "-", "1"]
    assert desk.window.table_pane.header.chip("ids").text() == "来自 按期结案率 分子"


# -- commands ----------------------------------------------------------------------------------------


def test_d_asks_for_a_unit_in_place_and_sends(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.press(Qt.Key.Key_D)
    combo = desk.form.input("lead")
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData("U01583"))
    desk.form.submit()
    assert desk.given() == [commands.Dispatch(lead=UnitId("U01583"))]
    assert not desk.form.isVisible()
    assert desk.table.mark(id_of(1)).text == "派遣中…"


def test_a_return_without_reason_is_not_sent(seat):
    desk = seat([due_in(1, 30, State.DISPATCHED, Stage.SIGN, unit=UnitId("U01583"))], Role.HANDLER)
    desk.bridge.actor = msgspec.structs.replace(desk.bridge.actor, unit=UnitId("U01583"))
    desk.window.select_ticket(id_of(1))
    desk.press(Qt.Key.Key_B)
    desk.form.submit()
    assert desk.given() == []
    assert "原因" in desk.form.error()
    text = desk.form.input("text")
    assert isinstance(text, QPlainTextEdit)
    text.setPlainText("不属本单位")
    desk.form.submit()
    assert desk.given() == [commands.Return(text="不属本单位")]


def test_sign_goes_at_once(seat):
    desk = seat([due_in(1, 30, State.DISPATCHED, Stage.SIGN, unit=UnitId("U01583"))], Role.HANDLER)
    desk.bridge.actor = msgspec.structs.replace(desk.bridge.actor, unit=UnitId("U01583"))
    desk.window.select_ticket(id_of(1))
    desk.press(Qt.Key.Key_S)
    assert desk.given() == [commands.Sign()]


def test_a_key_that_is_not_open_says_why_and_sends_nothing(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.press(Qt.Key.Key_C)
    assert desk.given() == []
    assert desk.said() == "未执行：结案，现为待派遣"


def test_reasons_stand_under_the_buttons(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    assert "核查、结案" in desk.actions._why.text()
    assert "未放开：现为待派遣" in desk.actions._why.text()


def test_a_wall_role_is_offered_nothing(seat):
    desk = seat(role=Role.WALL)
    desk.window.select_ticket(id_of(1))
    assert desk.actions.offered() == ()


def test_offline_keeps_what_may_wait_and_refuses_the_rest(seat):
    desk = seat([due_in(1, 30), due_in(2, 20, State.READY_TO_CLOSE, Stage.CLOSE)])
    desk.bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=360.0)
    desk.window.select_ticket(id_of(2))
    desk.press(Qt.Key.Key_C)
    assert desk.said() == "未执行：结案，联动服务断开，此操作须联机"
    desk.press(Qt.Key.Key_U)
    assert desk.table.mark(id_of(2)).text == "催办 待发"
    assert desk.bridge.commander.pending.queued == 1


def test_no_answer_for_five_seconds_is_said_on_the_row(seat):
    desk = seat()
    slow = Pending(
        id=PendingId("p"),
        n=1,
        ticket_id=id_of(1),
        command="dispatch",
        state="sent",
        since=datetime.now(UTC),
        age_s=6.0,
    )
    desk.bridge.commander.show({id_of(1): slow})
    assert desk.table.mark(id_of(1)).text == "服务器未回应，重试中"


def test_a_refusal_shows_on_the_row_for_a_while_and_stays_in_the_record(seat, qtbot):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.actions.command_chosen.emit("remind")
    desk.bridge.refuse(id_of(1), "rejected", "problem_ticket")
    reason = "问题工单，只有值班长可派遣"
    assert desk.table.mark(id_of(1)).text == f"未执行：{reason}"
    assert desk.said() == f"未执行：{reason}"
    marks = desk.window._marks
    marks.forget(id_of(1), marks.refused_now(id_of(1)))
    assert desk.table.mark(id_of(1)) is None
    desk.window.desk._show_record_of_ticket(desk.view.selected_row())
    assert desk.window.detail._records[0].text == f"催办 × {reason}"


def test_undo_withdraws_the_dispatch(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    entry = Pending(
        id=PendingId("p7"),
        n=1,
        ticket_id=id_of(1),
        command="dispatch",
        state="applied",
        since=datetime.now(UTC),
        undo_left_s=8.0,
    )
    desk.bridge.commander.show({id_of(1): entry})
    assert desk.said() == "已派遣，8 秒内可撤回"
    desk.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert desk.bridge.commander.undone == ["p7"]


# -- the command line --------------------------------------------------------------------------------


def test_a_typed_command_says_what_it_will_do_and_does_it(seat, qtbot):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.press(Qt.Key.Key_Slash)
    bar = desk.window.table_pane.command_bar
    bar.set_text("/派遣 城市管理局 尽快")
    assert (
        bar._sentence.accessibleName() == "将对 181009-0001 发出 派遣，单位 城市管理局，“尽快” 可撤回 10 秒 · 记入日志"
    )
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return)
    assert desk.given() == [commands.Dispatch(lead=UnitId("U01583"), text="尽快")]
    assert bar.text() == ""


def test_a_typed_command_that_lacks_its_unit_is_not_given(seat, qtbot):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    bar = desk.window.table_pane.command_bar
    bar.set_text("/派遣 社区")
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return)
    assert desk.given() == []
    assert bar._sentence.accessibleName().startswith("哪个单位？")


def test_tab_completes_and_goes_on_to_the_next(seat, qtbot):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    bar = desk.window.table_pane.command_bar
    bar.set_text("/派")
    qtbot.keyClick(bar._edit, Qt.Key.Key_Tab)
    assert bar.text() == "/派遣 "
    bar.set_text("/派遣 竹坑")
    qtbot.keyClick(bar._edit, Qt.Key.Key_Tab)
    assert bar.text() == "/派遣 竹坑社区 "


# -- the detail pane ---------------------------------------------------------------------------------


def record_of(ticket_id: TicketId) -> bytes:
    event = Event(
        seq=1,
        id=ticket_id,
        v=2,
        at=NOW,
        st=NOW,
        actor=ActorRef(Role.HANDLER, unit=UnitId("U01583")),
        body=msgspec.Raw(msgspec.json.encode(Signed(stage=None))),
        private={"text": "已出发"},
    )
    return msgspec.json.encode([event])


def test_the_record_is_asked_for_once_after_quick_moves(seat, qtbot):
    desk = seat()
    desk.bridge.answers["record"] = Answer(record_of(id_of(1)))
    for _ in range(2):
        desk.press(Qt.Key.Key_J)
    qtbot.waitUntil(lambda: bool(desk.bridge.asked))
    assert desk.bridge.asked == [("record", {"ticket_id": id_of(1)})]
    assert desk.window.detail._records[0].text == "城市管理局 签收：已出发"


def test_a_late_answer_about_another_ticket_is_dropped(seat):
    desk = seat()
    desk.window.select_ticket(id_of(3))
    before = desk.window.detail._records
    desk.window.desk._on_record_answered(Answer(record_of(id_of(1))))
    assert desk.window.detail._records == before


def test_the_record_says_when_it_could_not_be_asked(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.window.desk._on_record_answered(Answer(None, "offline"))
    assert desk.window.detail._records[0].text.startswith("记录没有取到，以下为本机所知（联动服务断开），")


def test_a_change_of_the_shown_ticket_shows_at_once(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.bridge.change_fields(id_of(1), state=State.DISPATCHED, version=4)
    assert desk.actions.offer("sign") is None  # a dispatcher never signs
    assert desk.actions.offer("redirect").ok


def test_a_ticket_that_left_stays_readable_until_let_go(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.bridge.change(removed=(id_of(1),))
    assert desk.table.has_left(id_of(1))
    assert desk.window.detail.ticket_row().id == id_of(1)


def test_other_seats_that_look_are_named_by_seat(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.bridge.view_by(id_of(1), "1", "2")
    assert desk.window.detail._seats.text() == "2 席也在看"


def test_many_seats_that_look_on_cut_nothing_of_the_ticket(seat):
    desk = seat([due_in(1, 30)])
    desk.window.resize(1366, 768)
    desk.window.select_ticket("181009-0001")
    detail = desk.window.detail
    wide = detail._body.minimumSizeHint().width()
    desk.bridge.view_by("181009-0001", *(f"{number} 号大厅" for number in range(10, 30)))
    assert detail._seats.text() == "20 个席位也在看"
    assert "29 号大厅" in detail._seats.toolTip()
    assert detail._body.minimumSizeHint().width() == wide


# -- what is painted ---------------------------------------------------------------------------------


class PaintWatch(QObject):
    """Collects what a viewport is asked to paint."""

    def __init__(self, viewport) -> None:
        super().__init__(viewport)
        self.region = QRegion()
        viewport.installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.region = self.region.united(event.region())
        return False


def test_a_second_repaints_only_cells_whose_text_changed(seat, qtbot, qapp):
    desk = seat()
    desk.press(Qt.Key.Key_J)
    desk.bridge.pass_time(1)
    qapp.processEvents()
    watch = PaintWatch(desk.view.viewport())
    desk.bridge.pass_time(60)
    qtbot.waitUntil(lambda: not watch.region.isEmpty())
    number = desk.view.visualRect(desk.table.index(3, Column.NUMBER)).center()
    sla = desk.view.visualRect(desk.table.index(3, Column.SLA)).center()
    assert watch.region.contains(sla)
    assert not watch.region.contains(number)


def test_a_frozen_clock_moves_nothing(seat):
    desk = seat()
    desk.bridge.clock.frozen = True
    desk.bridge.pass_time(3600)
    assert desk.table.line().above == 2


def test_never_connected_says_so_and_counts_nothing(seat):
    desk = seat(tickets=())
    desk.bridge.topics.values.clear()
    desk.bridge.go(Fresh.NEVER)
    assert desk.window.table_pane.message() == "启动以来未接通，本机也没有缓存"
    desk.window._refresh_counts()
    assert desk.window.left_pane._views.accessibleDescription() == "全部在办 –"


def test_a_snapshot_on_its_way_shows_how_far_it_is(seat):
    desk = seat(tickets=())
    desk.bridge.go(Fresh.CATCHING_UP, snapshot=(16, 44))
    assert desk.window.table_pane.message() == "正在取快照 36%"


def test_before_the_first_picture_no_view_and_no_facet_says_nought(seat, qtbot):
    desk = seat(tickets=())
    for state, snapshot in ((Fresh.CATCHING_UP, None), (Fresh.CATCHING_UP, (16, 44))):
        desk.bridge.go(state, snapshot=snapshot)
        qtbot.waitUntil(lambda: desk.window.left_pane._views.accessibleDescription() == "全部在办 –")
        assert not any(desk.window.left_pane._shown.values())
    desk.bridge.go(Fresh.LIVE)
    qtbot.waitUntil(lambda: desk.window.left_pane._views.accessibleDescription() == "全部在办 0")


def test_an_empty_view_says_what_would_appear(seat):
    desk = seat(tickets=())
    assert desk.window.table_pane.message() == "全部在办：此视图没有工单"


def test_a_new_snapshot_replaces_the_rows_without_a_reset(seat, qtbot):
    desk = seat()
    desk.press(Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(desk.table.modelReset):
        desk.bridge.change(due_in(1, 30), due_in(9, 3), reset=True)
    assert desk.numbers() == ["-", "9", "1"]


def test_light_theme_and_larger_text_reach_the_open_window(seat):
    desk = seat()
    desk.window.select_ticket(id_of(1))
    desk.window.apply_theme(Theme.load("light", scale=1.5))
    assert desk.view.rowHeight(0) == Theme.load(scale=1.5).row("normal")
    assert desk.window.grab().width() == 1920


def test_a_closed_window_no_longer_follows(seat, qtbot):
    desk = seat()
    desk.window.close()
    assert desk.feed._tables == []
    assert desk.bridge.viewed[-1] is None
    desk.bridge.change(due_in(9, 3))


def test_a_first_picture_is_no_news_and_what_comes_after_it_is(seat):
    desk = seat([])
    desk.bridge.change(*some_tickets(), reset=True)
    assert desk.table.fresh() == frozenset()
    desk.bridge.change(due_in(9, 20))
    assert desk.table.fresh() == {id_of(9)}


def test_a_dispatcher_records_what_a_unit_told_by_phone(seat):
    unit = UnitId("U001")
    desk = seat([due_in(1, 30, State.DISPATCHED, Stage.SIGN, unit=unit)])
    unit = desk.bridge.reference.units[0].id
    desk.bridge.change_fields(id_of(1), unit=unit)
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_Z, "z")
    assert desk.form.input("act").currentData() == f"sign {unit}"
    desk.form.input("text").setPlainText("张科来电")
    desk.form.submit()
    assert desk.given() == [commands.ActFor(unit=unit, act="sign", text="张科来电")]


def test_reached_solved_and_satisfied_are_asked_apart(seat):
    closed = due_in(1, 30, State.CLOSED, stage=Stage.CLOSE)
    site, names = SiteTime(DEFAULT_ZONE), Names()
    spec = form_of("record_call_back", closed, names, site, NOW)
    assert spec is not None
    assert [field.id for field in spec.fields] == ["reached", "solved", "opinion", "text"]
    answers = {"reached": "1", "solved": "0", "opinion": "satisfied", "text": ""}
    made = command_of("record_call_back", answers, closed, site)
    assert made == commands.RecordCallBack(reached=True, solved=False, opinion=Opinion.SATISFIED)
    unreached = command_of("record_call_back", {**answers, "reached": "0"}, closed, site)
    assert unreached == commands.RecordCallBack(reached=False)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/督办", "supervise"),
        ("/提级", "raise_urgency"),
        ("/挂主单", "set_parent"),
        ("/改位置", "relocate"),
        ("/不准延期", "refuse_delay"),
    ],
)
def test_what_a_line_cannot_say_completely_opens_its_form_from_the_line(seat, line, command):
    delay = Request(kind="delay", asked_at=NOW, extra=Limit(1, LimitType.URGENT_HOURS), department_approved=True)
    ticket = due_in(1, 30, State.HANDLING, Stage.HANDLE, request=delay)
    desk = seat([ticket], Role.SHIFT_LEADER)
    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_Slash, "/")
    bar = desk.window.table_pane.command_bar
    bar.set_text(line)
    bar.submitted.emit(line)
    assert desk.actions.form_is_open()
    assert desk.actions._open_command == command


def test_a_row_that_other_seats_have_open_shows_and_speaks_their_seat(seat):
    desk = seat()
    place = desk.table.position(id_of(1))
    index = desk.table.index(place, Column.MATTER)
    plain = desk.view.viewport().grab(desk.view._row_rect(place)).toImage()
    desk.bridge.view_by(id_of(1), "1", "2")
    assert desk.table.seats(id_of(1)) == ("2",)
    assert "2 席也在看" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert desk.view.viewport().grab(desk.view._row_rect(place)).toImage() != plain
    desk.bridge.view_by(id_of(1), "1")  # this seat itself is no news
    assert desk.table.seats(id_of(1)) == ()
    assert desk.view.viewport().grab(desk.view._row_rect(place)).toImage() == plain
