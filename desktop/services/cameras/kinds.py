"""The kinds of source: those of the product, and those a site adds by entry points without touching it."""

import logging
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points

from desktop.services.cameras.source import SourceMaker
from domain.cameras import KINDS_GROUP

log = logging.getLogger(__name__)


def source_kinds(built_in: Mapping[str, SourceMaker]) -> dict[str, SourceMaker]:
    """Built-in kinds and the site's own. One that cannot be loaded costs only itself, and the log says why."""
    kinds = dict(built_in)
    for point in entry_points(group=KINDS_GROUP):
        if point.name in built_in:
            log.error("camera kind %r of %s is the product's own name: not taken", point.name, _origin(point))
            continue
        try:
            maker = point.load()
        except (ImportError, AttributeError, SyntaxError) as error:
            log.error("camera kind %r of %s cannot be loaded: %s", point.name, _origin(point), error)
            continue
        if not callable(maker):
            log.error("camera kind %r of %s is no class", point.name, _origin(point))
            continue
        kinds[point.name] = maker
    return kinds


def _origin(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown package"
