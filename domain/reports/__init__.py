"""Reports of the hall 报表: one model per report, put together from one KPI engine; words and layouts are the desk's."""
