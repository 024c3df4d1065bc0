"""The rules of city grid governance: pure values and functions, no I/O, no clock, no Qt, no SQL.

Source of every rule: docs/domain.md (lifecycle, clocks, joint handling, KPI). `now` is always a parameter.
"""
