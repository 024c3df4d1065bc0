"""What an operator may set for a backend process. Values only; who reads arguments is `cli`, who checks them `selfcheck`."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from protocol.reference import Demo

DEFAULT_PORT = 8700
DEFAULT_HOST = "127.0.0.1"


class BackendConfig(Struct, frozen=True, kw_only=True):
    data: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    """0 = any free port; the one taken is in Backend.port."""
    database: str = ""
    """URL of the log; empty = log.sqlite in `data`."""
    clock_base: datetime | None = None
    """Business time at start; None = server time."""
    clock_rate: float = 1.0
    keep_days: int = 400
    """What ended and rested longer ago (business days) is not sent to workstations; the log keeps all of it."""
    accept_loss: bool = False
    escalate: bool = False
    """Two-level response by itself: escalate a ticket whose stage limit is passed."""
    handovers: bool = False
    """Begin the handover of each shift by itself, half an hour before it ends."""
    demo: Demo | None = None
