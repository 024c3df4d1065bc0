"""One row of facts per ticket, in columns: what any KPI by any breakdown is counted from, and how the live engines are built.

The rules are those of `domain.kpi_catalogue`: a row holds their verdicts, so that a question only filters and counts.
"""
