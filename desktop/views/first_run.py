"""The guided start of a workstation that knows no server: where to connect, what it is, what stands on which screen. Three steps.

It opens nothing and writes nothing: `finished` carries what was chosen. A wall asks for no login: its machine's token is enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.services.screens import ScreenFacts, positions
from desktop.settings import ScreenSetup
from desktop.theme.theme import Theme, smallest_text_px
from desktop.views.launch_entries import entries
from desktop.views.window_place import OWN_SIZE
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.inputs import ChoiceBox
from desktop.widgets.labels import plain_label
from domain.wall.values import NAME_MOST

SCHEMES = ("ws://", "wss://")
USUAL = "ws://127.0.0.1:8700"
DESK, WALL = "desk", "wall"
NOTHING = ""
WIDTH_MOST_M, DISTANCE_MOST_M = 30.0, 50.0


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """`demo`: run the recorded day instead of a server. `wall` "" = a desk. `windows`: screen name → kind of window."""

    server: str = ""
    token: str = ""
    demo: bool = False
    wall: str = ""
    windows: dict[str, str] = field(default_factory=dict)
    screens: dict[str, ScreenSetup] = field(default_factory=dict)


class FirstRun(QWidget):
    """Enter goes on, Esc goes back. `finished(FirstChoice)`; closing it chooses nothing."""

    finished = Signal(object)

    def __init__(self, theme: Theme, screens: tuple[ScreenFacts, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        order = positions(screens)
        self._screens = tuple(sorted(screens, key=lambda one: order[screens.index(one)]))
        self._role = DESK
        self.setProperty(OWN_SIZE, True)
        self.setWindowTitle(self.tr("联动 · 首次使用"))
        self.setPalette(theme.palette())
        self.setFont(theme.font("body"))
        self.setStyleSheet(theme.stylesheet())
        self.setAutoFillBackground(True)
        self._title = plain_label(theme, size="number_m", weight="title")
        self._fault = plain_label(theme, size="small", role="text.primary", wrap=True)
        self._steps = QStackedWidget()
        for step in (self._server_step(), self._role_step(), self._screens_step()):
            self._steps.addWidget(step)
        self._back = ActionButton(theme, self.tr("上一步"), "Esc")
        self._back.clicked.connect(self.back)
        self._next = ActionButton(theme, self.tr("下一步"), "Enter", "primary")
        self._next.clicked.connect(self.go_on)
        column = QVBoxLayout(self)
        pad = theme.space("xl")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.space("m"))
        column.addWidget(self._title)
        column.addWidget(self._steps, 1)
        column.addWidget(self._fault)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._next)
        column.addLayout(row)
        self.setMinimumWidth(theme.space("xl") * 26)
        self._show_step(0)

    # -- steps --------------------------------------------------------------------------------------

    def _server_step(self) -> QWidget:
        theme = self._theme
        box = QWidget()
        form = QFormLayout(box)
        self.server = QLineEdit(USUAL)
        self.server.setAccessibleName(self.tr("服务器地址"))
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setAccessibleName(self.tr("令牌"))
        self.token.setPlaceholderText(self.tr("由管理员签发，一次即可"))
        form.addRow(plain_label(theme, self.tr("服务器地址")), self.server)
        form.addRow(plain_label(theme, self.tr("令牌")), self.token)
        self.demo = ActionButton(theme, self.tr("改用演示数据"))
        self.demo.clicked.connect(self._on_demo)
        hint = self.tr("演示在本机重放一天的真实工单，各窗口都注明演示。")
        form.addRow(self.demo)
        form.addRow(plain_label(theme, hint, "small", role="text.tertiary", wrap=True))
        return box

    def _role_step(self) -> QWidget:
        theme = self._theme
        box = QWidget()
        column = QVBoxLayout(box)
        self._roles = ChipRow(theme)
        self._roles.clicked.connect(self.set_role)
        column.addWidget(self._roles)
        self._role_note = plain_label(theme, size="small", role="text.tertiary", wrap=True)
        column.addWidget(self._role_note)
        self.wall_name = QLineEdit(self.tr("主屏"))
        self.wall_name.setMaxLength(NAME_MOST)
        self.wall_name.setAccessibleName(self.tr("大屏名称"))
        column.addWidget(self.wall_name)
        column.addStretch(1)
        self.set_role(DESK)
        return box

    def _screens_step(self) -> QWidget:
        theme = self._theme
        box = QWidget()
        self._form = QFormLayout(box)
        self.kinds: dict[str, ChoiceBox] = {}
        self.measures: dict[str, tuple[MetreEdit, MetreEdit]] = {}
        self._rulers = {}
        for number, screen in enumerate(self._screens, 1):
            values = {"number": number, "name": screen.name, "width": screen.width, "height": screen.height}
            label = plain_label(theme, filled(self.tr("屏 {number} · {name} · {width}×{height}"), values))
            kinds = self.kinds[screen.name] = ChoiceBox(theme)
            kinds.addItem(self.tr("不放窗口"), NOTHING)
            for entry in entries():
                kinds.addItem(entry.title, entry.id)
            kinds.setCurrentIndex(1 if number == 1 else 0)
            width = MetreEdit(self.tr("屏宽（米）"), WIDTH_MOST_M)
            distance = MetreEdit(self.tr("视距（米）"), DISTANCE_MOST_M)
            ruler = self._rulers[screen.name] = plain_label(theme, size="small", role="text.tertiary")
            for edit in (width, distance):
                edit.textChanged.connect(self._show_rulers)
            self.measures[screen.name] = (width, distance)
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            for widget in (kinds, width, distance, ruler):
                line.addWidget(widget)
            self._form.addRow(label, row)
        self._show_rulers()
        return box

    # -- moving on ----------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        return self._steps.currentIndex()

    def set_role(self, role: str) -> None:
        """desk or wall."""
        self._role = role
        self._roles.set_chips(
            (
                ChipValue(DESK, self.tr("席位"), selected=role == DESK),
                ChipValue(WALL, self.tr("大屏主机"), selected=role == WALL),
            )
        )
        self.wall_name.setVisible(role == WALL)
        note = self.tr("角色和席位由令牌决定，接通后显示在窗口顶部。")
        if role == WALL:
            note = self.tr("大屏不用登录：开机即显示导播设定的画面，断线保持最后场景。令牌的角色须为 wall。")
        self._role_note.set_text(note)

    def back(self) -> None:
        self._show_step(max(self.step - 1, 0))

    def go_on(self) -> None:
        """The next step, or the end; a fault is said and nothing is lost."""
        fault = self._fault_of(self.step)
        self._fault.set_text(fault)
        if fault:
            return
        if self.step + 1 < self._steps.count():
            self._show_step(self.step + 1)
        else:
            self.finished.emit(self._choice())

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        titles = (self.tr("一、选择服务器"), self.tr("二、本机用作"), self.tr("三、摆放窗口"))
        self._title.set_text(titles[step])
        self._fault.set_text("")
        self._back.setVisible(step > 0)
        self._next.set_label(self.tr("开始") if step + 1 == self._steps.count() else self.tr("下一步"), "Enter")
        for name, kinds in self.kinds.items():
            desk = self._role == DESK
            kinds.setVisible(desk)
            for widget in (*self.measures[name], self._rulers[name]):
                widget.setVisible(not desk)

    def _fault_of(self, step: int) -> str:
        if step == 0 and not self.server.text().strip().startswith(SCHEMES):
            return self.tr("地址要以 ws:// 或 wss:// 开头，例如 ws://10.0.0.5:8700")
        if step == 0 and not self.token.text().strip():
            return self.tr("请填令牌：在服务器上运行 liandong backend token 签发，或改用演示数据")
        if step == 1 and self._role == WALL and not self.wall_name.text().strip():
            return self.tr("请给大屏起个名称，导播按它找到这面墙")
        if step == 2 and self._role == DESK and not any(kinds.currentData() for kinds in self.kinds.values()):
            return self.tr("请至少放一个窗口")
        return ""

    def _choice(self) -> FirstChoice:
        wall = self.wall_name.text().strip() if self._role == WALL else ""
        windows = {name: kinds.currentData() for name, kinds in self.kinds.items() if kinds.currentData()}
        setups = {}
        for screen in self._screens:
            pitch_mm, distance_mm = self._measured(screen)
            if pitch_mm or distance_mm:
                setups[screen.serial or screen.name] = ScreenSetup(pitch_mm=pitch_mm, distance_mm=distance_mm)
        return FirstChoice(
            self.server.text().strip(), self.token.text().strip(), False, wall, {} if wall else windows, setups
        )

    def _on_demo(self) -> None:
        self.finished.emit(FirstChoice(demo=True))

    def _measured(self, screen: ScreenFacts) -> tuple[float, float]:
        """(pitch, distance) in millimetres; 0 = not told."""
        width, distance = self.measures[screen.name]
        return width.value() * 1000 / screen.width, distance.value() * 1000

    def _show_rulers(self) -> None:
        profile = self._theme.tokens.profiles["wall"]
        for screen in self._screens:
            pitch_mm, distance_mm = self._measured(screen)
            px = smallest_text_px(profile, pitch_mm or profile.pitch_mm, distance_mm or profile.distance_mm)
            self._rulers[screen.name].set_text(filled(self.tr("最小字 {px} px"), {"px": px}))

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)


class MetreEdit(QLineEdit):
    """A length in metres; empty or no number = not measured, then the tokens' reference wall holds."""

    def __init__(self, name: str, most: float) -> None:
        super().__init__()
        self._most = most
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setMaxLength(6)

    def value(self) -> float:
        try:
            metres = float(self.text().replace(",", "."))
        except ValueError:
            return 0.0
        return metres if 0 < metres <= self._most else 0.0
