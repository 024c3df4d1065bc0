"""Shift handover 交接班 (F5): the report, its read-back, what changed since I left, and two signatures (screens.md §4f)."""
