"""What the wall copies that show cameras have in common: a grid with as much room as a screen gives. No input."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.grid import CameraGrid
from desktop.views.wall_view import WallView


class CameraWallBase(WallView):
    """The grid or, in its place, a message."""

    def __init__(self, theme: Theme, feed: CameraFeed, title: str, parent: QWidget | None = None) -> None:
        grid = CameraGrid(theme, feed)
        super().__init__(theme, title, grid, parent)
        self._feed, self._grid = feed, grid

    def _dress(self) -> None:
        super()._dress()
        # Pictures want room: the margin of this wall is the space around its texts, not the page's.
        theme, pad = self._theme, self._theme.space("l")
        self._column.setContentsMargins(pad, theme.space("s"), pad, pad)
        self._column.setSpacing(theme.space("s"))

    def _show_header(self, title: str, subtitle: str, *, invented: bool) -> None:
        """`invented`: a camera that is shown is no real one."""
        self._header.set_title(title, subtitle)
        self._show_facts(self._feed.bridge, self._feed.site, self._feed.reference, invented=invented)
