"""统计看板 (F8): every rate of a period beside the period before, and the tickets behind each figure."""
