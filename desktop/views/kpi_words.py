"""Words for KPI: names, formula sentences, exclusion reasons, headline findings. Codes come from the domain; figures are never made here."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.widgets.headline import Finding as HeadlineFinding
from desktop.widgets.painting import format_count
from desktop.widgets.values import Run
from domain.kpi_types import Finding, Kpi

translate = QCoreApplication.translate
LEVEL_PREFIX = "level_share_"


def kpi_name(kpi_id: str) -> str:
    """结案率 for closure_rate; the id itself for a KPI of a newer server."""
    if kpi_id.startswith(LEVEL_PREFIX):
        return translate("kpi", "{level}办结占比").format(level=level_name(kpi_id.removeprefix(LEVEL_PREFIX)))
    names = {
        "closure_rate": translate("kpi", "结案率"),
        "closure_rate_accepted": translate("kpi", "办结率（受理口径）"),
        "closure_rate_handled": translate("kpi", "办结率（处置口径）"),
        "on_time_rate": translate("kpi", "按期结案率"),
        "handling_rate": translate("kpi", "处置率"),
        "on_time_handling_rate": translate("kpi", "按时处置率"),
        "rework_rate": translate("kpi", "返工率"),
        "reopen_rate": translate("kpi", "重开率"),
        "first_dispatch_right": translate("kpi", "一次派准率"),
        "accept_on_time": translate("kpi", "按时受理率"),
        "dispatch_on_time": translate("kpi", "按时派遣率"),
        "sign_on_time": translate("kpi", "按时签收率"),
        "verify_on_time": translate("kpi", "按时核实率"),
        "check_on_time": translate("kpi", "按时核查率"),
        "satisfaction_rate": translate("kpi", "满意率"),
        "satisfaction_rate_strict": translate("kpi", "满意率（严）"),
        "reached_rate": translate("kpi", "回访接通率"),
        "solved_rate": translate("kpi", "问题解决率"),
        "joint_check_in_rate": translate("kpi", "协办按时报到率"),
        "joint_on_time_rate": translate("kpi", "协办按时反馈率"),
        "diversion": translate("kpi", "非警务分流率"),
        "mediation_success": translate("kpi", "调解成功率"),
        "hops": translate("kpi", "平均改派次数"),
        "accepted": translate("kpi", "受理量"),
        "closed": translate("kpi", "结案量"),
    }
    return names.get(kpi_id, kpi_id)


def kpi_short(kpi_id: str) -> str:
    """The name beside a curve, where the title of the chart says the rest."""
    names = {
        "closure_rate": translate("kpi_short", "结案率"),
        "on_time_rate": translate("kpi_short", "按期结案率"),
        "satisfaction_rate": translate("kpi_short", "满意率"),
        "first_dispatch_right": translate("kpi_short", "派准率"),
    }
    return names.get(kpi_id) or kpi_name(kpi_id)


def kpi_formula(kpi_id: str) -> str:
    """The definition in a few words, printed under the figure."""
    if kpi_id.startswith(LEVEL_PREFIX):
        return translate("kpi", "在该层级办结 / 结案")
    formulas = {
        "accepted": translate("kpi", "受理的工单"),
        "closed": translate("kpi", "结案的工单"),
        "closure_rate": translate("kpi", "结案 / 应结案（到期口径）"),
        "closure_rate_accepted": translate("kpi", "结案 / 有效受理"),
        "closure_rate_handled": translate("kpi", "结案 / 已处置"),
        "on_time_rate": translate("kpi", "按期结案 / 应结案"),
        "handling_rate": translate("kpi", "已处置 / 应处置"),
        "on_time_handling_rate": translate("kpi", "按时处置 / 应处置"),
        "rework_rate": translate("kpi", "返工 / 应结案"),
        "reopen_rate": translate("kpi", "30 天内重开 / 结案"),
        "first_dispatch_right": translate("kpi", "未回退改派的结案 / 派遣"),
        "satisfaction_rate": translate("kpi", "满意＋基本满意 / 有效回访"),
        "satisfaction_rate_strict": translate("kpi", "非常满意＋满意 / 有效回访"),
        "reached_rate": translate("kpi", "接通 / 回访"),
        "solved_rate": translate("kpi", "已解决 / 接通"),
        "diversion": translate("kpi", "分流 / 热线受理"),
        "mediation_success": translate("kpi", "调解成功 / 结案的纠纷"),
        "hops": translate("kpi", "改派次数 / 派遣"),
    }
    return formulas.get(kpi_id, translate("kpi", "按时 / 应完成"))


def exclusion_name(reason: str) -> str:
    names = {
        "void": translate("kpi", "作废"),
        "merged": translate("kpi", "并案"),
        "out_of_remit": translate("kpi", "职责外"),
        "refused": translate("kpi", "不予受理"),
        "suspended": translate("kpi", "挂账"),
        "appeal_granted": translate("kpi", "申诉成立"),
        "no_limit": translate("kpi", "无时限"),
        "no_opinion": translate("kpi", "无意见"),
        "unreached": translate("kpi", "未接通"),
        "forced_closed": translate("kpi", "强制结案"),
        "dispatched_again": translate("kpi", "再次派遣"),
        "instant_unknown": translate("kpi", "时刻不明"),
        "level_unknown": translate("kpi", "层级不明"),
        "no_answer": translate("kpi", "未答是否解决"),
        "outcome_unstated": translate("kpi", "未填调解结果"),
    }
    return names.get(reason, reason)


def excluded(kpi: Kpi) -> tuple[tuple[str, int], ...]:
    """What a tile prints as excluded: the sum where there are several reasons, the reason itself where there is one."""
    reasons = {reason: count for reason, count in kpi.excluded.items() if count}
    if not reasons:
        return ()
    if len(reasons) == 1:
        reason, count = next(iter(reasons.items()))
        return ((exclusion_name(reason), count),)
    return ((translate("kpi", "剔除"), sum(reasons.values())),)


def excluded_sentence(reasons: Mapping[str, int]) -> str:
    """剔除：作废 3，并案 2"""
    parts = [f"{exclusion_name(reason)} {format_count(count)}" for reason, count in reasons.items() if count]
    return (
        translate("kpi", "剔除：{list}").format(list=translate("kpi", "，").join(parts))
        if parts
        else translate("kpi", "无剔除")
    )


def level_name(level: str) -> str:
    names = {
        "grid": translate("kpi", "网格"),
        "community": translate("kpi", "社区"),
        "town": translate("kpi", "街道"),
        "district": translate("kpi", "区"),
        "enforcement": translate("kpi", "执法"),
    }
    return names.get(level, level)


def loop_name(loop: str) -> str:
    """A loop of handling (domain.md §3)."""
    names = {
        "grid": translate("kpi", "网格循环"),
        "enterprise": translate("kpi", "企业小循环"),
        "citizen": translate("kpi", "市民大循环"),
        "enforcement": translate("kpi", "执法"),
    }
    return names.get(loop, loop)


def _figure(figures: Mapping[str, float], name: str) -> str:
    """A count of a finding; "–" where another version of the server calls it otherwise, never a made-up 0."""
    return format_count(int(figures[name]) if name in figures else None)


def _against_usual(count: float, usual: float) -> tuple[Run, ...]:
    """Times of the usual; a usual below one case says nothing as a factor."""
    if usual < 1:
        return (Run(translate("kpi", " 件，平时不足 1 件")),)
    return (
        Run(translate("kpi", " 件，为平时的 ")),
        Run(f"{count / usual:.1f}", strong=True),
        Run(translate("kpi", " 倍")),
    )


def finding_line(finding: Finding, names: Names) -> HeadlineFinding:
    """A finding as a sentence with strong figures: 超期未结 52 件，白荡镇占 21 件."""
    figures = finding.figures
    runs: tuple[Run, ...]
    if finding.rule == "overdue_cluster":
        runs = (
            Run(translate("kpi", "超期未结 ")),
            Run(_figure(figures, "overdue"), strong=True),
            Run(translate("kpi", " 件，{area}占 ").format(area=names.area(finding.area))),
            Run(_figure(figures, "in_area"), strong=True),
            Run(translate("kpi", " 件")),
        )
    elif finding.rule == "below_target":
        gap = 100 * (figures.get("target", 0.0) - figures.get("value", 0.0))
        runs = (
            Run(translate("kpi", "{kpi}低于目标 ").format(kpi=kpi_short(finding.subject))),
            Run(f"{gap:.2f}", strong=True),
            Run(translate("kpi", " 个百分点")),
        )
    elif finding.rule == "surge":
        runs = (
            Run(translate("kpi", "{matter}突增 ").format(matter=finding.subject)),
            Run(_figure(figures, "count"), strong=True),
            *_against_usual(figures.get("count", 0.0), figures.get("usual", 0.0)),
        )
    else:
        runs = (Run(f"{finding.rule} {finding.subject}"),)
    return HeadlineFinding(runs)
