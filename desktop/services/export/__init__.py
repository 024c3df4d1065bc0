"""Figures as files that leave the house: CSV and XLSX. No Qt and no words of its own here."""
