"""What a scope sees of a record, and how events become frames."""

import pytest

from backend.frames import EventEncoder, Position, delta_frames, kind_of, scope_test
from backend.masking import masked
from domain.actor import Scope, ScopeKey
from protocol.cursors import short_hash
from tests.flow.fakes import TOWN_A, TOWN_B, MemoryStore, relocated, reported

A, B = ScopeKey(TOWN_A), ScopeKey(TOWN_B)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, A, "event"),
        (None, B, None),
        (A, A, "event"),
        (B, B, None),
        (B, A, "enter"),
        (A, B, "leave"),
        (A, None, "leave"),
        (A, ScopeKey(TOWN_A, ("u1",)), "event"),
    ],
)
def test_kinds(before: ScopeKey | None, after: ScopeKey | None, kind: str | None) -> None:
    store = MemoryStore()
    store.commit(("t1", reported()))
    record = store.records[0]
    record.scope_before, record.scope_after = before, after
    assert kind_of(record, Scope(areas=(TOWN_A,)).covers_key) == kind


def test_each_record_is_encoded_once_for_all_scopes_with_one_mask() -> None:
    store = MemoryStore()
    store.commit(("t1", reported()), private={"text": "13812345678"})
    encoder = EventEncoder()
    [first] = encoder.visible(store.records, scope_test(Scope()), mask=True)
    [second] = encoder.visible(store.records, scope_test(Scope(areas=(TOWN_A,))), mask=True)
    [plain] = encoder.visible(store.records, scope_test(Scope()), mask=False)
    assert first.data is second.data
    assert b"138****5678" in first.data
    assert b"13812345678" in plain.data


def test_a_moved_record_without_its_ticket_is_refused() -> None:
    store = MemoryStore()
    store.commit(("t1", reported(TOWN_B)), ("t1", relocated(TOWN_A)))
    store.records[1].after = None
    with pytest.raises(ValueError, match="lacks the whole ticket"):
        EventEncoder().visible(store.records, scope_test(Scope(areas=(TOWN_A,))), mask=True)


def test_frames_are_cut_between_commands_only() -> None:
    store = MemoryStore()
    store.commit(*((f"t{n}", reported(nature="x" * 500)) for n in range(10)))
    for record in store.records:
        record.tx_end = record.seq % 5 == 0
    events = EventEncoder().visible(store.records, scope_test(Scope()), mask=True)
    head = Position(10, short_hash(store.records[-1].hash))
    assert len(delta_frames(0, head, events, 1000)) == 2
    assert len(delta_frames(0, head, events, 1_000_000)) == 1
    assert len(delta_frames(10, head, [], 1000)) == 1


def test_a_scope_test_remembers_and_stays_small() -> None:
    covers = scope_test(Scope(areas=(TOWN_A,)))
    keys = [ScopeKey(f"{number:012}") for number in range(5000)]
    assert not any(covers(key) for key in keys)
    assert covers(A)
    assert not covers(B)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打 13812345678 找王先生", "打 138****5678 找王先生"),
        ("138 1234 5678", "138****5678"),
        ("身份证 44030119900101123X。", "身份证 440***********123X。"),
        ("电话 0755-84622222", "电话 0755-*****222"),
        ("订单 1234567890123456789012", "订单 1234567890123456789012"),
        ("工单 181009-0042，3 天", "工单 181009-0042，3 天"),
    ],
)
def test_masks(text: str, shown: str) -> None:
    assert masked(text) == shown
