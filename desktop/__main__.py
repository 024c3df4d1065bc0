"""`python -m desktop`: starts the windows. Everything else is in desktop.app."""

import sys

import desktop.services.app_state  # noqa: F401 # before Qt: once it is there, PySide looks into the source of every import
from desktop.app.main import main

sys.exit(main())
