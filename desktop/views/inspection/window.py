"""The window of joint inspection (F4): list, stages, units, checklist, finding, papers; keys of screens.md §4e."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services.checklists import Template
from desktop.theme.theme import Theme
from desktop.views.inspection.center_pane import CenterPane
from desktop.views.inspection.desk import InspectionDesk
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.key_list import key_list
from desktop.views.inspection.list_pane import ListPane
from desktop.views.inspection.paper_control import PaperControl
from desktop.views.inspection.plan_control import PlanControl
from desktop.views.inspection.plan_form import PlanForm
from desktop.views.inspection.side_control import SideControl
from desktop.views.inspection.side_pane import SidePane
from desktop.views.keys import KeyLine
from desktop.views.launch_entries import WALL_INSPECTION
from desktop.views.link_words import loading_text, not_yet
from desktop.views.shell import INSPECTION, DeskWindow
from desktop.views.words import filled, role_word
from desktop.widgets.base import set_shown
from desktop.widgets.painting import format_age
from desktop.widgets.panes import Panes
from desktop.widgets.wording import enumerated
from domain.ids import TicketId
from domain.vocabulary import Role
from domain.wall.values import Content

if TYPE_CHECKING:
    from desktop.bridge import Bridge

REFRESH_MS = 33
SIDE_SHARE, SIDE_LEAST, SIDE_MOST = 0.335, 16.0, 26.5
LIST_LEAST, LIST_MOST = 10.4, 11.4
FOLD_BELOW = 1500
"""Widths: share of the window, least and most in steps of the theme."""
BLIND = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.SOURCE})
"""Roles that see no business data; the wall has its own copy."""


class InspectionWindow(DeskWindow):
    SAYS_LATE = True

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        feed: InspectionFeed,
        templates: Sequence[Template],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, bridge, INSPECTION, self.tr("联合检查"), parent)
        self._feed = feed
        self._id = ""
        self.list_pane = ListPane(theme)
        self.form = PlanForm(theme, templates)
        self.center = CenterPane(theme, self.form)
        self.side = SidePane(theme)
        self.side.put_form(self.center.bar.form)
        self.desk = InspectionDesk(bridge, feed, self.center.bar, self)
        self.side_control = SideControl(bridge, feed, self.side, self)
        self.plan = PlanControl(feed, self.form, self.desk, templates, self)
        self.papers = PaperControl(feed, self.desk, self.side_control, self.center.bar, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._was_late = False
        self._narrow = False
        self._lay_out_panes()
        self._connect_panes()
        self.refresh()

    def _lay_out_panes(self) -> None:
        panes = (self.list_pane, self.center, self.side)
        self._panes = Panes(self.theme, panes, growing=1, share=self._widths)
        self.set_central(self._panes)

    def _connect_panes(self) -> None:
        grid = self.center.matrix.grid
        self.list_pane.list.selected.connect(self.select)
        self.list_pane.plan_requested.connect(self.start_plan)
        grid.cell_selected.connect(self._on_cell_selected)
        grid.marked.connect(self.desk.mark)
        grid.opened.connect(self._on_cell_opened)
        self.desk.changed.connect(self._schedule)
        self.desk.revise_requested.connect(self._on_revise_requested)
        self.center.bar.form_closed.connect(self._focus_grid)
        self.center.message.action_requested.connect(self.start_plan)
        self.form.cancelled.connect(self._on_plan_left)
        self.plan.sent.connect(self._on_plan_left)
        self.plan.made.connect(self._on_plan_made)
        self.center.list_button.clicked.connect(self.toggle_list)
        self._feed.changed.connect(self._on_changed)
        self._feed.reference_changed.connect(self._on_changed)
        self.bridge.freshness_changed.connect(self._schedule)
        self.bridge.clock_ticked.connect(self._on_tick)

    # -- what others may ask ---------------------------------------------------------------------------

    @property
    def current_id(self) -> str:
        return self._id

    def own_keys(self) -> tuple[KeyLine, ...]:
        return key_list()

    def wall_content(self) -> Content:
        """The progress of joint inspections."""
        return Content(WALL_INSPECTION)

    def select(self, inspection_id: str) -> bool:
        """Show this inspection; False where it is not known here."""
        if self._feed.get(inspection_id) is None:
            return False
        self._id = inspection_id
        self.refresh()
        return True

    def toggle_list(self) -> None:
        """F: a narrow window has the list folded away."""
        self.list_pane.setHidden(not self.list_pane.isHidden())
        if self.list_pane.isHidden():
            self._focus_grid()
        else:
            self.list_pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._panes.share_out()

    def start_plan(self, tickets: Sequence[TicketId] = ()) -> None:
        """发起, from none, one or several tickets."""
        why = self.desk.why_not_plan()
        if why:
            self.desk.say_refused("plan", why)
            return
        self.plan.start(tuple(tickets) if not isinstance(tickets, bool) else ())
        self.center.show_form()
        self.form.inputs["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Everything from what is known now."""
        self._timer.stop()
        self._show_freshness()
        groups = self._feed.groups()
        ids = [line.id for group in groups for line in group.lines]
        if self._id not in ids:
            self._id = ids[0] if ids else ""
        self.list_pane.set_groups(groups, self._id)
        link = self.bridge.freshness.of()
        self.list_pane.set_empty(self.tr("还没有联检，发起后列在这里。") if not ids and not not_yet(link) else "")
        self.list_pane.set_may_plan(self.desk.why_not_plan())
        inspection = self._feed.get(self._id)
        self.desk.show(self._id)
        if inspection is not None:
            feed = self._feed
            pending = self.desk.pending_cells()
            self.center.show_inspection(inspection, feed.names, feed.site, feed.now(), pending)
        self.side_control.show(self._id)
        self._choose_page(inspection is not None)

    def _choose_page(self, something: bool) -> None:
        actor = self.bridge.actor
        if actor is not None and actor.role in BLIND:
            roles = enumerated(role_word(role) for role in (Role.SHIFT_LEADER, Role.DISPATCHER, Role.HANDLER))
            detail = filled(self.tr("可查看的角色：{roles}"), {"roles": roles})
            self.center.show_message(self.tr("本席无权查看"), detail, ("camera", "restricted"))
            self.side.hide()
            self.list_pane.set_groups((), "")
            self.list_pane.set_empty("")
        elif self.center.form_is_open():
            return
        elif something:
            self.side.show()
            self.center.show_content()
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self.side.hide()
        link = self.bridge.freshness.of()
        state = link.state.value
        if link.snapshot is not None:
            got, total = link.snapshot
            text = loading_text(link)
            self.center.message.set_message(text, progress=got / total if total else None)
            self.center.show_message(text)
        elif state == "never":
            self.center.show_message(self.tr("启动以来未接通"), status=("freshness", "never"))
        else:
            text = self.tr("没有联合检查。发起后在此看到谁到了、查出什么、还缺什么。")
            self.center.show_message(text, action=self.tr("发起") if not self.desk.why_not_plan() else "")

    def _show_freshness(self) -> None:
        fresh = self.freshness()
        link = self.bridge.freshness.of()
        text = ""
        if fresh.state == "offline":
            since = format_age(link.since_s) if link.since_s is not None else ""
            words = {"since": since, "as_of": fresh.as_of}
            text = filled(self.tr("与联动服务断开 {since} · 以下为 {as_of} 的情况"), words)
            text += self.tr(" · 报到、记录、拍照先存本机，文书须联机")
        elif fresh.state == "stale":
            text = filled(self.tr("以下为 {as_of} 的情况"), {"as_of": fresh.as_of})
        catching = fresh.state == "catching_up"
        self.center.set_freshness(fresh, text, 0.0 if catching else None)
        if self._was_late and not fresh.late:
            self.side_control.line_back()
        self._was_late = fresh.late

    # -- slots ----------------------------------------------------------------------------------------

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_changed(self) -> None:
        self.side_control.news()
        self._schedule()

    def _on_tick(self) -> None:
        inspection = self._feed.get(self._id)
        if inspection is not None:
            self.center.tick(inspection, self._feed.names, self._feed.site, self._feed.now())
        self.list_pane.set_groups(self._feed.groups(), self._id)
        self._show_freshness()
        self.desk.refresh()

    def _on_cell_selected(self, item: str, letter: str) -> None:
        self.desk.set_cell((item, letter))
        self.side_control.show_cell((item, letter))

    def _on_cell_opened(self) -> None:
        self.desk.run("find")

    def _on_revise_requested(self) -> None:
        inspection = self._feed.get(self._id)
        if inspection is not None:
            self.plan.revise(inspection, self.side_control.texts)
            self.center.show_form()

    def _on_plan_left(self) -> None:
        self.center.show_content()
        self.refresh()
        self._focus_grid()

    def _on_plan_made(self, inspection_id: str) -> None:
        if self.select(inspection_id) and not self.center.form_is_open():
            self._focus_grid()

    def _focus_grid(self) -> None:
        """The checklist, or the list where there is none: letters work in both."""
        target = self.center.matrix.grid if self._id else self.list_pane.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Qt -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that the focused pane did not take itself; text fields keep theirs."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        text = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif control and event.key() == Qt.Key.Key_P:
            self.papers.ask()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif text == "X":
            self.start_plan()
        elif text == "F":
            self.toggle_list()
        elif text == "L":
            self.side.toggle_records()
        elif text in ("[", "]"):
            self._step(1 if text == "]" else -1)
        elif text in ("?", "？"):
            self.toggle_keys()
        elif not (text and self.desk.run_key(text)):
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        ids = self.list_pane.list.ids()
        if self._id in ids:
            self.select(ids[min(max(ids.index(self._id) + by, 0), len(ids) - 1)])

    def _on_escape(self) -> None:
        """The innermost open thing closes."""
        if self.keys_sheet.isVisible():
            self.keys_sheet.hide()
        elif self.center.form_is_open():
            self.form.cancelled.emit()
        elif self.center.bar.form_is_open():
            self.center.bar.close_form()
            self._focus_grid()
        else:
            self._focus_grid()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.side_control.stop()
        super().closeEvent(event)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self._focus_grid()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        narrow = self.width() < FOLD_BELOW * self.theme.scale
        if narrow != self._narrow:
            self._narrow = narrow
            self.list_pane.setHidden(narrow)
            set_shown(self.center.list_button, narrow)
            self._panes.share_out()

    def _widths(self, total: int) -> list[int]:
        """The list as it needs, the right pane about a third, the rest to the centre."""
        unit = self.theme.space("xl")
        side = round(max(unit * SIDE_LEAST, min(unit * SIDE_MOST, total * SIDE_SHARE)))
        left = 0 if self.list_pane.isHidden() else round(max(unit * LIST_LEAST, min(unit * LIST_MOST, total * 0.15)))
        return [left, total - left - side, side]
