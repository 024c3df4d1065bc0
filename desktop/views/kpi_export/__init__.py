"""The KPI board as files: its numbers as tables, its charts as pictures."""
