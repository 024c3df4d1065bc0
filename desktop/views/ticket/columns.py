"""A pane of the ticket window: parts under their headings, one below the other, in a column that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.scrolled import scrolled


def titled_column(theme: Theme, parts: Sequence[tuple[QWidget | None, QWidget]], name: str) -> QScrollArea:
    """`parts`: (heading or None, part). `name` is what a reader is told."""
    body = QWidget()
    column = QVBoxLayout(body)
    pad = theme.space("l")
    column.setContentsMargins(pad, theme.space("m"), pad, pad)
    column.setSpacing(theme.space("s"))
    for heading, part in parts:
        if heading is not None:
            column.addWidget(heading)
        column.addWidget(part)
    column.addStretch(1)
    return scrolled(body, name)
