"""How load rises and falls: a function of time alone, so that it can be read at any moment."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import accumulate

LENGTH_S = 47.0
"""How long one rise and fall takes."""
_HEIGHT = 0.4
"""How far it goes from the middle, as a part of that."""
_STEPS = 188
_ALL_THE_TIME = 0.2
"""Who wants so much more than the limit is held back in every period."""

Sums = tuple[float, ...]


def demand(at_s: float) -> float:
    """How much is wanted at a moment; 1 in the middle."""
    return 1 + _HEIGHT * math.sin(math.tau * at_s / LENGTH_S)


def wanted_s(start_s: float, end_s: float) -> float:
    """How much was wanted in a span of time, in seconds of the middle."""
    swing = _HEIGHT * LENGTH_S / math.tau
    first, last = (math.cos(math.tau * it / LENGTH_S) for it in (start_s, end_s))
    return end_s - start_s + swing * (first - last)


def given_s(start_s: float, end_s: float, limit: float) -> float:
    """The same under a limit: how much was given."""
    given, _ = _sums(limit)
    return _at(given, end_s) - _at(given, start_s)


def held_back_s(start_s: float, end_s: float, limit: float) -> float:
    """For how long of a span of time somebody was held back by a limit."""
    _, held_back = _sums(limit)
    return _at(held_back, end_s) - _at(held_back, start_s)


@lru_cache(maxsize=64)
def _sums(limit: float) -> tuple[Sums, Sums]:
    """What is given, and how long it is held back, from the beginning of a wave to each step."""
    step_s = LENGTH_S / _STEPS
    wants = [demand((step + 0.5) * step_s) for step in range(_STEPS)]
    given = [min(it, limit) * step_s for it in wants]
    shares = [(it - limit) / limit / _ALL_THE_TIME if limit else 1.0 for it in wants]
    held_back = [min(1.0, max(0.0, it)) * step_s for it in shares]
    return tuple(accumulate(given, initial=0.0)), tuple(accumulate(held_back, initial=0.0))


def _at(sums: Sums, at_s: float) -> float:
    waves, rest_s = divmod(at_s, LENGTH_S)
    step, part = divmod(rest_s / LENGTH_S * _STEPS, 1)
    place = min(int(step), _STEPS - 1)
    before, after = sums[place], sums[place + 1]
    return waves * sums[-1] + before + part * (after - before)
