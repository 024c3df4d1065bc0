"""Organisation: areas and grids, units, posts, the register of components, working days; their versions, and changes by import and form."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.component_words import component_state_word, component_value
from desktop.views.shell import ORGANISATION
from desktop.views.tables import organisation_values as values
from desktop.views.tables.calendar_control import SET_DAY, SET_HOURS, CalendarControl
from desktop.views.tables.calendar_values import HOURS, calendar_facts, calendar_listing
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.frame import TableWindow
from desktop.views.tables.list_values import Listing, version_note, version_word
from desktop.views.tables.organisation_values import AREAS, CALENDAR, COMPONENTS, POSTS, TABLE_OF, UNITS, VIEWS
from desktop.views.tables.sender import TableSender
from desktop.views.tables.words import refusal_text
from desktop.views.words import filled
from desktop.widgets.action_button import Action
from desktop.widgets.base import set_shown
from desktop.widgets.component_card import ComponentCard
from desktop.widgets.inline_form import FormField
from desktop.widgets.saved_view_list import SavedView
from domain.components import ComponentState
from domain.ids import AreaCode, UnitId
from domain.tables.current import Tables
from domain.tables.importing import Plan, What
from domain.tables.values import Revision, Rows
from domain.tables.words import Progress, Table

if TYPE_CHECKING:
    from desktop.bridge import Bridge

POSTS_PART = 0
TRIAL = "trial"
"""View of a dry run of the calendar."""


class OrganisationWindow(TableWindow):
    def __init__(self, theme: Theme, bridge: Bridge, feed: TablesFeed, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        self._subject = AREAS
        self._tables = Tables()
        super().__init__(
            theme,
            bridge,
            feed,
            ORGANISATION,
            translate("tables", "组织与登记"),
            Table.ORGANISATION,
            (translate("tables", "组织"), translate("tables", "版本")),
            (translate("tables", "岗位（含下级）"),),
            translate("tables", "名称、代码  /"),
            parent,
        )
        self._senders = {Table.ORGANISATION: self.outgoing}
        for table in (Table.COMPONENTS, Table.CALENDAR):
            self._senders[table] = TableSender(bridge, feed, table, self)
            self._senders[table].said.connect(self.detail.say)
        self._calendar = CalendarControl(bridge, feed, self)
        self._calendar.counted.connect(self._on_counted)
        self._calendar.failed.connect(self._on_not_counted)
        self._card = ComponentCard(theme)
        self.detail.put_card(self._card)
        self.view = AREAS
        self.refresh()

    # -- what is listed -------------------------------------------------------------------------------

    def first_view(self) -> str:
        return self._subject

    def show_view(self, view: str) -> None:
        if view in VIEWS:
            self._subject = view
            self._use(TABLE_OF[view])
        if view != TRIAL:
            self._calendar.forget()
        super().show_view(view)
        if view == CALENDAR:
            self._choose_next_day()

    def _choose_next_day(self) -> None:
        """Under the cursor is the next special day, not New Year."""
        rows = enumerate(self.rows.model.rows())
        coming = next((place for place, row in rows if not row.quiet and row.id != HOURS), None)
        if coming is not None:
            self.rows.table.setCurrentIndex(self.rows.model.index(coming, 0))

    def show_plan(self, plan: Plan) -> None:
        self._use(plan.table)
        self._subject = plan.what if plan.what in VIEWS else AREAS
        super().show_plan(plan)

    def _use(self, table: Table) -> None:
        self.table, self.outgoing = table, self._senders[table]

    def refresh(self) -> None:
        self._tables = self.feed.tables()
        super().refresh()

    def listing(self) -> Listing:
        revision, tables, text = self.feed.revision(self.view), self._tables, self.rows.filter.text()
        if self.view == TRIAL:
            return self._calendar.listing(text)
        if revision is not None:
            return values.revision_listing(revision, version_note(revision, self.feed.site, self.feed))
        if self.view == UNITS:
            return self._as_of(values.unit_listing(tables, text))
        if self.view == POSTS:
            return self._as_of(values.post_listing(tables, text))
        if self.view == COMPONENTS:
            return values.component_listing(tables, text)
        if self.view == CALENDAR:
            assert self.feed.reference is not None
            today = self.feed.site.local(self.feed.now()).date()
            return calendar_listing(self.feed.reference.zone, tables, today, self.feed.site)
        return self._as_of(values.area_listing(tables, text))

    def _as_of(self, listing: Listing) -> Listing:
        """With the version that brought the organisation to where it is, and why."""
        newest = next((one for one in self.feed.revisions(Table.ORGANISATION) if one.number), None)
        if newest is None:
            return listing
        return dataclasses.replace(listing, note=f"{listing.note} · {version_word(newest.number)} · {newest.reason}")

    def show_left(self) -> None:
        known = values.counts(self._tables)
        came = self.feed.reference is not None
        views = [SavedView(view, values.view_title(view), known[view] if came else None) for view in VIEWS]
        self.left.set_views((views, self._versions()), self.view)

    def _versions(self) -> list[SavedView]:
        found = []
        for one in self.feed.revisions(self.table):
            draft = one.progress is Progress.DRAFT
            name = self.tr("草稿") if draft else version_word(one.number)
            found.append(SavedView(one.id, name, len(one.rows), ("sla", "at_risk") if draft else None))
        return found

    def empty_text(self) -> str:
        if self.view == TRIAL and not self.rows.filter.text().strip():
            return self.tr("没有在办工单的时限因此移动")
        if self.plan is None and not self.rows.filter.text().strip():
            if self.view == COMPONENTS:
                return self.tr("还没有部件登记，按 I 导入部件表")
            if self.view == POSTS:
                return self.tr("还没有登记岗位，按 I 导入岗位表")
        return super().empty_text()

    def show_detail(self) -> None:
        tables, code = self._tables, self.row_id
        area, unit = tables.areas.get(AreaCode(code)), tables.units.get(UnitId(code))
        component = tables.components.get(code)
        set_shown(self._card, component is not None)
        self.detail.set_facts(())
        self.detail.set_part(POSTS_PART, "", ())
        if self.view == TRIAL:
            self.detail.set_heading(self._calendar.reason, self.tr("改日历的试算"))
            self.detail.set_facts(self._calendar.facts())
        elif area is not None:
            self.detail.set_heading(area.code, area.name)
            self.detail.set_facts((*values.area_facts(area, tables), self._source(code)))
            posts = values.posts_of(area, tables)
            self.detail.set_part(POSTS_PART, "" if posts else self.tr("未登记"), posts)
        elif unit is not None:
            self.detail.set_heading(unit.id, unit.name)
            self.detail.set_facts((*values.unit_facts(unit, tables), self._source(code)))
        elif (post := tables.posts.get(code)) is not None:
            self.detail.set_heading(post.area, post.role)
            self.detail.set_facts((*values.post_facts(post, tables), self._source(code)))
        elif component is not None:
            self.detail.set_heading("", "")
            source = filled(self.tr("部件登记 {n}"), {"n": self._register_word()})
            self._card.set_component(component_value(component, self.feed.names.place(component.area), source))
        elif self.view == CALENDAR:
            self.detail.set_heading("" if code == HOURS else code, values.view_title(self._subject))
            self.detail.set_facts(calendar_facts(code, tables))
        else:
            self.detail.set_heading(code, values.view_title(self._subject))

    def hide_card(self) -> None:
        set_shown(self._card, False)

    def _source(self, code: str) -> tuple[str, str]:
        return values.source_fact(code, self.feed.revisions(Table.ORGANISATION))

    def _register_word(self) -> str:
        known = [one for one in self.feed.revisions(Table.COMPONENTS) if one.number]
        return version_word(known[0].number) if known else ""

    # -- acting ---------------------------------------------------------------------------------------

    def own_actions(self, why: str) -> tuple[Action, ...]:
        revision = self.feed.revision(self.view)
        if revision is not None and revision.progress is Progress.DRAFT:
            return (
                Action("publish_draft", self.tr("发布草稿"), "P", "primary", not why, why),
                Action("drop_draft", self.tr("放弃草稿"), "D", "danger", not why),
            )
        if self.view == CALENDAR:
            hours = self.row_id == HOURS
            kinds = ("plain", "primary") if hours else ("primary", "plain")
            actions = (
                Action(SET_DAY, self.tr("设定日期"), "N", kinds[0], not why, why),
                Action(SET_HOURS, self.tr("设定时段"), "H", kinds[1], not why, why),
            )
            return actions[::-1] if hours else actions
        if self.view == COMPONENTS and self.row_id in self._tables.components:
            return (Action("set_state", self.tr("改状态"), "E", "primary", not why, why),)
        return ()

    def run_own(self, command: str) -> None:
        draft = self.feed.revision(self.view)
        if draft is not None and command in ("publish_draft", "drop_draft"):
            self._end_draft(draft, command)
        elif command in (SET_DAY, SET_HOURS):
            hint = self.tr("先试算哪些在办工单的时限会移动；发布后逐件重算，并各记一条“日历变更”。")
            title = self.tr("设定日期") if command == SET_DAY else self.tr("设定时段")
            day = "" if self.row_id == HOURS else self.row_id
            fields = (*self._calendar.fields(command, day), *self.heading_fields())
            self.open_form(command, title, fields, self.tr("试算"), hint)
        elif command == "set_state":
            states = tuple((str(each), component_state_word(each)) for each in ComponentState)
            known = str(self._tables.components[self.row_id].state)
            fields = (
                FormField("state", self.tr("状态"), "choice", options=states, value=known),
                *self.heading_fields(),
            )
            self.open_form(command, filled(self.tr("改状态 {id}"), {"id": self.row_id}), fields, self.tr("发布"))

    def _end_draft(self, draft: Revision, command: str) -> None:
        why = self.outgoing.publish(draft) if command == "publish_draft" else self.outgoing.drop(draft)
        self.detail.say(why)
        self.show_view(self.first_view())

    def submitted(self, command: str, values: dict[str, str]) -> str:
        if command in (SET_DAY, SET_HOURS):
            self.detail.say(self.tr("正在试算"))
            why = self._calendar.start(command, values)
            if why:
                self.detail.say("")
            return why
        known = self._tables.components[self.row_id]
        changed = replace(known, state=ComponentState(values["state"]))
        if changed == known:
            return self.tr("没有变化")
        return self._amend(Rows(components=(changed,)), values["reason"])

    def _amend(self, rows: Rows, reason: str) -> str:
        why = self.outgoing.amend(rows, reason)
        if not why:
            self.detail.say(self.tr("正在发布，各席位随后更新"))
        return why

    # -- the dry run of a calendar ---------------------------------------------------------------------

    def _on_counted(self) -> None:
        self.detail.say("")
        self.show_view(TRIAL)
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_not_counted(self, why: str) -> None:
        self.detail.say(why)
        self.show_actions()

    def show_actions(self) -> None:
        if self.view != TRIAL:
            super().show_actions()
            return
        why = self.feed.why_not_edit("amend")
        reason = refusal_text(why, {}) if why else ""
        publish = Action("publish_trial", self.tr("发布"), "P", "primary", not why, reason)
        self.detail.set_actions((publish, Action("leave_trial", self.tr("放弃"), "Esc")))

    def run(self, command: str) -> None:
        if command not in ("publish_trial", "leave_trial"):
            super().run(command)
            return
        why = self._amend(self._calendar.rows, self._calendar.reason) if command == "publish_trial" else ""
        if why:
            self.detail.say(why)
            return
        self.show_view(CALENDAR)
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_innermost(self) -> bool:
        if self.view != TRIAL:
            return super().leave_innermost()
        self.run("leave_trial")
        return True

    # -- files -----------------------------------------------------------------------------------------

    def import_choices(self) -> tuple[FormField, ...]:
        names = {What.AREAS: AREAS, What.UNITS: UNITS, What.POSTS: POSTS, What.COMPONENTS: COMPONENTS}
        options = tuple((str(what), values.view_title(view)) for what, view in names.items())
        chosen = self._subject if self._subject in names.values() else AREAS
        return (FormField("what", self.tr("内容"), "choice", options=options, value=chosen),)
