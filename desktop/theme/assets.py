"""Where the bundled files of the theme lie, and the registering of the bundled fonts. Nothing else."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

import resources
from desktop.theme.tokens import Tokens, load_tokens


@cache
def bundled_tokens() -> Tokens:
    """The product's own token file, read and checked once (the value is frozen)."""
    return load_tokens(resources.path("themes", "tokens.toml"))


def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts with Qt and return their family names. Call once, after QApplication exists.

    A font file that Qt refuses raises: text measured with another font would be clipped in ways nobody sees in tests.
    """
    families: list[str] = []
    for path in sorted(p for p in resources.path("fonts").rglob("*") if p.suffix.lower() in (".ttf", ".otf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise RuntimeError(f"Qt cannot read the bundled font {path.name}")
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))
