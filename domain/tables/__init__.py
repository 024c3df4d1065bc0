"""The tables of a site that change while it works: list, organisation, components, working days. Versioned, never overwritten."""
