"""How long tests wait for what must come before they call it missing.

Long on purpose: on a busy machine everything is slow, and no test tells how quick the product is (benchmarks/ does). Waiting ends
with what it waits for, so a good run takes no longer.
"""

WAIT_S = 60.0
"""For one thing: an answer, a picture, a process that starts or ends."""
WHOLE_S = 240.0
"""For all of one test. Below pytest's own limit, so that a test that hangs ends with a sentence and closes what it opened."""
