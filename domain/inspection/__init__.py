"""Joint inspection 联合检查 (domain.md §5): plan, check-in, findings, notices, re-check, scores. Pure rules; no I/O."""
