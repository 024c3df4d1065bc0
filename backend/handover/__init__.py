"""The server's part of a shift handover: the draft from log and facts, shift times, what changed since, what desks have unsent."""
