"""The rules that give the demonstration catalogue its invented limits, priorities and kinds.

What lives here: one table of our own. The category names are facts of the published tickets; every limit, priority
and condition below is invented for the demonstration and follows no published standard.
The first rule whose pattern is found in "class/sub-class/item" wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One line of the table: what it matches and what the matching items get."""

    pattern: str
    priority: str  # top | high | normal
    amount: int
    limit_type: str  # urgent_hours | working_hours | working_days | calendar_days
    needs_check: bool
    filing: str
    closing: str


RULES = (
    Rule(
        "井盖",
        "top",
        4,
        "urgent_hours",
        True,
        "井盖缺失、破损、移位或松动，影响行人行车",
        "井盖补齐复位，与路面齐平，现场已清",
    ),
    Rule(
        "塌陷|坍塌|易燃易爆|危险化学品|燃气|高压线|危房|危险用电|电力设施故障",
        "top",
        4,
        "urgent_hours",
        True,
        "已危及或可能危及人身安全",
        "险情解除，现场设防护或已修复",
    ),
    Rule(
        "交通信号|交通拥堵|交通事故|红绿灯",
        "top",
        4,
        "urgent_hours",
        False,
        "信号故障或道路通行受阻",
        "信号恢复或道路畅通",
    ),
    Rule(
        "^安全隐患/建设工程质量|^安全隐患/地质安全",
        "high",
        24,
        "urgent_hours",
        True,
        "工程或边坡有安全隐患",
        "隐患消除或已停工并落实监护",
    ),
    Rule(
        "^安全隐患/|^专业事件采集/",
        "high",
        8,
        "urgent_hours",
        True,
        "隐患属实、地点明确",
        "隐患消除，有整改前后照片",
    ),
    Rule(
        "道路积水|自来水管破裂|供水设施故障|架空线缆|行道树倒压|下水道堵塞|电梯|水质问题",
        "high",
        8,
        "urgent_hours",
        True,
        "影响通行或居民用水用电",
        "恢复正常，现场已清",
    ),
    Rule(
        "超时施工|施工噪音",
        "high",
        8,
        "urgent_hours",
        True,
        "规定时段外施工或噪声明显",
        "施工停止或噪声降下，施工方已告知",
    ),
    Rule(
        "危险废物|核安全|工业污水偷排|河道污染|危险山塘",
        "high",
        2,
        "working_days",
        True,
        "污染或隐患属实",
        "污染停止并清理，已取证",
    ),
    Rule(
        "违法建设|违法建筑|私搭乱建|侵占绿地|砍伐",
        "high",
        10,
        "working_days",
        True,
        "在建或已建部分无合法手续",
        "已拆除、停建或移交立案查处",
    ),
    Rule(
        "占道经营|乱摆卖|车辆乱停放|烧烤|燃放烟花|沿街晾挂|乱堆物",
        "normal",
        4,
        "working_hours",
        True,
        "现场正在发生，占用公共空间",
        "现场已清，秩序恢复",
    ),
    Rule(
        "暴露垃圾|动物尸体|道路遗撒|门店外扫|乱丢乱吐",
        "normal",
        4,
        "working_hours",
        True,
        "公共场所有垃圾或遗撒",
        "已清理干净",
    ),
    Rule("绿化养护", "normal", 2, "working_days", True, "绿化缺损、倒伏、枯死或占路", "已补植、修剪、扶正或清运"),
    Rule("^市容环卫/", "normal", 8, "working_hours", True, "影响市容环境，地点明确", "现场已清理或整改"),
    Rule(
        "路灯|交通护栏|防撞柱|交通标志|消防设施|化粪池",
        "normal",
        2,
        "working_days",
        True,
        "设施缺损或失效",
        "设施修复或更换",
    ),
    Rule("^市政设施/", "normal", 3, "working_days", True, "公共设施缺损、污损或设置不当", "设施修复、清洁或移位"),
    Rule(
        "噪声|噪音|扰民|废气|异味|油烟", "normal", 3, "working_days", True, "扰民情况属实，来源可查", "来源已整改或达标"
    ),
    Rule("水污染|供、排水|扬尘|固体废物", "normal", 2, "working_days", True, "污染或堵塞属实", "已清理、疏通或整改"),
    Rule("^环保水务/", "normal", 5, "working_days", True, "情况属实、地点明确", "已整改并复核"),
    Rule(
        "社会治安|刑案侦破|赌博|色情", "high", 1, "working_days", False, "线索明确，已移交公安", "公安机关已受理并反馈"
    ),
    Rule("食品安全|食药监|药品", "high", 3, "working_days", True, "经营主体明确", "已检查并处理，结果已告知"),
    Rule("^社区管理/", "normal", 3, "working_days", True, "小区或社区内的管理问题", "已处理或已明确责任方与期限"),
    Rule("^食药市监/", "normal", 5, "working_days", False, "经营主体明确，诉求具体", "已核查处理并答复"),
    Rule("^治安维稳/", "normal", 5, "working_days", False, "当事方明确", "已调解、处理或移交，并答复"),
    Rule("^交通运输/", "normal", 5, "working_days", False, "线路、站点或道路明确", "已处理或答复办理安排"),
    Rule("劳动者工资|欠薪|劳动报酬", "high", 5, "working_days", False, "用人单位明确", "已调解、支付或进入仲裁"),
    Rule("^劳动社保/", "normal", 7, "working_days", False, "用人单位与诉求明确", "已处理并答复"),
    Rule("^教育卫生/", "normal", 7, "working_days", False, "学校或机构与诉求明确", "已处理并答复"),
    Rule("^规土城建/", "normal", 10, "working_days", False, "地块、项目或房屋明确", "已处理并答复"),
    Rule("^党纪政纪/", "normal", 15, "calendar_days", False, "对象明确，已移交主管单位", "主管单位已处理并反馈"),
    Rule("", "normal", 10, "working_days", False, "诉求具体", "已办理并答复"),
)

#: A thing that stands in a public place is a component; what happens to it or around it is an event.
_COMPONENT_GROUPS = re.compile("^市政设施/(公用部件|交通设施|道路设施)/")
_COMPONENT_ITEMS = re.compile(
    "/(垃圾收集点|公共厕所|化粪池|垃圾站\\(楼\\)|垃圾箱|灯箱霓虹灯|行道树|绿地|绿地护栏|广告牌匾)$"
)
_EVENTS_AMONG_COMPONENTS = re.compile("破裂|故障")


def rule_for(class_name: str, sub_class_name: str, item_name: str) -> Rule:
    """The first rule that matches; the last rule of the table matches everything."""
    text = f"{class_name}/{sub_class_name}/{item_name}"
    return next(rule for rule in RULES if re.search(rule.pattern, text))


def kind_of(class_name: str, sub_class_name: str, item_name: str) -> str:
    """``component`` or ``event``."""
    text = f"{class_name}/{sub_class_name}/{item_name}"
    stands = _COMPONENT_GROUPS.search(text) or _COMPONENT_ITEMS.search(text)
    return "component" if stands and not _EVENTS_AMONG_COMPONENTS.search(item_name) else "event"
