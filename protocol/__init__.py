"""The wire: typed messages, codec, and the sans-I/O session of both sides. Owns no socket, no loop, no clock."""
