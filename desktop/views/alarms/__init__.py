"""Alarms (F7): the list of the hall, its load, its sound."""
