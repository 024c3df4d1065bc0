"""The private words of a handover, out of the answer to "document_record". The state holds their digests only."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from domain.handover import events
from domain.handover.values import TEXT_FIELDS
from protocol.messages import Event

_decoder: msgspec.json.Decoder[events.Event] = msgspec.json.Decoder(events.Event)


@dataclass(slots=True)
class Texts:
    """By item id, then field: summary · action · condition · response · removed · read_back · question · answer."""

    items: dict[str, dict[str, str]] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)
    version: int = 0
    """As far as they have come."""

    def of(self, item: str, name: str) -> str:
        return self.items.get(item, {}).get(name, "")


def read_texts(body: bytes, handover_id: str) -> Texts | None:
    """None for an answer about another handover. An event of a newer server, not known here, is left out."""
    texts = Texts()
    for entry in msgspec.json.decode(body, type=list[Event]):
        if entry.id != handover_id:
            return None
        texts.version = entry.v
        try:
            event = _decoder.decode(entry.body)
        except msgspec.ValidationError:
            continue
        _take(texts, event, entry.private)
    return texts


def _take(texts: Texts, event: events.Event, private: dict[str, str]) -> None:
    match event:
        case events.Edited(item=item) | events.Added(item=item):
            own = texts.items.setdefault(item.id, {})
            own.update({name: text for name, text in private.items() if name in TEXT_FIELDS})
            for name in TEXT_FIELDS:
                if name not in item.texts:
                    own.pop(name, None)
        case events.ItemChanged(item=item) | events.ItemTalked(item=item):
            texts.items.setdefault(item.id, {}).update(private)
        case events.Checked(name=name):
            texts.checks[name] = private.get("text", "")
        case _:
            pass
