"""`python -m desktop`: starts the windows. Everything else is in desktop.app."""

import sys

from desktop.app.main import main

sys.exit(main())
