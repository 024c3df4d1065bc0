"""Photos in the story of a ticket: each was brought, some were taken away, by whom and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.site_time import SiteTime
from desktop.views.ticket.photo_pane import moment_word
from desktop.views.ticket.story import StoryLine
from desktop.views.words import filled, who
from domain.evidence import Evidence, EvidenceEvent, PhotoWithdrawn
from protocol.messages import Event

_event = msgspec.json.Decoder(EvidenceEvent)


def photo_lines(
    photos: Iterable[Evidence], records: Mapping[str, Sequence[Event]], names: Names, now: datetime, site: SiteTime
) -> list[StoryLine]:
    """Oldest first. Of a photo whose record has not come: what the photo itself tells, which is not why it was taken away."""
    lines: list[StoryLine] = []
    for photo in photos:
        record = records.get(photo.id, ())
        found = [line for entry in record if (line := _line(entry, photo, names, now, site)) is not None]
        lines += found or _told(photo, names, now, site)
    return sorted(lines, key=lambda line: line.at)


def _line(entry: Event, photo: Evidence, names: Names, now: datetime, site: SiteTime) -> StoryLine | None:
    try:
        event = _event.decode(entry.body)
    except msgspec.ValidationError:
        return None
    unit = names.unit(entry.actor.unit) if entry.actor and entry.actor.unit else ""
    sentence = _sentence(isinstance(event, PhotoWithdrawn), photo, entry.private.get("text", ""))
    return StoryLine(entry.at, site.stamp(entry.at, now), f"{who(entry.actor, unit)} {sentence}")


def _told(photo: Evidence, names: Names, now: datetime, site: SiteTime) -> list[StoryLine]:
    translate = QCoreApplication.translate
    by = names.unit(photo.unit) if photo.unit else filled(translate("evidence", "{seat} 席"), {"seat": photo.seat})
    brought = StoryLine(photo.added_at, site.stamp(photo.added_at, now), f"{by} {_sentence(False, photo, '')}")
    if not photo.withdrawn:
        return [brought]
    note = translate("evidence", "原因须联机取得")
    gone = StoryLine(photo.changed_at, site.stamp(photo.changed_at, now), _sentence(True, photo, ""), note)
    return [brought, gone]


def _sentence(gone: bool, photo: Evidence, text: str) -> str:
    translate = QCoreApplication.translate
    pattern = translate("evidence", "撤下{moment}照片") if gone else translate("evidence", "补{moment}照片")
    sentence = filled(pattern, {"moment": moment_word(photo.moment)})
    return (
        filled(translate("evidence", "{sentence}：“{text}”"), {"sentence": sentence, "text": text})
        if text
        else sentence
    )
