"""What the list window prints: rows of each view, facts and history of an item, proposals, an import before it is made. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.views.site_time import SiteTime
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.text_model import Column, TextRow
from desktop.views.tables.words import (
    evidence_word,
    field_text,
    field_word,
    how_word,
    item_limit,
    kind_word,
    problem_text,
    urgency_word,
)
from desktop.views.words import filled, limit_text, who
from desktop.widgets.painting import format_count
from desktop.widgets.values import DASH
from desktop.widgets.wording import enumerated, listed
from domain.catalogue import Catalogue, Item
from domain.tables.difference import ListDifference, as_of, between, changed_fields
from domain.tables.importing import How, Plan
from domain.tables.limits import read_limit
from domain.tables.proposals import Proposal, Usage, Why
from domain.tables.values import FIRST, Revision
from domain.tables.words import Progress

VIEWS = ("all", "event", "component", "retired")
PROPOSALS = tuple(str(why) for why in (Why.NO_ITEM, Why.OTHER, Why.UNUSED))


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in the middle. `note` under the title: how many, of what, how old."""

    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[TextRow, ...]


def view_title(view: str) -> str:
    translate = QCoreApplication.translate
    return {
        "all": translate("tables", "全部条目"),
        "event": translate("tables", "事件"),
        "component": translate("tables", "部件"),
        "retired": translate("tables", "已停用"),
        "no_item": translate("tables", "清单缺项"),
        "other": translate("tables", "其他过多"),
        "unused": translate("tables", "久未使用"),
    }[view]


def items_in(view: str, catalogue: Catalogue) -> list[Item]:
    """The items of a view, by code; retired ones in their own."""
    newest = {item.code: item for item in catalogue.everything()}.values()
    if view == "retired":
        found = [item for item in newest if item.retired]
    else:
        found = [item for item in newest if not item.retired and view in ("all", item.kind)]
    return sorted(found, key=lambda item: item.code)


def matches(item: Item, text: str) -> bool:
    """Every word typed stands somewhere in the item."""
    hay = f"{item.code} {item.class_name} {item.sub_class_name} {item.name} {item.filing_condition} {item.unit}"
    return all(word in hay.casefold() for word in text.casefold().split())


def item_listing(view: str, items: Iterable[Item], usage: Mapping[str, Usage] | None, note: str) -> Listing:
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "编码"), 9, least=9),
        Column(translate("tables", "类别"), 7),
        Column(translate("tables", "小类"), 11),
        Column(translate("tables", "细项")),
        Column(translate("tables", "立案条件"), 23, spare=True),
        Column(translate("tables", "时限"), 10, least=8),
        Column(translate("tables", "紧急程度"), 6, least=5),
        Column(translate("tables", "近 6 个月"), 6, right=True, least=5),
        Column(translate("tables", "版"), 3, right=True),
    )
    rows = tuple(
        TextRow(
            item.code,
            (
                item.code,
                kind_word(item.kind),
                item.sub_class_name,
                item.name,
                item.filing_condition or DASH,
                item_limit(item),
                urgency_word(item.urgency),
                _recent(usage, item.code),
                str(item.version),
            ),
            quiet=item.retired,
        )
        for item in items
    )
    return Listing(view_title(view), note, columns, rows)


def _recent(usage: Mapping[str, Usage] | None, code: str) -> str:
    if usage is None:
        return DASH
    return format_count(usage[code].recent if code in usage else 0)


# -- versions ---------------------------------------------------------------------------------------


def version_word(number: int) -> str:
    return filled(QCoreApplication.translate("tables", "第 {n} 版"), {"n": number})


def version_note(revision: Revision, site: SiteTime, feed: TablesFeed) -> str:
    """采用 2026 版标准 · 值班长 1 席 · 10-09 14:32 起用."""
    translate = QCoreApplication.translate
    at = revision.valid_from or revision.started_at
    stamp = site.stamp(at, feed.now())
    when = (
        translate("tables", "草稿，尚未启用")
        if revision.progress is Progress.DRAFT
        else filled(translate("tables", "{at} 启用"), {"at": stamp})
    )
    return " · ".join((revision.reason, who(revision.by), when))


def version_difference(revision: Revision, catalogue: Catalogue) -> ListDifference:
    """What this version, or draft, changed against the one before it."""
    everything = catalogue.everything()
    if revision.progress is Progress.DRAFT:
        number = max((item.version for item in everything), default=FIRST) + 1
        drafted = (replace(item, version=number) for item in revision.rows.items)
        return between(catalogue, Catalogue([*everything, *drafted]))
    return between(as_of(everything, revision.number - 1), as_of(everything, revision.number))


