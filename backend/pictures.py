"""Whether a file that calls itself a photo is one: its format by its own bytes, and how many pixels it would unfold to.

Only the header and the structure are read; nothing is decoded, so a small file that claims to be enormous costs nothing.
"""

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from domain.photo_bytes import PhotoError, without_traces

MOST_PIXELS = 40_000_000
"""A phone's largest ordinary photo; what is larger is refused before anybody unfolds it."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


def problem(body: bytes, media_type: str) -> str:
    """ "" or the code why these bytes are not taken as a photo of this type: bad_picture · too_many_pixels · private_metadata
    (it tells where or by whom it was taken: a desk takes that out before it names the file). Papers are not looked at."""
    wanted = _FORMATS.get(media_type)
    if wanted is None:
        return ""
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures by itself; ours is the limit.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(body), formats=[wanted]) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    return "too_many_pixels"
                picture.verify()
    except Image.DecompressionBombError:
        return "too_many_pixels"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return "bad_picture"
    try:
        return "" if without_traces(body) == body else "private_metadata"
    except PhotoError:
        return "bad_picture"
