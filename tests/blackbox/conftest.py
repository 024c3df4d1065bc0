"""Every test of this folder runs on each kind of place."""

from typing import Any

import pytest

from tests.blackbox.centre import Place
from tests.peers.postgres import Postgres, breakable_postgres, postgres

__all__ = ["breakable_postgres", "postgres"]


@pytest.fixture(params=["sqlite", "postgresql", "postgresql-2-nodes"])
def place(request: pytest.FixtureRequest) -> Place:
    kind: Any = request.param
    if kind == "sqlite":
        return Place("", 1)
    server: Postgres = request.getfixturevalue("postgres")
    return Place(server.new_database(), 2 if kind == "postgresql-2-nodes" else 1)
