"""What the tests of texts share: the language of the program."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale

from desktop.app.language import Texts
from desktop.theme.assets import load_fonts


@pytest.fixture
def language(qapp) -> Iterator[Callable[[str], None]]:
    """Switches the program's language; Chinese again after the test."""
    load_fonts()
    before = QLocale()
    texts = Texts(qapp)
    yield texts.use
    texts.use("zh_CN")
    QLocale.setDefault(before)
