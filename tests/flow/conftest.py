"""Fixtures of tests that join real windows, real services and a real backend."""

import asyncio
from collections.abc import Iterator

import pytest
import qasync

from desktop.theme.assets import load_fonts


@pytest.fixture
def loop(qapp) -> Iterator[asyncio.AbstractEventLoop]:
    load_fonts()
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)
