"""Words of what changed since somebody left."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def change_word(what: str) -> str:
    words = {
        "new_top": translate("handover", "新特急"),
        "urgency_raised": translate("handover", "提级"),
        "supervised": translate("handover", "新督办"),
        "reopened": translate("handover", "重开"),
        "escalated": translate("handover", "升级"),
        "delay_granted": translate("handover", "延期批准"),
        "suspended": translate("handover", "挂账"),
        "resumed": translate("handover", "恢复办理"),
        "request_refused": translate("handover", "申请未批"),
        "appealed": translate("handover", "申诉"),
        "returned": translate("handover", "回退"),
        "parts_changed": translate("handover", "协办变化"),
        "closed": translate("handover", "已结"),
        "force_closed": translate("handover", "强制结案"),
        "voided": translate("handover", "作废"),
        "merged": translate("handover", "并案"),
        "refused": translate("handover", "不予受理"),
        "other": translate("handover", "有进展"),
    }
    return words.get(what, translate("handover", "变化"))


def entity_word(entity: str) -> str:
    words = {
        "inspection": translate("handover", "联合检查"),
        "handover": translate("handover", "交接班"),
        "roster": translate("handover", "排班"),
        "alarm": translate("handover", "告警"),
    }
    return words.get(entity, entity)
