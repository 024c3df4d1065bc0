"""Shift handover 交接班: drafted from the log, edited, read back by the receiver, signed by both. Pure rules; no I/O."""
