"""Who did it, as a mark: tells two people apart inside one document without naming an account (screens.md §1.7).

A mark of one document means nothing in another, so nobody is followed through the log by it.
"""

from hashlib import sha256

from domain.actor import Actor

MARK_LENGTH = 16


def mark_of(actor: Actor, doc_id: str) -> str:
    """16 hex digits; equal for the same account on the same document."""
    return sha256(f"{doc_id}\n{actor.user}".encode()).hexdigest()[:MARK_LENGTH]
