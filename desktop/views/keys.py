"""The one registry of keys: what they are called, what they do, and where they hold (screens.md §6).

Ctrl and F keys mean the same everywhere and stand in `shared_keys`. Letters belong to a window: `window_keys` names them for each
window; the queue and joint inspection, whose letters follow from their commands, give their own list in the same form.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt


@dataclass(frozen=True, slots=True)
class KeyLine:
    """`key` as printed: "A", "Ctrl K", "↑ ↓". `command` False: it moves or is not an act, so the palette does not offer it."""

    key: str
    text: str
    command: bool = True


CTRL_KEYS = {
    "Ctrl 1–9": "scene",
    "Ctrl B": "bulk",
    "Ctrl Del": "clear",
    "Ctrl E": "export",
    "Ctrl Enter": "send what was written, sign",
    "Ctrl I": "picture",
    "Ctrl Shift I": "withdraw photo",
    "Ctrl M": "sound test",
    "Ctrl P": "print",
    "Ctrl Z": "undo",
}
"""Ctrl keys that only some windows have: what each means wherever it holds. A window may declare no other."""

NAMED = {
    "Del": Qt.Key.Key_Delete,
    "Delete": Qt.Key.Key_Delete,
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Home": Qt.Key.Key_Home,
    "Space": Qt.Key.Key_Space,
}


def shared_keys() -> tuple[KeyLine, ...]:
    """In every desk window, with the same meaning."""
    translate = QCoreApplication.translate
    return (
        KeyLine("F1", translate("keys", "工单队列"), False),
        KeyLine("F2", translate("keys", "地图"), False),
        KeyLine("F3", translate("keys", "视频墙"), False),
        KeyLine("F4", translate("keys", "联合检查"), False),
        KeyLine("F5", translate("keys", "交接班"), False),
        KeyLine("F6", translate("keys", "大屏导播"), False),
        KeyLine("F7", translate("keys", "告警"), False),
        KeyLine("F8", translate("keys", "统计看板"), False),
        KeyLine("F9", translate("keys", "今日态势"), False),
        KeyLine("F11", translate("keys", "评价"), False),
        KeyLine("F12", translate("keys", "需处理"), False),
        KeyLine("Ctrl K", translate("keys", "查找或命令"), False),
        KeyLine("Ctrl F", translate("keys", "查找工单"), False),
        KeyLine("Ctrl Shift F", translate("keys", "在本窗口查找"), False),
        KeyLine("Ctrl N", translate("keys", "上报"), False),
        KeyLine("Ctrl C", translate("keys", "复制选中的单号、事项、地点"), False),
        KeyLine("?", translate("keys", "本窗口的按键"), False),
        KeyLine("Esc", translate("keys", "关闭最内层"), False),
        KeyLine("Alt T", translate("keys", "图表的表格"), False),
        KeyLine("Ctrl Shift L", translate("keys", "深色浅色"), False),
        KeyLine("Ctrl + −", translate("keys", "字号"), False),
        KeyLine("Ctrl Shift N", translate("keys", "再开一个本窗口"), False),
    )


def wall_key() -> KeyLine:
    """In every window of which a wall has a copy: what is selected there, to a screen of the wall."""
    return KeyLine("W", QCoreApplication.translate("keys", "送大屏"))


def window_keys(window_id: str) -> tuple[KeyLine, ...]:
    """Keys of one window besides the shared ones; empty for one that has none."""
    return {**_of_hall(), **_of_looking()}.get(window_id, ())


def _of_hall() -> dict[str, tuple[KeyLine, ...]]:
    """Alarms, own commands, evaluation, walls."""
    translate = QCoreApplication.translate
    return {
        "alarms": (
            KeyLine("↑ ↓ J K", translate("keys", "上下移动"), False),
            KeyLine("A", translate("keys", "确认")),
            KeyLine("S", translate("keys", "搁置或恢复")),
            KeyLine("T", translate("keys", "转席")),
            KeyLine("W", translate("keys", "送大屏")),
            KeyLine("N", translate("keys", "备注")),
            KeyLine("M", translate("keys", "静音 2 分")),
            KeyLine("F", translate("keys", "按级别筛选")),
            KeyLine("R", translate("keys", "按来源筛选")),
            KeyLine("Enter", translate("keys", "打开工单")),
            KeyLine("Space", translate("keys", "勾选下一步")),
            KeyLine("Ctrl M", translate("keys", "声音自检")),
        ),
        "attention": (
            KeyLine("R", translate("keys", "重做")),
            KeyLine("O", translate("keys", "打开工单")),
            KeyLine("Del", translate("keys", "放弃")),
        ),
        "evaluation": (
            KeyLine("1–4", translate("keys", "换页"), False),
            KeyLine("Y", translate("keys", "抽查：属实")),
            KeyLine("H", translate("keys", "抽查：疑似简化")),
            KeyLine("X", translate("keys", "抽查：无法判断")),
        ),
        "wall_director": (
            KeyLine("1–9", translate("keys", "选屏"), False),
            KeyLine("N", translate("keys", "不交出控制")),
            KeyLine("L", translate("keys", "锁定或解锁本屏")),
            KeyLine("Space", translate("keys", "本屏轮播：暂停或继续")),
            KeyLine("G", translate("keys", "写墙面通知")),
            KeyLine("D", translate("keys", "撤下墙面通知")),
            KeyLine("[ ]", translate("keys", "上一面墙、下一面墙"), False),
            KeyLine("Ctrl 1–9", translate("keys", "场景待应用"), False),
            KeyLine("Ctrl Enter", translate("keys", "应用到墙")),
            KeyLine("Ctrl Z", translate("keys", "还原上一步")),
        ),
    }


def _of_looking() -> dict[str, tuple[KeyLine, ...]]:
    """Maps, pictures and figures."""
    translate = QCoreApplication.translate
    return {
        "map": (
            KeyLine("↑ ↓ ← →", translate("keys", "平移"), False),
            KeyLine("+ −", translate("keys", "缩放"), False),
            KeyLine("R", translate("keys", "自动取景")),
            KeyLine("1–9", translate("keys", "打开附近视频"), False),
            KeyLine("D", translate("keys", "派最近的力量")),
            KeyLine("W", translate("keys", "送大屏")),
            KeyLine("G", translate("keys", "网格")),
            KeyLine("M", translate("keys", "量距，Enter 落点，Backspace 撤点")),
            KeyLine("Space", translate("keys", "回看：播放")),
            KeyLine("Home", translate("keys", "回到现在")),
            KeyLine("/", translate("keys", "在地图上找"), False),
            KeyLine("Enter", translate("keys", "打开工单")),
        ),
        "cameras": (
            KeyLine("↑ ↓ ← →", translate("keys", "选画面"), False),
            KeyLine("Enter", translate("keys", "放大或还原")),
            KeyLine("Space", translate("keys", "巡视")),
            KeyLine("[ ]", translate("keys", "上一组、下一组"), False),
            KeyLine("P", translate("keys", "截图入单")),
            KeyLine("T", translate("keys", "就此上报")),
            KeyLine("R", translate("keys", "重新连接")),
            KeyLine("L", translate("keys", "解锁次序")),
        ),
        "kpi_board": (
            KeyLine("↑ ↓ ← →", translate("keys", "选指标"), False),
            KeyLine("Enter", translate("keys", "反查：背后的工单"), False),
            KeyLine("1–9", translate("keys", "选时段"), False),
            KeyLine("B", translate("keys", "换口径")),
            KeyLine("C", translate("keys", "换对比")),
            KeyLine("R", translate("keys", "重新取数")),
            KeyLine("H", translate("keys", "回看")),
            KeyLine("E", translate("keys", "导出")),
            KeyLine("P", translate("keys", "报告：预览、打印、存文件")),
            KeyLine("Z", translate("keys", "放大走势")),
            KeyLine("Home", translate("keys", "回到现在")),
        ),
    }


def press_of(printed: str) -> tuple[Qt.Key, Qt.KeyboardModifier, str] | None:
    """The key event behind a printed key; None for one that stands for several (1–9, ↑ ↓)."""
    *modifiers, last = printed.split(" ")
    held = Qt.KeyboardModifier.NoModifier
    for name in modifiers:
        if name not in ("Ctrl", "Alt", "Shift"):
            return None
        held |= getattr(Qt.KeyboardModifier, {"Ctrl": "ControlModifier"}.get(name, f"{name}Modifier"))
    if last in NAMED:
        return NAMED[last], held, " " if NAMED[last] is Qt.Key.Key_Space else ""
    if len(last) == 1 and last.isascii() and last.isprintable():
        return Qt.Key(ord(last.upper())), held, last.lower() if held == Qt.KeyboardModifier.NoModifier else ""
    return None
