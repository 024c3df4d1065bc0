"""One screen of a wall host: what the director set, one view or a rotation of views, and the mark of a lost line."""
