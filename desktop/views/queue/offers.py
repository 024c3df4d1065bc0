"""What this seat may do with a ticket now: the rules' own offers, and what the line to the server lets through at the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.queue.feed import TicketFeed
from domain.commands import Command
from domain.lifecycle import Context, Decision, Offer, Rejection, decide, offers
from domain.rules import Rules
from domain.ticket import Ticket
from protocol.reference import Reference, rules_of

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class OfferSource:
    """Builds the rules from the site's reference tables, once per reference."""

    def __init__(self, bridge: Bridge, feed: TicketFeed) -> None:
        self._bridge, self._feed = bridge, feed
        self._reference: Reference | None = None
        self._rules: Rules | None = None

    def offers(self, ticket: Ticket) -> tuple[Offer, ...]:
        """Every command this role could ever give, each allowed or with the code why not. Empty before login."""
        rules, actor = self._known_rules(), self._bridge.actor
        if rules is None or actor is None:
            return ()
        context = Context(actor=actor, now=self._feed.now(), rules=rules)
        return tuple(self._as_linked(offer) for offer in offers(ticket, context))

    def decide(self, command: Command, ticket: Ticket, other: Ticket | None = None) -> Decision | Rejection | None:
        """What the rules would say to this command now; None before login. The server has the last word. `other` is the
        ticket that the command names."""
        rules, actor = self._known_rules(), self._bridge.actor
        if rules is None or actor is None:
            return None
        return decide(command, ticket, Context(actor=actor, now=self._feed.now(), rules=rules, other=other))

    def _as_linked(self, offer: Offer) -> Offer:
        """An allowed command that the line refuses now says so."""
        why = self._bridge.commander.allowed_now(offer.command) if offer.ok else ""
        return Offer(command=offer.command, ok=False, code=why) if why else offer

    def _known_rules(self) -> Rules | None:
        reference = self._feed.reference
        if reference is not self._reference:
            self._reference = reference
            self._rules = None if reference is None else rules_of(reference)
        return self._rules
