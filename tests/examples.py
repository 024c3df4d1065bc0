"""How many random examples a property test tries that has a number of its own: few where each is dear."""

from hypothesis import settings

USUAL = 100
"""What Hypothesis tries where a test says nothing."""


def examples(count: int) -> int:
    """`count` in a usual run; the nightly profile of tests/conftest.py raises it as much as it raises all others."""
    return max(1, count * settings().max_examples // USUAL)
