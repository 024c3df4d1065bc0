"""The life of a ticket: who may do what when, and what becomes true (domain.md §3, §5 on tickets, §6 call-back and appeal).

- `codes`        every reason for a refusal, in one table
- `matrix`       role x command x state, in one table; default deny
- `core`         Context, Decision, Rejection, Offer and the shared guards
- `intake` `dispatching` `handling` `joint` `behalf` `closing` `beside` `evaluation`   the commands, one small function each
- `deciding`     `decide` and `offers`

Not here: what an event does to a ticket (domain.projection), the version check and the store (backend).
"""

from domain.lifecycle.codes import Code
from domain.lifecycle.core import Context, Decision, Offer, Rejection
from domain.lifecycle.deciding import decide, offers
from domain.lifecycle.matrix import MATRIX, ROWS, allowed

__all__ = ["MATRIX", "ROWS", "Code", "Context", "Decision", "Offer", "Rejection", "allowed", "decide", "offers"]
