"""Fixtures of the other programs, for the tests of this folder."""

import pytest

from tests.peers.postgres import Postgres, breakable_postgres, postgres

__all__ = ["breakable_postgres", "postgres"]


@pytest.fixture
def url(postgres: Postgres) -> str:
    """An empty database of the test's own."""
    return postgres.new_database()
