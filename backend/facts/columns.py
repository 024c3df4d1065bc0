"""Growing numpy columns, interned words, and the index from ticket id to row. Knows no ticket."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_FIRST_CAPACITY = 1024
_MERGE_AT = 20_000


class Words:
    """Numbers for words, in the order they were met; 0 is always the empty word."""

    def __init__(self, words: Iterable[str] = ("",)) -> None:
        self.list = list(words)
        self._numbers = {word: number for number, word in enumerate(self.list)}

    def number(self, word: str) -> int:
        known = self._numbers.get(word)
        if known is None:
            known = self._numbers[word] = len(self.list)
            self.list.append(word)
        return known

    def find(self, word: str) -> int | None:
        return self._numbers.get(word)

    def __len__(self) -> int:
        return len(self.list)


class Columns:
    """Blocks of equal length whose last axis is the row: one block per type, so that a row is written in few strokes."""

    def __init__(self, widths: dict[str, tuple[int, type]]) -> None:
        self.widths = widths
        self.size = 0
        self._capacity = _FIRST_CAPACITY
        self.blocks: dict[str, Array] = {
            name: np.zeros((width, self._capacity), dtype) for name, (width, dtype) in widths.items()
        }

    def grow(self, size: int) -> None:
        if size > self._capacity:
            self._capacity = max(size, self._capacity * 3 // 2)
            for name, block in self.blocks.items():
                wider = np.zeros((block.shape[0], self._capacity), block.dtype)
                wider[:, : self.size] = block[:, : self.size]
                self.blocks[name] = wider
        self.size = max(self.size, size)

    def write(self, start: int, rows: Sequence[Sequence[int]]) -> None:
        """Rows from `start` on; each row holds the blocks' values one after the other."""
        values = np.array(rows, np.int64)
        self.grow(start + len(rows))
        at = 0
        for name, (width, _) in self.widths.items():
            self.blocks[name][:, start : start + len(rows)] = values[:, at : at + width].T
            at += width

    def of(self, name: str, index: int = 0) -> Array:
        """One column, as long as there are rows. A view: do not keep it over a write."""
        return self.blocks[name][index, : self.size]

    def trimmed(self) -> dict[str, Array]:
        return {name: block[:, : self.size] for name, block in self.blocks.items()}

    def restore(self, blocks: dict[str, Array]) -> None:
        self.blocks = {name: np.ascontiguousarray(blocks[name]) for name in self.widths}
        self.size = self._capacity = next(iter(self.blocks.values())).shape[1]

    @property
    def bytes(self) -> int:
        return sum(block.nbytes for block in self.blocks.values())


class RowIndex:
    """Ticket id → row. Ids lie in one array of bytes; found by sorted hashes, the newest by a dictionary until merged."""

    def __init__(self) -> None:
        self._ids: Array = np.zeros(_FIRST_CAPACITY, "S12")
        self.size = 0
        self._hashes: Array = np.zeros(0, np.int64)
        self._rows: Array = np.zeros(0, np.int32)
        self._new: dict[str, int] = {}

    def find(self, ticket_id: str) -> int | None:
        known = self._new.get(ticket_id)
        if known is not None or not len(self._hashes):
            return known
        wanted = hash(ticket_id)
        at = int(np.searchsorted(self._hashes, wanted))
        while at < len(self._hashes) and self._hashes[at] == wanted:
            row = int(self._rows[at])
            if self._ids[row].decode() == ticket_id:
                return row
            at += 1
        return None

    def add(self, ticket_id: str) -> int:
        """The row of a new id."""
        text = ticket_id.encode()
        row = self.size
        if len(text) > self._ids.itemsize:
            self._ids = self._ids.astype(f"S{len(text) + 4}")
        if row >= len(self._ids):
            wider = np.zeros(max(row + 1, len(self._ids) * 3 // 2), self._ids.dtype)
            wider[: self.size] = self._ids[: self.size]
            self._ids = wider
        self._ids[row] = text
        self._new[ticket_id] = row
        self.size = row + 1
        if len(self._new) >= _MERGE_AT + len(self._hashes) // 4:
            self._merge()
        return row

    def ids(self, rows: Array | None = None) -> list[str]:
        chosen = self._ids[: self.size] if rows is None else self._ids[: self.size][rows]
        return [text.decode() for text in chosen.tolist()]

    @property
    def texts(self) -> Array:
        """Ids as bytes, by row."""
        return self._ids[: self.size]

    def restore(self, texts: Array) -> None:
        self._ids, self.size, self._new = texts.copy(), len(texts), {}
        hashes = np.fromiter((hash(text.decode()) for text in texts.tolist()), np.int64, len(texts))
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._rows = hashes[order], order.astype(np.int32)

    @property
    def bytes(self) -> int:
        return self._ids.nbytes + self._hashes.nbytes + self._rows.nbytes

    def _merge(self) -> None:
        hashes = np.concatenate([self._hashes, np.fromiter(map(hash, self._new), np.int64, len(self._new))])
        rows = np.concatenate([self._rows, np.fromiter(self._new.values(), np.int32, len(self._new))])
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._rows, self._new = hashes[order], rows[order], {}
