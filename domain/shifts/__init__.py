"""Duty roster 排班: shifts as half-open intervals in a named zone, who is on duty, swaps with approval. Pure rules; no I/O."""
