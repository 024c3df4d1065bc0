"""The window of shift handover: what it shows, what its keys do, what it says when something cannot be done."""

from datetime import timedelta
from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.services.values import Answer, Fresh, Freshness, Refusal
from desktop.theme.theme import Theme
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.figure_words import STAYS
from desktop.views.handover.paper import compose
from desktop.views.handover.signing import LOST_AFTER
from desktop.views.handover.window import HandoverWindow
from desktop.views.handover.words import item_words
from desktop.views.reports.preview import NoPrinterError
from domain.actor import Actor
from domain.handover import commands
from domain.handover.canonical import record_bytes, record_hash, report_bytes, report_hash
from domain.handover.since import Since
from domain.handover.values import Handover, Item
from domain.handover.words import CheckName, HandoverState, ItemRule, Severity
from domain.ids import SeatId, UserId
from domain.vocabulary import Role, State
from tests.qt.handover.scene import GIVER, TAKER, HandoverBridge
from tests.qt.samples import NOW

CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def opened(qtbot):
    def make(bridge: HandoverBridge) -> HandoverWindow:
        window = HandoverWindow(Theme.load(), bridge, HandoverFeed(bridge))
        qtbot.addWidget(window)
        window.resize(1920, 1080)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make


def key(window: HandoverWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def press(window: HandoverWindow, text: str) -> None:
    QTest.keyClicks(window.focusWidget() or window, text)


def say(window: HandoverWindow, text: str) -> None:
    window.talk.card.input.setPlainText(text)
    key(window, Qt.Key.Key_Return)


def words_come(qtbot, window: HandoverWindow, bridge: HandoverBridge) -> None:
    qtbot.waitUntil(lambda: window._feed.texts.version == bridge.handover.version)
    window.refresh()


def test_it_shows_the_report_by_severity_and_asks_for_what_changed(opened, qtbot) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    qtbot.waitUntil(lambda: bool(window.since.counts._rows))
    titles = [group.title.split("　")[0] for group in window.report.list._groups]
    assert titles == ["危急", "关注", "稳定"]
    assert window.report.list.ids() == tuple(
        item.id for severity in Severity for item in bridge.handover.active(severity)
    )
    assert [row.name for row in window.since.counts._rows] == [
        "在办",
        "特急在办",
        "临期",
        "超期未结",
        "协办未报到",
        "受理 / 结案",
    ]
    assert window.since.counts._rows[0].difference == "+125"
    assert len(window.since.changes._rows) == 7


def test_a_shows_all_changes_and_back(opened) -> None:
    window = opened(HandoverBridge())
    press(window, "a")
    assert len(window.since.changes._rows) == 9
    press(window, "a")
    assert len(window.since.changes._rows) == 7


def test_enter_goes_into_the_card_and_enter_again_reads_back_and_goes_on(opened) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    first, second = (item.id for item in bridge.handover.to_read_back()[:2])
    key(window, Qt.Key.Key_Return)
    assert window.focusWidget() is window.talk.card.input
    say(window, "井盖没了，八点前到场")
    assert bridge.handover.items[first].read_back is not None
    assert window.say._item == second
    assert window.focusWidget() is window.talk.card.input


def test_half_typed_words_wait_at_their_item(opened) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    first, second = (item.id for item in bridge.handover.to_read_back()[:2])
    key(window, Qt.Key.Key_Return)
    window.talk.card.input.setPlainText("井盖没")
    window.select(second)
    assert window.talk.card.input.toPlainText() == ""
    window.select(first)
    assert window.talk.card.input.toPlainText() == "井盖没"


def test_q_asks_and_the_question_blocks_until_it_is_answered(opened, qtbot) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    item = bridge.handover.to_read_back()[0].id
    press(window, "q")
    say(window, "几点有人到？")
    assert bridge.handover.items[item].asks
    bridge.actor = GIVER
    window.refresh()
    window.select(item)
    words_come(qtbot, window, bridge)
    assert "几点有人到" in window.talk.card.row._rows[0].lines[0][0]
    key(window, Qt.Key.Key_Escape)
    key(window, Qt.Key.Key_Return)
    say(window, "八点")
    assert not bridge.handover.items[item].asks


def test_the_giver_confirms_with_enter(opened) -> None:
    bridge = HandoverBridge()
    item = bridge.handover.to_read_back()[0].id
    bridge.carry_out(commands.GiveReadBack(item=item, text="井盖没了"), TAKER)
    bridge.actor = GIVER
    bridge.carry_out(commands.Add(severity=Severity.STABLE, summary="钥匙三把"), GIVER)
    window = opened(bridge)
    window.select(item)
    window._focus_list()
    key(window, Qt.Key.Key_Return)
    assert bridge.handover.items[item].agreed


def test_who_gives_the_shift_is_told_that_he_cannot_ask_or_read_back(opened) -> None:
    bridge = HandoverBridge(GIVER)
    bridge.carry_out(commands.Add(severity=Severity.STABLE, summary="钥匙三把"), GIVER)
    window = opened(bridge)
    press(window, "q")
    assert window.report.pending_line.text() == "未执行：交班人不能替接班人复述"
    assert window.talk.card.input.isHidden()


def test_e_edits_delete_removes_and_u_brings_back(opened, qtbot) -> None:
    bridge = HandoverBridge(GIVER)
    window = opened(bridge)
    item = bridge.handover.to_read_back()[0].id
    press(window, "e")
    window.report.form.input("summary").setText("水位 12 厘米")
    window.report.form.input("due").setText("2030")
    key(window, Qt.Key.Key_Return, CONTROL)
    assert window.report.form.error() == "时间写作 20:30 或 3-19 09:00"
    window.report.form.input("due").setText("20:30")
    window.report.form.submit()
    words_come(qtbot, window, bridge)
    assert bridge.handover.items[item].edits == 1
    assert window.report.list._entry(item).words.state == "水位 12 厘米"
    assert "改过 1 处" in window.report.note()
    key(window, Qt.Key.Key_Delete)
    window.report.form.input("text").setText("已当面办结")
    window.report.form.submit()
    words_come(qtbot, window, bridge)
    assert "已当面办结" in window.report.list._entry(item).removed
    window.select(item)
    press(window, "u")
    assert bridge.handover.items[item].removed is None


def test_digits_tick_the_checks(opened) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    press(window, "14")
    assert set(bridge.handover.checks) == {CheckName.THINGS, CheckName.UNSENT}
    press(window, "1")
    assert set(bridge.handover.checks) == {CheckName.UNSENT}


def signed_up_to_the_receiver(bridge: HandoverBridge) -> Handover:
    bridge.carry_out(commands.SignOut(sha256=report_hash(bridge.handover)), GIVER)
    for item in bridge.handover.to_read_back():
        bridge.carry_out(commands.GiveReadBack(item=item.id, seen=item.edits, text=f"我来说 {item.id}"), TAKER)
        bridge.carry_out(commands.Agree(item=item.id), GIVER)
    for name in CheckName:
        bridge.carry_out(commands.DoCheck(name=name), TAKER)
    return bridge.handover


def test_the_button_says_what_is_missing_until_nothing_is(opened) -> None:
    bridge = HandoverBridge(GIVER)
    window = opened(bridge)
    assert window.sign_card.button.text() == "签名交班"
    key(window, Qt.Key.Key_Return, CONTROL)
    assert bridge.handover.state is HandoverState.SIGNED_OUT
    bridge.actor = TAKER
    window.refresh()
    count = len(bridge.handover.to_read_back())
    assert window.sign_card.button.reason() == f"还有 {count} 项未复述"


def test_signing_makes_the_files_once_and_they_are_attached(opened, qtbot) -> None:
    bridge = HandoverBridge()
    signed_up_to_the_receiver(bridge)
    window = opened(bridge)
    words_come(qtbot, window, bridge)
    key(window, Qt.Key.Key_Return, CONTROL)
    assert bridge.handover.state is HandoverState.SIGNED
    signed = bridge.handover
    qtbot.waitUntil(lambda: len(bridge.handover.papers) == 4)
    pdf, report, record, word = bridge.files
    assert pdf.startswith(b"%PDF-")
    assert report == report_bytes(signed)
    assert record == record_bytes(signed)
    assert word.startswith(b"PK")
    window.refresh()
    assert len(bridge.files) == 4
    assert window.sign_card.button.reason() == "不能再改"


def test_another_desk_makes_the_files_when_the_signing_one_has_not_after_five_minutes(opened, qtbot) -> None:
    bridge = HandoverBridge(GIVER)
    signed_up_to_the_receiver(bridge)
    bridge.carry_out(commands.SignIn(sha256=report_hash(bridge.handover), record=record_hash(bridge.handover)), TAKER)
    signed = bridge.handover
    window = opened(bridge)
    words_come(qtbot, window, bridge)
    bridge.clock.now = NOW + LOST_AFTER
    window.refresh()
    assert bridge.files == []
    assert window.sign_card.note() == "不能再改 · 双方签同一内容 · 签名文件待存"
    bridge.clock.now += timedelta(seconds=1)
    bridge.online = False
    window.refresh()
    assert bridge.files == []
    bridge.online = True
    window.refresh()
    qtbot.waitUntil(lambda: len(bridge.handover.papers) == 4)
    assert bridge.files[2] == record_bytes(signed)
    window.refresh()
    assert len(bridge.files) == 4


def test_a_late_one_is_red_and_says_for_how_long(opened) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    ends_at = bridge.handover.shift.ends_at
    late = bridge.handover.is_late(NOW)
    assert late == (bridge.handover.due_at <= NOW)
    if not late:
        bridge.clock.now = bridge.handover.due_at
        window.refresh()
    assert "交班未签" in window.in_side.note()
    assert ends_at < bridge.clock.now


def test_offline_reading_works_and_signing_waits(opened) -> None:
    bridge = HandoverBridge(GIVER)
    window = opened(bridge)
    bridge.commander.online = bridge.online = False
    bridge.freshness.values["tickets"] = Freshness(state=Fresh.OFFLINE, as_of=NOW, age_s=60.0)
    bridge.freshness_changed.emit("tickets")
    window.refresh()
    assert window.sign_card.button.reason() == "离线，联机后再办"
    assert "离线" in window.report.note()
    assert window.report.list.ids()


@pytest.mark.parametrize("state", [Fresh.STALE, Fresh.NEVER], ids=str)
def test_what_is_shown_over_a_line_that_went_silent_is_said_to_be_old(opened, state: Fresh) -> None:
    bridge = HandoverBridge(GIVER)
    window = opened(bridge)
    assert "离线" not in window.report.note()
    bridge.freshness.values["tickets"] = Freshness(state=state, as_of=NOW, age_s=60.0)
    bridge.freshness_changed.emit("tickets")
    window.refresh()
    assert window.report.note().endswith("；离线，签名待联机")
    assert window.report.list.ids()
    bridge.freshness.values["tickets"] = Freshness(state=Fresh.LIVE, as_of=NOW, age_s=0.5)
    bridge.freshness_changed.emit("tickets")
    window.refresh()
    assert "离线" not in window.report.note()


def test_nothing_to_hand_over_says_what_comes_next_and_b_begins(opened) -> None:
    bridge = HandoverBridge(empty=True)
    window = opened(bridge)
    assert "现在没有待交接的班" in window.message.text()
    press(window, "b")
    assert bridge.handover.state is HandoverState.DRAFTING
    window.refresh()
    assert window.message.text() == "报告正在由日志起草"
    bridge.fill()
    window.refresh()
    assert window.report.list.ids()


def test_a_role_without_the_right_sees_why(opened) -> None:
    window = opened(HandoverBridge(Actor(user=UserId("l"), role=Role.LEADER, seat=SeatId("4"))))
    assert window.message.text() == "本席无权查看交接班"


def test_since_that_was_not_answered_says_why(opened, qtbot) -> None:
    bridge = HandoverBridge()
    bridge.answers["since"] = Answer(error="busy")
    window = opened(bridge)
    qtbot.waitUntil(lambda: window.since.message().startswith("离开以来的变化没有取到（服务器忙），"))


def test_who_was_never_here_is_told_why_there_is_nothing_to_compare(opened, qtbot) -> None:
    bridge = HandoverBridge()
    bridge.answers["since"] = Answer(msgspec.json.encode(Since(since=NOW, now=NOW, first=True)))
    window = opened(bridge)
    qtbot.waitUntil(lambda: "第一次来" in window.since.message())
    assert window.since.counts.isHidden()


def test_who_was_never_here_compares_with_the_beginning_of_the_shift(opened, qtbot) -> None:
    bridge = HandoverBridge()
    whole, first = bridge.answers["since"], Answer(msgspec.json.encode(Since(since=NOW, now=NOW, first=True)))
    ask = bridge.ask_then

    def server(what, args, done) -> None:
        bridge.answers["since"] = whole if args else first
        ask(what, args, done)

    bridge.ask_then = server
    window = opened(bridge)
    qtbot.waitUntil(lambda: bool(window.since.counts._rows))
    assert "第一次来，从本班开始时比较" in window.since.message()
    starts_at = window._feed.shifts()[1].starts_at
    assert ("since", {"since": starts_at.isoformat()}) in bridge.asked


def test_the_preview_shows_the_pages_and_says_so_where_there_is_no_printer(opened, tmp_path) -> None:
    window = opened(HandoverBridge())
    press(window, "p")
    preview = window.papers.preview
    assert preview is not None
    assert preview.document.pageCount() >= 2

    def none(*_: object) -> str:
        raise NoPrinterError

    preview.print = none
    preview.print_now()
    assert "没有可用的打印机" in preview.said()
    preview.folder.setText(str(tmp_path))
    preview.save()
    assert {path.suffix for path in tmp_path.iterdir()} == {".pdf", ".docx", ".xlsx"}
    preview.folder.setText("/proc/nowhere")
    preview.save()
    assert "nothing is lost" in preview.said()
    preview.close()


def test_a_new_draft_is_asked_for_with_d(opened) -> None:
    bridge = HandoverBridge(GIVER)
    window = opened(bridge)
    press(window, "d")
    assert bridge.handover.asked_at == NOW


def signed_by_both(bridge: HandoverBridge) -> Handover:
    signed_up_to_the_receiver(bridge)
    bridge.carry_out(commands.SignIn(sha256=report_hash(bridge.handover), record=record_hash(bridge.handover)), TAKER)
    return bridge.handover


@pytest.mark.parametrize("actor", [GIVER, TAKER], ids=lambda actor: str(actor.user))
def test_a_signed_one_offers_nothing_that_would_be_refused_and_says_why(opened, actor: Actor) -> None:
    bridge = HandoverBridge(actor)
    signed = signed_by_both(bridge)
    window = opened(bridge)
    why = "双方已签，不能再改"
    pane, card = window.report, window.talk.card
    assert [button.reason() for button in (pane.edit, pane.add)] == [why, why]
    for item in signed.to_read_back():
        window.select(item.id)
        offered = [one for one in (card.send, card.ask, window.sign_card.button) if one.isVisible() and one.isEnabled()]
        assert offered == []
        assert card.input.isHidden()
    for letter in "qend1u":
        press(window, letter)
        assert bridge.handover == signed
        assert window.report.form.isHidden()
    key(window, Qt.Key.Key_Return)
    assert window.report.pending_line.text() == f"未执行：{why}"


def test_both_signatures_are_shown_under_one_digest_from_two_seats(opened) -> None:
    bridge = HandoverBridge()
    signed = signed_by_both(bridge)
    window = opened(bridge)
    assert window.out_side.note() == window.in_side.note() == f"报告版本 1，摘要 {report_hash(signed)[:12]}…"
    assert window.out_side.who() == "交班　夜班 · 值班长 · 1 席"
    assert window.in_side.who() == "接班　白班 · 值班长 · 2 席"
    assert window.sign_card.note().startswith("不能再改 · 双方签同一内容")


def test_a_signed_report_reads_the_same_after_its_tickets_have_gone_on(opened, qtbot) -> None:
    bridge = HandoverBridge()
    signed_by_both(bridge)
    window = opened(bridge)
    words_come(qtbot, window, bridge)
    before = compose(bridge.handover, window._feed.speech(), "石浦")
    shown = window.report.list._groups
    bridge.clock.now += timedelta(days=3)
    bridge.mirror.tickets.clear()
    window.refresh()
    assert compose(bridge.handover, window._feed.speech(), "石浦") == before
    titles = [entry.words.title for group in shown for entry in group.entries]
    assert [entry.words.title for group in window.report.list._groups for entry in group.entries] == titles


def test_an_open_report_says_what_became_of_a_ticket_since_it_was_drafted(opened) -> None:
    bridge = HandoverBridge()
    item = next(item for item in bridge.handover.items.values() if item.drafted is not None)
    ticket = bridge.mirror.tickets[item.tickets[0]]
    bridge.mirror.tickets[ticket.id] = replace(ticket, state=State.CLOSED, changed_at=NOW)
    window = opened(bridge)
    state = window.report.list._entry(item.id).words.state
    assert state.startswith("起草时")
    assert state.endswith("起已结案。")


def test_of_a_signed_one_the_files_made_at_signing_are_handed_out_unchanged(opened, qtbot, tmp_path) -> None:
    bridge = HandoverBridge()
    signed_up_to_the_receiver(bridge)
    window = opened(bridge)
    words_come(qtbot, window, bridge)
    key(window, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(bridge.handover.papers) == 4)
    bridge.clock.now += timedelta(days=2)
    press(window, "p")
    preview = window.papers.preview
    assert preview is not None
    assert preview.said() == "签名时所存的 4 个文件，原样"
    preview.folder.setText(str(tmp_path))
    preview.save()
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == sorted(bridge.files)
    (content,) = (path for path in tmp_path.iterdir() if path.name.endswith("签名内容.json"))
    assert sha256(content.read_bytes()).hexdigest() == bridge.handover.signed_out.sha256
    preview.close()
    bridge.refuses_files = True
    press(window, "p")
    assert "签名时所存的文件取不到" in window.report.pending_line.text()
    assert window.papers.preview.said() == ""
    window.papers.preview.close()


def test_the_shift_in_numbers_stands_above_its_items_with_n_and_total(opened) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    figures = bridge.handover.figures
    counts, rates = window.report.figures().split("\n")
    assert counts.startswith(f"本班受理 {figures.accepted} 件、结案 {figures.closed} 件；在办 41 件")
    for kpi in figures.kpis:
        assert f"（{kpi.numerator}{STAYS}/{STAYS}{kpi.denominator}，" in rates
        assert kpi.denominator or f" –（0{STAYS}/{STAYS}0，无剔除）" in rates


def test_whose_handover_it_is_stands_in_the_top_bar_as_soon_as_there_is_one(opened) -> None:
    bridge = HandoverBridge(empty=True)
    window = opened(bridge)
    assert not window.top_bar.labels()[1].isVisible()
    press(window, "b")
    bridge.fill()
    window.refresh()
    assert window.top_bar.labels()[1].text() == "夜班 交 白班"
    assert window.top_bar.labels()[1].isVisible()


def test_a_form_shows_by_its_words_that_the_unit_stays_as_it_is(opened) -> None:
    window = opened(HandoverBridge(GIVER))
    press(window, "e")
    assert window.report.form.input("unit").currentText() == "（不变）"


def test_files_that_cannot_be_kept_are_named_and_tried_again_later_and_nothing_is_lost(
    opened, qtbot, monkeypatch
) -> None:
    bridge = HandoverBridge()
    signed_up_to_the_receiver(bridge)
    window = opened(bridge)
    words_come(qtbot, window, bridge)
    bridge.blob_answer = Refusal("storage_full")
    key(window, Qt.Key.Key_Return, CONTROL)
    assert bridge.handover.state is HandoverState.SIGNED
    qtbot.waitUntil(lambda: "未执行" in window.report.pending_line.text())
    bridge.blob_answer = None
    window.refresh()
    assert bridge.files == []
    monkeypatch.setattr(window.signing, "_again_at", 0.0)
    window.refresh()
    qtbot.waitUntil(lambda: len(bridge.handover.papers) == 4)


def test_every_drafted_item_to_be_read_back_says_who_does_what_by_when_and_what_if_not(opened) -> None:
    bridge = HandoverBridge()
    window = opened(bridge)
    for item in bridge.handover.to_read_back():
        words = window.report.list._entry(item.id).words
        assert words.who
        assert any(mark in words.action for mark in (" 前 ", "已过", "接班后")), words
        assert words.response.startswith("若")


@pytest.mark.parametrize("rule", [rule for rule in ItemRule if rule not in (ItemRule.STABLE, ItemRule.ADDED)], ids=str)
def test_no_rule_of_the_draft_is_without_an_action_an_owner_and_an_if_then(opened, rule: ItemRule) -> None:
    window = opened(HandoverBridge())
    item = Item(id=f"g:{rule}", rule=rule, severity=Severity.WATCH, count=2, ref="3")
    words = item_words(item, window._feed.speech())
    assert words.who
    assert words.action.startswith("接班后本班内 ")
    assert words.response.startswith("若")
