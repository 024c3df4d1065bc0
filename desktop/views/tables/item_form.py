"""The form of an item: fields from an item, an item from what was typed."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.views.tables.words import evidence_word, field_word, kind_word, urgency_word
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField
from domain.catalogue import Catalogue, Evidence, Item
from domain.ids import ItemCode
from domain.tables.limits import read_limit
from domain.ticket import Limit
from domain.vocabulary import LimitType, Urgency


class FormError(ValueError):
    """What was typed makes no item; the text says what to do."""


def typed_limit(limit: Limit | None) -> str:
    """As domain.tables.limits reads it back, in the language of the window."""
    if limit is None:
        return ""
    translate = QCoreApplication.translate
    patterns = {
        LimitType.URGENT_HOURS: translate("tables", "{n}紧急工作时"),
        LimitType.WORKING_HOURS: translate("tables", "{n}工作时"),
        LimitType.WORKING_DAYS: translate("tables", "{n}工作日"),
        LimitType.CALENDAR_DAYS: translate("tables", "{n}日历日"),
    }
    return filled(patterns[limit.type], {"n": f"{limit.amount:g}"})


def item_fields(item: Item | None) -> tuple[FormField, ...]:
    """All that may be changed; code and kind only of a new item."""
    translate = QCoreApplication.translate
    urgencies = tuple((str(each), urgency_word(each)) for each in Urgency)
    evidences = tuple((str(each), evidence_word(each)) for each in Evidence)
    known = item or Item(code=ItemCode(""), class_name="", sub_class_name="", name="")
    new = (
        FormField("code", translate("tables", "编码，字母和数字")),
        FormField(
            "kind", field_word("kind"), "choice", options=tuple((k, kind_word(k)) for k in ("event", "component"))
        ),
        FormField("class_name", field_word("class_name")),
        FormField("sub_class_name", field_word("sub_class_name")),
    )
    return (
        *(() if item else new),
        FormField("name", translate("tables", "细项"), value=known.name),
        FormField(
            "limit", translate("tables", "时限，如 5工作日，空为无时限"), required=False, value=typed_limit(known.limit)
        ),
        FormField("urgency", field_word("urgency"), "choice", options=urgencies, value=str(known.urgency)),
        FormField("filing_condition", field_word("filing_condition"), required=False, value=known.filing_condition),
        FormField("closing_condition", field_word("closing_condition"), required=False, value=known.closing_condition),
        FormField("unit", field_word("unit"), required=False, value=known.unit),
        FormField("evidence", field_word("evidence"), "choice", options=evidences, value=str(known.evidence)),
        FormField("law", field_word("law"), required=False, value=known.law),
    )


def item_of(values: dict[str, str], item: Item | None, catalogue: Catalogue) -> Item:
    """The item as typed. Raises FormError."""
    translate = QCoreApplication.translate
    typed = {name: " ".join(text.split()) for name, text in values.items()}
    read = read_limit(typed["limit"])
    if read is None or read.rest:
        raise FormError(translate("tables", "时限看不懂，请写成 2紧急工作时、4工作时、5工作日"))
    if item is None:
        code = typed["code"]
        if catalogue.newest(code) is not None:
            raise FormError(filled(translate("tables", "编码 {code} 已在清单中，请修订它"), {"code": code}))
        item = Item(
            code=ItemCode(code),
            kind=typed["kind"],
            class_name=typed["class_name"],
            sub_class_name=typed["sub_class_name"],
            name=typed["name"],
        )
    return replace(
        item,
        name=typed["name"],
        limit=read.limit,
        urgency=Urgency(typed["urgency"]),
        filing_condition=typed["filing_condition"],
        closing_condition=typed["closing_condition"],
        unit=typed["unit"],
        evidence=Evidence(typed["evidence"]),
        law=typed["law"],
    )
