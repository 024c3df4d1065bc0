"""The keys of the handover for the registry (desktop.views.keys)."""

from PySide6.QtCore import QCoreApplication

from desktop.views.keys import KeyLine


def key_list() -> tuple[KeyLine, ...]:
    """In reading order."""
    translate = QCoreApplication.translate
    return (
        KeyLine("↑ ↓ J K", translate("handover", "走项"), False),
        KeyLine("Enter", translate("handover", "复述、确认、回答")),
        KeyLine("Q", translate("handover", "有疑问")),
        KeyLine("V", translate("handover", "朗读这一项，再按停止")),
        KeyLine("E", translate("handover", "编辑")),
        KeyLine("N", translate("handover", "添加")),
        KeyLine("Del", translate("handover", "移除，写明原因"), False),
        KeyLine("U", translate("handover", "恢复已移除的")),
        KeyLine("D", translate("handover", "按现在的数重新起草")),
        KeyLine("1–5", translate("handover", "核对"), False),
        KeyLine("A", translate("handover", "全部变化")),
        KeyLine("P", translate("handover", "打印、预览、存文件")),
        KeyLine("R", translate("handover", "排班、换班")),
        KeyLine("B", translate("handover", "开始一次交接")),
        KeyLine("Ctrl Enter", translate("handover", "签名"), False),
    )
