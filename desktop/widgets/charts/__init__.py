"""Charts as pure painting: values in, strokes on any QPainter out (screen, PNG, SVG, PDF). No widget, no event, no state.

`paint_trend(painter, rect, theme, Trend(...))`, `paint_hourly(…)`, `paint_bars(…)`; `picture.png` and `picture.svg` make files.
"""
