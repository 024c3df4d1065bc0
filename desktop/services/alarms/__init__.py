"""Alarms at the desk, without Qt: those this machine makes itself, and when which sound is due."""
