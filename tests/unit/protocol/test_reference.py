"""The topic of the tables: what is encoded is decoded, plain or packed, and what is neither is refused as unreadable."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.reference import demo_site
from domain.catalogue import Item
from domain.ids import ItemCode
from protocol.reference import PLAIN_MOST, Packed, decode, encode
from tests.examples import examples

SITE = demo_site().reference


def with_items(count: int) -> list[Item]:
    return [
        Item(code=ItemCode(f"V{n}"), class_name="市容", sub_class_name="占道", name=f"事项 {n}") for n in range(count)
    ]


@settings(max_examples=examples(20), deadline=None)
@given(st.integers(0, 6000))
def test_what_is_encoded_is_decoded_and_only_what_is_large_is_packed(count: int) -> None:
    reference = replace(SITE, items=tuple(with_items(count)))
    body = encode(reference)
    assert decode(body) == reference
    assert body.startswith(b'{"z":') is (len(msgspec.json.encode(reference)) > PLAIN_MOST)


@pytest.mark.parametrize("cut", [10, -10])
def test_a_packed_body_that_is_cut_off_or_no_zlib_is_unreadable(cut: int) -> None:
    whole = msgspec.json.decode(encode(replace(SITE, items=tuple(with_items(6000)))), type=Packed).z
    for broken in (whole[:cut], b"no zlib at all"):
        with pytest.raises(msgspec.DecodeError):
            decode(msgspec.json.encode(Packed(broken)))
