"""The guided start of a workstation that knows no server: where to connect, what it is, what stands on which screen, what it sounds like.

Four steps. It opens nothing and writes nothing: `finished` carries what was chosen. A wall asks for no login: its machine's token is enough.
Server and token are tried before the second step (`check_requested`): a wrong one is said here, not after everything was kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.services.screens import ScreenFacts, positions
from desktop.services.server_check import ServerAnswer
from desktop.settings import ScreenSetup
from desktop.theme.theme import Theme, smallest_text_px
from desktop.views.launch_entries import entries
from desktop.views.window_place import OWN_SIZE
from desktop.views.words import filled, role_word
from desktop.widgets.action_button import ActionButton
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.inputs import ChoiceBox
from desktop.widgets.labels import plain_label
from desktop.widgets.screen_outlines import ScreenOutline, ScreenOutlines, WindowChip
from domain.alarms.words import Severity
from domain.vocabulary import Role
from domain.wall.values import NAME_MOST

SCHEMES = ("ws://", "wss://")
USUAL = "ws://127.0.0.1:8700"
DESK, WALL = "desk", "wall"
NO_SEAT = (Role.WALL, Role.SOURCE, Role.SYSTEM)
"""Roles of machines: nobody sits there."""
NOTHING = ""
WIDTH_MOST_M, DISTANCE_MOST_M = 30.0, 50.0
SOUNDS = (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
SOUND_EVERY_MS = 1500
VOLUME = 0.6


class Player(Protocol):
    """What the sound test needs of a loudspeaker."""

    def available(self) -> bool: ...

    def play(self, severity: Severity, volume: float) -> bool: ...


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
    """Enter goes on, Esc goes back. `finished(FirstChoice)`; closing it chooses nothing.

    `check_requested(server, token)`: whoever knows the network answers with `take_answer`. `checks` False: nobody does.
    """

    finished = Signal(object)
    check_requested = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        screens: tuple[ScreenFacts, ...],
        player: Player | None = None,
        parent: QWidget | None = None,
        *,
        checks: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme, self._player = theme, player
        self._checks, self._asking = checks, False
        self._answered: tuple[str, str] | None = None
        self._token_role: Role | None = None
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
        for step in (self._server_step(), self._role_step(), self._screens_step(), self._sound_step()):
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
        box = self._role_page = QWidget()
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
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("m"))
        self.outlines = ScreenOutlines(
            theme,
            [
                ScreenOutline(screen.name, number, screen.left, screen.top, screen.width, screen.height)
                for number, screen in enumerate(self._screens, 1)
            ],
        )
        self.outlines.dropped.connect(self._on_dropped)
        column.addWidget(self.outlines)
        self._form = QFormLayout()
        column.addLayout(self._form)
        column.addStretch(1)
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
            kinds.setAccessibleName(filled(self.tr("屏 {number} 的窗口"), values))
            kinds.currentIndexChanged.connect(self._show_placed)
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

    def _sound_step(self) -> QWidget:
        theme = self._theme
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("m"))
        hint = self.tr("告警用三种声音叫人，一声比一声急。请听一遍，听不清就先调音量。")
        column.addWidget(plain_label(theme, hint, "small", role="text.tertiary", wrap=True))
        self.listen = ActionButton(theme, self.tr("声音自检"))
        self.listen.clicked.connect(self._on_listen)
        column.addWidget(self.listen, 0, Qt.AlignmentFlag.AlignLeft)
        self._heard = plain_label(theme, size="body", role="text.primary", wrap=True)
        column.addWidget(self._heard)
        column.addStretch(1)
        self._to_play: list[Severity] = []
        self._sounding = QTimer(self)
        self._sounding.setInterval(SOUND_EVERY_MS)
        self._sounding.timeout.connect(self._play_next)
        return box

    # -- what is dragged and heard ------------------------------------------------------------------

    def _on_dropped(self, screen: str, kind: str) -> None:
        kinds = self.kinds[screen]
        kinds.setCurrentIndex(kinds.findData(kind))

    def _show_placed(self) -> None:
        desk = self._role == DESK
        self.outlines.set_chips([WindowChip(entry.id, entry.title) for entry in entries()] if desk else ())
        wall = self.wall_name.text().strip()
        self.outlines.set_placed(
            {
                name: (kinds.currentText() if kinds.currentData() else "") if desk else wall
                for name, kinds in self.kinds.items()
            }
        )

    def _on_listen(self) -> None:
        if self._player is None or not self._player.available():
            self._heard.set_text(
                self.tr("没有可用的声音设备：告警不会响。接上音箱后自动启用，可稍后按 Ctrl M 再自检。")
            )
            return
        self._to_play = list(SOUNDS)
        self._sounding.start()
        self._play_next()

    def _play_next(self) -> None:
        if not self._to_play:
            self._sounding.stop()
            self._heard.set_text(self.tr("三声都已播放。没有听到时请检查音箱和音量。"))
            return
        severity = self._to_play.pop(0)
        if self._player is None or not self._player.play(severity, VOLUME):
            self._sounding.stop()
            self._heard.set_text(self.tr("声音没能播放：请检查声音设备，可稍后按 Ctrl M 再自检。"))
            return
        self._heard.set_text(filled(self.tr("正在播放第 {n} 声"), {"n": len(SOUNDS) - len(self._to_play)}))

    # -- moving on ----------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        return self._steps.currentIndex()

    def _last_step(self) -> int:
        """A wall makes no sound: nothing is tried there."""
        return self._steps.count() - (2 if self._role == WALL else 1)

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
        if fault or self._asking:
            return
        if self.step == 0 and self._checks and self._answered != self._typed():
            self._asking = True
            self._fault.set_text(self.tr("正在连接服务器…"))
            self.check_requested.emit(*self._typed())
        elif self.step < self._last_step():
            self._show_step(self.step + 1)
        else:
            self.finished.emit(self._choice())

    def take_answer(self, server: str, token: str, answer: ServerAnswer) -> None:
        """What the server said to this address and token. Something else typed meanwhile is asked anew."""
        self._asking = False
        if self.step != 0:
            return
        if (server, token) != self._typed():
            self.go_on()
            return
        if answer.code:
            self._fault.set_text(_answer_text(answer.code))
            about_token = answer.code == "login"
            (self.token if about_token else self.server).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._answered, self._token_role = (server, token), answer.role
        self.set_role(WALL if answer.role == Role.WALL else DESK)
        self._show_step(1)

    def _typed(self) -> tuple[str, str]:
        return self.server.text().strip(), self.token.text().strip()

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        titles = (
            self.tr("一、选择服务器"),
            self.tr("二、本机用作"),
            self.tr("三、摆放窗口：拖到屏幕上，或在下面选") if self._role == DESK else self.tr("三、屏宽与视距"),
            self.tr("四、声音自检"),
        )
        self._title.set_text(titles[step])
        self._fault.set_text("")
        self._back.setVisible(step > 0)
        self._next.set_label(self.tr("开始") if step == self._last_step() else self.tr("下一步"), "Enter")
        self._show_placed()
        if self._steps.currentWidget() is self._role_page:
            self._roles.chip(self._role).setFocus(Qt.FocusReason.TabFocusReason)
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
        if step == 1 and (fault := self._role_fault()):
            return fault
        if step == 1 and self._role == WALL and not self.wall_name.text().strip():
            return self.tr("请给大屏起个名称，导播按它找到这面墙")
        if step == 2 and self._role == DESK and not any(kinds.currentData() for kinds in self.kinds.values()):
            return self.tr("请至少放一个窗口")
        return ""

    def _role_fault(self) -> str:
        """A token that does not fit what this machine is to be. Nothing is known of it without a check."""
        if self._token_role is None:
            return ""
        if self._role == WALL and self._token_role != Role.WALL:
            said = self.tr("这个令牌的角色是{role}，大屏要用角色为 wall 的令牌：按 Esc 回上一步换令牌，或改选席位")
            return filled(said, {"role": role_word(self._token_role)})
        if self._role == DESK and self._token_role in NO_SEAT:
            said = self.tr("这个令牌的角色是{role}，不能坐席：按 Esc 回上一步换值班人员的令牌")
            return filled(said, {"role": role_word(self._token_role)})
        return ""

    def _choice(self) -> FirstChoice:
        wall = self.wall_name.text().strip() if self._role == WALL else ""
        windows = {name: kinds.currentData() for name, kinds in self.kinds.items() if kinds.currentData()}
        setups = {}
        for screen in self._screens:
            pitch_mm, distance_mm = self._measured(screen)
            if pitch_mm or distance_mm:
                setups[screen.serial or screen.name] = ScreenSetup(
                    pitch_mm=pitch_mm, distance_mm=distance_mm, width_px=screen.width if pitch_mm else 0
                )
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


def _answer_text(code: str) -> str:
    """Why the server was not reached or did not take the token, and what to do; one sentence each."""
    translate = QCoreApplication.translate
    return {
        "address": translate("first_run", "地址写法不对：要像 ws://10.0.0.5:8700，主机名或 IP 后跟端口"),
        "name": translate("first_run", "找不到这台主机：请核对主机名，或改填它的 IP 地址"),
        "nobody": translate(
            "first_run", "这个地址没有服务在听：请核对 IP 和端口，并确认服务器上 liandong backend 已启动"
        ),
        "silent": translate("first_run", "服务器没有应答：请检查网络和防火墙，再按 Enter 重试"),
        "certificate": translate("first_run", "服务器证书不可信：请向管理员要证书装到本机，或核对地址"),
        "stranger": translate("first_run", "这个地址上不是联动服务器：请核对端口，ws:// 与 wss:// 也不要写反"),
        "login": translate("first_run", "令牌不被接受（不对、过期或已撤销）：请重新粘贴，或向管理员领取新令牌"),
        "version": translate("first_run", "服务器与本程序版本不合：请把本机程序升级到与服务器相同的版本"),
        "busy": translate("first_run", "服务器现在忙：请等半分钟再按 Enter 重试"),
    }.get(code, code)


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
