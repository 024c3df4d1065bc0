"""A photo without what it tells beside the picture: where it was taken (GPS), by which phone, when, under which name.

Only how to turn it (Exif orientation) and its colours (ICC profile) stay. The picture itself is not decoded and not changed by
a bit, so this may be done anywhere, also twice. JPEG by ITU-T T.81 annex B and Exif 2.3 §4.5, PNG by ISO/IEC 15948 §5.
"""

import struct
from collections.abc import Iterator

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_APP0, _APP1, _APP2, _APP14, _APP15, _COM, _SOS, _EOI = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9
_EXIF, _ICC = b"Exif\x00\x00", b"ICC_PROFILE\x00"
_ORIENTATION, _SHORT = 0x0112, 3
_NO_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))
_TELLING_CHUNKS = frozenset((b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"))


class PhotoError(ValueError):
    """The bytes do not follow the structure of the format they begin with."""


def without_traces(data: bytes) -> bytes:
    """The same picture without metadata; what is neither jpeg nor png comes back as it is. Raises PhotoError."""
    try:
        if data.startswith(JPEG):
            return _jpeg(data)
        return _png(data) if data.startswith(PNG) else data
    except (IndexError, struct.error) as error:
        raise PhotoError("the file ends in the middle of its head") from error


def _jpeg(data: bytes) -> bytes:
    kept: list[bytes] = []
    turned = 1
    for marker, piece in _pieces(data):
        body = piece[4:]
        if marker == _APP1 and body.startswith(_EXIF):
            turned = _orientation(body[len(_EXIF) :])
        elif not _tells(marker, body):
            kept.append(piece)
    head = 1 if kept and kept[0][1] == _APP0 else 0
    if turned != 1:
        kept.insert(head, _only_orientation(turned))
    return b"".join((data[:2], *kept))


def _tells(marker: int, body: bytes) -> bool:
    """Whether a segment is about the picture instead of the picture."""
    if marker == _APP2:
        return not body.startswith(_ICC)
    return marker == _COM or (_APP1 <= marker <= _APP15 and marker != _APP14)


def _pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, bytes with it) one after the other; a scan with its coded data is one piece. What follows the end is left out."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise PhotoError(f"no marker at byte {at}")
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == _EOI:
            yield marker, data[at : at + 2]
            return
        if marker in _NO_LENGTH:
            yield marker, data[at : at + 2]
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise PhotoError(f"a segment at byte {at} is longer than the file")
        if marker == _SOS:
            end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Coded data runs to the next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """1–8; 1 where it is not told, or not in a way that can be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    if first + 2 > len(tiff):
        return 1
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for place in range(first + 2, min(first + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, place)
        if tag == _ORIENTATION and kind == _SHORT and 1 <= value <= 8:
            return int(value)
    return 1


def _only_orientation(turned: int) -> bytes:
    tiff = b"II*\x00" + struct.pack("<IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, turned, 0, 0)
    body = _EXIF + tiff
    return struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body


def _png(data: bytes) -> bytes:
    kept, at = [data[: len(PNG)]], len(PNG)
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise PhotoError(f"a chunk at byte {at} is longer than the file")
        if name not in _TELLING_CHUNKS:
            kept.append(data[at:end])
        at = end
        if name == b"IEND":
            break
    return b"".join(kept)
