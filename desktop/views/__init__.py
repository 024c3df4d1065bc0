"""One window each, put together from widgets and models. Views get everything they need by constructor argument."""
