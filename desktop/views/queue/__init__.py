"""The queue 工单队列: which ticket must be touched next, and with which key (screens.md §4b)."""
