"""Joining words in the language of the window: the marks between parts differ, "，" in Chinese, ", " in English."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication


def listed(parts: Iterable[str]) -> str:
    """Parts of one statement, 结案 3，在办 5; empty parts are left out."""
    return QCoreApplication.translate("wording", "，").join(part for part in parts if part)


def sentences(parts: Iterable[str]) -> str:
    """Statements after one another, 运行平稳；…; empty ones are left out."""
    return QCoreApplication.translate("wording", "；").join(part for part in parts if part)


def enumerated(parts: Iterable[str]) -> str:
    """Things of one kind, 城管局、水务局; empty ones are left out."""
    return QCoreApplication.translate("wording", "、").join(part for part in parts if part)
