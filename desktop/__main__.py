"""`python -m desktop`: starts the windows. Everything else is in desktop.app."""

# isort: skip_file
import builtins
import gc
import os
import sys

gc.disable()  # desktop.app.garbage collects, once the windows stand; looking through half-read modules finds nothing
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import desktop.services.app_state  # noqa: F401 # before Qt: once it is there, PySide looks into the source of every import
import PySide6.QtWidgets  # noqa: F401

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

from desktop.app.main import main

sys.exit(main())
