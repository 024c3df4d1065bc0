"""The ticket window: one ticket with everything that is known of it."""
