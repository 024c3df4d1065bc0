"""Tokens: unknown, expired and revoked ones open nothing; the file holds no token."""

from datetime import timedelta
from pathlib import Path

import pytest

from backend.auth import FILE_NAME, SHIFT, TokenStore, issue_token
from backend.store.errors import RefusedError
from domain.vocabulary import Role
from tests.unit.backend.house import DISPATCHER, NOON, SOURCE, person

WALL = person(Role.WALL)


@pytest.fixture
def tokens(tmp_path: Path) -> TokenStore:
    return TokenStore(tmp_path)


def test_a_token_speaks_for_its_actor(tokens: TokenStore) -> None:
    assert tokens.check(tokens.issue(DISPATCHER, NOON), NOON) == DISPATCHER


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "令牌"])
def test_anything_else_speaks_for_nobody(tokens: TokenStore, token: str) -> None:
    tokens.issue(DISPATCHER, NOON)
    assert tokens.check(token, NOON) is None


def test_a_person_s_token_ends_with_the_shift(tokens: TokenStore) -> None:
    token = tokens.issue(DISPATCHER, NOON)
    assert tokens.check(token, NOON + SHIFT - timedelta(seconds=1)) == DISPATCHER
    assert tokens.check(token, NOON + SHIFT) is None


@pytest.mark.parametrize("machine", [WALL, SOURCE])
def test_machines_have_no_shift(tokens: TokenStore, machine: object) -> None:
    token = tokens.issue(machine, NOON)  # type: ignore[arg-type]
    assert tokens.check(token, NOON + timedelta(days=3000)) == machine


def test_an_end_that_was_asked_for_holds_for_machines_too(tokens: TokenStore) -> None:
    token = tokens.issue(WALL, NOON, valid_for=timedelta(hours=1))
    assert tokens.check(token, NOON + timedelta(hours=1)) is None


def test_revoking_a_user_ends_all_his_tokens_and_nobody_else_s(tokens: TokenStore) -> None:
    mine, other = [tokens.issue(DISPATCHER, NOON) for _ in range(2)], tokens.issue(WALL, NOON)
    tokens.revoke_user(DISPATCHER.user, NOON)
    assert [tokens.check(token, NOON) for token in mine] == [None, None]
    assert tokens.check(other, NOON) == WALL


def test_the_file_holds_hashes_and_is_for_its_owner_only(tokens: TokenStore) -> None:
    token = tokens.issue(DISPATCHER, NOON)
    assert token.encode() not in tokens.path.read_bytes()
    assert len(token) >= 43  # 256 bit
    assert tokens.path.stat().st_mode & 0o077 == 0


def test_tokens_are_issued_while_another_process_holds_the_file_open(tmp_path: Path, tokens: TokenStore) -> None:
    old = tokens.issue(WALL, NOON)
    new = issue_token(tmp_path, DISPATCHER, now=NOON)
    assert tokens.check(new, NOON) == DISPATCHER
    assert tokens.check(old, NOON) == WALL


def test_forgetting_expired_tokens_keeps_the_others(tokens: TokenStore) -> None:
    tokens.issue(DISPATCHER, NOON - 2 * SHIFT)
    wall = tokens.issue(WALL, NOON)
    tokens.forget_expired(NOON)
    assert tokens.check(wall, NOON) == WALL


def test_a_file_that_is_no_token_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"something else " * 100)
    with pytest.raises(RefusedError, match=r"tokens\.sqlite"):
        TokenStore(tmp_path)


def test_a_token_can_be_given_as_an_option(tokens: TokenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """One in sixty-four began with a dash, and `--token -Ab…` is no token to any command line."""
    made = iter(["-first", "second"])
    monkeypatch.setattr("backend.auth.secrets.token_urlsafe", lambda size: next(made))
    assert tokens.issue(DISPATCHER, NOON) == "second"
