"""The composition root of the desktop: arguments, loop, services, bridge, windows. The only place that knows all of them."""
