"""Which text may cross the wire (S23): the rule for both sides, so that no store, log or label meets the rest.

Desks call `clean` on what people type or paste; the server's codec refuses what is still forbidden.
"""

import re
import unicodedata

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Controls (tab and line feed may stay), bidi overrides and isolates, lone surrogates, non-characters."""

MAX_TEXT = 4096
"""Characters of one string in a message from a client."""


def clean(text: str) -> str:
    """Text fit to send: NFC, line ends as LF, forbidden characters dropped, cut to MAX_TEXT."""
    plain = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", plain)[:MAX_TEXT]


def normal(text: str) -> str:
    """Text as received, in NFC. Raises ValueError naming the rule that it breaks."""
    if len(text) > MAX_TEXT:
        raise ValueError(f"text of {len(text)} characters, at most {MAX_TEXT}")
    found = FORBIDDEN.search(text)
    if found:
        raise ValueError(f"character U+{ord(found.group()):04X} is not allowed")
    return unicodedata.normalize("NFC", text)
