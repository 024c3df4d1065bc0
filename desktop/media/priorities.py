"""Decoding gives way to the windows: the threads of the player run at a lower priority than the thread that paints and types.

Sixteen streams have some sixty threads. On a busy machine each gets its equal share, and the window's one thread as little as
any other: keys and the queue would wait for pictures. Linux knows priorities of single threads; elsewhere nothing is done.
"""

import os
import sys
import threading
from pathlib import Path

NICE = 5
"""A third of the share of a thread at full priority: pictures still move on a machine that others keep busy."""
PLAYER_THREADS = ("QFFmpeg", "camera pictures", "av:")
_TASKS = Path("/proc/self/task")


def yield_to_windows() -> int:
    """Lowers every thread of the player that still runs at full priority. Gives how many; 0 where the system has no such thing."""
    if sys.platform != "linux":
        return 0
    ours = {thread.native_id for thread in threading.enumerate()} | {os.getpid()}
    lowered = 0
    for task in _TASKS.iterdir():
        number = int(task.name)
        if number in ours:
            continue
        try:
            if _is_players(task) and os.getpriority(os.PRIO_PROCESS, number) < NICE:
                os.setpriority(os.PRIO_PROCESS, number, NICE)
                lowered += 1
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return lowered


def _is_players(task: Path) -> bool:
    """By name. Threads of the codec carry the program's own name: those that are no threads of Python are the codec's."""
    name = (task / "comm").read_text().strip()
    return name.startswith(PLAYER_THREADS) or name == (_TASKS / str(os.getpid()) / "comm").read_text().strip()
