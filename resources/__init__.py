"""Files bundled with the product: fonts, icons, catalogues, samples, tokens, texts.

What lives here: only the way to find such a file, the same from a checkout and from an installed wheel.
What must not: reading, parsing or caching of any of them; each user of a file does that where it is used.
"""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The path of a bundled file or folder, e.g. ``path("icons", "lock.svg")``.

    Raises FileNotFoundError naming the missing file: a bundled file that is not there is a broken installation.
    """
    found = _ROOT.joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"bundled resource is missing: {'/'.join(parts)} (looked in {_ROOT})")
    return found
