"""What both table windows share: three panes, import with a dry run, freshness, keys. What is listed is the window's own."""

from __future__ import annotations

import csv
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.services.tables_in import TableFileError
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.link_words import not_yet, not_yet_status
from desktop.views.shell import DeskWindow
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.list_values import Listing, plan_listing, plan_notes
from desktop.views.tables.panes import DetailPane, RowsPane, ViewsPane
from desktop.views.tables.sender import TableSender
from desktop.views.tables.words import file_text, refusal_text
from desktop.views.words import filled
from desktop.widgets.action_button import Action
from desktop.widgets.inline_form import FormField
from desktop.widgets.panes import Panes
from domain.tables.importing import Plan, What, export, plan_import
from domain.tables.sheets import Sheet
from domain.tables.words import Table

if TYPE_CHECKING:
    from desktop.bridge import Bridge

PREVIEW = "preview"
REFRESH_MS = 50


class TableWindow(DeskWindow):
    """`view` is the id of what is listed; PREVIEW while a file is looked at."""

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        feed: TablesFeed,
        window_id: str,
        title: str,
        table: Table,
        lists: tuple[str, ...],
        parts: tuple[str, ...],
        hint: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, bridge, window_id, title, parent)
        self.feed, self.table = feed, table
        self.view = ""
        self.row_id = ""
        self.plan: Plan | None = None
        self._listing: Listing | None = None
        self._file = Path()
        self._whole = True
        self._what = What.ITEMS
        self._form_command = ""
        self.left = ViewsPane(theme, lists)
        self.rows = RowsPane(theme, hint)
        self.detail = DetailPane(theme, (*parts, self.tr("时限这样读")))
        self._readings = len(parts)
        """Place of the last part, which only a preview has."""
        self.outgoing = TableSender(bridge, feed, table, self)
        self.set_central(Panes(theme, (self.left, self.rows, self.detail), growing=1))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._connect_panes()

    def _connect_panes(self) -> None:
        self.left.selected.connect(self.show_view)
        self.rows.chosen.connect(self._on_chosen)
        self.rows.opened.connect(self._on_opened)
        self.rows.filtered.connect(self._on_filtered)
        self.detail.triggered.connect(self.run)
        self.detail.form.submitted.connect(self._on_submitted)
        self.detail.form.cancelled.connect(self._focus_rows)
        self.outgoing.said.connect(self.detail.say)
        self.feed.changed.connect(self._schedule)
        self.feed.usage_changed.connect(self._schedule)
        self.bridge.freshness_changed.connect(self._on_freshness)

    # -- for the window that is one -------------------------------------------------------------------

    def hide_card(self) -> None:
        """A preview shows no card of its own."""

    def listing(self) -> Listing:
        """What the middle shows in this view."""
        raise NotImplementedError

    def show_left(self) -> None:
        raise NotImplementedError

    def show_detail(self) -> None:
        raise NotImplementedError

    def own_actions(self, why: str) -> tuple[Action, ...]:
        """Buttons of the view; `why` = why nothing may be changed now."""
        raise NotImplementedError

    def run_own(self, command: str) -> None:
        raise NotImplementedError

    def submitted(self, command: str, values: dict[str, str]) -> str:
        """Carry a form out; "" or the sentence why not."""
        raise NotImplementedError

    def import_choices(self) -> tuple[FormField, ...]:
        """What a file may hold here, beside its name."""
        return ()

    # -- showing --------------------------------------------------------------------------------------

    def show_view(self, view: str) -> None:
        self.view = view
        if view != PREVIEW:
            self.plan = None
        self.detail.form.close_form()
        self.refresh()

    def refresh(self) -> None:
        """Everything from what is known now."""
        self._timer.stop()
        self.show_left()
        if self.feed.reference is None:
            self.rows.set_heading(self.windowTitle(), "", self.freshness())
            link = self.bridge.freshness.of()
            self.rows.show_message(
                not_yet(link) or self.tr("启动以来未接通"), status=not_yet_status(link) or ("freshness", "never")
            )
            self.detail.hide()
            return
        self.detail.show()
        listing = self._listing = self.current_listing()
        self._show_heading(listing)
        self.rows.set_listing(listing.columns, listing.rows, self.row_id)
        if not listing.rows:
            self.rows.show_message(self.empty_text())
        self._on_chosen(self.rows.current_id())

    def _show_heading(self, listing: Listing) -> None:
        self.rows.set_heading(listing.title, listing.note, self.freshness(), self._strip())

    def current_listing(self) -> Listing:
        return self.listing() if self.plan is None else plan_listing(self._file.name, self.plan)

    def empty_text(self) -> str:
        if self.rows.filter.text().strip():
            return self.tr("没有符合的条目")
        return self.tr("文件与现行的表没有差别") if self.plan is not None else self.nothing_text()

    def nothing_text(self) -> str:
        """What would stand in this view, and how it gets there."""
        who = (
            self.tr("按 I 导入文件后列在这里。")
            if not self.feed.why_not_edit()
            else self.tr("系统管理员导入后列在这里。")
        )
        return filled(self.tr("{view}：还没有条目。{who}"), {"view": self.current_listing().title, "who": who})

    def _strip(self) -> str:
        fresh = self.freshness()
        if fresh.late:
            return filled(self.tr("以下为 {as_of} 的情况，接通后才能修改"), {"as_of": fresh.as_of})
        why = self.feed.why_not_edit()
        return filled(self.tr("本席只读：{why}"), {"why": refusal_text(why, {})}) if why == "role" else ""

    def show_actions(self) -> None:
        why = self.feed.why_not_edit("start")
        reason = refusal_text(why, {}) if why else ""
        if self.plan is not None:
            ready = bool(self.plan.rows) and not why
            blocked = reason or (self.tr("有读不了的行") if self.plan.problems else self.tr("没有变化"))
            self.detail.set_actions(
                (
                    Action("publish", self.tr("发布"), "P", "primary", ready, "" if ready else blocked),
                    Action("leave", self.tr("放弃导入"), "Esc"),
                )
            )
            return
        shared = (
            Action("import", self.tr("导入预览"), "I"),
            Action("export", self.tr("导出"), "O"),
        )
        self.detail.set_actions((*self.own_actions(reason), *shared))

    # -- commands that both have ----------------------------------------------------------------------

    def run(self, command: str) -> None:
        self.detail.say("")
        if not self.detail.buttons.button(command).isEnabled():
            return
        if command == "leave":
            self.leave_preview()
        elif command == "import":
            self.open_form(command, self.tr("导入文件，先看差异"), self._import_fields(), self.tr("读取"))
        elif command == "export":
            fields = (FormField("path", self.tr("存为 .csv"), value=str(Path.home() / f"{self.objectName()}.csv")),)
            self.open_form(command, self.tr("导出"), (*self.import_choices(), *fields), self.tr("导出"))
        elif command == "publish":
            self.open_form(command, self.tr("发布这次导入"), self.heading_fields(), self.tr("发布"))
        else:
            self.run_own(command)

    def open_form(self, command: str, title: str, fields: tuple[FormField, ...], confirm: str, hint: str = "") -> None:
        self._form_command = command
        self.detail.form.open_form(title, fields, confirm, hint=hint)

    def heading_fields(self) -> tuple[FormField, ...]:
        """Why, and from when: what every revision says."""
        reason = FormField("reason", self.tr("修订原因（公开，不写个人）"))
        if self.table is not Table.LIST:
            return (reason,)
        return (reason, FormField("valid_from", self.tr("启用日期，空为即时"), "date", required=False))

    def _import_fields(self) -> tuple[FormField, ...]:
        whole = (("keep", self.tr("只增改，不停用")), ("whole", self.tr("文件即全表，没写的停用")))
        return (
            FormField("path", self.tr("文件 .xlsx 或 .csv")),
            *self.import_choices(),
            FormField("whole", self.tr("范围"), "choice", options=whole),
        )

    def _on_submitted(self, values: dict[str, str]) -> None:
        command = self._form_command
        if command == "import":
            self._start_reading(values)
            return
        if command == "export":
            why = self._export(values)
        elif command == "publish":
            why = self._publish(values)
        else:
            why = self.submitted(command, values)
        if why:
            self.detail.form.set_error(why)
            return
        self.detail.form.close_form()
        self._focus_rows()
        self.refresh()

    def valid_from(self, values: dict[str, str]) -> datetime | None:
        """Midnight of the site's day; None for at once."""
        text = values.get("valid_from", "").strip()
        if not text:
            return None
        zone = self.feed.site.local(self.feed.now()).tzinfo
        return datetime.combine(datetime.fromisoformat(text).date(), time.min, zone)

    # -- files ----------------------------------------------------------------------------------------

    def _start_reading(self, values: dict[str, str]) -> None:
        self._file = Path(values["path"].strip().strip('"')).expanduser()
        self._whole = values.get("whole") == "whole"
        self._what = What(values.get("what") or What.ITEMS)
        self.detail.form.set_error(self.tr("正在读取"))
        self.bridge.read_table_then(self._file, self._on_read)

    @while_alive
    def _on_read(self, sheets: tuple[Sheet, ...] | TableFileError) -> None:
        if isinstance(sheets, TableFileError):
            self.detail.form.set_error(file_text(sheets.code, sheets.detail))
            return
        self.show_plan(plan_import(self._what, sheets, self.feed.tables(), whole=self._whole))

    def show_plan(self, plan: Plan) -> None:
        """The dry run: what would change, and every row that cannot be read."""
        self.plan = plan
        self.view = PREVIEW
        self.row_id = ""
        self.detail.form.close_form()
        self.refresh()
        self._focus_rows()

    def leave_preview(self) -> None:
        self.show_view(self.first_view())
        self._focus_rows()

    def leave_innermost(self) -> bool:
        """Esc with no form and no filter: a preview is left. False where there was none."""
        if self.plan is None:
            return False
        self.leave_preview()
        return True

    def first_view(self) -> str:
        raise NotImplementedError

    def show_plan_detail(self) -> None:
        """Beside the preview: how limits were read."""
        assert self.plan is not None
        self.hide_card()
        self.detail.set_heading(self._file.name, self.tr("导入前先看差异"))
        self.detail.set_facts(())
        for place in range(self._readings):
            self.detail.set_part(place, "", ())
        self.detail.set_part(self._readings, "", plan_notes(self.plan))

    def _publish(self, values: dict[str, str]) -> str:
        assert self.plan is not None
        why = self.outgoing.send_file(self.plan.rows, values["reason"], self.valid_from(values))
        if not why:
            self.detail.say(self.tr("正在发布，各席位随后更新"))
            self.plan, self.view = None, self.first_view()
        return why

    def _export(self, values: dict[str, str]) -> str:
        path = Path(values["path"].strip().strip('"')).expanduser()
        grid = export(What(values.get("what") or What.ITEMS), self.feed.tables())
        try:
            # With a byte order mark: the spreadsheet of the office opens it as what it is.
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(grid)
        except OSError as error:
            return filled(self.tr("写不了 {file}：{why}"), {"file": path.name, "why": error.strerror or ""})
        self.detail.say(filled(self.tr("已导出 {n} 行到 {file}"), {"n": len(grid) - 1, "file": path.name}))
        return ""

    # -- slots ----------------------------------------------------------------------------------------

    def _on_freshness(self) -> None:
        """Every second or so: how old it is and what the line lets through, not the rows."""
        if self._listing is None:
            self._schedule()
            return
        if self.table is Table.LIST and self.isVisible():
            self.feed.need_usage()
        self._show_heading(self._listing)
        self.show_actions()

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_chosen(self, row_id: str) -> None:
        self.row_id = row_id
        if self.plan is not None:
            self.show_plan_detail()
        else:
            self.detail.set_part(self._readings, "", ())
            self.show_detail()
        self.show_actions()

    def _on_opened(self) -> None:
        """Enter does what the first button says."""
        first = next(iter(self.detail.buttons.buttons()), "")
        if first:
            self.run(first)

    def _on_filtered(self) -> None:
        self.refresh()

    def _focus_rows(self) -> None:
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Qt -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters give commands; text fields keep theirs."""
        text = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif text == "/":
            self.rows.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier) or not (
            text and self._run_key(text)
        ):
            super().keyPressEvent(event)

    def _run_key(self, key: str) -> bool:
        for command, button in self.detail.buttons.buttons().items():
            if button.key() == key:
                self.run(command)
                return True
        return False

    def _on_escape(self) -> None:
        """The innermost open thing closes."""
        if not self.detail.form.isHidden():
            self.detail.form.cancel()
        elif self.rows.filter.hasFocus() or self.rows.filter.text():
            self.rows.filter.clear()
        else:
            self.leave_innermost()
        self._focus_rows()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.table is Table.LIST:
            self.feed.need_usage()
        self._focus_rows()
