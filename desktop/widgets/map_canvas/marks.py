"""Finding marks: under a pointer, for the keyboard in order, and for a screen reader in words. Reads what the overlay painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot

from PySide6.QtCore import QPointF

from desktop.widgets.map_canvas.markers import MOST, Spoken
from desktop.widgets.map_canvas.overlay import CLUSTER, SPOT, TICKET, Hit
from desktop.widgets.map_canvas.projection import Viewport
from desktop.widgets.map_canvas.scene import Scene

Describe = Callable[[str, str, int], str]
"""(kind, id, count) → what a screen reader says of a mark."""
_LAST = (9, 9)


def hit_under(hits: Sequence[Hit], place: QPointF, reach_px: float) -> Hit | None:
    """The topmost mark whose middle is within reach of a pixel."""
    return next((hit for hit in reversed(hits) if hypot(hit[3] - place.x(), hit[4] - place.y()) <= reach_px), None)


def in_order(hits: Sequence[Hit], scene: Scene, view: Viewport) -> list[Hit]:
    """Marks in sight: tickets by urgency, then state, then distance from the middle; the others after them."""
    inside = [hit for hit in hits if 0 <= hit[3] < view.width and 0 <= hit[4] < view.height]
    middle_x, middle_y = view.width / 2, view.height / 2
    return sorted(inside, key=lambda hit: (*_rank(hit, scene), hypot(hit[3] - middle_x, hit[4] - middle_y)))


def next_ticket(hits: Sequence[Hit], cursor: str, forward: bool) -> str:
    """The ticket or repeat spot after (or before) the one the keyboard stands on; empty past the last."""
    ids = [hit[1] for hit in hits if hit[0] in (TICKET, CLUSTER, SPOT)]
    place = ids.index(cursor) if cursor in ids else (-1 if forward else len(ids))
    place += 1 if forward else -1
    return ids[place] if 0 <= place < len(ids) else ""


def spoken(hits: Sequence[Hit], scene: Scene, describe: Describe) -> list[Spoken]:
    """The first marks in words."""
    return [
        Spoken(describe(kind, ident, int(scene.clusters.count[index]) if kind == CLUSTER else 1), x, y)
        for kind, ident, index, x, y in hits[:MOST]
    ]


def _rank(hit: Hit, scene: Scene) -> tuple[int, int]:
    index = scene.ticket_index(hit[1]) if hit[0] in (TICKET, CLUSTER) else None
    return _LAST if index is None else (int(scene.grouped.urgency[index]), int(scene.grouped.state[index]))
