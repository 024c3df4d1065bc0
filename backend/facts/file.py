"""The stored table of facts: a cache beside the log, made again from the log whenever it does not fit. Blocks."""

import json
import logging
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from backend.facts.columns import Array
from backend.facts.table import FactTable

_log = logging.getLogger(__name__)
NAME = "facts.npz"
FORMAT = 3
"""Raised whenever a column comes or goes: a file of another format is made anew."""


class Stored(Struct, frozen=True):
    """A table as of event `seq` (with its hash) of the log `epoch`."""

    epoch: str
    seq: int
    hash: str
    plain: dict[str, Any]
    arrays: dict[str, Array]


def save(path: Path, table: FactTable, epoch: str, seq: int, hash_hex: str) -> None:
    """Whole or not at all. Raises OSError."""
    plain, arrays = table.dump()
    blocks: dict[str, Any] = dict(arrays)
    head = {"format": FORMAT, "epoch": epoch, "seq": seq, "hash": hash_hex, "plain": plain}
    text = np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), np.uint8)
    whole = path.with_name(path.name + ".new")
    with whole.open("wb") as file:
        np.savez(file, head=text, **blocks)
        file.flush()
        os.fsync(file.fileno())
    whole.replace(path)


def load(path: Path) -> Stored | None:
    """None where there is no file, or none that can be read: that is said in the log, and the facts are made anew."""
    try:
        # numpy leaves a file open that it cannot read; ours closes.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as archive:
            head = json.loads(archive["head"].tobytes())
            if head["format"] != FORMAT:
                return None
            arrays = {name: archive[name] for name in archive.files if name != "head"}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as problem:
        _log.warning("%s cannot be read and is made anew: %s", path, problem)
        return None
    return Stored(head["epoch"], head["seq"], head["hash"], head["plain"], arrays)