def version_numbers(catalogue: Catalogue) -> tuple[int, ...]:
    """All versions of the list, the newest first; the first one is what the site was set up with."""
    return tuple(sorted({FIRST, *(item.version for item in catalogue.everything())}, reverse=True))


def between_listing(first: int, then: int, catalogue: Catalogue) -> Listing:
    """What differs from one version to any other; the later may be given first, then it reads backwards."""
    translate = QCoreApplication.translate
    everything = catalogue.everything()
    difference = between(as_of(everything, first), as_of(everything, then))
    counts = {
        "added": format_count(len(difference.added)),
        "revised": format_count(len(difference.revised)),
        "retired": format_count(len(difference.retired)),
        "same": format_count(difference.same),
    }
    note = filled(
        translate("tables", "新增 {added} · 修订 {revised} · 停用 {retired} · 相同 {same}，按服务器现行的表比较"),
        counts,
    )
    words = {"first": version_word(first), "then": version_word(then)}
    return difference_listing(filled(translate("tables", "{first} → {then}"), words), note, difference)


def difference_listing(title: str, note: str, difference: ListDifference) -> Listing:
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "变更"), 6),
        Column(translate("tables", "编码"), 9, least=9),
        Column(translate("tables", "小类"), 10),
        Column(translate("tables", "细项"), 16),
        Column(translate("tables", "改了什么")),
    )
    rows = [TextRow(item.code, _changed(How.ADDED, item, item_limit(item))) for item in difference.added]
    rows += [
        TextRow(each.after.code, _changed(How.REVISED, each.after, revision_text(each.before, each.after)))
        for each in difference.revised
    ]
    rows += [TextRow(item.code, _changed(How.GONE, item, ""), quiet=True) for item in difference.retired]
    return Listing(title, note, columns, tuple(rows))


def _changed(how: How, item: Item, text: str) -> tuple[str, ...]:
    return how_word(how), item.code, item.sub_class_name, item.name, text


def revision_text(before: Item, after: Item) -> str:
    """时限 5 个工作日 → 3 个工作日，处置单位 …"""
    changes = (
        f"{field_word(field)} {field_text(before, field)} → {field_text(after, field)}"
        for field in changed_fields(before, after)
    )
    return listed(changes)


# -- proposals --------------------------------------------------------------------------------------


def proposal_listing(view: str, found: Iterable[Proposal], site: SiteTime, feed: TablesFeed) -> Listing:
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "编码"), 9, least=9),
        Column(translate("tables", "小类"), 10),
        Column(translate("tables", "细项"), 16),
        Column(translate("tables", "依据")),
    )
    rows = tuple(
        TextRow(
            each.item.code, (each.item.code, each.item.sub_class_name, each.item.name, proposal_text(each, site, feed))
        )
        for each in found
    )
    note = {
        "no_item": translate("tables", "因清单中没有对应事项而不予受理，3 件以上"),
        "other": translate("tables", "归入其他的件数超过小类的 20%，且在 10 件以上"),
        "unused": translate("tables", "6 个月内没有一件，可考虑停用"),
    }[view]
    return Listing(view_title(view), note, columns, rows)


def proposal_text(proposal: Proposal, site: SiteTime, feed: TablesFeed) -> str:
    translate = QCoreApplication.translate
    if proposal.why is Why.UNUSED:
        if proposal.last_at is None:
            return translate("tables", "从未使用")
        return filled(translate("tables", "最近一件 {at}"), {"at": site.stamp(proposal.last_at, feed.now())})
    share = round(100 * proposal.count / proposal.of) if proposal.of else 0
    words = {"n": format_count(proposal.count), "of": format_count(proposal.of), "percent": share}
    if proposal.why is Why.NO_ITEM:
        return filled(translate("tables", "{n} 件因没有对应事项不予受理"), words)
    return filled(translate("tables", "小类 {of} 件中 {n} 件归入其他（{percent}%），可细分"), words)


# -- an import before it is made --------------------------------------------------------------------


