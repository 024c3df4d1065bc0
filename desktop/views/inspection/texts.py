"""The private texts of an inspection, out of the answer to "document_record": purpose, findings, addressees, summary, and who did what.

The state carries none of them; they are asked for when an inspection is opened and after each of its changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from domain.inspection import events
from domain.inspection.values import cell_key
from protocol.messages import Event

_decoder = msgspec.json.Decoder(events.Event)


@dataclass(frozen=True, slots=True)
class FindingText:
    text: str = ""
    demand: str = ""


@dataclass(slots=True)
class Texts:
    """Whatever was not given is empty. `record` is oldest first."""

    purpose: str = ""
    meeting_point: str = ""
    findings: dict[str, FindingText] = field(default_factory=dict)
    addressees: dict[str, str] = field(default_factory=dict)
    demands: dict[str, str] = field(default_factory=dict)
    """Both by number of the notice."""
    receivers: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    record: list[tuple[Event, events.Event]] = field(default_factory=list)

    def finding(self, item: str, letter: str) -> FindingText:
        return self.findings.get(cell_key(item, letter), FindingText())


def read_texts(body: bytes, inspection_id: str) -> Texts | None:
    """None for an answer about another inspection. An event of a newer server, not known here, is left out."""
    texts = Texts()
    for entry in msgspec.json.decode(body, type=list[Event]):
        if entry.id != inspection_id:
            return None
        try:
            event = _decoder.decode(entry.body)
        except msgspec.ValidationError:
            continue
        texts.record.append((entry, event))
        _take(texts, event, entry.private)
    return texts


def _take(texts: Texts, event: events.Event, private: dict[str, str]) -> None:
    match event:
        case events.PlanMade():
            texts.purpose, texts.meeting_point = private.get("purpose", ""), private.get("meeting_point", "")
        case events.Found(item=item, premises=letter):
            found = FindingText(private.get("text", ""), private.get("demand", ""))
            texts.findings[cell_key(item, letter)] = found
        case events.NoticeIssued(notice=notice):
            texts.addressees[notice.no] = private.get("addressee", "")
            texts.demands[notice.no] = private.get("text", "")
        case events.NoticeServed(no=no):
            texts.receivers[no] = private.get("receiver", "")
        case events.Closed():
            texts.summary = private.get("text", "")
        case _:
            pass
