"""The centre: head, stages, units, checklist, actions of one inspection; or a message; or the plan form."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.theme.theme import Theme
from desktop.views.inspection.action_bar import ActionBar
from desktop.views.inspection.matrix import Matrix
from desktop.views.inspection.plan_form import PlanForm
from desktop.views.inspection.units_table import UnitsTable
from desktop.views.inspection.values import stage_steps, unit_lines
from desktop.views.inspection.words import result_word, templates_text
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.labels import plain_label
from desktop.widgets.late_strip import LateStrip
from desktop.widgets.painting import RIGHT, draw_runs, draw_text, hair_line, runs_text
from desktop.widgets.panel_message import PanelMessage, ProgressLine
from desktop.widgets.section import SectionHeader
from desktop.widgets.tag import Tag
from desktop.widgets.timeline import StageTrack
from desktop.widgets.values import Freshness, Run
from desktop.widgets.wording import enumerated
from domain.inspection.values import Cell, Inspection
from domain.rules import ScoreWeights


class RunsHeader(ThemedWidget):
    """A section heading whose note has strong and coloured pieces: 清单 2026-02 版 · 合格 24 · 不合格 10."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title, self._runs = title, ()  # type: tuple[str, tuple[Run, ...]]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_runs(self, runs: tuple[Run, ...]) -> None:
        self._runs = runs
        self.setAccessibleName(f"{self._title} {runs_text(runs)}")
        self.update()

    def text(self) -> str:
        return runs_text(self._runs)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, self._theme.line_px("body") + self._theme.space("s"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0, 0, 0, -theme.space("xs"))
        used = draw_text(painter, box, self._title, theme.font("body", "title"), theme.color("text.primary"))
        rest = box.adjusted(used + theme.space("s"), 0, 0, 0)
        draw_runs(painter, rest, self._runs, theme, "caption", "text.tertiary", RIGHT)
        hair_line(painter, theme, 0, self.height() - theme.pen("hair"), self.width())
        painter.end()


class CenterPane(ThemedWidget):
    def __init__(self, theme: Theme, form: PlanForm, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tag = Tag(theme)
        self._origin = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._badge = FreshnessBadge(theme, "full", size="caption")
        self._title = plain_label(theme, size="heading", weight="title", elide=True)
        self.list_button = ActionButton(theme, self.tr("列表"), "F")
        set_shown(self.list_button, False)
        self.late = LateStrip(theme)
        self._catching = ProgressLine(theme)
        self.track = StageTrack(theme)
        weights = ScoreWeights()
        note = self.tr("每单位单独计分：报到 {a}＋时限 {b}＋完成 {c}＋质量 {d}").format(
            a=f"{weights.check_in:g}",
            b=f"{weights.on_time:g}",
            c=f"{weights.complete:g}",
            d=f"{weights.accepted_first:g}",
        )
        self._units_head = SectionHeader(theme, self.tr("参与单位"), note)
        self.units = UnitsTable(theme)
        self.matrix_head = RunsHeader(theme, self.tr("检查清单"))
        self.matrix = Matrix(theme)
        self.bar = ActionBar(theme)
        self.message = PanelMessage(theme)
        self.form = form
        self._stack = QStackedWidget()
        self._content = QWidget()
        for page in (self._content, self.message, self.form):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.late)
        outer.addWidget(self._catching)
        outer.addWidget(self._stack, 1)
        self._lay_out()
        self._catching.set_share(None)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.addWidget(self.list_button)
        head.addWidget(self._tag)
        head.addWidget(self._origin, 1)
        head.addWidget(self._badge)
        column = self._column = QVBoxLayout(self._content)
        column.addLayout(head)
        for part in (self._title, self.track, self._units_head, self.units, self.matrix_head):
            column.addWidget(part)
        column.addWidget(self.matrix, 1)
        column.addWidget(self.bar)
        self.restyle()

    # -- pages ----------------------------------------------------------------------------------------

    def show_content(self) -> None:
        self._stack.setCurrentWidget(self._content)

    def show_form(self) -> None:
        self._stack.setCurrentWidget(self.form)

    def show_message(
        self, text: str, detail: str = "", status: tuple[str, str] | None = None, action: str = ""
    ) -> None:
        self.message.set_message(text, detail, status=status, action=action)
        self._stack.setCurrentWidget(self.message)

    def form_is_open(self) -> bool:
        return self._stack.currentWidget() is self.form

    def message_text(self) -> str:
        """ "" while content or form is shown."""
        return self.message.text() if self._stack.currentWidget() is self.message else ""

    # -- content --------------------------------------------------------------------------------------

    def set_freshness(self, freshness: Freshness, late_text: str, share: float | None) -> None:
        self._badge.set_freshness(freshness)
        self.late.set_late(freshness.state, late_text)
        self._catching.set_share(share)

    def show_inspection(
        self, inspection: Inspection, names: Names, site: SiteTime, now: datetime, pending: frozenset[Cell]
    ) -> None:
        self._tag.set_text(filled(self.tr("联检 {id}"), {"id": inspection.id.removeprefix("LJ-")}))
        tickets = enumerated(inspection.plan.tickets)
        self._origin.set_text(filled(self.tr("来自工单 {tickets}"), {"tickets": tickets}) if tickets else "")
        self._title.set_text(inspection.plan.title)
        self._show_running(inspection, names, site, now)
        self.matrix_head.set_runs(checklist_runs(inspection))
        self.matrix.show_inspection(inspection, names, pending)

    def tick(self, inspection: Inspection, names: Names, site: SiteTime, now: datetime) -> None:
        """Only what runs with the time."""
        self._show_running(inspection, names, site, now)

    def _show_running(self, inspection: Inspection, names: Names, site: SiteTime, now: datetime) -> None:
        self.track.set_stages(stage_steps(inspection, site, now))
        due = site.stamp(inspection.plan.starts_at, now)
        self.units.set_units(unit_lines(inspection, names, site, now), due)

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("page")
        self._column.setContentsMargins(round(pad * 1.25), round(pad * 0.75), round(pad * 1.25), 0)
        self._column.setSpacing(theme.space("s"))
        self._head.setSpacing(theme.space("s"))
        # One line of notes below the names is all that an inspection has.
        self.track.setFixedHeight(self.track.sizeHint().height() - round(theme.line_px("caption") * 0.95))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.panel"))
        painter.end()


def checklist_runs(inspection: Inspection) -> tuple[Run, ...]:
    """清单 消防 2026-02 版 · 合格 24 · 不合格 10 · 不适用 4 · 待反馈 1: they add up to items × premises."""
    versions = templates_text(inspection.plan.templates)
    totals = inspection.totals()
    runs = [Run(f"{versions} · ")] if versions else []
    for place, name in enumerate(("ok", "violation", "not_applicable", "open")):
        text = f"{result_word(name)} {totals[name]}"
        role = "sla.overdue" if name == "violation" and totals[name] else None
        runs.append(Run(text, role=role))
        if place < 3:
            runs.append(Run(" · "))
    return tuple(runs)
