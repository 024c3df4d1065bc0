"""Buttons, chips, badges, pending line, panel, lines of findings: what they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from widget_look import lay_out, missing, painted_texts

from desktop.theme.theme import Theme
from desktop.widgets.action_button import Action, ActionButton
from desktop.widgets.action_row import ActionRow
from desktop.widgets.chip import Chip, ChipRow, ChipValue
from desktop.widgets.component_card import ComponentCard, ComponentValue
from desktop.widgets.freshness_badge import freshness_text
from desktop.widgets.headline import Finding, Headline
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import elided_inside, text_width
from desktop.widgets.panel import Panel
from desktop.widgets.pending_line import PendingLine
from desktop.widgets.status_chip import WORD_ROLES
from desktop.widgets.values import Freshness, Run


def test_a_citizens_text_never_becomes_markup(qtbot, desk):
    label = plain_label(desk, "<b>积水</b><img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "".join(painted_texts(lay_out(label))) == "<b>积水</b><img src=x>"


@pytest.mark.parametrize(
    ("freshness", "mode", "words"),
    [
        (Freshness("live", "14:32", 0.84), "full", "实时 · 0.8 秒"),
        (Freshness("live", "14:32:08", 0.84), "panel", "实时 14:32:08 · 0.8 秒"),
        (Freshness("stale", "14:05", 27 * 60 + 5), "full", "陈旧 · 截至 14:05，27 分钟前"),
        (Freshness("offline", "14:32", 6 * 60), "full", "断开 · 截至 14:32，6 分钟前"),
        (Freshness("offline", "3月17日", 49 * 3600), "panel", "断开 · 截至 3月17日，2 天前"),
        (Freshness("catching_up", behind=412), "full", "追赶中 还差 412 条"),
        (Freshness("never"), "panel", "启动以来未接通"),
    ],
)
def test_freshness_in_words(desk, freshness, mode, words):
    assert freshness_text(desk, freshness, mode) == words


def test_freshness_of_a_source(desk):
    assert freshness_text(desk, Freshness("stale", "14:05", 1620), "source", "12345 回访") == "12345 回访 27 分钟前"
    assert freshness_text(desk, Freshness("live"), "source", "联动服务") == "联动服务 实时"


def test_a_disabled_action_keeps_its_reason_and_gives_it_back_when_enabled(qtbot, desk):
    button = ActionButton(desk, "结案", "C")
    qtbot.addWidget(button)
    button.set_availability(False, "1 个协办单位未结")
    assert (button.isEnabled(), button.reason()) == (False, "1 个协办单位未结")
    assert button.accessibleDescription() == "1 个协办单位未结"
    button.set_availability(True)
    assert (button.isEnabled(), button.reason(), button.accessibleDescription()) == (True, "", "")


def test_reasons_of_disabled_actions_stand_below_the_row(qtbot, desk):
    row = ActionRow(desk)
    qtbot.addWidget(row)
    row.set_actions([Action("dispatch", "派遣", "D"), Action("close", "结案", "C", "plain", False, "协办未结")])
    assert "结案未放开：协办未结。" in painted_texts(lay_out(row, 500))
    row.set_actions([Action("dispatch", "派遣", "D"), Action("close", "结案", "C")])
    assert not any("未放开" in text for text in painted_texts(row))


def test_a_refresh_keeps_buttons_and_a_click_names_the_action(qtbot, desk):
    row = ActionRow(desk)
    qtbot.addWidget(row)
    actions = [Action("dispatch", "派遣", "D"), Action("urge", "催办", "U")]
    row.set_actions(actions)
    button = row.button("urge")
    row.set_actions(actions)
    assert row.button("urge") is button
    with qtbot.waitSignal(row.triggered) as caught:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert caught.args == ["urge"]


def test_an_unknown_kind_of_button_is_refused(desk):
    with pytest.raises(ValueError, match="no such kind"):
        ActionButton(desk, "x", kind="loud")


def test_a_chip_is_removed_by_its_cross_or_delete_and_clicked_elsewhere(qtbot, desk):
    chip = Chip(desk, "街道：石浦", removable=True)
    qtbot.addWidget(chip)
    lay_out(chip)
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, chip.height() // 2))
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, chip.height() // 2))
    with qtbot.waitSignal(chip.removed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)


def test_a_chip_row_names_the_chip(qtbot, desk):
    row = ChipRow(desk)
    qtbot.addWidget(row)
    row.set_chips([ChipValue("area", "街道"), ChipValue("state", "临期", removable=True)])
    with qtbot.waitSignal(row.removed) as caught:
        row.chip("state").removed.emit()
    assert caught.args == ["state"]


def test_the_pending_line_tells_each_step_and_hides_when_done(qtbot, desk):
    line = PendingLine(desk)
    qtbot.addWidget(line)
    assert line.isHidden()
    line.show_pending("派遣中…")
    assert line.text() == "派遣中…"
    line.show_retrying()
    assert line.text() == "服务器未回应，重试中"
    line.show_rejected("已由 2 席派遣")
    assert line.text() == "未执行：已由 2 席派遣"
    line.clear()
    assert (line.text(), line.isHidden()) == ("", True)


def test_undo_is_offered_only_while_it_works(qtbot, desk):
    line = PendingLine(desk)
    qtbot.addWidget(line)
    line.show_done("已派遣", can_undo=True)
    assert "撤回" in painted_texts(lay_out(line, 400))
    line.show_done("已派遣")
    assert "撤回" not in painted_texts(line)


def panel(qtbot, theme) -> Panel:
    made = Panel(theme, "今日热点")
    qtbot.addWidget(made)
    made.set_body(QLabel("正文"))
    return made


def test_a_panel_keeps_its_content_when_late_and_says_how_old_it_is(qtbot, theme):
    made = panel(qtbot, theme)
    made.set_freshness(Freshness("stale", "14:05", 27 * 60))
    assert missing(lay_out(made, 700, 300), "正文", "陈旧 · 截至 14:05，27 分钟前") == set()


def test_a_narrow_panel_shortens_the_age_but_never_drops_it(qtbot, desk):
    made = panel(qtbot, desk)
    made.set_freshness(Freshness("offline", "14:32", 360))
    assert missing(lay_out(made, 200, 200), "6 分钟前") == set()


def test_a_panel_says_why_it_is_empty_loading_failed_or_closed(qtbot, desk):
    made = panel(qtbot, desk)
    lay_out(made, 500, 300)
    made.show_loading(3120, 5000)
    assert made.message() == "正在取快照 3,120 / 5,000"
    made.show_empty("没有超期工单。", "看全部")
    assert "看全部" in painted_texts(made)
    made.show_error("排名算不出来", "14:20", "每分钟再试一次。", "KPI-07")
    assert missing(made, "排名算不出来", "14:20 起。每分钟再试一次。", "代码 KPI-07") == set()
    made.show_no_permission("值班长", can_request=True)
    assert missing(made, "本席无权查看", "可查看的角色：值班长", "申请") == set()
    made.show_content()
    assert made.message() == ""


def test_a_wall_panel_offers_no_button(qtbot, wall):
    made = panel(qtbot, wall)
    made.show_empty("没有超期工单。", "看全部")
    assert "看全部" not in painted_texts(lay_out(made, 800, 400))


def test_a_headline_shows_three_findings_at_most_and_calm_without_any(qtbot, wall):
    line = Headline(wall)
    qtbot.addWidget(line)
    line.set_findings([Finding((Run(f"第 {n} 项"),)) for n in range(5)])
    assert line.text() == "三项需关注；第 0 项；第 1 项；第 2 项"
    line.set_findings([])
    assert line.text() == "运行平稳"


def test_words_are_coloured_only_where_the_contrast_is_declared():
    tokens = Theme.load().tokens
    for theme_name, roles in WORD_ROLES.items():
        for role in roles:
            if theme_name == "dark" and role == "sla.risk":
                continue  # screens.md §1.5 names it apart
            grounds = [p.background for p in tokens.contrast if p.foreground == role and p.minimum >= 4.5]
            assert "surface.panel" in grounds, role


def test_keys_do_not_reach_a_disabled_button(qtbot, desk):
    button = ActionButton(desk, "结案", "C")
    qtbot.addWidget(button)
    button.set_availability(False, "协办未结")
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPointF(5, 5).toPoint())


def test_a_components_card_wraps_its_place_and_says_what_is_not_known(qtbot, desk):
    card = ComponentCard(desk)
    qtbot.addWidget(card)
    place = "石浦路与运河西路交叉口东北角人行道外侧第二个雨水箅子旁三米处"
    card.set_component(ComponentValue("4403100102000417", "雨水箅子", place, state="缺失", wrong=True))
    card.resize(desk.space("xl") * 10, card.heightForWidth(desk.space("xl") * 10))
    assert card.heightForWidth(desk.space("xl") * 10) > card.heightForWidth(desk.space("xl") * 60)
    assert "缺失" in card.accessibleName()
    assert "主管部门 –" in card.accessibleName()


@given(text=st.text(alphabet="服务行业废气扰民（马峦街道）", min_size=8, max_size=24), share=st.floats(0.45, 0.95))
def test_a_name_cut_inside_keeps_its_head_and_its_end(qapp, text, share):
    font = Theme.load().font("small")
    room = text_width(font, text) * share
    cut = elided_inside(font, text, room)
    assert text_width(font, cut) <= room + 0.5
    assert (cut[0], cut[-1]) == (text[0], text[-1])
    assert elided_inside(font, text, text_width(font, text)) == text
