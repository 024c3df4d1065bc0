"""A rule of the wall as a form: what is asked for, what is understood, and what is told before it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop.theme.theme import Theme
from desktop.views.wall_director import words
from desktop.views.wall_director.rule_form import RuleChoices, RuleForm, RuleTextError, causes, fields_of, read_rule
from domain.vocabulary import Source
from domain.wall.values import NAME_MOST, RULES_MOST, SILENT_MINUTES, Rule, RuleKind

SCENES = ("夜间值守", "火情 一")
NIGHT = Rule("20:00 夜间值守", RuleKind.TIME, "夜间值守", "20:00", "07:30")
FIRE = Rule("R-04 火情 一", RuleKind.ALARM, "火情 一", alarm_class="R-04", on=False)
SILENT = Rule(
    "12345 热线 火情 一", RuleKind.SILENCE, "火情 一", "00:00", "00:00", source=Source.HOTLINE_12345, minutes=15
)
NUMBERS = (("R-04", "同类突增"), ("R-07", "来源无数据"))
CHOICES = RuleChoices(SCENES, {}, NUMBERS)


def values(**changed: str) -> dict[str, str]:
    return {"cause": "time", "scene": "夜间值守", "hours": "20:00-07:30", "minutes": "10", **changed}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (values(), NIGHT),
        (values(hours="20：00 至 7:30"), NIGHT),
        (values(cause="alarm:R-04", scene="火情 一", hours="nonsense", minutes=""), replace(FIRE, on=True)),
        (values(cause="silence:hotline_12345", scene="火情 一", hours="", minutes="15"), SILENT),
    ],
)
def test_a_form_is_a_rule(qapp, typed: dict[str, str], meant: Rule) -> None:
    assert read_rule(typed, CHOICES) == meant


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        (values(hours="25:00-07:30"), "时段写成 20:00-07:30"),
        (values(hours="早上"), "时段写成 20:00-07:30"),
        (values(cause="silence:patrol", minutes="0"), "1 到 1440"),
        (values(cause="silence:patrol", minutes="十"), "1 到 1440"),
        (values(scene=""), "选一个场景"),
        (values(scene="没有这个场景"), "选一个场景"),
    ],
)
def test_what_is_no_rule_is_told_with_how_to_write_it(qapp, typed: dict[str, str], how: str) -> None:
    with pytest.raises(RuleTextError, match=how):
        read_rule(typed, CHOICES)


def test_one_more_than_the_most_is_refused_before_it_is_sent_and_a_change_is_not(qapp) -> None:
    full = {f"规则 {n}": replace(NIGHT, name=f"规则 {n}") for n in range(RULES_MOST)}
    choices = replace_rules(full)
    with pytest.raises(RuleTextError, match=str(RULES_MOST)):
        read_rule(values(), choices)
    assert read_rule(values(hours="21:00-06:00"), choices, "规则 3").name == "规则 3"


def replace_rules(rules: dict[str, Rule]) -> RuleChoices:
    return RuleChoices(SCENES, rules, NUMBERS)


clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
rules = st.one_of(
    st.builds(Rule, st.just("一"), st.just(RuleKind.TIME), st.sampled_from(SCENES), clocks, clocks, on=st.booleans()),
    st.builds(
        lambda scene, name, on: Rule("一", RuleKind.ALARM, scene, alarm_class=name, on=on),
        st.sampled_from(SCENES),
        st.sampled_from([*words.class_words(), "R-04", "R-99"]),
        st.booleans(),
    ),
    st.builds(
        lambda scene, source, minutes, start, end: Rule(
            "一", RuleKind.SILENCE, scene, start, end, source=source, minutes=minutes
        ),
        st.sampled_from(SCENES),
        st.sampled_from(Source),
        st.integers(*SILENT_MINUTES),
        clocks,
        clocks,
    ),
)


@given(rules)
def test_a_rule_that_is_opened_and_kept_unchanged_is_the_same_rule(qapp, rule: Rule) -> None:
    """Whatever it is, the form can show it: no cause of a rule is missing from its choices. The same hour twice is the whole day."""
    choices = RuleChoices(SCENES, {rule.name: rule}, NUMBERS, sources=(Source.PATROL,))
    typed = {field.id: field.value for field in fields_of(choices, rule)}
    assert typed["cause"] in dict(causes(choices, rule))
    if rule.start == rule.end:
        rule = replace(rule, start="00:00", end="00:00")
    assert read_rule(typed, choices, rule.name) == rule


@given(st.lists(st.tuples(st.sampled_from(["time", "alarm:critical", "silence:patrol"]), clocks), max_size=6))
def test_a_new_rule_never_takes_the_place_of_another_one(qapp, wanted: list[tuple[str, str]]) -> None:
    """Long names of scenes are cut: two of them may begin alike."""
    scenes = ("长" * NAME_MOST, "长" * (NAME_MOST - 1) + "短")
    kept: dict[str, Rule] = {}
    for number, (cause, start) in enumerate(wanted):
        choices = RuleChoices(scenes, kept, NUMBERS)
        rule = read_rule(values(cause=cause, scene=scenes[number % 2], hours=f"{start}-23:59"), choices)
        before = kept.get(rule.name)
        assert before is None or (before.kind, before.scene) == (rule.kind, rule.scene)
        assert len(rule.name) <= NAME_MOST
        kept[rule.name] = rule


@pytest.fixture
def form(qtbot) -> RuleForm:
    made = RuleForm(Theme.load())
    qtbot.addWidget(made)
    made.open_rule(CHOICES)
    made.show()
    return made


def choose(form: RuleForm, field: str, value: str) -> None:
    box = form.input(field)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))


def asked(form: RuleForm) -> set[str]:
    return {name for name in ("cause", "scene", "hours", "minutes") if form.input(name).isVisible()}


def test_only_what_the_cause_needs_is_asked_for(form: RuleForm) -> None:
    assert asked(form) == {"cause", "scene", "hours"}
    choose(form, "cause", "alarm:critical")
    assert asked(form) == {"cause", "scene"}
    choose(form, "cause", "silence:hotline_12345")
    assert asked(form) == {"cause", "scene", "hours", "minutes"}


def test_the_sentence_says_what_will_happen_and_what_comes_back(form: RuleForm) -> None:
    assert form.hint() == "每天 20:00–07:30 换为 夜间值守，到点还原"
    choose(form, "cause", "alarm:critical")
    assert form.hint() == "有未确认的严重告警时换为 夜间值守，确认或恢复后还原"
    choose(form, "cause", "silence:hotline_12345")
    line = form.input("minutes")
    assert isinstance(line, QLineEdit)
    assert form.hint() == "12345 热线连续 10 分钟没有新工单时换为 夜间值守，来了工单还原", (
        "the hours of the night are not meant"
    )
    line.setText("x")
    assert form.hint() == "分钟数写 1 到 1440 的整数"


def test_a_mistake_is_told_below_the_form_which_keeps_what_was_typed(form: RuleForm, qtbot) -> None:
    line = form.input("hours")
    assert isinstance(line, QLineEdit)
    line.setText("25:00-1:00")
    with qtbot.assertNotEmitted(form.kept):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert form.error().startswith("时段写成")
    assert line.text() == "25:00-1:00"
    line.setText("20:00-07:30")
    with qtbot.waitSignal(form.kept) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [NIGHT]
    assert form.isHidden()
