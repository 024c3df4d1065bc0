"""Theme: tokens, fonts, palette, QSS text, icons and chart pens. No QWidget subclass lives here."""
