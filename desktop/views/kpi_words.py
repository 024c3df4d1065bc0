"""Words for KPI: names, formula sentences, exclusion reasons, headline findings. Codes come from the domain; figures are never made here."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.widgets.headline import Finding as HeadlineFinding
from desktop.widgets.painting import format_count
from desktop.widgets.values import Run
from domain.kpi_types import Finding, Kpi


def tr(text: str) -> str:
    return QCoreApplication.translate("kpi", text)


def kpi_name(kpi_id: str) -> str:
    """结案率 for closure_rate; the id itself for a KPI of a newer server."""
    names = {
        "closure_rate": tr("结案率"),
        "closure_rate_accepted": tr("办结率（受理口径）"),
        "closure_rate_handled": tr("办结率（处置口径）"),
        "on_time_rate": tr("按期结案率"),
        "handling_rate": tr("处置率"),
        "on_time_handling_rate": tr("按时处置率"),
        "rework_rate": tr("返工率"),
        "reopen_rate": tr("重开率"),
        "first_dispatch_right": tr("一次派准率"),
        "accept_on_time": tr("按时受理率"),
        "dispatch_on_time": tr("按时派遣率"),
        "sign_on_time": tr("按时签收率"),
        "verify_on_time": tr("按时核实率"),
        "check_on_time": tr("按时核查率"),
        "satisfaction_rate": tr("满意率"),
        "satisfaction_rate_strict": tr("满意率（严）"),
        "reached_rate": tr("回访接通率"),
        "solved_rate": tr("问题解决率"),
        "joint_check_in_rate": tr("协办按时报到率"),
        "joint_on_time_rate": tr("协办按时反馈率"),
        "diversion": tr("非警务分流率"),
    }
    return names.get(kpi_id, kpi_id)


def kpi_formula(kpi_id: str) -> str:
    """The definition in a few words, printed under the figure."""
    formulas = {
        "closure_rate": tr("结案 / 应结案（到期口径）"),
        "closure_rate_accepted": tr("结案 / 有效受理"),
        "closure_rate_handled": tr("结案 / 已处置"),
        "on_time_rate": tr("按期结案 / 应结案"),
        "handling_rate": tr("已处置 / 应处置"),
        "on_time_handling_rate": tr("按时处置 / 应处置"),
        "rework_rate": tr("返工 / 应结案"),
        "reopen_rate": tr("30 天内重开 / 结案"),
        "first_dispatch_right": tr("未回退改派的结案 / 派遣"),
        "satisfaction_rate": tr("满意＋基本满意 / 有效回访"),
        "satisfaction_rate_strict": tr("非常满意＋满意 / 有效回访"),
        "reached_rate": tr("接通 / 回访"),
        "solved_rate": tr("已解决 / 接通"),
        "diversion": tr("分流 / 热线受理"),
    }
    return formulas.get(kpi_id, tr("按时 / 应完成"))


def exclusion_name(reason: str) -> str:
    names = {
        "void": tr("作废"),
        "merged": tr("并案"),
        "out_of_remit": tr("职责外"),
        "refused": tr("不予受理"),
        "suspended": tr("挂账"),
        "appeal_granted": tr("申诉成立"),
        "no_limit": tr("无时限"),
        "no_opinion": tr("无意见"),
        "unreached": tr("未接通"),
        "forced_closed": tr("强制结案"),
        "dispatched_again": tr("再次派遣"),
        "instant_unknown": tr("时刻不明"),
        "level_unknown": tr("层级不明"),
        "no_answer": tr("未答是否解决"),
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
    return ((tr("剔除"), sum(reasons.values())),)


def excluded_sentence(reasons: Mapping[str, int]) -> str:
    """剔除：作废 3，并案 2"""
    parts = [f"{exclusion_name(reason)} {format_count(count)}" for reason, count in reasons.items() if count]
    return tr("剔除：{list}").format(list=tr("，").join(parts)) if parts else tr("无剔除")


def level_name(level: str) -> str:
    names = {
        "grid": tr("网格"),
        "community": tr("社区"),
        "town": tr("街道"),
        "district": tr("区"),
        "enforcement": tr("执法"),
    }
    return names.get(level, level)


def finding_line(finding: Finding, names: Names) -> HeadlineFinding:
    """A finding as a sentence with strong figures: 超期未结 52 件，白荡镇占 21 件."""
    figures = finding.figures
    if finding.rule == "overdue_cluster":
        runs = (
            Run(tr("超期未结 ")),
            Run(format_count(int(figures.get("total", 0))), strong=True),
            Run(tr(" 件，{area}占 ").format(area=names.area(finding.area))),
            Run(format_count(int(figures.get("count", 0))), strong=True),
            Run(tr(" 件")),
        )
    elif finding.rule == "below_target":
        gap = 100 * (figures.get("target", 0.0) - figures.get("value", 0.0))
        runs = (
            Run(tr("{kpi}低于目标 ").format(kpi=kpi_name(finding.subject))),
            Run(f"{gap:.2f}", strong=True),
            Run(tr(" 个百分点")),
        )
    elif finding.rule == "surge":
        usual = figures.get("usual", 0.0)
        runs = (
            Run(tr("{matter}突增 ").format(matter=finding.subject)),
            Run(format_count(int(figures.get("count", 0))), strong=True),
            Run(tr(" 件，为平时的 ")),
            Run(f"{figures.get('count', 0.0) / usual:.1f}" if usual else "–", strong=True),
            Run(tr(" 倍")),
        )
    else:
        runs = (Run(f"{finding.rule} {finding.subject}"),)
    return HeadlineFinding(runs)
