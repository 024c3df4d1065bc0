"""What of a private text a masked session may read (S33): the words stay, what names a person loses its middle."""

import re

_ID = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[ -]?\d{4,5}(\d{3})(?!\d)")
_NUMBER = re.compile(r"[0-9A-Za-z一二三四五六七八九十]+(?=\s*[号栋幢座楼层室房单元])")


def masked(text: str) -> str:
    """138****5678, 110***********1234 (id: first 3, last 4), 0755-*****123."""
    text = _ID.sub(r"\1***********\2", text)
    text = _MOBILE.sub(r"\1****\2", text)
    return _LANDLINE.sub(r"\1-*****\2", text)


def masked_field(field: str, value: str) -> str:
    """A private field as a masked session reads it: of a caller the first character, of a number its ends, of an address no door."""
    if field == "caller":
        return value[:1] + "**" if value else ""
    if field == "phone":
        known = masked(value)
        return known if known != value else value[:2] + "****" + value[-2:] if len(value) > 6 else "****"
    if field == "address":
        return masked(_NUMBER.sub("**", value))
    return masked(value)
