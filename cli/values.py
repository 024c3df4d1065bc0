"""Argument types shared by the commands: text → value, or a sentence for argparse to print."""

import argparse
import math
from datetime import UTC, datetime


def instant(text: str) -> datetime:
    """ISO 8601 with a zone, for example 2018-10-09T10:00:00+08:00."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = datetime.min
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"{text!r}: 要带时区的时间，如 / want a time with its zone, such as 2018-10-09T10:00+08:00"
        )
    return at.astimezone(UTC)


def positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r}: 要大于 0 的数 / want a number above 0")
    return number
