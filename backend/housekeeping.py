"""What a backend looks after beside its work: the high-water file, files without an owner, ended tokens, the machine's clock.

Each method runs as a task for as long as the backend does. Raises FatalError where the disk no longer keeps what it is given.
"""

import asyncio
import errno
import logging
from collections.abc import Callable
from typing import Any

from backend.auth import Tokens
from backend.blobs import BlobDesk
from backend.clock import ServerClock
from backend.store.base import LogStore
from backend.store.errors import FatalError, RetryableError, StoreError

log = logging.getLogger(__name__)
MARK_EVERY_S = 1.0
REVOKED_EVERY_S = 2.0
"""How often it is asked whether a token was ended: who lost it gets nothing more within five seconds (I18)."""
DRIFT_S = 30.0
PRUNE_FILES_EVERY_S = 6 * 3600.0


class Housekeeping:
    """`fault` and `mended` tell the alarms about the clock, with the code `clock_drift`."""

    def __init__(
        self, store: LogStore, clock: ServerClock, fault: Callable[..., Any], mended: Callable[[str], Any]
    ) -> None:
        self._store = store
        self._clock = clock
        self._fault = fault
        self._mended = mended
        self._drift_told = False

    def compare_clock(self) -> None:
        """The order of the log is never time, so nothing is lost; but a person must hear that the clock was ahead, or is behind."""
        last, now = self._store.head.server_time, self._clock.now_server()
        if (behind_s := (last - now).total_seconds()) > DRIFT_S:
            log.warning(
                "本机时钟比日志的最后一条慢 %.0f 秒，请校时 (the machine's clock is %.0f s behind the log's last event: set it)",
                behind_s,
                behind_s,
            )

    async def keep_mark(self) -> None:
        """The high-water file follows the head, once a second when it moved."""
        while True:
            await asyncio.sleep(MARK_EVERY_S)
            try:
                await asyncio.to_thread(self._store.sync_mark)
            except OSError as problem:
                if problem.errno == errno.EIO:
                    raise FatalError(
                        f"磁盘未能落盘，停止服务 (the disk does not keep the high-water file): {problem}"
                    ) from problem
                log.error("the high-water file could not be written: %s", problem)
            self._watch_drift()

    async def prune_files(self, blobs: BlobDesk) -> None:
        """Files that nothing refers to do not stay for ever."""
        while True:
            try:
                count = await blobs.prune()
            except RetryableError as problem:
                log.warning("unused files could not be deleted: %s", problem)
            else:
                if count:
                    log.info("%d files that nothing refers to were deleted", count)
            await asyncio.sleep(PRUNE_FILES_EVERY_S)

    async def watch_tokens(self, tokens: Tokens, recheck: Callable[[], None]) -> None:
        """Tokens are ended by other processes, too: `backend token`, another node."""
        known = await asyncio.to_thread(tokens.revocations)
        while True:
            await asyncio.sleep(REVOKED_EVERY_S)
            try:
                now = await asyncio.to_thread(tokens.revocations)
            except StoreError as problem:
                log.warning("whether tokens were ended is not known: %s", problem)
                continue
            if now != known:
                known = now
                recheck()

    def _watch_drift(self) -> None:
        drift = self._clock.wall_drift_s()
        if abs(drift) > DRIFT_S and not self._drift_told:
            log.warning("the machine's clock was set by %.0f s; server time goes on as it was until a restart", drift)
            self._fault("clock_drift", seconds=round(drift))
        elif abs(drift) <= DRIFT_S and self._drift_told:
            self._mended("clock_drift")
        self._drift_told = abs(drift) > DRIFT_S
