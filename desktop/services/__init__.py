"""What the desk does without a window: socket, mirror, cache, outbox, clock. No Qt in here; views reach it through desktop.bridge."""
