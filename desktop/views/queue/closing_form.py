"""What closing a ticket asks for: the closing opinion, and of a dispute whether mediation settled it."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.widgets.inline_form import FormField
from domain import commands
from domain.ticket import Ticket

_SETTLED = {"1": True, "0": False}


def is_dispute(ticket: Ticket, names: Names) -> bool:
    item = names.item(ticket.item, ticket.item_version)
    return item is not None and item.is_dispute


def opinion_field() -> FormField:
    return FormField("text", QCoreApplication.translate("queue", "结案意见"), "lines")


def settled_field(field_id: str, label: str) -> FormField:
    """Whether mediation settled it; not stated is an answer too."""
    translate = QCoreApplication.translate
    outcomes = (
        ("", translate("queue", "未说明")),
        ("1", translate("queue", "调解成功")),
        ("0", translate("queue", "调解未成")),
    )
    return FormField(field_id, label, "choice", required=False, options=outcomes)


def closing_fields(ticket: Ticket, names: Names) -> list[FormField]:
    if not is_dispute(ticket, names):
        return [opinion_field()]
    return [settled_field("settled", QCoreApplication.translate("queue", "调解结果")), opinion_field()]


def closing_of(answers: Mapping[str, str], text: str) -> commands.Close:
    return commands.Close(text=text, settled=_SETTLED.get(answers.get("settled", "")))


def closing_word(settled: bool | None, *, dispute: bool) -> str:
    """How a ticket is closed, in words."""
    translate = QCoreApplication.translate
    if not dispute:
        return translate("queue", "结案")
    return {
        True: translate("queue", "结案，调解成功"),
        False: translate("queue", "结案，调解未成"),
        None: translate("queue", "结案，未说明调解结果"),
    }[settled]
