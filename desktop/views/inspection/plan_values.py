"""What a person types to plan an inspection → the plan. Names of units are found by their words; each fault is said by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.services.checklists import Template, items_for
from desktop.views.inspection.action_specs import AnswerError
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.wording import enumerated
from domain.ids import TicketId, UnitId
from domain.inspection import commands
from domain.inspection.values import CheckItem, Inspection, Premises
from domain.inspection.words import LETTERS
from domain.organisation import Unit
from domain.ticket import Ticket

translate = QCoreApplication.translate

SEPARATORS = re.compile(r"[、,，;；\s]+")
FIRST_HOUR = timedelta(hours=9, minutes=30)
LONG = timedelta(hours=3)


@dataclass(slots=True)
class PlanWords:
    """The form's fields as typed."""

    title: str = ""
    tickets: str = ""
    area: str = ""
    lead: str = ""
    co_units: str = ""
    premises: str = ""
    """One per line: name, and after a bar its register number."""
    templates: tuple[str, ...] = field(default_factory=tuple)
    starts: str = ""
    ends: str = ""
    meeting_point: str = ""
    purpose: str = ""


# -- reading ------------------------------------------------------------------------------------------


def find_unit(word: str, names: Names) -> Unit:
    """The unit of this name, or the only one whose name contains the words. Raises AnswerError."""
    exact = [unit for unit in names.units if word in (unit.name, unit.id)]
    found = exact or [unit for unit in names.units if word in unit.name]
    if len(found) == 1:
        return found[0]
    if not found:
        raise AnswerError(filled(translate("inspection", "没有单位“{word}”"), {"word": word}))
    listed = enumerated(unit.name for unit in found[:4])
    raise AnswerError(filled(translate("inspection", "“{word}”不止一个：{units}"), {"word": word, "units": listed}))


def find_units(text: str, names: Names) -> list[Unit]:
    """Each once, in the order typed."""
    units = [find_unit(word, names) for word in SEPARATORS.split(text.strip()) if word]
    return list(dict.fromkeys(units))


def read_premises(text: str) -> tuple[Premises, ...]:
    """Lettered from the top."""
    lines = [line for line in (line.strip() for line in text.splitlines()) if line]
    if len(lines) > len(LETTERS):
        raise AnswerError(filled(translate("inspection", "检查对象至多 {n} 个"), {"n": len(LETTERS)}))
    made = []
    for letter, line in zip(LETTERS, lines, strict=False):
        name, _, ref = (part.strip() for part in re.sub("[｜|]", "|", line, count=1).partition("|"))
        made.append(Premises(letter, name, ref))
    return tuple(made)


def read_instant(text: str, site: SiteTime, label: str) -> datetime:
    """2026-03-16 09:30 in the time of the site, as aware UTC. Raises AnswerError."""
    try:
        naive = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M")
    except ValueError:
        raise AnswerError(filled(translate("inspection", "{name}要写成 2026-03-16 09:30"), {"name": label})) from None
    return naive.replace(tzinfo=site.local(datetime.now(UTC)).tzinfo).astimezone(UTC)


def items_of(words: PlanWords, templates: Sequence[Template], names: Names) -> tuple[CheckItem, ...]:
    """The checklist that these words make: for the sentence below the form, and for the plan."""
    lead = find_unit(words.lead.strip(), names)
    units = [*find_units(words.co_units, names), lead]
    return items_for((one for one in templates if one.id in words.templates), units, lead.id)


def plan_of(
    words: PlanWords, templates: Sequence[Template], names: Names, site: SiteTime, before: Inspection | None = None
) -> commands.PlanWords:
    """The command: a new plan, or (with `before`) the same inspection planned anew. Raises AnswerError."""
    if not words.lead.strip():
        raise AnswerError(translate("inspection", "须写牵头单位"))
    lead = find_unit(words.lead.strip(), names)
    kind = commands.MakePlan if before is None else commands.Revise
    return kind(
        title=words.title.strip(),
        area=words.area,
        lead=lead.id,
        co_units=tuple(unit.id for unit in find_units(words.co_units, names) if unit.id != lead.id),
        tickets=tuple(TicketId(word) for word in SEPARATORS.split(words.tickets.strip()) if word),
        premises=read_premises(words.premises),
        items=_items(words, templates, names, before),
        templates=_refs(words, templates, before),
        starts_at=read_instant(words.starts, site, translate("inspection", "开始时间")),
        ends_at=read_instant(words.ends, site, translate("inspection", "结束时间")),
        purpose=words.purpose,
        meeting_point=words.meeting_point,
    )


