"""Keeps the right pane true: the selected cell, its words, its photos, the paper, the past. Asks for private texts and photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QImage

from desktop.services.values import Answer
from desktop.views.alive import while_alive
from desktop.views.inspection import side_values
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.photos import PhotoLoader
from desktop.views.inspection.record_words import event_text
from desktop.views.inspection.side_pane import SidePane
from desktop.views.inspection.side_parts import Photo
from desktop.views.inspection.texts import Texts, read_texts
from desktop.views.inspection.words import refusal_text, result_word
from desktop.views.trouble import Trouble
from desktop.views.words import filled, who
from desktop.widgets.record_list import Record
from domain.documents import DocumentState
from domain.inspection.kind import NAME
from domain.inspection.values import Cell, Inspection

if TYPE_CHECKING:
    from desktop.bridge import Bridge

ASK_AFTER_MS = 150
PAST_ASKED = 400


class SideControl(QObject):
    def __init__(self, bridge: Bridge, feed: InspectionFeed, pane: SidePane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._pane = bridge, feed, pane
        self._id, self._cell = "", None  # type: tuple[str, Cell | None]
        self._texts = Texts()
        self._trouble = Trouble()
        self._asked_past = False
        self._loader = PhotoLoader(bridge, self)
        self._loader.loaded.connect(self._on_photo_loaded)
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.setInterval(ASK_AFTER_MS)
        self._ask_timer.timeout.connect(self._ask_texts)

    @property
    def texts(self) -> Texts:
        """Private words of the shown inspection, as far as they have come."""
        return self._texts

    @property
    def cell(self) -> Cell | None:
        return self._cell

    def show(self, inspection_id: str) -> None:
        """Another inspection, or the same again."""
        if inspection_id != self._id:
            self._id, self._texts = inspection_id, Texts()
            self._trouble.clear()
            self._pane.set_records(())
            self._ask_texts()
            self._ask_past()
        self.refresh()

    def show_cell(self, cell: Cell) -> None:
        self._cell = cell
        self.refresh()

    def news(self) -> None:
        """The shown inspection has changed: its words soon have, too."""
        self._ask_timer.start()
        self.refresh()

    def line_back(self) -> None:
        """Connected again."""
        self._loader.again()
        if self._id:
            self._ask_timer.start()

    def stop(self) -> None:
        self._id = ""
        self._ask_timer.stop()
        self._loader.stop()

    # -- showing --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        inspection = self._feed.get(self._id)
        if inspection is None or self._cell is None or inspection.item(self._cell[0]) is None:
            self._pane.show_finding("", "", "", "", ())
            self._pane.show_photos(())
            self._pane.show_notice(None)
            self._pane.show_rectify((), "", "")
            self._pane.show_past("", ())
            return
        code, letter = self._cell
        self._show_finding(inspection, code, letter)
        feed, now = self._feed, self._feed.now()
        self._pane.show_notice(
            side_values.notice_text(inspection, letter, feed.names, self._texts, feed.site, now, feed.short_name)
        )
        day, note = side_values.recheck_words(inspection, feed.names, feed.site, now)
        self._pane.show_rectify(side_values.rectify_progress(inspection), day, note)
        premises = inspection.premises(letter)
        if premises is not None:
            past = side_values.past_lines(inspection, letter, feed.known(), feed.site)
            self._pane.show_past(f"{letter} {premises.name}", past)

    def _show_finding(self, inspection: Inspection, code: str, letter: str) -> None:
        item, found = inspection.item(code), inspection.finding(code, letter)
        assert item is not None
        n = inspection.plan.items.index(item) + 1
        result = "open" if found is None else found.result.value
        words = self._texts.finding(code, letter).text
        if found is None:
            pattern = QCoreApplication.translate("inspection", "{unit}尚未反馈。依据：{basis}")
            words = filled(pattern, {"unit": self._feed.names.unit(item.unit), "basis": item.basis})
        elif not words and item.basis:
            words = filled(QCoreApplication.translate("inspection", "依据：{basis}"), {"basis": item.basis})
        lines = side_values.finding_lines(inspection, code, letter, self._texts)
        self._pane.show_finding(result, result_word(result), f"{n} {item.name} · {letter}", words, lines)
        self._pane.show_photos(self._photos(inspection, code, letter))

    def _photos(self, inspection: Inspection, code: str, letter: str) -> list[Photo]:
        found = inspection.finding(code, letter)
        if found is None:
            return []
        time = self._feed.site.stamp(found.at, self._feed.now())
        unit = self._feed.names.unit(found.by) if found.by else ""
        caption = " · ".join(part for part in (letter, time, unit) if part)
        photos = []
        for ref in found.photos:
            got = self._loader.get(ref)
            photos.append(Photo(caption, got if isinstance(got, QImage) else None, self._why_no_photo(got)))
        return photos

    def _why_no_photo(self, got: QImage | str) -> str:
        if isinstance(got, QImage):
            return ""
        if got == "loading":
            return QCoreApplication.translate("inspection", "正在取照片")
        return refusal_text(got, {}, self._feed.names)

    # -- asking ---------------------------------------------------------------------------------------

    def _ask_texts(self) -> None:
        if self._id:
            self._bridge.ask_then("document_record", {"kind": NAME, "id": self._id}, self._on_record)

    def _ask_past(self) -> None:
        if not self._asked_past:
            self._asked_past = True
            self._bridge.document_page_then(NAME, 0, PAST_ASKED, self._on_past)

    @while_alive
    def _on_past(self, found: list[DocumentState]) -> None:
        if self._id:
            self._feed.keep([one for one in found if isinstance(one, Inspection)])

    @while_alive
    def _on_record(self, answer: Answer) -> None:
        inspection = self._feed.get(self._id)
        if inspection is None:
            return
        if answer.error or answer.body is None:
            self._record_failed(answer.error)
            return
        try:
            texts = read_texts(answer.body, self._id)
        except msgspec.DecodeError:
            self._record_failed("unreadable")
            return
        if texts is None:
            return  # a late answer about another one
        self._texts = texts
        self._trouble.clear()
        self._pane.set_records(self._records(inspection, texts))
        self.refresh()

    def _record_failed(self, code: str) -> None:
        """What people wrote stands in the record alone: without it the pane shows marks and scores, not words."""
        self._trouble.failed(code, self._feed.now())
        why = self._trouble.text(self.tr("记录和说明没有取到"), self.tr("检查有变化或再选中时重取。"), self._feed.site)
        self._pane.set_records([Record("", why)])

    def _records(self, inspection: Inspection, texts: Texts) -> list[Record]:
        feed, now = self._feed, self._feed.now()
        made = []
        for entry, event in reversed(texts.record):
            unit = feed.names.unit(entry.actor.unit) if entry.actor and entry.actor.unit else ""
            text = entry.private.get("text", "") or entry.private.get("purpose", "")
            sentence = event_text(event, inspection, feed.names, text)
            made.append(Record(feed.site.stamp(entry.at, now), f"{who(entry.actor, unit)} {sentence}"))
        return made

    def _on_photo_loaded(self) -> None:
        self.refresh()
