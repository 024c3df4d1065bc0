"""The keys of joint inspection for the registry (desktop.views.keys): its letters are those of its commands."""

from PySide6.QtCore import QCoreApplication

from desktop.views.inspection.action_specs import SLOTS
from desktop.views.inspection.words import command_word
from desktop.views.keys import KeyLine, wall_key


def key_list() -> tuple[KeyLine, ...]:
    """In reading order. Y, X and - belong to the checklist; in the list X plans."""
    translate = QCoreApplication.translate
    own = (
        KeyLine("↑ ↓ ← →", translate("inspection", "走格"), False),
        KeyLine("Y", translate("inspection", "合格；整改中为已整改")),
        KeyLine("X", translate("inspection", "不合格；在列表中为发起")),
        KeyLine("-", translate("inspection", "不适用")),
        KeyLine("[ ]", translate("inspection", "上一次、下一次检查"), False),
        KeyLine("Ctrl P", translate("inspection", "打印、存文书")),
        KeyLine("L", translate("inspection", "全部记录")),
        KeyLine("F", translate("inspection", "列表")),
        KeyLine("Tab", translate("inspection", "列表、清单、操作"), False),
    )
    commands = (KeyLine(key, " / ".join(command_word(name) for name in names)) for key, names in SLOTS)
    return (*own, wall_key(), *commands)