def plan_listing(file: str, plan: Plan) -> Listing:
    """Rows that cannot be read first: nothing is sent while there is one."""
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "行"), 8),
        Column(translate("tables", "变更"), 6),
        Column(translate("tables", "编码"), 11, least=11),
        Column(translate("tables", "名称"), 18),
        Column(translate("tables", "说明")),
    )
    rows = [
        TextRow(
            f"problem:{place}",
            (_place(problem.sheet, problem.number), translate("tables", "读不了"), "", "", problem_text(problem)),
            wrong=True,
        )
        for place, problem in enumerate(plan.problems)
    ]
    rows += [
        TextRow(change.code, ("", how_word(change.how), change.code, change.name, _fields(change.fields)))
        for change in plan.changes
    ]
    words = {
        "read": format_count(plan.read),
        "added": format_count(plan.count(How.ADDED)),
        "revised": format_count(plan.count(How.REVISED)),
        "gone": format_count(plan.count(How.GONE)),
        "same": format_count(plan.same),
        "bad": format_count(len(plan.problems)),
    }
    note = filled(
        translate("tables", "读出 {read} 行：新增 {added}、修订 {revised}、停用 {gone}、不变 {same}；读不了 {bad} 行"),
        words,
    )
    return Listing(filled(translate("tables", "导入预览 {file}"), {"file": file}), note, columns, tuple(rows))


def _place(sheet: str, number: int) -> str:
    if not number:
        return sheet
    return filled(QCoreApplication.translate("tables", "{sheet} {n}"), {"sheet": sheet, "n": number})


def _fields(fields: Iterable[str]) -> str:
    return enumerated(map(field_word, fields))


def plan_notes(plan: Plan) -> list[tuple[str, str]]:
    """How each spelling of a limit was read, the most frequent first."""
    lines = []
    for text, (_, count) in sorted(plan.notes.items(), key=lambda note: -note[1][1]):
        read = read_limit(text)
        item = QCoreApplication.translate("tables", "无时限")
        if read is not None and read.limit is not None:
            item = limit_text(read.limit)
        lines.append((text, filled(QCoreApplication.translate("tables", "{how}，{n} 行"), {"how": item, "n": count})))
    return lines


# -- one item ---------------------------------------------------------------------------------------


def item_facts(item: Item) -> list[tuple[str, str]]:
    translate = QCoreApplication.translate
    facts = [
        (translate("tables", "分类"), f"{kind_word(item.kind)} › {item.class_name} › {item.sub_class_name}"),
        (field_word("filing_condition"), item.filing_condition or DASH),
        (field_word("closing_condition"), item.closing_condition or DASH),
        (field_word("limit"), f"{item_limit(item)} · {urgency_word(item.urgency)}"),
        (field_word("unit"), item.unit or DASH),
        (field_word("department"), item.department or DASH),
        (field_word("evidence"), evidence_word(item.evidence)),
        (field_word("needs_check"), field_text(item, "needs_check")),
        (field_word("law"), item.law or DASH),
    ]
    return facts


def item_history(
    item: Item, catalogue: Catalogue, revisions: Iterable[Revision], site: SiteTime, feed: TablesFeed
) -> list[tuple[str, str]]:
    """Every version of one item, the newest first, with why and what changed."""
    translate = QCoreApplication.translate
    reasons = {one.number: version_note(one, site, feed) for one in revisions if one.number}
    lines: list[tuple[str, str]] = []
    before: Item | None = None
    for version in catalogue.versions(item.code):
        if before is None:
            what = translate("tables", "建立") if version.version > FIRST else translate("tables", "随系统启用")
        elif version.retired:
            what = translate("tables", "停用")
        else:
            what = revision_text(before, version)
        lines.append((version_word(version.version), listed((what, reasons.get(version.version, "")))))
        before = version
    return lines[::-1]


def usage_facts(item: Item, feed: TablesFeed, site: SiteTime) -> tuple[str, list[tuple[str, str]]]:
    """(note: how old, lines)"""
    translate = QCoreApplication.translate
    if feed.usage is None:
        what, then = translate("tables", "用量没有统计到"), translate("tables", "联机时自动再问。")
        trouble = feed.usage_trouble.text(what, then, site)
        return ("", [("", trouble)]) if trouble else (translate("tables", "正在统计"), [])
    used = feed.usage.get(item.code, Usage(item=item.code))
    last = site.stamp(used.last_at, feed.now()) if used.last_at else DASH
    as_of_ = site.stamp(feed.usage_at, feed.now()) if feed.usage_at else ""
    lines = [
        (translate("tables", "近 6 个月"), filled(translate("tables", "{n} 件"), {"n": format_count(used.recent)})),
        (translate("tables", "累计"), filled(translate("tables", "{n} 件"), {"n": format_count(used.total)})),
        (translate("tables", "最近一件"), last),
    ]
    if used.no_item:
        lines.append((view_title("no_item"), filled(translate("tables", "{n} 件"), {"n": format_count(used.no_item)})))
    return filled(translate("tables", "联动服务统计 {at}"), {"at": as_of_}), lines
