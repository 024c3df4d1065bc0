"""Signing, and the files made at signing: PDF, .docx and the canonical JSON of report and record are kept and never made anew."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from desktop.services.papers.word_template import TemplateError
from desktop.services.values import Refusal
from desktop.theme.theme import Theme
from desktop.views.handover.desk import HandoverDesk
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.paper import compose
from desktop.views.handover.words import refusal_text
from desktop.views.reports.files import template_folders, word_of
from desktop.views.reports.pdf import to_pdf
from domain.documents import BlobRef, DocCommand
from domain.handover import commands
from domain.handover.canonical import record_bytes, record_hash, report_bytes, report_hash
from domain.handover.values import Handover
from domain.handover.words import HandoverState

if TYPE_CHECKING:
    from desktop.bridge import Bridge


AGAIN_S = 30.0
"""After files could not be kept."""
LOST_AFTER = timedelta(minutes=5)
"""Business time. A desk that has not kept the papers by then will not any more."""


class Signing(QObject):
    """Which side this person is on, what signing would be, and the papers after both have signed."""

    def __init__(self, bridge: Bridge, feed: HandoverFeed, desk: HandoverDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._desk = bridge, feed, desk
        self._waiting: list[bytes] = []
        self._refs: list[BlobRef] = []
        self._for = ""
        self._signed_here = ""
        self._again_at = 0.0

    def gives(self, handover: Handover) -> bool:
        """Whether this person gives the shift: wrote the report, or has signed it out."""
        return self._feed.mark(handover) in handover.givers

    def takes(self, handover: Handover) -> bool:
        """Whether this person has begun to take it: read something back, or asked."""
        mark = self._feed.mark(handover)
        said = [item.read_back.by.mark for item in handover.items.values() if item.read_back is not None]
        asked = [item.question.by.mark for item in handover.items.values() if item.question is not None]
        return mark in (*said, *asked)

    def command(self, handover: Handover) -> DocCommand:
        """What Ctrl Enter would give."""
        if handover.signed_out is None and not self.takes(handover):
            return commands.SignOut(sha256=report_hash(handover))
        return commands.SignIn(sha256=report_hash(handover), record=record_hash(handover))

    def sign(self, handover: Handover) -> None:
        command = self.command(handover)
        if not self._desk.give(command, handover) and isinstance(command, commands.SignIn):
            self._signed_here = handover.id

    def keep_papers(self, handover: Handover) -> None:
        """Once, by the desk at which the receiver signed, as soon as the words have come; by any other where that one is lost."""
        signature = handover.signed_in
        if handover.state is not HandoverState.SIGNED or signature is None or handover.papers:
            return
        lost = self._feed.now() - signature.by.at > LOST_AFTER
        due = self._signed_here == handover.id or (lost and self._desk.may_act and self._bridge.online)
        due = due and time.monotonic() >= self._again_at
        if not due or self._for == handover.id or self._feed.texts.version < handover.version:
            return
        self._for, self._refs = handover.id, []
        reference = self._feed.reference
        paper = compose(handover, self._feed.speech(), reference.site if reference else "")
        light = Theme.load("light")
        self._waiting = [to_pdf(paper, light), report_bytes(handover), record_bytes(handover)]
        try:
            self._waiting.append(word_of(paper, template_folders(), light))
        except TemplateError as problem:
            self._desk.say(str(problem), good=False)
        self._next()

    def _next(self) -> None:
        if self._waiting:
            self._bridge.put_blob_then(self._waiting.pop(0), self._on_stored)
            return
        handover = self._feed.get(self._for)
        if handover is not None and not self._desk.give(commands.Attach(papers=tuple(self._refs)), handover):
            self._desk.say(QCoreApplication.translate("handover", "签名文件已存"), good=True)

    def _on_stored(self, answer: BlobRef | Refusal) -> None:
        if isinstance(answer, Refusal):
            # A full disk is still full a second later; what is to be kept waits in the log.
            self._for, self._again_at = "", time.monotonic() + AGAIN_S
            self._desk.say(refusal_text(answer.code, answer.detail), good=False)
            return
        self._refs.append(answer)
        self._next()
