"""Papers are written in the site's own language, whatever the window speaks: a notice with English words in it is none."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QTranslator


class _AsWritten(QTranslator):
    """Every text as it stands in the source, which is Chinese."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return source


@contextmanager
def in_chinese() -> Iterator[None]:
    """Within the block every text comes out in Chinese."""
    translator = _AsWritten()
    # An empty translator is asked first, yet installing it does not tell the windows that the language changed.
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)
