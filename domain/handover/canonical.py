"""What is signed, as bytes: canonical JSON. The same handover gives the same bytes everywhere and for ever.

Both sides sign the same: the report, under one digest. What was said about it afterwards is the record; the receiver names its
digest beside the signature, so that a read-back that came in between is seen.

Keys sorted, no blanks, UTF-8, instants in UTC as msgspec writes them. Texts of people stand in it as digests, so that the hash
holds also after a text was masked or deleted (decision 4); who has the texts can check them against it.
"""

import json
from hashlib import sha256
from typing import Any

import msgspec

from domain.handover.values import Handover, Item

FORMAT = 1
_REPORT_FIELDS = ("id", "rule", "severity", "tickets", "count", "ref", "unit", "due_at", "figures", "texts", "removed")


def report_bytes(handover: Handover) -> bytes:
    """What both sign: the report, without what is said about it."""
    return _bytes(_report(handover))


def record_bytes(handover: Handover) -> bytes:
    """The whole as the receiver closes it: the report, every read-back and question, the checks, and the giver's signature."""
    content = _report(handover)
    content["talk"] = {
        item.id: {"read_back": _plain(item.read_back), "question": _plain(item.question)}
        for item in handover.items.values()
        if item.read_back is not None or item.question is not None
    }
    content["checks"] = _plain(handover.checks)
    content["signed_out"] = _plain(handover.signed_out)
    return _bytes(content)


def report_hash(handover: Handover) -> str:
    return sha256(report_bytes(handover)).hexdigest()


def record_hash(handover: Handover) -> str:
    return sha256(record_bytes(handover)).hexdigest()


def same_report(one: Item, other: Item) -> bool:
    """Whether two items say the same to who signs."""
    return _item(one) == _item(other)


def _report(handover: Handover) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": handover.id,
        "shift": _plain(handover.shift),
        "as_of": _plain(handover.as_of),
        "seq": handover.seq,
        "report": handover.report,
        "figures": _plain(handover.figures),
        "items": [_item(item) for item in handover.items.values()],
        "data": handover.data.sha256 if handover.data is not None else None,
    }


def _item(item: Item) -> dict[str, Any]:
    content = {name: _plain(getattr(item, name)) for name in _REPORT_FIELDS}
    # Left out where it was not kept: the bytes of what was signed before stay the same.
    return content if item.drafted is None else {**content, "drafted": _plain(item.drafted)}


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _bytes(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()
