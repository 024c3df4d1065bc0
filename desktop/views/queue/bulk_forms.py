"""What one command on many tickets asks for, where they differ: the outcome of each dispute, the competent unit of each. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.queue.action_forms import FormSpec, form_of, hint_of, unit_options
from desktop.views.queue.closing_form import closing_word, is_dispute, opinion_field, settled_field
from desktop.views.queue.competence import proposed_units
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField
from domain import commands
from domain.commands import Command
from domain.ticket import Ticket

EACH_MOST = 8
"""Disputes that are asked for one by one; a form with more is not filled in with care."""
OWN_UNIT = "*"
"""Answer for "each to the unit that its item belongs to"."""
TO_UNIT = ("dispatch", "redirect")


def bulk_form(command: str, tickets: Sequence[Ticket], names: Names, site: SiteTime, now: datetime) -> FormSpec | None:
    """The form of a command on these tickets; None = nothing to ask."""
    if command == "close":
        return _close_form(tickets, names)
    spec = form_of(command, tickets[0], names, site, now)
    if spec is None or command not in TO_UNIT:
        return spec
    return _unit_form(spec, tickets, names)


def answers_for(command: str, answers: Mapping[str, str], ticket: Ticket, names: Names) -> dict[str, str] | str:
    """The answers as they count for one ticket, or why there are none for it."""
    own = dict(answers)
    if command == "close":
        outcome = answers.get(_settled_id(ticket), answers.get("settled", ""))
        own["settled"] = outcome if is_dispute(ticket, names) else ""
    elif command in TO_UNIT and answers.get("lead") == OWN_UNIT:
        found = proposed_units(names, ticket)
        if not found:
            return QCoreApplication.translate("bulk", "没有单位的职责含其事项")
        own["lead"] = found[0].id
    return own


def way_of(command: Command, ticket: Ticket, names: Names) -> str:
    """In which way this ticket is acted on, where tickets differ: 结案、调解成功; the unit it goes to. "" = as all."""
    if isinstance(command, commands.Close):
        return closing_word(command.settled if is_dispute(ticket, names) else None, dispute=is_dispute(ticket, names))
    return names.unit(command.lead) if isinstance(command, commands.Dispatch | commands.Redirect) else ""


def _settled_id(ticket: Ticket) -> str:
    return f"settled {ticket.id}"


def _close_form(tickets: Sequence[Ticket], names: Names) -> FormSpec:
    translate = QCoreApplication.translate
    disputes = [ticket for ticket in tickets if is_dispute(ticket, names)]
    fields: list[FormField] = []
    hint = ""
    if len(disputes) > EACH_MOST:
        words = {"n": len(disputes), "most": EACH_MOST}
        fields = [settled_field("settled", filled(translate("bulk", "{n} 件矛盾纠纷的调解结果，一并填写"), words))]
        hint = filled(translate("bulk", "矛盾纠纷不超过 {most} 件时逐件填写；结果不一样的请分批办。"), words)
    elif disputes:
        pattern = translate("bulk", "{id} {matter}，调解结果")
        labels = [
            filled(pattern, {"id": one.id, "matter": names.matter(one.item, one.item_version)[1]}) for one in disputes
        ]
        fields = [settled_field(_settled_id(one), label) for one, label in zip(disputes, labels, strict=True)]
        rest = len(tickets) - len(disputes)
        words = {"n": len(disputes), "rest": rest}
        hint = filled(translate("bulk", "{n} 件矛盾纠纷各填调解结果，其余 {rest} 件不问。"), words)
    return FormSpec("close", (*fields, opinion_field()), " ".join(part for part in (hint, hint_of("close")) if part))


def _unit_form(spec: FormSpec, tickets: Sequence[Ticket], names: Names) -> FormSpec:
    """The unit field for all: no unit is left out because the first ticket has it, none is proposed because it fits the first."""
    translate = QCoreApplication.translate
    best = {found[0].id for ticket in tickets if (found := proposed_units(names, ticket))}
    differ = len(best) > 1
    first = [unit for unit in names.units if unit.id in best]
    options = unit_options(names, first=first)
    if differ:
        options = ((OWN_UNIT, translate("bulk", "各按职责，预览列出派给谁")), *options)
    label = next(field.label for field in spec.fields if field.id == "lead")
    lead = FormField("lead", label, "choice", options=options, value=options[0][0] if best else "", asked=True)
    fields = tuple(lead if field.id == "lead" else field for field in spec.fields)
    return FormSpec(spec.command, fields, "" if differ else spec.hint)
