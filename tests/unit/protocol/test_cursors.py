"""Scope hash and short hash."""

from domain.actor import Scope
from domain.ids import AreaCode, UnitId
from protocol.cursors import scope_hash, short_hash

TOWNS = (AreaCode("440310001"), AreaCode("440310002"))


def test_order_does_not_matter() -> None:
    assert scope_hash(Scope(areas=TOWNS)) == scope_hash(Scope(areas=TOWNS[::-1]))


def test_every_difference_in_sight_matters() -> None:
    scopes = [
        Scope(),
        Scope(masked=False),
        Scope(areas=TOWNS),
        Scope(areas=TOWNS[:1]),
        Scope(units=(UnitId("440310001"),)),
        Scope(areas=TOWNS, units=(UnitId("u"),)),
    ]
    assert len({scope_hash(scope) for scope in scopes}) == len(scopes)


def test_eight_bytes_in_hex() -> None:
    assert short_hash(bytes(range(32))) == "0001020304050607"
