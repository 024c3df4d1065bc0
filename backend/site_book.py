"""With which tables a backend was installed, kept beside its log: what names codes where no backend runs (`liandong report`).

Published revisions are in the log itself and are laid over these.
"""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from backend.reference import Site
from backend.store.errors import RefusedError
from protocol.reference import Reference

NAME = "site.json"


def installed(site: Site) -> Reference:
    """Every version of every item; whether data are a demonstration's is the record of clocks' to say."""
    return replace(site.reference, items=site.catalogue.everything(), hours=site.calendar.hours, demo=None)


def load(folder: Path) -> Reference | None:
    """None where no backend has kept it yet. Raises RefusedError for a file nobody can read."""
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Reference)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as problem:
        raise RefusedError(
            f"{path}: 站点表读不了，移走它再启动一次服务 / the tables of the site cannot be read, move the file away "
            f"and start the backend once: {problem}"
        ) from problem


def keep(folder: Path, site: Site) -> None:
    """The file appears whole or not at all. Raises RefusedError."""
    path, data = folder / NAME, msgspec.json.encode(installed(site))
    whole = path.with_name(path.name + ".new")
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        whole.write_bytes(data)
        whole.replace(path)
    except OSError as problem:
        raise RefusedError(f"{path}: 写不了 / cannot be written: {problem.strerror}") from problem
