"""Pictures of cameras without Qt: which camera gets a stream or a still, what state it is in, and the sources that need no player."""
