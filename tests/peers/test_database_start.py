"""A node refuses, in words, a database on which acknowledged records could be lost or that is not ours."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend.opening import issue_token, open_tokens
from backend.store.errors import RefusedError
from backend.store.pg_check import Facts, check
from backend.store.pg_engine import is_postgres, parse_url
from backend.store.pg_store import PgStore
from tests.peers.postgres import Postgres, execute
from tests.unit.backend.house import REGISTRAR

NOW = datetime(2026, 9, 1, tzinfo=UTC)
GOOD = Facts(version=150018, standby=False, encoding="UTF8", fsync="on", full_page_writes="on", now=NOW)


def test_a_sound_database_is_accepted() -> None:
    check(GOOD, NOW + timedelta(seconds=29))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(GOOD, version=120005), "version 13"),
        (replace(GOOD, standby=True), "primary"),
        (replace(GOOD, encoding="SQL_ASCII"), "ENCODING 'UTF8'"),
        (replace(GOOD, fsync="off"), "fsync"),
        (replace(GOOD, full_page_writes="off"), "full_page_writes"),
        (replace(GOOD, now=NOW - timedelta(seconds=31)), "31 s apart"),
    ],
)
def test_what_would_lose_data_is_refused(facts: Facts, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        check(facts, NOW)


def test_the_running_server_says_of_itself_what_is_checked(url: str, tmp_path: Path) -> None:
    PgStore.open(url, tmp_path).close()
    PgStore.open(url, tmp_path).close()  # a second time nothing is made


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://db.example.cn/liandong", "sslmode=verify-full"),
        ("postgresql://10.0.0.7/liandong?sslmode=require", "sslmode=verify-full"),
        ("postgresql:///x?host=/tmp,db.example.cn", "sslmode=verify-full"),
    ],
)
def test_a_link_that_others_could_read_is_refused(address: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        parse_url(address)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://liandong@127.0.0.1:5433/liandong",
        "postgres://[::1]/liandong",
        "postgresql:///liandong?host=/run/postgresql",
        "postgresql://u:geheim@db.example.cn/liandong?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    ],
)
def test_a_protected_link_is_taken_and_its_password_never_shown(address: str) -> None:
    assert is_postgres(address)
    assert "geheim" not in parse_url(address).shown


def test_an_unreachable_server_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="is it running"):
        PgStore.open(f"postgresql://u:geheim@/liandong?host={tmp_path}", tmp_path)


def test_a_missing_database_is_named(postgres: Postgres, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no such database"):
        PgStore.open(postgres.url("nobody_made_it"), tmp_path)


def test_a_database_of_another_program_is_left_alone(url: str, tmp_path: Path) -> None:
    asyncio.run(execute(url, "CREATE TABLE theirs (x int)"))
    with pytest.raises(RefusedError, match="another program"):
        PgStore.open(url, tmp_path)
    tables = asyncio.run(execute(url, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"))
    assert [row[0] for row in tables] == ["theirs"]


def test_a_newer_version_of_the_tables_is_refused(url: str, tmp_path: Path) -> None:
    PgStore.open(url, tmp_path).close()
    asyncio.run(execute(url, "UPDATE liandong_schema SET version = 999"))
    with pytest.raises(RefusedError, match="version 999"):
        PgStore.open(url, tmp_path)


def test_a_token_is_good_at_all_nodes_and_ends_at_all(url: str, tmp_path: Path) -> None:
    token = issue_token(url, tmp_path, REGISTRAR, None)
    one, two = open_tokens(url, tmp_path / "one"), open_tokens(url, tmp_path / "two")
    try:
        now = datetime.now(UTC)
        assert one.check(token, now) == two.check(token, now) == REGISTRAR
        assert two.check(token, now + timedelta(hours=13)) is None
        one.revoke_user(REGISTRAR.user, now)
        assert two.check(token, now) is None
        two.forget_expired(now + timedelta(days=1))
        assert one.check(token, now) is None
    finally:
        one.close()
        two.close()
    stored = asyncio.run(execute(url, "SELECT actor, hash FROM token"))
    assert stored == []
