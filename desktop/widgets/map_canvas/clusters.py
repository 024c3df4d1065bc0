"""Tickets that lie close together become one mark with its worst state and their number. Cells are fixed to the ground, so a
pan never regroups, and new data moves only the cell it falls into. One sort over all tickets; no Python loop over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop.widgets.map_canvas.projection import Floats
from desktop.widgets.map_canvas.values import Codes

Indexes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """`x`, `y`: mean place in units; `count`; `worst`: index of the ticket that leads (worst state, then urgency);
    `start`, `order`: members of cluster k are order[start[k]:start[k + 1]]."""

    x: Floats
    y: Floats
    count: Indexes
    worst: Indexes
    start: Indexes
    order: Indexes

    def members(self, cluster: int) -> Indexes:
        return self.order[self.start[cluster] : self.start[cluster + 1]]


def clustered(x: Floats, y: Floats, state: Codes, urgency: Codes, cell_units: float) -> Clusters:
    """All tickets grouped by cells of that many units."""
    if len(x) == 0:
        none = np.empty(0, np.int64)
        return Clusters(np.empty(0), np.empty(0), none, none, np.zeros(1, np.int64), none)
    cell = np.floor(x / cell_units).astype(np.int64) << 32 | np.floor(y / cell_units).astype(np.int64)
    order = np.lexsort((urgency, state, cell))
    sorted_cell = cell[order]
    begins = np.flatnonzero(np.concatenate(([True], sorted_cell[1:] != sorted_cell[:-1])))
    start = np.append(begins, len(order))
    count = np.diff(start)
    mean_x = np.add.reduceat(x[order], begins) / count
    mean_y = np.add.reduceat(y[order], begins) / count
    return Clusters(mean_x, mean_y, count, order[begins], start, order)
