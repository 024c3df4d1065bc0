"""New ticket (Ctrl N): the registrar types while the caller speaks; place, item and likely duplicates are found beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.item_words import ItemWords
from desktop.services.maps.package import MapPackage
from desktop.services.values import ChangeSet, Refusal
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.map.search import AREA, PlaceSearch
from desktop.views.map.search import Found as FoundPlace
from desktop.views.new_ticket.draft import NAME, Draft, decoded, encoded, missing, new_ref, report_of
from desktop.views.new_ticket.form import NewTicketForm
from desktop.views.new_ticket.pick_map import PickMap, PickPane
from desktop.views.queue.beside import near, neighbour
from desktop.views.queue.feed import TicketFeed
from desktop.views.refusal_words import reason_text
from desktop.views.shell import NEW_TICKET, DeskWindow
from desktop.views.words import filled, limit_text, role_word
from desktop.widgets.action_button import ActionButton
from desktop.widgets.entry_list import Entry, EntryList
from desktop.widgets.glyph_line import LOCKED, GlyphLine
from desktop.widgets.labels import plain_label
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader
from desktop.widgets.wording import enumerated
from domain.catalogue import Item
from domain.ids import AreaCode, ItemCode, TicketId
from domain.lifecycle import allowed
from domain.ticket import Point
from domain.vocabulary import Role
from protocol.messages import Outcome

if TYPE_CHECKING:
    from desktop.bridge import Bridge

KEEP_AFTER_MS = 300
"""After the last letter the draft goes to disk."""
LOOK_AFTER_MS = 150
PLACES_SHOWN, ITEMS_SHOWN = 6, 6


class NewTicketWindow(DeskWindow):
    """One matter at a time. `ticket_requested` asks for a duplicate, or for the ticket that was made."""

    ticket_requested = Signal(str)

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: TicketFeed, package: MapPackage, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, bridge, NEW_TICKET, self.tr("新建工单"), parent)
        self._feed = feed
        self._draft = Draft(ref=new_ref())
        self._sent = ""
        """Reference of the report that is on its way."""
        self._found: dict[str, FoundPlace] = {}
        self._search = PlaceSearch(
            (area for areas in package.areas.values() for area in areas),
            package.ground.features if package.ground else (),
        )
        self._items = ItemWords(feed.names.items)
        self._form = NewTicketForm(theme)
        self._map_pane = PickPane(theme, package)
        self._map = self._map_pane.map
        self._make_side(theme)
        self._keep = self._timer(KEEP_AFTER_MS, self._keep_draft)
        self._look = self._timer(LOOK_AFTER_MS, self._look_beside)
        self._lay_out_panes()
        self._connect_panes()
        bridge.draft_then(NAME, self._on_draft)
        self._show()
        self._look_beside()
        self._form.text.setFocus()

    def _timer(self, interval_ms: int, slot) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    def _make_side(self, theme: Theme) -> None:
        self._guard = GlyphLine(theme, LOCKED, "body")
        self._place = plain_label(theme, size="body", role="text.primary", wrap=True)
        self._item = plain_label(theme, size="body", role="text.primary", wrap=True)
        self._basis = plain_label(theme, size="caption", role="text.secondary", wrap=True)
        self._duplicates = EntryList(theme, self.tr("附近疑似重复"))
        self._head = SectionHeader(theme, self.tr("附近疑似重复"))
        self._summary = SectionHeader(theme, self.tr("将要上报"))
        self._kept = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._said = plain_label(theme, size="body", role="text.primary", wrap=True)
        self._send = ActionButton(theme, self.tr("上报"), "Ctrl Enter", "primary")
        self._drop = ActionButton(theme, self.tr("清空"), "Ctrl Del")

    def _lay_out_panes(self) -> None:
        pad = self.theme.space("l")
        form = scrolled(self._form, self.tr("上报内容"))
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(pad, 0, 0, 0)
        column.setSpacing(self.theme.space("s"))
        buttons = QHBoxLayout()
        buttons.addWidget(self._send)
        buttons.addWidget(self._drop)
        buttons.addStretch(1)
        for part in (self._guard, self._summary, self._place, self._item, self._basis):
            column.addWidget(part)
        column.addLayout(buttons)
        for below in (self._said, self._kept, self._head, self._duplicates):
            column.addWidget(below)
        column.addStretch(1)
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(pad, pad, pad, pad)
        row.setSpacing(pad)
        row.addWidget(form, 5)
        row.addWidget(self._map_pane, 6)
        row.addWidget(side, 5)
        self.set_central(central)

    def _connect_panes(self) -> None:
        form = self._form
        form.changed.connect(self._on_changed)
        form.text_changed.connect(self._on_text)
        form.place_typed.connect(self._on_place_typed)
        form.item_typed.connect(self._on_item_typed)
        form.place_chosen.connect(self._on_place_chosen)
        form.item_chosen.connect(self.choose_item)
        self._map.picked.connect(self._on_picked)
        self._duplicates.activated.connect(self.ticket_requested)
        self._send.clicked.connect(self.send)
        self._drop.clicked.connect(self.start_anew)
        self._bridge.tickets_changed.connect(self._on_tickets_changed)
        self._bridge.outcome_arrived.connect(self._on_outcome)
        self._bridge.freshness_changed.connect(self._show)
        self._feed.reference_changed.connect(self._on_reference_changed)

    # -- what others may ask ------------------------------------------------------------------------

    @property
    def form(self) -> NewTicketForm:
        return self._form

    @property
    def map(self) -> PickMap:
        return self._map

    @property
    def draft(self) -> Draft:
        """What is typed now."""
        return self._draft

    @property
    def duplicates(self) -> EntryList:
        return self._duplicates

    def said(self) -> str:
        """The last sentence about what was sent, or why it cannot be."""
        return self._said.text()

    def why_not(self) -> str:
        """ "" = it can be sent now; else what is missing or why this seat may not."""
        actor = self._bridge.actor
        if actor is None:
            return reason_text("no_identity")
        if not allowed("report", None, actor.role):
            return reason_text("role", {"role": actor.role})
        lacking = missing(self._draft)
        if lacking:
            return filled(self.tr("还缺{what}"), {"what": self.tr("、").join(lacking)})
        return reason_text(self._bridge.commander.allowed_now("report"))

    def send(self) -> None:
        """Report it; the draft stays until the centre has taken it."""
        why = self.why_not()
        if why:
            self._said.set_text(filled(self.tr("不能上报：{why}"), {"why": why}))
            return
        report = report_of(self._draft)
        given = self._bridge.commander.submit(report)
        if isinstance(given, Refusal):
            self._said.set_text(filled(self.tr("不能上报：{why}"), {"why": reason_text(given.code, given.detail)}))
            return
        self._sent = report.external_ref
        self._said.set_text(self.tr("正在上报"))
        self._send.setEnabled(False)

    def start_anew(self) -> None:
        """Forget the draft and begin another matter."""
        self._draft = Draft(ref=new_ref(), source=self._draft.source)
        self._form.fill(self._draft)
        self._form.offer_places(())
        self._form.offer_items(())
        self._map.mark(None)
        self._bridge.keep_draft_then(NAME, b"", self._on_kept)
        self._show()
        self._look_beside()
        self._form.text.setFocus()

    def choose_item(self, code: str) -> None:
        """The matter is this item of the list."""
        item = self._feed.names.item(code, 0)
        self._change(item=code)
        self._form.offer_items(())
        self._form.item.setText(item.name if item else code)

    # -- place ------------------------------------------------------------------------------------

    def _on_place_typed(self, text: str) -> None:
        found = self._places(text)
        self._found = {f"{one.kind} {one.id}": one for one in found}
        self._form.offer_places(
            [
                Entry(key, one.text, self._feed.names.place(one.id) if one.kind == AREA else "")
                for key, one in self._found.items()
            ]
        )

    def _places(self, text: str) -> list[FoundPlace]:
        """Places of the map, then areas of the list that no map shows."""
        found = self._search.find(text, ())
        shown = {one.id for one in found}
        words = text.split()
        named = [
            FoundPlace(AREA, area.code, area.name, 0.0, 0.0)
            for area in self._feed.names.areas
            if words
            and area.level != "district"
            and area.code not in shown
            and all(word in area.name for word in words)
        ]
        return [*found, *named][:PLACES_SHOWN]

    def _on_place_chosen(self, key: str) -> None:
        place = self._found.get(key)
        if place is None:
            return
        self._form.offer_places(())
        self._form.place.setText(place.text)
        if place.kind == AREA and not self._is_named(place):
            # An area is a place by itself; its middle is no point where something happened.
            self._change(area=place.id, place=place.text, lon=None, lat=None)
            if place.box is not None:
                self._map.mark(None)
                self._map.show_box(*place.box)
            return
        point = Point(place.lon, place.lat)
        self._take_point(point, place.text)

    def _is_named(self, place: FoundPlace) -> bool:
        """Whether the list of places does not know this area of the map: then its middle stands for it."""
        return all(area.code != place.id for area in self._feed.names.areas)

    def _on_picked(self, lon: float, lat: float) -> None:
        self._take_point(Point(lon, lat), "")

    def _take_point(self, point: Point, name: str) -> None:
        area = self._known_area(self._map.area_at(point)) or self._draft.area
        shown = name or (self._feed.names.place(area) if area else "")
        self._form.place.setText(shown)
        self._map.mark(point, shown)
        self._change(area=area, place=shown, lon=point.lon, lat=point.lat)

    def _known_area(self, code: AreaCode | None) -> str:
        """The code, or the community or town above it, that the list of places has."""
        known = {area.code for area in self._feed.names.areas}
        return next((code[:size] for size in (15, 12, 9) if code and code[:size] in known), "")

    # -- item -------------------------------------------------------------------------------------

    def _on_text(self, text: str) -> None:
        if not self._draft.item:
            self._offer_items(text)

    def _on_item_typed(self, text: str) -> None:
        self._offer_items(text or self._draft.text)

    def _offer_items(self, text: str) -> None:
        self._form.offer_items([self._item_entry(item) for item in self._items.suggest(text, ITEMS_SHOWN)])

    def _item_entry(self, item: Item) -> Entry:
        limit = limit_text(item.limit) if item.limit else self.tr("无时限")
        return Entry(item.code, item.name, f"{item.class_name} · {item.sub_class_name}", limit)

    # -- draft ------------------------------------------------------------------------------------

    @while_alive
    def _on_draft(self, data: bytes) -> None:
        kept = decoded(data)
        if kept is None or not self._draft.is_empty:
            return
        self._draft = kept
        self._form.fill(kept)
        item = self._feed.names.item(kept.item, 0) if kept.item else None
        self._form.item.setText(item.name if item else kept.item)
        self._map.mark(kept.point, kept.place)
        self._kept.set_text(self.tr("上次没有上报的内容已找回"))
        self._show()
        self._look_beside()

    def _on_changed(self) -> None:
        self._change()

    def _change(self, **fields: object) -> None:
        self._draft = replace(self._draft, **{**self._form.typed(), **fields})
        self._keep.start()
        self._look.start()
        self._show()

    def _keep_draft(self) -> None:
        self._bridge.keep_draft_then(NAME, encoded(self._draft), self._on_kept)

    @while_alive
    def _on_kept(self, safe: bool) -> None:
        if not safe:
            self._kept.set_text(self.tr("草稿没能存下，本机磁盘可能已满；请尽快上报"))
        elif self._draft.is_empty:
            self._kept.set_text("")
        else:
            self._kept.set_text(self.tr("草稿已存本机，程序崩溃也不会丢"))

    # -- beside -----------------------------------------------------------------------------------

    def _look_beside(self) -> None:
        draft, now = self._draft, self._feed.now()
        found = []
        if draft.item and draft.area:
            known = self._bridge.mirror.tickets.values()
            found = near(known, ItemCode(draft.item), AreaCode(draft.area), draft.point, now)
        names, site = self._feed.names, self._feed.site
        entries = [neighbour(ticket, metres, names, now, site) for ticket, metres in found]
        self._duplicates.set_entries([Entry(one.id, one.title, one.text) for one in entries])
        note = self.tr("选好地点和事项后查找") if not (draft.item and draft.area) else ""
        self._head.set_note(
            note or (self.tr("Enter 打开，确认后不必重报") if found else self.tr("50 米、24 小时内没有同一事项"))
        )

    def _show(self) -> None:
        draft, names = self._draft, self._feed.names
        point = self.tr("已定位") if draft.point is not None else self.tr("未定位，只到区域")
        place = f"{names.place(draft.area)} · {point}" if draft.area else self.tr("地点未定")
        self._place.set_text(place)
        item = names.item(draft.item, 0) if draft.item else None
        limit = limit_text(item.limit) if item and item.limit else self.tr("无时限")
        self._item.set_text(f"{item.name} · {limit}" if item else self.tr("事项未定"))
        self._basis.set_text(
            filled(self.tr("立案：{text}"), {"text": item.filing_condition}) if item and item.filing_condition else ""
        )
        self._guard.set_text(self._who_may(), LOCKED)
        why = self.why_not()
        self._send.set_availability(not why, why)
        if not self._sent:
            self._said.set_text(why)

    def _who_may(self) -> str:
        """Which roles of people report, where this seat's is none of them."""
        actor = self._bridge.actor
        if actor is None or allowed("report", None, actor.role):
            return ""
        people = (role for role in Role if role not in (Role.SYSTEM, Role.SOURCE, Role.WALL))
        roles = enumerated(role_word(role) for role in people if allowed("report", None, role))
        return filled(self.tr("本席无权上报。可上报的角色：{roles}"), {"roles": roles})

    # -- slots ------------------------------------------------------------------------------------

    def _on_reference_changed(self) -> None:
        self._items = ItemWords(self._feed.names.items)
        self._show()

    def _on_tickets_changed(self, changes: ChangeSet) -> None:
        made = next((t for t in changes.upserted if self._sent and t.external_ref == self._sent), None)
        if made is not None:
            self._on_made(made.id)
        self._look.start()

    def _on_made(self, ticket_id: TicketId) -> None:
        self._sent = ""
        self._send.setEnabled(True)
        self.start_anew()
        self._said.set_text(filled(self.tr("已建工单 {id}"), {"id": ticket_id}))

    def _on_outcome(self, outcome: Outcome) -> None:
        if not self._sent:
            return
        known = self._bridge.mirror.tickets.get(outcome.ticket_id) if outcome.ticket_id else None
        if known is not None and known.external_ref == self._sent:
            self._on_made(known.id)  # the same report was taken before: a draft that came back after a crash
            return
        if outcome.ticket_id is not None or outcome.status == "applied":
            return
        self._sent = ""
        self._send.setEnabled(True)
        why = reason_text(outcome.code or outcome.status, outcome.detail)
        self._said.set_text(filled(self.tr("没有上报：{why}。内容还在，改好再报。"), {"why": why}))

    # -- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        elif control and event.key() == Qt.Key.Key_Delete:
            self.start_anew()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._keep.isActive():  # nothing was typed since: what is on disk stays, also what was not read back yet
            self._keep_draft()
        super().closeEvent(event)
