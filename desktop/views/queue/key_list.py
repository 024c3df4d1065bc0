"""The keys of the queue for the registry (desktop.views.keys): its letters are those of its commands."""

from PySide6.QtCore import QCoreApplication

from desktop.views.keys import KeyLine, wall_key
from desktop.views.queue.action_slots import MORE_KEY, SLOTS
from desktop.views.words import command_word


def key_list() -> tuple[KeyLine, ...]:
    """In reading order."""
    translate = QCoreApplication.translate
    moving = (
        KeyLine("J K ↑ ↓", translate("queue", "上下移动"), False),
        KeyLine("Home", translate("queue", "超期最久的")),
        KeyLine("N", translate("queue", "载入新到")),
        KeyLine("1–9", translate("queue", "打开视图"), False),
        KeyLine("F", translate("queue", "筛选")),
        KeyLine("/", translate("queue", "命令"), False),
        KeyLine("L", translate("queue", "全部记录")),
        KeyLine("Enter", translate("queue", "在工单窗口打开")),
        KeyLine("Space", translate("queue", "选中，批量办理")),
        KeyLine("Shift J K ↑ ↓", translate("queue", "连续选中"), False),
        KeyLine("Ctrl B", translate("queue", "批量办理")),
        KeyLine("Ctrl E", translate("queue", "导出列表")),
        KeyLine("Ctrl P", translate("queue", "打印列表")),
        KeyLine("Ctrl Z", translate("queue", "撤回派遣")),
    )
    return (*moving, wall_key(), *command_keys())


def command_keys() -> tuple[KeyLine, ...]:
    """The letters of a ticket's commands: the same in the queue and in the ticket window."""
    slash = QCoreApplication.translate("queue", " / ")
    lines = tuple(KeyLine(key, slash.join(command_word(name) for name in names)) for key, names in SLOTS)
    return (*lines, KeyLine(MORE_KEY, QCoreApplication.translate("queue", "其他操作")))
