"""Map packages: the ground, areas and components of a site, read from a folder. No Qt, no network."""
