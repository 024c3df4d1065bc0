"""Alarms: rules as data, the causes they find, the life of an alarm, its load on a seat. Pure; sources and decisions in docs/alarms.md."""
