"""What of a private text a masked session may read (S33): the words stay, numbers that name a person lose their middle."""

import re

_ID = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[ -]?\d{4,5}(\d{3})(?!\d)")


def masked(text: str) -> str:
    """138****5678, 110***********1234 (id: first 3, last 4), 0755-*****123."""
    text = _ID.sub(r"\1***********\2", text)
    text = _MOBILE.sub(r"\1****\2", text)
    return _LANDLINE.sub(r"\1-*****\2", text)
