"""Find any ticket of the cache."""
