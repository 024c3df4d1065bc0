"""A video wall as a document: what each of its screens shows, who holds the control, its scenes and rules. Pure."""
