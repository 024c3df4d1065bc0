"""`python -m desktop`: starts the windows. Everything else is in desktop.app; here is only what makes reading modules cheap."""

import builtins
import gc
import os
import sys


def _start() -> int:
    """What is imported in here has to wait for the line before it."""
    gc.disable()  # desktop.app.garbage collects once the windows stand: half-read modules hold no garbage (a fifth of the reading)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nobody multiplies matrices: no threads and buffers for it

    import PySide6.QtCore  # noqa: F401

    # PySide looks through the source of every module that is read after it, for a syntax (`from __feature__`) that is not used here.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

    from desktop.app.main import main

    return main()


sys.exit(_start())
