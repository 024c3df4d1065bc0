"""The alarm window (F7): load on top, the list by state, the selected alarm at the right; keys of screens.md §4h."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.alarms import values
from desktop.views.alarms.bell import AlarmBell
from desktop.views.alarms.desk import AlarmDesk
from desktop.views.alarms.detail_pane import AlarmDetail
from desktop.views.alarms.feed import AlarmFeed
from desktop.views.alarms.list_pane import AlarmListPane
from desktop.views.alarms.load_pane import LoadPane
from desktop.views.alarms.shelve_bar import ShelveBar
from desktop.views.alarms.words import duration_word, title
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.ticket_strip import TicketCameras
from desktop.views.link_words import not_yet
from desktop.views.shell import ALARMS, DeskWindow
from desktop.views.words import filled
from desktop.widgets.panes import Panes
from desktop.widgets.values import DASH
from domain.alarms.values import state_of
from domain.alarms.words import AlarmState
from domain.ids import TicketId
from domain.wall import targets
from domain.wall.values import Content

REFRESH_MS = 33
DETAIL_SHARE, DETAIL_LEAST, DETAIL_MOST = 0.31, 16.0, 25.5


class AlarmWindow(DeskWindow):
    """`ticket_open_requested(id)` for the queue, `camera_requested(id)`."""

    ticket_open_requested = Signal(str)
    camera_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        feed: AlarmFeed,
        bell: AlarmBell | None = None,
        cameras: CameraFeed | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, feed.bridge, ALARMS, self.tr("告警"), parent)
        self.feed, self.bell = feed, bell
        self._current = ""
        self._opened = False
        self.load_pane = LoadPane(theme, feed)
        self.list_pane = AlarmListPane(theme)
        self.detail = AlarmDetail(theme)
        self.desk = AlarmDesk(feed, self.detail, self)
        self.shelve_bar = ShelveBar(theme)
        self._cameras = TicketCameras(theme, cameras, self) if cameras is not None else None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._lay_out_panes()
        self._connect_panes()
        self.refresh()

    def _lay_out_panes(self) -> None:
        if self._cameras is not None:
            self.detail.camera_slot.addWidget(self._cameras.strip)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.load_pane)
        column.addWidget(Panes(self.theme, (self.list_pane, self.detail), growing=0, share=self._widths), 1)
        self.set_central(body)

    def _connect_panes(self) -> None:
        rows = self.list_pane.list
        rows.selected.connect(self.select)
        rows.opened.connect(self._on_opened)
        rows.action.connect(self._on_row_action)
        self.list_pane.filter_changed.connect(self._schedule)
        self.list_pane.mute_requested.connect(self._on_mute)
        self.load_pane.seat_chosen.connect(self.desk.hand_to)
        self._shortcut("Alt+T").activated.connect(self._on_twin_key)
        self.desk.shelve_asked.connect(self._open_shelf)
        self.desk.ticket_asked.connect(self.ticket_open_requested)
        self.desk.wall_asked.connect(self._on_wall_asked)
        self.detail.form_left.connect(self.focus_list)
        self.shelve_bar.given.connect(self._on_shelve_given)
        self.shelve_bar.left.connect(self._close_shelf)
        self.feed.changed.connect(self._schedule)
        self.bridge.clock_ticked.connect(self._schedule)
        self.bridge.freshness_changed.connect(self._schedule)
        if self._cameras is not None:
            self._cameras.camera_chosen.connect(self.camera_requested)
        if self.bell is not None:
            self.bell.changed.connect(self._schedule)

    # -- what others may ask --------------------------------------------------------------------------

    @property
    def current_id(self) -> str:
        return self._current

    def select(self, alarm_id: str) -> None:
        """Make it the current row."""
        if alarm_id != self._current:
            self._close_shelf()
            self._current = alarm_id
        self.refresh()

    def copied(self) -> str:
        """The alarm in words, and the number of its ticket."""
        alarm = self.feed.get(self._current)
        return (
            "" if alarm is None else " · ".join(part for part in (title(alarm, self.feed.names), alarm.ticket) if part)
        )

    def focus_list(self) -> None:
        self.list_pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Everything from what is known now."""
        self._timer.stop()
        rows = self.list_pane.list
        self.list_pane.set_origins(values.origins(self.feed.open()))
        # The hand wins: while a pointer or a form stands on the list, rows keep their places.
        kept = rows.ids() if rows.under_pointer() or self._shelf_is_open() else ()
        found = values.groups(self.feed, self.list_pane.chosen(), opened=self._opened, kept=kept)
        ids = [row.id for group in found for row in group.rows]
        if self._current not in ids:
            self._close_shelf()
            self._current = ids[0] if ids else ""
        self.list_pane.show_groups(found, self._current, self.freshness(), self._empty_text(), self.feed.known)
        self.list_pane.show_hidden(*values.hidden(self.feed, self.list_pane.chosen()))
        self.load_pane.refresh()
        self.desk.show(self._current if self._current != values.FLOOD else "")
        self._show_cameras()
        self._show_sound()

    def _empty_text(self) -> str:
        """没有告警。最近一次 14:11，声音自检 08:00 通过。"""
        if unknown := not_yet(self.bridge.freshness.of()):
            return unknown
        if self.list_pane.is_filtered():
            return self.tr("此筛选下没有告警")
        feed = self.feed
        last = max((alarm.raised_at for alarm in feed.alarms()), default=None)
        parts = [self.tr("没有告警。")]
        if last is not None:
            parts.append(filled(self.tr("最近一次 {time}。"), {"time": feed.site.stamp(last, feed.now())}))
        parts.append(self._test_text())
        return "".join(parts)

    def _test_text(self) -> str:
        state = self.bell.state if self.bell is not None else None
        if state is None or state.tested is None:
            return self.tr("声音尚未自检，按 Ctrl M 自检。")
        time = self.feed.site.stamp(state.tested, self.feed.now())
        if state.test_passed is None:
            return filled(self.tr("声音自检 {time} 进行中。"), {"time": time})
        pattern = self.tr("声音自检 {time} 通过。") if state.test_passed else self.tr("声音自检 {time} 不通过。")
        return filled(pattern, {"time": time})

    def _show_cameras(self) -> None:
        alarm = self.desk.alarm
        ticket = self.bridge.mirror.tickets.get(TicketId(alarm.ticket)) if alarm is not None and alarm.ticket else None
        if self._cameras is not None:
            self._cameras.show_ticket(ticket)
        self.detail.show_cameras(self._cameras is not None and ticket is not None)

    def _day_text(self) -> str:
        """今日 96 条，合并前 214 条，确认中位 2 分 10 秒（n=41，截至 14:32）; without any, and never without saying of how many."""
        feed = self.feed
        if not feed.known:
            return self.tr("今日告警 –")
        day = feed.today()
        soon = DASH if day.soon is None else duration_word(day.soon)
        words = {
            "n": day.alarms,
            "hits": day.hits,
            "soon": soon,
            "of": day.answered,
            "time": feed.site.minute(feed.now()),
        }
        return filled(self.tr("今日 {n} 条，合并前 {hits} 条，确认中位 {soon}（n={of}，截至 {time}）"), words)

    def _show_sound(self) -> None:
        state = self.bell.state if self.bell is not None else None
        self.list_pane.show_sound(state)
        self.status_bar.set_message(self._day_text())
        self.status_bar.set_pending(self.bridge.commander.pending.queued)

    # -- slots ----------------------------------------------------------------------------------------

    def _schedule(self, *_: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_row_action(self, alarm_id: str, command: str) -> None:
        self.select(alarm_id)
        self.desk.run(command)

    def _on_opened(self, alarm_id: str) -> None:
        self.select(alarm_id)
        self._enter()

    def _enter(self) -> None:
        if self._current == values.FLOOD:
            self._opened = not self._opened
            self.refresh()
        else:
            self.desk.open_ticket()

    def wall_content(self) -> Content | None:
        """The place of the alarm's ticket, or its camera."""
        alarm = self.desk.alarm
        if alarm is None:
            return None
        if alarm.ticket:
            return Content(targets.MAP, alarm.ticket)
        return targets.camera_on_wall(alarm.camera) if alarm.camera else None

    def _on_wall_asked(self, _alarm_id: str) -> None:
        self.send_to_wall()

    def _on_mute(self) -> None:
        if self.bell is not None:
            self.bell.mute()
        self.refresh()

    # -- shelving -------------------------------------------------------------------------------------

    def _shelf_is_open(self) -> bool:
        return self.shelve_bar.isVisibleTo(self)

    def _open_shelf(self) -> None:
        self.shelve_bar.open_for(self.desk.shelf_choices())
        self.list_pane.list.set_inset(self.shelve_bar, self._current)
        self.list_pane.show_current()
        self.shelve_bar.take_focus()

    def _close_shelf(self) -> None:
        if self._shelf_is_open():
            self.list_pane.list.clear_inset()
            self.focus_list()

    def _on_shelve_given(self, until: datetime, reason: str, text: str) -> None:
        refused = self.desk.shelve(until, reason, text)
        if refused:
            self.shelve_bar.show_error(refused)
        else:
            self._close_shelf()
            self.refresh()

    def _acknowledge_folded(self) -> None:
        """A on the summed-up row: every minor alarm in it, one command each."""
        for alarm in values.summed_up(self.feed, self.feed.open()):
            self.desk.acknowledge(alarm)

    def unacknowledged_count(self) -> int:
        return sum(state_of(alarm) is AlarmState.UNACKED for alarm in self.feed.open())

    # -- Qt -------------------------------------------------------------------------------------------

    def home(self) -> QWidget:
        return self.list_pane.list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that the focused pane did not take itself; text fields keep theirs."""
        key, text = event.key(), event.text().upper()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape:
            self._on_escape()
        elif control and key == Qt.Key.Key_M:
            if self.bell is not None:
                self.bell.test()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Space:
            self.detail.steps.tick()
        elif text == "M":
            self._on_mute()
        elif text == "F":
            self.list_pane.next_severity()
        elif text == "R":
            self.list_pane.next_origin()
        elif text == "A" and self._current == values.FLOOD:
            self._acknowledge_folded()
        elif not (text and self.desk.run_key(text)):
            super().keyPressEvent(event)

    def _on_twin_key(self) -> None:
        self.load_pane.toggle_twin()
        if not self.load_pane.shows_table:
            self.focus_list()

    def _on_escape(self) -> None:
        """The innermost open thing closes."""
        if self._shelf_is_open():
            self._close_shelf()
        elif self.desk.form_is_open():
            self.desk.close_form()
            self.focus_list()
        elif self.load_pane.shows_table:
            self._on_twin_key()
        elif self.list_pane.is_filtered():
            self.list_pane.clear_filter()
        else:
            self.focus_list()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        if self._cameras is not None:
            self._cameras.show_ticket(None)
        super().closeEvent(event)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self.focus_list()

    def _widths(self, total: int) -> list[int]:
        """The record about a third, the rest to the list."""
        unit = self.theme.space("xl")
        detail = round(max(unit * DETAIL_LEAST, min(unit * DETAIL_MOST, total * DETAIL_SHARE)))
        return [total - detail, detail]
