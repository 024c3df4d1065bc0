"""The list (清单): its items with limits and usage, its versions and what each changed, what the work proposes; edit and import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.shell import LIST
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.frame import TableWindow
from desktop.views.tables.item_form import FormError, item_fields, item_of
from desktop.views.tables.list_values import (
    PROPOSALS,
    VIEWS,
    Listing,
    between_listing,
    difference_listing,
    item_facts,
    item_history,
    item_listing,
    items_in,
    matches,
    proposal_listing,
    usage_facts,
    version_difference,
    version_note,
    version_numbers,
    version_word,
    view_title,
)
from desktop.views.words import filled
from desktop.widgets.action_button import Action
from desktop.widgets.inline_form import FormField
from desktop.widgets.painting import format_count
from desktop.widgets.saved_view_list import SavedView
from domain.catalogue import Item
from domain.tables.proposals import Proposal, proposals
from domain.tables.values import Revision, Rows
from domain.tables.words import Progress, Table

if TYPE_CHECKING:
    from desktop.bridge import Bridge

USAGE, HISTORY = 0, 1
"""Places of the parts below the facts."""
COMPARED = "compared"


class ListWindow(TableWindow):
    def __init__(self, theme: Theme, bridge: Bridge, feed: TablesFeed, parent: QWidget | None = None) -> None:
        self._proposed: tuple[Proposal, ...] = ()
        self._compared = (0, 0)
        """Two versions of the list, while the view is COMPARED."""
        translate = QCoreApplication.translate
        super().__init__(
            theme,
            bridge,
            feed,
            LIST,
            translate("tables", "事件部件清单"),
            Table.LIST,
            (translate("tables", "清单"), translate("tables", "建议"), translate("tables", "版本")),
            (translate("tables", "用量"), translate("tables", "历次修订")),
            translate("tables", "编码、名称、条件  /"),
            parent,
        )
        self.view = VIEWS[0]
        self.refresh()

    # -- what is listed -------------------------------------------------------------------------------

    def first_view(self) -> str:
        return VIEWS[0]

    def refresh(self) -> None:
        known = self.feed.usage
        self._proposed = () if known is None else proposals(self.feed.catalogue, known, self.feed.since())
        super().refresh()

    def listing(self) -> Listing:
        if self.view == COMPARED:
            return between_listing(*self._compared, self.feed.catalogue)
        revision = self.feed.revision(self.view)
        if revision is not None:
            return self._version_listing(revision)
        text = self.rows.filter.text()
        if self.view in PROPOSALS:
            found = [each for each in self._proposed if each.why == self.view and matches(each.item, text)]
            return proposal_listing(self.view, found, self.feed.site, self.feed)
        every = items_in(self.view, self.feed.catalogue)
        shown = [item for item in every if matches(item, text)]
        words = {"n": format_count(len(shown)), "of": format_count(len(every))}
        note = filled(self.tr("{n} / {of} 条") if len(shown) != len(every) else self.tr("{n} 条"), words)
        return item_listing(self.view, shown, self.feed.usage, note)

    def _version_listing(self, revision: Revision) -> Listing:
        difference = version_difference(revision, self.feed.catalogue)
        title = self.tr("草稿") if revision.progress is Progress.DRAFT else version_word(revision.number)
        return difference_listing(title, version_note(revision, self.feed.site, self.feed), difference)

    def show_left(self) -> None:
        counts = {view: len(items_in(view, self.feed.catalogue)) for view in VIEWS}
        came = self.feed.reference is not None
        views = [SavedView(view, view_title(view), counts[view] if came else None) for view in VIEWS]
        counted = self.feed.usage is not None
        proposed = [
            SavedView(
                why,
                view_title(why),
                sum(each.why == why for each in self._proposed) if counted else None,
            )
            for why in PROPOSALS
        ]
        self.left.set_views((views, proposed, self._versions()), self.view)

    def _versions(self) -> list[SavedView]:
        return [
            SavedView(
                one.id,
                self.tr("草稿") if one.progress is Progress.DRAFT else version_word(one.number),
                len(one.rows),
                ("sla", "at_risk") if one.progress is Progress.DRAFT else None,
            )
            for one in self.feed.revisions(Table.LIST)
        ]

    def current_item(self) -> Item | None:
        """The item under the cursor, in its newest version."""
        return self.feed.catalogue.newest(self.row_id) if self.row_id else None

    def show_detail(self) -> None:
        item, feed = self.current_item(), self.feed
        if item is None:
            self.detail.set_heading("", self.tr("选一条，这里显示它的标准、用量和历次修订"))
            self.detail.set_facts(())
            for place in (USAGE, HISTORY):
                self.detail.set_part(place, "", ())
            return
        tag = self.tr("已停用") if item.retired else ""
        self.detail.set_heading(f"{item.code} · {version_word(item.version)}", item.name, tag)
        self.detail.set_facts(item_facts(item))
        self.detail.set_part(USAGE, *usage_facts(item, feed, feed.site))
        history = item_history(item, feed.catalogue, feed.revisions(Table.LIST), feed.site, feed)
        self.detail.set_part(HISTORY, filled(self.tr("{n} 版"), {"n": len(history)}), history)

    # -- acting ---------------------------------------------------------------------------------------

    def own_actions(self, why: str) -> tuple[Action, ...]:
        revision = self.feed.revision(self.view)
        if revision is not None and revision.progress is Progress.DRAFT:
            return (
                Action("publish_draft", self.tr("发布草稿"), "P", "primary", not why, why),
                Action("drop_draft", self.tr("放弃草稿"), "D", "danger", not why, why),
            )
        item = self.current_item()
        none = why or ("" if item is not None else self.tr("先选一条"))
        retire = (
            Action("revive", self.tr("恢复使用"), "D", "plain", not none, none)
            if item is not None and item.retired
            else Action("retire", self.tr("停用"), "D", "danger", not none, none)
        )
        return (
            Action("revise", self.tr("修订"), "E", "primary", not none, none),
            retire,
            Action("add", self.tr("新增条目"), "N", "plain", not why, why),
            self._compare_action(),
        )

    def _compare_action(self) -> Action:
        """Looking is open to every seat."""
        why = "" if len(version_numbers(self.feed.catalogue)) > 1 else self.tr("清单只有一版")
        return Action("compare", self.tr("比较两版"), "V", "plain", not why, why)

    def _compare_fields(self) -> tuple[FormField, ...]:
        numbers = version_numbers(self.feed.catalogue)
        options = tuple((str(number), version_word(number)) for number in numbers)
        shown = self.feed.revision(self.view)
        then = str(shown.number) if shown is not None and shown.number in numbers else options[0][0]
        return (
            FormField("first", self.tr("从"), "choice", options=options, value=options[-1][0]),
            FormField("then", self.tr("到"), "choice", options=options, value=then),
        )

    def _compare(self, values: dict[str, str]) -> str:
        first, then = int(values["first"]), int(values["then"])
        if first == then:
            return self.tr("请选两个不同的版本")
        self._compared, self.view, self.row_id = (first, then), COMPARED, ""
        return ""

    def run_own(self, command: str) -> None:
        item, draft = self.current_item(), self.feed.revision(self.view)
        if draft is not None and command in ("publish_draft", "drop_draft"):
            why = self.outgoing.publish(draft) if command == "publish_draft" else self.outgoing.drop(draft)
            self.detail.say(why)
            self.show_view(self.first_view())
        elif command == "compare":
            self.open_form(command, self.tr("比较两版"), self._compare_fields(), self.tr("比较"))
        elif command == "add":
            fields = (*item_fields(None), *self.heading_fields())
            self.open_form(command, self.tr("新增条目"), fields, self.tr("新增"))
        elif item is not None and command == "revise":
            title = filled(self.tr("修订 {code}"), {"code": item.code})
            self.open_form(command, title, (*item_fields(item), *self.heading_fields()), self.tr("发布修订"))
        elif item is not None:
            title = self.tr("恢复使用 {code}") if command == "revive" else self.tr("停用 {code}")
            hint = "" if command == "revive" else self.tr("停用后不再立新案，已立的案卷仍按原版本办理。")
            words = {"code": item.code}
            self.open_form(command, filled(title, words), self.heading_fields(), self.tr("发布修订"), hint)

    def submitted(self, command: str, values: dict[str, str]) -> str:
        if command == "compare":
            return self._compare(values)
        item = self.current_item()
        try:
            changed = self._changed(command, item, values)
        except FormError as error:
            return str(error)
        if changed == item:
            return self.tr("没有变化")
        why = self.outgoing.amend(Rows(items=(changed,)), values["reason"], self.valid_from(values))
        if not why:
            self.row_id = changed.code
            self.detail.say(self.tr("正在发布，各席位随后更新"))
        return why

    def _changed(self, command: str, item: Item | None, values: dict[str, str]) -> Item:
        if item is None or command == "add":
            return item_of(values, None, self.feed.catalogue)
        if command in ("retire", "revive"):
            return replace(item, retired=command == "retire")
        return item_of(values, item, self.feed.catalogue)