def _items(
    words: PlanWords, templates: Sequence[Template], names: Names, before: Inspection | None
) -> tuple[CheckItem, ...]:
    """A plan that is made anew keeps its own list where no template was ticked: the site's file may be another by now."""
    made = items_of(words, templates, names)
    return made if made or before is None else before.plan.items


def _refs(words: PlanWords, templates: Sequence[Template], before: Inspection | None) -> tuple[str, ...]:
    made = tuple(one.ref for one in templates if one.id in words.templates)
    return made if made or before is None else before.plan.templates


# -- beginning ----------------------------------------------------------------------------------------


def words_for(tickets: Iterable[Ticket], names: Names, site: SiteTime, now: datetime, own_unit: str) -> PlanWords:
    """What is known before anything was typed: from the tickets it answers, tomorrow morning, the seat's own unit."""
    found = list(tickets)
    start = (site.local(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0) + FIRST_HOUR
    words = PlanWords(
        tickets=" ".join(ticket.id for ticket in found),
        starts=f"{start:%Y-%m-%d %H:%M}",
        ends=f"{start + LONG:%Y-%m-%d %H:%M}",
        lead=names.unit(own_unit) if own_unit else "",
    )
    if found:
        first = found[0]
        words.area = first.area
        words.title = filled(
            translate("inspection", "{place}联合检查"), {"place": names.place(first.area).replace(" ", "")}
        )
        units = dict.fromkeys(
            unit for ticket in found for unit in (ticket.unit, *(p.unit for p in ticket.parts)) if unit
        )
        known = [names.unit(unit) for unit in units]
        words.lead = words.lead or (known[0] if known else "")
        words.co_units = enumerated(name for name in known if name != words.lead)
    return words


def words_of(inspection: Inspection, names: Names, site: SiteTime, purpose: str, meeting_point: str) -> PlanWords:
    """A plan as it would be typed, to change it."""
    plan = inspection.plan
    return PlanWords(
        title=plan.title,
        tickets=" ".join(plan.tickets),
        area=inspection.area,
        lead=names.unit(plan.lead),
        co_units=enumerated(names.unit(part.unit) for part in inspection.parts if not part.lead),
        premises="\n".join(f"{one.name} | {one.ref}" if one.ref else one.name for one in plan.premises),
        templates=tuple(ref.split("@")[0] for ref in plan.templates),
        starts=f"{site.local(plan.starts_at):%Y-%m-%d %H:%M}",
        ends=f"{site.local(plan.ends_at):%Y-%m-%d %H:%M}",
        meeting_point=meeting_point,
        purpose=purpose,
    )


def summary(words: PlanWords, templates: Sequence[Template], names: Names) -> str:
    """清单 23 项 × 对象 2 = 46 格：消安委办 24、…, or what is still missing."""
    try:
        items, premises = items_of(words, templates, names), read_premises(words.premises)
    except AnswerError as error:
        return str(error) if words.lead.strip() else translate("inspection", "写明牵头单位后，此处列出每个单位检查几项")
    if not items or not premises:
        return translate("inspection", "勾选检查领域、写明检查对象后，此处列出每个单位检查几项")
    share: dict[UnitId, int] = {}
    for item in items:
        share[item.unit] = share.get(item.unit, 0) + 1
    units = enumerated(f"{names.unit(unit)} {n}" for unit, n in share.items())
    words_ = {"items": len(items), "premises": len(premises), "cells": len(items) * len(premises), "units": units}
    return filled(translate("inspection", "清单 {items} 项 × 对象 {premises} = {cells} 格。责任项：{units}"), words_)
