"""An unexpected error is not only in the log: the foot of every desk window says that there was one."""

from desktop.app.error_teller import ErrorTeller
from desktop.theme.theme import Theme
from desktop.views.shell import ALARMS, QUEUE, DeskWindow
from tests.qt.fakes import FakeBridge


def test_every_desk_window_says_how_often_the_program_erred_and_nothing_while_it_did_not(qtbot) -> None:
    bridge, seen = FakeBridge(), [0]
    windows = [DeskWindow(Theme.load(), bridge, kind, "x") for kind in (QUEUE, ALARMS)]  # type: ignore[arg-type]
    for window in windows:
        qtbot.addWidget(window)
    teller = ErrorTeller(bridge, lambda: windows, lambda: seen[0])  # type: ignore[arg-type]
    bridge.clock_ticked.emit()
    assert not any("出错" in window.status_bar.accessibleName() for window in windows)
    seen[0] = 3
    bridge.clock_ticked.emit()
    assert all("出错 3 次" in window.status_bar.accessibleName() for window in windows)
    del teller
