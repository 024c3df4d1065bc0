"""The right pane: the chosen ticket, and what lies around its place. Plain values in, signals out; it looks nothing up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.ticket_row import ClockLook, TicketRow
from desktop.theme.theme import Theme
from desktop.views.map.around import CAMERAS_LISTED, FORCES_LISTED, CameraNear, UnitNear
from desktop.views.map.lists import CameraList, CameraRow, Cell, HistoryBars, LineTable, NumberRow
from desktop.views.words import filled
from desktop.widgets.action_button import Action
from desktop.widgets.action_row import ActionRow
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.component_card import ComponentCard, ComponentValue
from desktop.widgets.glyph_line import GlyphLine
from desktop.widgets.labels import plain_label
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader
from desktop.widgets.sla_bar import SlaBar, format_remaining
from desktop.widgets.status_chip import StatusChip
from domain.components import Component, short_number

OPEN, WALL, SEND = "open", "wall", "send"
COMPONENTS_LISTED = 6
CAMERAS_SHOWN = 4


class RightPane(ThemedWidget):
    """`action` is one of OPEN, WALL, SEND."""

    action = Signal(str)
    camera_activated = Signal(str)
    component_activated = Signal(str)
    ticket_activated = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._urgency = StatusChip(theme, "urgency", "normal", "body", colored_word=True)
        self._id = plain_label(theme, size="small", role="text.secondary")
        self._state = StatusChip(theme, "sla", "ok", "small")
        self._bar = SlaBar(theme)
        self._title = plain_label(theme, size="heading", weight="title", wrap=True)
        self._place = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._placing = plain_label(theme, size="small", role="text.primary", wrap=True)
        self._actions = ActionRow(theme, 3)
        self._actions.triggered.connect(self.action)
        self._demo = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        names = {
            "cameras": self.tr("覆盖此处的视频"),
            "components": self.tr("50 米内部件"),
            "forces": self.tr("最近力量"),
            "history": self.tr("此处近 30 天"),
            "merged": self.tr("同一事件归并"),
        }
        self._sections = {name: SectionHeader(theme, title) for name, title in names.items()}
        self.cameras = CameraList(theme)
        self.cameras.activated.connect(self.camera_activated)
        heads = (self.tr("部件"), self.tr("编号"), self.tr("主管"), self.tr("养护"))
        self.components = LineTable(theme, (0.19, 0.3, 0.2, 0.31), heads)
        self.components.activated.connect(self.component_activated)
        self.forces = LineTable(theme, (0.56, 0.22, 0.22), last_right=True)
        self.history = HistoryBars(theme)
        self._history_trouble = GlyphLine(theme)
        self.merged = NumberRow(theme)
        self.merged.activated.connect(self.ticket_activated)
        self._card = ComponentCard(theme)
        self._unplaced = plain_label(
            theme, self.tr("此工单没有坐标，图上没有它的位置。"), "small", "text.secondary", wrap=True
        )
        self._placed = True
        self._shown_id = ""
        self._empty = plain_label(theme, size="small", role="text.tertiary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.setAccessibleName(self.tr("此处"))
        self.clear()

    def _lay_out(self) -> None:
        self._body = QWidget()
        column = self._column = QVBoxLayout(self._body)
        head = self._head = QHBoxLayout()
        head.addWidget(self._urgency)
        head.addWidget(self._id)
        head.addStretch(1)
        head.addWidget(self._state)
        head.addWidget(self._bar)
        column.addLayout(head)
        top: tuple[QWidget, ...] = (
            self._title,
            self._place,
            self._placing,
            self._actions,
            self._demo,
            self._unplaced,
            self._card,
        )
        for part in top:
            column.addWidget(part)
        self._parts: dict[str, QWidget] = {
            "cameras": self.cameras,
            "components": self.components,
            "forces": self.forces,
            "history": self.history,
            "merged": self.merged,
        }
        self._gaps: list[QWidget] = []
        for name, below in self._parts.items():
            gap = QWidget()
            self._gaps.append(gap)
            for widget in (gap, self._sections[name], below):
                column.addWidget(widget)
            if below is self.history:
                column.addWidget(self._history_trouble)
        column.addStretch(1)
        self._scroll = scrolled(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._scroll, 1)
        self.hide_component()
        set_shown(self._unplaced, False)
        self.restyle()

    # -- what it shows ------------------------------------------------------------------------------

    def clear(self, sentence: str = "") -> None:
        """Nothing is chosen."""
        self._shown_id = ""
        self._empty.set_text(
            sentence or self.tr("选中图上一张工单，这里显示覆盖它的视频、50 米内的部件和最近的力量。Tab 在工单间移动。")
        )
        self._scroll.hide()
        self._empty.show()

    def show_ticket(self, row: TicketRow, actions: Sequence[Action], placing: str = "") -> None:
        """Who and where; the rest follows by the other calls. `placing`: what is doubtful about point and area."""
        self._empty.hide()
        self._scroll.show()
        if self._shown_id != row.id:
            self._shown_id = row.id
            self._show_ticket_parts(True)
            self.set_history(None)
            self.set_merged(())
            self.hide_component()
        self._urgency.set_status("urgency", row.urgency)
        self._id.set_text(row.id)
        self._title.set_text(row.matter)
        self._place.set_text(" · ".join(part for part in (row.place, row.stage, row.unit) if part))
        self._actions.set_actions(actions)
        self._placing.set_text(placing)
        set_shown(self._placing, bool(placing))
        self._demo.set_text(self.tr("演示：环节与地点为模拟") if row.ticket.simulated else "")
        set_shown(self._demo, row.ticket.simulated)

    def tick(self, look: ClockLook) -> None:
        """The clock at this instant."""
        known = look.state != "none"
        self._state.set_status(
            "sla" if known else "", look.state if known else "", format_remaining(look.remaining_s, look.state)
        )
        self._bar.set_value(look.state, look.used if known else None, look.beyond)

    def set_cameras(self, near: Sequence[CameraNear], words: dict[str, str], count: int) -> None:
        """`words`: state with its age by camera id; `count`: cameras of the register (0 = none is known here)."""
        covering = [each for each in near if each.covers]
        only_near = len(near) - len(covering)
        note = filled(self.tr("{n} 路，附近另有 {m} 路"), {"n": len(covering), "m": only_near})
        if not count:
            note = self.tr("没有视频点位资料")
        elif not near:
            note = self.tr("300 米内没有视频")
        self._sections["cameras"].set_note(note)
        listed = near[: max(CAMERAS_SHOWN, min(len(covering), CAMERAS_LISTED))]
        self.cameras.set_rows([self._camera_row(each, words) for each in listed])

    def _camera_row(self, near: CameraNear, words: dict[str, str]) -> CameraRow:
        cover = self.tr("覆盖此处") if near.covers else self.tr("不覆盖")
        meters = filled(self.tr("{n} 米"), {"n": round(near.distance_m)})
        camera = near.camera
        return CameraRow(
            camera.id, camera.name, f"{camera.id} · {meters} · {cover}", camera.state, words.get(camera.id, "")
        )

    def set_components(self, near: Sequence[tuple[Component, float]], known: bool) -> None:
        note = filled(self.tr("{n} 个"), {"n": len(near)})
        self._sections["components"].set_note(note if known else self.tr("没有部件资料"))
        self.components.set_lines([(each.id, self._component_cells(each)) for each, _ in near[:COMPONENTS_LISTED]])

    def _component_cells(self, component: Component) -> tuple[Cell, ...]:
        return (
            Cell(component.kind),
            Cell(short_number(component.id), "text.tertiary"),
            Cell(component.department),
            Cell(component.maintainer),
        )

    def set_placed(self, placed: bool) -> None:
        """A ticket without coordinates has nothing around it: say so instead of guessing."""
        self._placed = placed
        set_shown(self._unplaced, not placed)
        for name in ("cameras", "components", "forces"):
            set_shown(self._sections[name], placed)
            set_shown(self._parts[name], placed)

    def show_component(self, component: ComponentValue) -> None:
        """The card of one component."""
        if not self._shown_id:
            self._show_ticket_parts(False)
        self._empty.hide()
        self._scroll.show()
        self._card.set_component(component)
        set_shown(self._card, True)

    def _show_ticket_parts(self, shown: bool) -> None:
        """A component's card may stand alone; what belongs to a ticket is then away."""
        head = (self._urgency, self._id, self._state, self._bar, self._title, self._place, self._placing)
        for part in (*head, self._actions, self._demo, *self._sections.values(), *self._parts.values()):
            set_shown(part, shown)
        if not shown:
            set_shown(self._unplaced, False)

    def hide_component(self) -> None:
        set_shown(self._card, False)

    def set_forces(self, near: Sequence[UnitNear], known: bool) -> None:
        self._sections["forces"].set_note(self.tr("按报到；定位超 5 分钟变灰") if known else self.tr("没有定位来源"))
        lines = []
        for each in near[:FORCES_LISTED]:
            role = "text.disabled" if each.old else "text.primary"
            where = self.tr("到场") if each.on_site else filled(self.tr("{n} 米"), {"n": round(each.distance_m)})
            lines.append(
                (
                    each.unit.id,
                    (Cell(each.unit.name, role), Cell(where, role), Cell(each.unit.age_text, "text.tertiary")),
                )
            )
        self.forces.set_lines(lines)

    def set_history(self, counts: Sequence[int] | None, first: str = "", last: str = "", note: str = "") -> None:
        """Matters of this kind at this place per day; None = not known, with why in `note`, or not asked yet."""
        known = counts is not None
        set_shown(self._sections["history"], known or bool(note))
        set_shown(self.history, known)
        self._sections["history"].set_note(note if known else "")
        self._history_trouble.set_text("" if known else note)
        self.history.set_counts(counts or (), first, last)

    def history_trouble(self) -> str:
        """Why the days are not known; "" = they are, or nobody asked."""
        return self._history_trouble.text()

    def set_merged(self, items: Sequence[tuple[str, str]], note: str = "") -> None:
        """(id, number) of reports merged into this one."""
        for part in (self._sections["merged"], self.merged):
            set_shown(part, bool(items))
        self._sections["merged"].set_note(note)
        self.merged.set_items(items)

    # -- Qt -----------------------------------------------------------------------------------------

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("l")
        column = self._column
        column.setContentsMargins(pad, theme.space("m"), pad, theme.space("m"))
        column.setSpacing(theme.space("xs"))
        self._empty.setContentsMargins(pad, pad, pad, pad)
        self._head.setSpacing(theme.space("s"))
        self._bar.setFixedWidth(theme.space("xl") * 3)
        for gap in self._gaps:
            gap.setFixedHeight(theme.space("m"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        painter.fillRect(QRectF(0, 0, self._theme.pen("hair"), self.height()), self._theme.color("line.hair"))
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 17.5), self._theme.space("xl") * 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 16, self._theme.space("xl") * 10)
