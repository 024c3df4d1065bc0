"""The shift in numbers, as sentences: counts, and each rate with n / N and what was left out of it."""

from PySide6.QtCore import QCoreApplication

from desktop.services.reports.paper import DASH
from desktop.views import kpi_words
from desktop.views.words import filled
from desktop.widgets.painting import format_count, format_percent
from domain.handover.values import Handover
from domain.kpi_types import Kpi

translate = QCoreApplication.translate
STAYS = "\u00a0"
"""A blank at which no line ends: a fraction is read as one."""


def counts_sentence(handover: Handover) -> str:
    """What came and went in the shift, and what stood open when it was drafted."""
    figures = handover.figures
    words = {
        "accepted": format_count(figures.accepted),
        "closed": format_count(figures.closed),
        "open": format_count(figures.open.total),
        "overdue": format_count(figures.open.overdue),
        "risk": format_count(figures.open.at_risk),
        "top": format_count(figures.top_open),
        "waiting": format_count(figures.waiting),
    }
    return filled(
        translate(
            "handover",
            "本班受理 {accepted} 件、结案 {closed} 件；在办 {open} 件，其中特急 {top}、超期 {overdue}、临期 {risk}；待受理 {waiting} 件。",
        ),
        words,
    )


def rates_sentence(handover: Handover) -> str:
    """按期结案率 98.61%（142 / 144，无剔除） · …"""
    return " · ".join(_rate(kpi) for kpi in handover.figures.kpis)


def _rate(kpi: Kpi) -> str:
    words = {
        "name": kpi_words.kpi_name(kpi.id),
        "value": DASH if kpi.value is None else f"{format_percent(100 * kpi.value)}%",
        "n": format_count(kpi.numerator),
        "total": format_count(kpi.denominator),
        "excluded": kpi_words.excluded_sentence(kpi.excluded),
    }
    text = filled(translate("handover", "{name} {value}（{n} / {total}，{excluded}）"), words)
    return text.replace(" / ", f"{STAYS}/{STAYS}")
