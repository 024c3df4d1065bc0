"""What closing a ticket asks for: the closing opinion, and of a dispute whether mediation settled it."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.widgets.inline_form import FormField
from domain import commands
from domain.ticket import Ticket

_SETTLED = {"1": True, "0": False}


def closing_fields(ticket: Ticket, names: Names) -> list[FormField]:
    translate = QCoreApplication.translate
    fields = [FormField("text", translate("queue", "结案意见"), "lines")]
    item = names.item(ticket.item, ticket.item_version)
    if item is None or not item.is_dispute:
        return fields
    outcomes = (
        ("", translate("queue", "未说明")),
        ("1", translate("queue", "调解成功")),
        ("0", translate("queue", "调解未成")),
    )
    return [FormField("settled", translate("queue", "调解结果"), "choice", required=False, options=outcomes), *fields]


def closing_of(answers: Mapping[str, str], text: str) -> commands.Close:
    return commands.Close(text=text, settled=_SETTLED.get(answers.get("settled", "")))
