"""One line that counts up on a console; where a line cannot be rewritten, a new one now and then."""

import sys
import time
from typing import TextIO

REWRITE_EVERY_S = 0.2
LINE_EVERY_S = 10.0


class Progress:
    """`text` is what is being done; call it with (done, total), total None when nobody knows. `end` closes the line."""

    def __init__(self, text: str, stream: TextIO | None = None) -> None:
        self._text = text
        self._stream = stream or sys.stderr
        self._rewrite = self._stream.isatty()
        self._told_at = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        now = time.monotonic()
        if self._told_at and now - self._told_at < (REWRITE_EVERY_S if self._rewrite else LINE_EVERY_S):
            return
        self._told_at = now
        share = f"{done:,}" if total is None else f"{min(99, 100 * done // max(total, 1)):3d} %"
        line = f"{self._text} … {share}"
        print(f"\r{line}" if self._rewrite else line, end="" if self._rewrite else "\n", file=self._stream, flush=True)

    def end(self) -> None:
        if self._told_at and self._rewrite:
            print(file=self._stream, flush=True)
