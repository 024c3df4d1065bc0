"""The tile source that a map package names: a file beside it, or an intranet address with its list of allowed hosts."""

from __future__ import annotations

from pathlib import Path

from desktop.services.maps.package import TilesAbout
from desktop.services.tiles.source import MbTiles, TileError, TileSource, XyzTiles, wmts_template
from domain.geo.tiling import Tiling

TIANDITU_DEGREES = "c"


def open_tiles(about: TilesAbout, folder: Path) -> TileSource:
    """Raises TileError: bad_address where it names neither file nor address, else as MbTiles and XyzTiles do."""
    if about.file:
        # Only the name: a package never reaches out of its own folder.
        return MbTiles(folder / Path(about.file).name, about.datum)
    if not about.address:
        raise TileError("bad_address", "neither file nor address")
    address, tiling = about.address, about.tiling
    if about.wmts_layer:
        address = wmts_template(
            address, about.wmts_layer, about.matrix_set, about.style, about.key, about.matrix, about.form
        )
        if about.matrix_set == TIANDITU_DEGREES:
            tiling = Tiling.DEGREES
    return XyzTiles(
        address, about.hosts, zooms=about.zooms, datum=about.datum, tiling=tiling, level_shift=about.level_shift
    )
