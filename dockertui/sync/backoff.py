"""How long to wait before trying again."""

from __future__ import annotations

from collections.abc import Iterator


def waits(first_s: float = 0.25, most_s: float = 5.0) -> Iterator[float]:
    """Yield seconds to wait: doubling from the first, then always the most.

    >>> from itertools import islice
    >>> list(islice(waits(), 7))
    [0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
    """
    wait = first_s
    while True:
        yield min(wait, most_s)
        wait = min(wait * 2, most_s)
