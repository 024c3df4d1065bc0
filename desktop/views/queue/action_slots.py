"""Which commands the queue offers on keys and buttons. Whether one is allowed now says domain.lifecycle, what it asks for action_forms."""

SLOTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("O", ("request_verification", "record_verification", "reopen")),
    ("I", ("file",)),
    ("D", ("dispatch",)),
    ("S", ("sign",)),
    ("R", ("report_result",)),
    ("H", ("request_check", "record_check")),
    ("C", ("close",)),
    ("B", ("return",)),
    ("X", ("add_co_units",)),
    ("U", ("remind",)),
    ("Y", ("request_delay",)),
    ("G", ("request_suspend",)),
    ("A", ("approve_delay", "approve_suspend")),
    ("E", ("redirect",)),
    ("P", ("check_in",)),
    ("Q", ("refuse",)),
    ("Z", ("act_for",)),
    ("V", ("record_call_back", "review_appeal", "appeal")),
    ("M", ("merge",)),
    ("T", ("comment",)),
)
"""Key and its commands in the order of the buttons, along a ticket's way. Of two commands on one key the allowed one shows."""

BUTTONS_SHOWN = 12
ONLY_WHEN_OPEN = frozenset({"A", "P", "V"})
"""Answers to what another has asked: while nobody has asked there is nothing to explain."""
MORE, MORE_KEY = "more", "."
"""The button of all other commands of the role, those open to choose from and the others with their reasons."""
DANGER = frozenset({"refuse", "void", "force_close"})
