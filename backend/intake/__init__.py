"""How matters from other systems come in: one file per source. An intake makes commands; it decides nothing."""
