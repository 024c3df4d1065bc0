"""One line in which a thing for the wall is named: a ticket by its number, a camera or an area by name or its first letters."""

from __future__ import annotations

from collections.abc import Container

from desktop.models.palette_search import Entry, find
from desktop.views.wall_director.titles import Titles
from domain.wall.targets import area_on_wall, camera_on_wall, ticket_on_wall
from domain.wall.values import Content


def content_for(text: str, tickets: Container[str], titles: Titles) -> Content | None:
    """None where nothing, or nothing certain, is meant. `tickets` holds the ids that this desk knows."""
    text = text.strip()
    if text in tickets:
        return ticket_on_wall(text)
    names = titles.names()
    entries = [Entry("camera", each.id, each.name, each.place, words=each.id) for each in titles.cameras()]
    entries += [Entry("place", str(area.code), area.name, "", words=str(area.code)) for area in names.areas]
    found = find(text, entries)
    if not found:
        return None
    best = found[0]
    return camera_on_wall(best.target) if best.kind == "camera" else area_on_wall(best.target)
