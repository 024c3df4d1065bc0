"""Bytes ↔ commands, events and states of documents: every kind bound to its decoders, by name. Pure; opens nothing.

Events travel as JSON, as a ticket's do; states rest as msgpack in tables and go into a frame as JSON.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from domain.documents import TICKET, DocCommand, DocEvent, DocKind, DocumentState

NAME = re.compile(r"[a-z][a-z_]{0,31}")
_json = msgspec.json.Encoder()


class BoundKind:
    """A kind with its decoders. All of them raise msgspec.DecodeError for bytes that do not fit.

    A decoder is made when the first bytes of its sort come: a desk that starts has few documents, and reads no commands.
    """

    def __init__(self, kind: DocKind) -> None:
        self.kind = kind
        self.name = kind.name

    @cached_property
    def _command(self) -> "msgspec.json.Decoder[DocCommand]":
        return msgspec.json.Decoder(self.kind.commands)

    @cached_property
    def _event(self) -> "msgspec.json.Decoder[DocEvent]":
        return msgspec.json.Decoder(self.kind.events)

    @cached_property
    def _state(self) -> "msgspec.msgpack.Decoder[DocumentState]":
        return msgspec.msgpack.Decoder(self.kind.state)

    @cached_property
    def _state_json(self) -> "msgspec.json.Decoder[DocumentState]":
        return msgspec.json.Decoder(self.kind.state)

    def command(self, body: bytes | msgspec.Raw) -> DocCommand:
        return self._command.decode(body)

    def event(self, body: bytes | msgspec.Raw) -> DocEvent:
        return self._event.decode(body)

    def state(self, body: bytes) -> DocumentState:
        """From a row of the table `document`."""
        return self._state.decode(body)

    def state_of_frame(self, body: bytes | msgspec.Raw) -> DocumentState:
        """From an `enter` event, or an answer."""
        return self._state_json.decode(body)


class KindBook:
    """The kinds of a process by name. Raises ValueError for two of one name, or a name that cannot be."""

    def __init__(self, kinds: Iterable[DocKind] = ()) -> None:
        self._kinds: dict[str, BoundKind] = {}
        for kind in kinds:
            if kind.name in self._kinds or kind.name == TICKET or NAME.fullmatch(kind.name) is None:
                raise ValueError(f"kind of document {kind.name!r}: the name is taken or bad")
            self._kinds[kind.name] = BoundKind(kind)

    def get(self, name: str) -> BoundKind | None:
        return self._kinds.get(name)

    def __getitem__(self, name: str) -> BoundKind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[BoundKind]:
        return iter(self._kinds.values())


def encode_json(value: DocCommand | DocEvent | DocumentState) -> bytes:
    return _json.encode(value)
