"""Which units answer for a ticket's item by their list of competences: proposed, never sent by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.words import filled
from domain.organisation import Unit
from domain.ticket import Ticket


def competent_units(names: Names, ticket: Ticket) -> list[Unit]:
    """Units whose competences name the ticket's item: of its own town first, the narrowest competence first."""
    town = ticket.area[:9]
    found = [unit for unit in names.units if unit.competent_for(ticket.item)]

    def rank(unit: Unit) -> tuple[int, int, str]:
        place = 0 if unit.town is not None and unit.town == town else 1 if unit.town is None else 2
        narrow = max(len(begin) for begin in unit.items if ticket.item.startswith(begin))
        return place, -narrow, unit.id

    return sorted(found, key=rank)


def competent_text(ticket: Ticket, names: Names) -> str:
    """Why a unit is proposed: 建议 X：职责清单含“Y”。 Empty where no competence names the item."""
    translate = QCoreApplication.translate
    found = competent_units(names, ticket)
    if not found:
        return ""
    words = {"unit": found[0].name, "item": names.matter(ticket.item, ticket.item_version)[1], "n": len(found)}
    pattern = (
        translate("queue", "建议 {unit}：职责含“{item}”。")
        if len(found) == 1
        else translate("queue", "建议 {unit}：职责含“{item}”的 {n} 个单位中最近的一个，排在最前。")
    )
    return filled(pattern, words)


def unit_named(names: Names, word: str) -> Sequence[Unit]:
    """Units whose name holds the word, exact name first, then the shortest."""
    found = [unit for unit in names.units if word in unit.name]
    return sorted(found, key=lambda unit: (unit.name != word, len(unit.name)))
