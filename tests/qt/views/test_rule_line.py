"""Rules as they are written in the director window."""

import pytest

from desktop.views.wall_director.rule_line import read_rule
from domain.wall.values import Rule, RuleKind

SCENES = ("夜间值守", "火情 一")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("20:00-07:30 夜间值守", Rule("夜间值守", RuleKind.TIME, "夜间值守", "20:00", "07:30")),
        ("8:05–9:00 夜间值守", Rule("夜间值守", RuleKind.TIME, "夜间值守", "08:05", "09:00")),
        ("严重 火情 一", Rule("严重 火情 一", RuleKind.ALARM, "火情 一", alarm_class="critical")),
        ("R-04 夜间值守", Rule("R-04 夜间值守", RuleKind.ALARM, "夜间值守", alarm_class="R-04")),
        ("-夜间值守", "夜间值守"),
        ("25:00-07:30 夜间值守", None),
        ("20:00-07:30 无此场景", None),
        ("无此类别 夜间值守", None),
        ("-", None),
        ("", None),
    ],
)
def test_a_line_is_a_rule_a_name_to_drop_or_nothing(qapp, text: str, meant: Rule | str | None) -> None:
    assert read_rule(text, SCENES) == meant
