"""The map as one custom canvas: ground tiles painted once per zoom, everything that lives painted over them in each frame.

Plain values in, signals out; no service, no network, no rules beyond drawing. Positions inside are Web-Mercator units
(projection.py), never degrees. canvas.py is the widget; the other files each paint or compute one thing.
"""
