"""How a position in the log is written down: the short hash of an event and the hash of a scope. Pure functions.

Server and snapshot file must agree on both, so nobody else computes them.
"""

import hashlib

import msgspec

from domain.actor import Scope


def short_hash(event_hash: bytes) -> str:
    """First 8 bytes of an event's hash in hex: the `h` of a cursor."""
    return event_hash[:8].hex()


def scope_hash(scope: Scope) -> str:
    """16 hex digits that change exactly when what the session may see changes, in whatever order areas and units stand."""
    canonical = msgspec.json.encode([sorted(scope.areas), sorted(scope.units), scope.masked])
    return hashlib.sha256(canonical).hexdigest()[:16]
