"""Ctrl K: one box that finds windows, actions, views, tickets, places and cameras, by words or by pinyin."""
