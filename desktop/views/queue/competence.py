"""Which unit is proposed for a ticket, and why: what the ticket itself says, then the lists of competences. Never sent by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.words import filled
from domain.organisation import Unit
from domain.ticket import Ticket
from domain.vocabulary import State


def competent_units(names: Names, ticket: Ticket) -> list[Unit]:
    """Units whose competences name the ticket's item: of its own town first, the narrowest competence first."""
    town = ticket.area[:9]
    found = [unit for unit in names.units if unit.competent_for(ticket.item)]

    def rank(unit: Unit) -> tuple[int, int, str]:
        place = 0 if unit.town is not None and unit.town == town else 1 if unit.town is None else 2
        narrow = max(len(begin) for begin in unit.items if ticket.item.startswith(begin))
        return place, -narrow, unit.id

    return sorted(found, key=rank)


def proposed_units(names: Names, ticket: Ticket) -> list[Unit]:
    """Units to be named first, the best one leading: the one written on a ticket that was never sent out, then the competent ones.

    Who has the ticket, or gave it back, is not proposed again: a second return costs the ticket a day and makes it a problem ticket.
    """
    found = competent_units(names, ticket)
    if ticket.dispatched_at is None:
        written = [unit for unit in names.units if unit.id == ticket.unit]
        return list(dict.fromkeys((*written, *found)))
    return [unit for unit in found if unit.id != ticket.unit]


def proposal_text(ticket: Ticket, names: Names) -> str:
    """Why the first unit is proposed: 建议 X：职责含“Y”。 Empty where neither the ticket nor a competence names one."""
    translate = QCoreApplication.translate
    said = []
    if ticket.dispatched_at is not None and ticket.state is State.FILED and ticket.unit:
        said.append(filled(translate("queue", "{unit} 已回退，不再建议。"), {"unit": names.unit(ticket.unit)}))
    found = proposed_units(names, ticket)
    if not found:
        return " ".join(said)
    competent = [unit for unit in found if unit.competent_for(ticket.item)]
    words = {"unit": found[0].name, "item": names.matter(ticket.item, ticket.item_version)[1], "n": len(competent)}
    if found[0] not in competent[:1]:
        said.append(filled(translate("queue", "单上写明 {unit}。"), words))
        if competent:
            other = {**words, "unit": competent[0].name}
            said.append(filled(translate("queue", "职责含“{item}”的是 {unit}，排在其后。"), other))
    elif len(competent) == 1:
        said.append(filled(translate("queue", "建议 {unit}：职责含“{item}”。"), words))
    else:
        pattern = translate("queue", "建议 {unit}：职责含“{item}”的 {n} 个单位中最近的一个，排在最前。")
        said.append(filled(pattern, words))
    return " ".join(said)


def unit_named(names: Names, word: str) -> Sequence[Unit]:
    """Units whose name holds the word, exact name first, then the shortest."""
    found = [unit for unit in names.units if word in unit.name]
    return sorted(found, key=lambda unit: (unit.name != word, len(unit.name)))
