"""The alarm window by keyboard: every key of screens.md §4h, the states of the list, flood, and what an own command looks like."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from shiboken6 import Shiboken

sys.path.insert(0, str(Path(__file__).parent))

from scene import OFFICER, AlarmBridge, alarm_feed, bridge_of, full_hall

from desktop.services.values import Answer, Fresh, Freshness
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.alarms.values import FLOOD
from desktop.views.alarms.window import AlarmWindow
from domain.alarms import commands as c
from domain.alarms.kind import NAME
from domain.alarms.values import Alarm, key_of, state_of
from domain.alarms.words import AlarmState, Severity, Trigger
from domain.ids import SeatId
from domain.shifts import roster
from domain.vocabulary import Role
from tests.qt.samples import NOW
from tests.unit.domain.alarms.cases import Hall, cause

GROUPS = ["unacked", "acked", "shelved", "cleared"]


@pytest.fixture(autouse=True)
def _fonts(qapp):
    qapp.setStyle("Fusion")
    load_fonts()


class Desk:
    def __init__(self, qtbot, hall: Hall | None = None, actor=None) -> None:
        given = {} if actor is None else {"actor": actor}
        self.feed = alarm_feed(hall=hall if hall is not None else full_hall(), **given)
        self.window = AlarmWindow(Theme.load(), self.feed)
        self.bridge: AlarmBridge = bridge_of(self.feed)
        qtbot.addWidget(self.window)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.window.resize(1920, 1080)
        self.window.show()
        self.window.focus_list()

    @property
    def list(self):
        return self.window.list_pane.list

    def key(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget() or self.window, text)
        self.window.refresh()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key)
        self.window.refresh()

    @property
    def alarm(self) -> Alarm:
        found = self.feed.get(self.window.current_id)
        assert found is not None
        return found

    def select(self, severity: Severity, state: AlarmState = AlarmState.UNACKED) -> Alarm:
        found = next(one for one in self.feed.open() if one.severity is severity and state_of(one) is state)
        self.window.select(found.id)
        return found


@pytest.fixture
def desk(qtbot) -> Desk:
    return Desk(qtbot)


def test_a_filter_says_how_many_unacknowledged_it_hides_and_escape_brings_them_back(desk):
    pane, feed = desk.window.list_pane, desk.feed
    unseen = [one for one in feed.unacknowledged() if one.severity is not Severity.MINOR]
    critical = sum(one.severity is Severity.CRITICAL for one in unseen)
    assert critical
    assert pane.hidden_text() == ""
    for _ in range(3):
        desk.press(Qt.Key.Key_F)
    assert pane.chosen().severity == "minor"
    assert pane.hidden_text() == f"筛选隐藏了 {len(unseen)} 条未确认告警，其中严重 {critical} 条，Esc 显示全部"
    desk.press(Qt.Key.Key_Escape)
    assert (pane.hidden_text(), pane.is_filtered()) == ("", False)


def test_the_groups_stand_in_order_and_the_worst_is_selected(desk: Desk) -> None:
    assert [group.id for group in desk.list.groups()] == GROUPS
    assert desk.alarm.severity is Severity.CRITICAL
    assert [row.severity for row in desk.list.groups()[0].rows] == ["critical", "major", "minor"]


def test_the_count_of_the_rule_has_the_alarm_that_was_raised_since_the_history_was_asked_for(desk: Desk) -> None:
    alarm = desk.select(Severity.MAJOR)
    desk.window.desk._on_history([])
    mine = sum(one.rule == alarm.rule for one in desk.feed.alarms())
    assert f"本规则产生 {mine} 条" in desk.window.detail._why.text()
    assert mine > 0


def test_a_acknowledges_and_the_row_moves_to_its_group(desk: Desk) -> None:
    before = desk.alarm.id
    desk.key("a")
    acked = next(group for group in desk.list.groups() if group.id == "acked")
    assert before in [row.id for row in acked.rows]
    assert desk.feed.get(before).ack.seat == "1"  # type: ignore[union-attr]


def test_the_arrow_keys_walk_all_rows(desk: Desk) -> None:
    seen = [desk.window.current_id]
    for _ in desk.list.ids()[1:]:
        desk.press(Qt.Key.Key_Down)
        seen.append(desk.window.current_id)
    assert tuple(seen) == desk.list.ids()


def test_s_shelves_inline_with_time_and_reason(desk: Desk) -> None:
    alarm = desk.select(Severity.MAJOR)
    desk.key("s")
    bar = desk.window.shelve_bar
    assert bar.isVisible()
    assert [chip.text() for chip in bar.chips()][:2] == ["30 分", "1 小时"]
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_Return)
    shelved = desk.feed.get(alarm.id)
    assert shelved is not None
    assert shelved.shelf is not None
    assert shelved.shelf.until == desk.bridge.clock.now + timedelta(hours=1)
    assert not bar.isVisible()


def test_what_is_shelved_comes_back_ringing(desk: Desk) -> None:
    alarm = desk.select(Severity.MAJOR)
    desk.key("s")
    desk.press(Qt.Key.Key_Return)
    desk.bridge.pass_(timedelta(minutes=30))
    desk.window.refresh()
    assert alarm.id in [row.id for row in desk.list.groups()[0].rows]


def test_another_reason_must_be_written(desk: Desk) -> None:
    desk.select(Severity.MAJOR)
    desk.key("s")
    bar = desk.window.shelve_bar
    bar.reason.setCurrentIndex(bar.reason.count() - 1)
    bar.submit()
    assert bar.isVisible()
    bar.text.setText("电话核实中")
    bar.submit()
    assert not bar.isVisible()


def test_a_critical_alarm_is_not_shelved_and_the_line_says_why(desk: Desk) -> None:
    desk.select(Severity.CRITICAL)
    desk.key("s")
    assert not desk.window.shelve_bar.isVisible()
    assert "严重级不可搁置" in desk.window.detail.pending_line.text()
    assert not desk.window.detail.action("shelve").isEnabled()


def test_t_hands_over_to_a_seat_and_n_writes_a_note(desk: Desk) -> None:
    alarm = desk.select(Severity.MAJOR)
    desk.key("t")
    assert desk.window.desk.form_is_open()
    desk.window.detail.form.submit()
    assert desk.feed.get(alarm.id).seat == "2"  # type: ignore[union-attr]
    desk.window.focus_list()
    desk.window.select(alarm.id)
    desk.key("n")
    desk.window.detail.form.input("text").setPlainText("已电话 3 席")  # type: ignore[attr-defined]
    desk.window.detail.form.submit()
    assert desk.feed.get(alarm.id).notes == 1  # type: ignore[union-attr]


def test_space_ticks_the_next_step_of_the_card(desk: Desk) -> None:
    alarm = desk.select(Severity.CRITICAL)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Space)
    assert sorted(desk.feed.get(alarm.id).steps) == [0, 1]  # type: ignore[union-attr]


def test_f_walks_the_severities_and_escape_shows_all_again(desk: Desk) -> None:
    desk.key("f")
    assert {row.severity for group in desk.list.groups() for row in group.rows} == {"critical"}
    desk.press(Qt.Key.Key_Escape)
    assert [group.id for group in desk.list.groups()] == GROUPS


def test_r_walks_the_sources_and_escape_shows_all_again(desk: Desk) -> None:
    everything = len(desk.feed.open())
    chip, seen, shown = desk.window.list_pane.origin_chip, [], 0
    for _ in desk.window.list_pane._origins:
        desk.key("r")
        rows = [row for group in desk.list.groups() for row in group.rows]
        origins = {row.origin for row in rows}
        assert len(origins) == 1
        seen.extend(origins)
        shown += len(rows)
        assert chip.text().endswith(seen[-1])
    assert len(seen) == len(set(seen)) > 1
    assert shown == everything
    desk.press(Qt.Key.Key_Escape)
    assert sum(len(group.rows) for group in desk.list.groups()) == everything


def test_the_seats_of_the_roster_are_there_before_any_of_them_answered(desk: Desk) -> None:
    plan = roster.Plan(
        zone="Asia/Shanghai",
        teams=("甲班",),
        first_day=NOW.date(),
        cycle=(("甲班", "甲班"),),
        seats=(roster.SeatPost(SeatId("7"), Role.REGISTRAR), roster.SeatPost(SeatId("8"), Role.DISPATCHER)),
    )
    book = roster.Roster(id=roster.ID, version=1, changed_at=NOW, plan=plan)
    desk.bridge.mirror.documents[roster.NAME] = {roster.ID: book}
    desk.bridge.documents_changed.emit(roster.NAME)
    assert list(desk.feed.seats())[1:3] == ["7", "8"]
    desk.window.refresh()
    assert [line.seat for line in desk.window.load_pane.seats.lines()][1:3] == ["7", "8"]
    alarm = desk.select(Severity.MAJOR)
    desk.key("t")
    box = desk.window.detail.form.input("seat")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("8"))
    desk.window.detail.form.submit()
    assert desk.feed.get(alarm.id).seat == "8"  # type: ignore[union-attr]


def test_enter_opens_the_ticket_of_the_alarm(desk: Desk, qtbot) -> None:
    hall = Hall()
    hall.raised(cause("R-03", "181009-0001", Severity.MAJOR, ticket="181009-0001", facts={"stage": "sign"}))
    other = Desk(qtbot, hall)
    with qtbot.waitSignal(other.window.ticket_open_requested) as asked:
        other.press(Qt.Key.Key_Return)
    assert asked.args == ["181009-0001"]


def test_a_flood_sums_up_the_minor_ones_and_enter_unfolds_them(qtbot) -> None:
    hall = Hall()
    minor = [
        cause("R-07", f"cam-{n}", Severity.MINOR, trigger=Trigger.CAMERA_LOST, facts={"name": f"{n}"})
        for n in range(12)
    ]
    hall.raised(
        cause(
            "R-06",
            "440310001",
            Severity.MAJOR,
            trigger=Trigger.BACKLOG,
            area="440310001",
            facts={"count": 21, "limit": 20},
        ),
        *minor,
    )
    desk = Desk(qtbot, hall)
    assert desk.feed.load().is_flood
    assert desk.list.ids()[1:] == (FLOOD,)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert len(desk.list.ids()) == 14
    desk.key("a")
    assert [row.severity for row in desk.list.groups()[0].rows] == ["major"]


def test_offline_an_acknowledgement_is_kept_and_shelving_says_why_not(desk: Desk) -> None:
    alarm = desk.select(Severity.MAJOR)
    desk.bridge.commander.online = False
    desk.bridge.freshness.values["tickets"] = Freshness(state=Fresh.OFFLINE, as_of=NOW, age_s=60.0, since_s=60.0)
    desk.bridge.clock_ticked.emit()
    desk.window.refresh()
    assert desk.feed.get("local-link_lost") is not None
    desk.window.select(alarm.id)
    desk.key("a")
    assert [command.__struct_config__.tag for _, command in desk.bridge.commander.acts] == ["acknowledge"]
    desk.window.select(alarm.id)
    assert not desk.window.detail.action("shelve").isEnabled()


def test_answers_after_the_window_was_closed_meet_nobody(qtbot) -> None:
    bridge = bridge_of(feed := alarm_feed(hall=full_hall()))
    window, late = AlarmWindow(Theme.load(), feed), []
    bridge.ask_then = lambda what, args, done: late.append(lambda: done(Answer(b"[]")))
    bridge.document_page_then = lambda kind, offset, limit, done: late.append(lambda: done([]))
    window.select(next(iter(bridge.hall.alarms)))
    qtbot.waitUntil(lambda: len(late) == 2)
    Shiboken.delete(window)
    for answer in late:
        answer()


def test_link_loss_is_acknowledged_here_and_goes_with_the_line(desk: Desk) -> None:
    live = desk.bridge.freshness.values["tickets"]
    desk.bridge.freshness.values["tickets"] = Freshness(state=Fresh.OFFLINE, as_of=NOW, age_s=60.0, since_s=60.0)
    desk.bridge.clock_ticked.emit()
    desk.window.select("local-link_lost")
    assert desk.alarm.severity is Severity.CRITICAL
    desk.key("a")
    assert state_of(desk.feed.get("local-link_lost")) is AlarmState.ACKED  # type: ignore[arg-type]
    desk.bridge.freshness.values["tickets"] = live
    desk.bridge.clock_ticked.emit()
    assert desk.feed.get("local-link_lost") is None


def test_an_alarm_of_this_machine_is_not_handed_over_and_goes_on_ringing_here(desk: Desk) -> None:
    desk.bridge.freshness.values["tickets"] = Freshness(state=Fresh.OFFLINE, as_of=NOW, age_s=60.0, since_s=60.0)
    desk.bridge.clock_ticked.emit()
    desk.window.select("local-link_lost")
    desk.key("t")
    assert not desk.window.desk.form_is_open()
    assert "不能转席" in desk.window.detail.pending_line.text()
    desk.window.desk.hand_to("2")
    assert desk.alarm in desk.feed.calling()
    assert desk.alarm.seat == ""


def test_a_seat_in_a_flood_is_called_so_beside_its_load(qtbot) -> None:
    hall = Hall()
    hall.raised(
        *(
            cause("R-07", f"cam-{n}", Severity.MINOR, trigger=Trigger.CAMERA_LOST, facts={"name": f"{n}"})
            for n in range(12)
        )
    )
    (alarm, *_) = hall.alarms
    hall.give(OFFICER, c.Acknowledge(ring=1), alarm)
    desk = Desk(qtbot, hall)
    assert [(line.seat, line.note) for line in desk.window.load_pane.seats.lines()] == [("1", "本席"), ("2", "泛滥")]


def test_nothing_to_do_says_when_it_last_rang_and_how_the_sound_is(qtbot) -> None:
    desk = Desk(qtbot, Hall())
    assert desk.window.list_pane.message.text() == "没有告警。声音尚未自检，按 Ctrl M 自检。"


def test_rows_keep_their_places_while_a_form_is_open(desk: Desk) -> None:
    desk.select(Severity.MINOR)
    desk.key("s")
    before = desk.list.ids()
    desk.bridge.hall.raised(cause("R-09", "x", Severity.CRITICAL, trigger=Trigger.FAULT, facts={"code": "x"}))
    desk.bridge.show()
    desk.window.refresh()
    ids = list(desk.list.ids())
    assert [one for one in ids if one in before] == list(before)


def test_rows_keep_their_places_under_the_pointer_and_take_their_order_when_it_leaves(qtbot) -> None:
    hall = Hall()
    hall.raised(*(cause("R-03", f"181009-000{n}", Severity.MAJOR, ticket=f"181009-000{n}") for n in range(3)))
    desk = Desk(qtbot, hall)
    before = desk.list.ids()
    hall.raised(cause("R-01", "181009-0009", Severity.CRITICAL, ticket="181009-0009", trigger=Trigger.URGENT_ITEM))
    (worst,) = set(hall.alarms) - set(before)
    desk.list.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    desk.bridge.mirror.documents[NAME] = dict(hall.alarms)
    desk.window.refresh()
    assert desk.list.ids() == (*before, worst), "the row that a hand is about to press does not move away"
    desk.list.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    desk.window.refresh()
    assert desk.list.ids() == (worst, *before)


def test_an_officer_may_and_a_leader_sees(qtbot) -> None:
    assert Desk(qtbot, actor=OFFICER).window.detail.action("acknowledge").isEnabled()


def test_the_status_bar_says_the_day_with_its_median_and_of_how_many(qtbot):
    desk = Desk(qtbot)
    day = desk.feed.today()
    said = desk.window.status_bar.accessibleName()
    assert f"今日 {day.alarms} 条，合并前 {day.hits} 条" in said
    assert f"（n={day.answered}，截至" in said
    empty = Desk(qtbot, Hall())
    assert "今日 0 条，合并前 0 条，确认中位 –（n=0" in empty.window.status_bar.accessibleName()


def test_what_was_merged_most_stands_over_the_columns(qtbot):
    hall = Hall()
    hall.wanted[key_of("R-03", "181009-0001")] = cause()
    hall.settle()
    (key,) = hall.alarms
    hall.alarms[key] = replace(hall.alarms[key], hits=23, raised_at=NOW - timedelta(hours=1))
    assert Desk(qtbot, hall).window.load_pane._merged.text().endswith("23 条并为 1 条")
    hall.alarms[key] = replace(hall.alarms[key], hits=9)
    assert Desk(qtbot, hall).window.load_pane._merged.text() == ""


def test_alt_t_shows_the_numbers_of_the_chart_and_escape_gives_the_list_back(desk: Desk) -> None:
    window = desk.window
    # A window that is not on a screen is never active, so its shortcuts hear no key.
    next(one for one in window.findChildren(QShortcut) if one.key().toString() == "Alt+T").activated.emit()
    pane = window.load_pane
    assert pane.shows_table
    shown = pane._model
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == [row[0] for row in pane.bars.twin()[1]]
    assert shown.rowCount() > 1
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not pane.shows_table
    assert window.focusWidget() is desk.list
