"""Which part of a log is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace

_AGES_S = (None, 60, 300, 900, 3_600, 21_600)
_TAILS = (200, 2_000, 20_000, None)
_UNITS = ((3_600, "h"), (60, "m"), (1, "s"))


@dataclass(frozen=True, slots=True)
class LogSpan:
    """A span of time, and how many of the last lines in it to begin with."""

    since_s: int | None = None
    """From how many seconds ago on; `None` for the beginning."""
    until_s: int | None = None
    """Up to how many seconds ago; `None` for now and all that is still to come."""
    tail: int | None = 2_000
    """How many lines to begin with; older ones come when asked for. `None` for all."""

    def next_since(self) -> LogSpan:
        """Begin 1, 5 and 15 minutes ago, 1 and 6 hours ago, then anywhere again."""
        return replace(self, since_s=_after(_AGES_S, self.since_s))

    def next_until(self) -> LogSpan:
        """End 1, 5 and 15 minutes ago, 1 and 6 hours ago, then never again."""
        return replace(self, until_s=_after(_AGES_S, self.until_s))

    def next_tail(self) -> LogSpan:
        """Begin with 200, 2,000, 20,000 or all lines."""
        return replace(self, tail=_after(_TAILS, self.tail))

    @property
    def is_empty(self) -> bool:
        """Does it end before it begins?"""
        return (
            self.since_s is not None and self.until_s is not None and self.since_s <= self.until_s
        )

    @property
    def words(self) -> str:
        """What it is, in words.

        >>> LogSpan().words, LogSpan(since_s=900).words, LogSpan(tail=None).words
        ('last 2,000 lines', 'last 15m', 'all')
        >>> LogSpan(since_s=3_600, until_s=300).words, LogSpan(until_s=300, tail=None).words
        ('1h to 5m ago', 'up to 5m ago')
        """
        since_s, until_s = self.since_s, self.until_s
        if since_s is not None and until_s is not None:
            return f"{age_words(since_s)} to {age_words(until_s)} ago"
        if until_s is not None:
            return f"up to {age_words(until_s)} ago"
        if since_s is not None:
            return f"last {age_words(since_s)}"
        return "all" if self.tail is None else f"last {self.tail:,} lines"


def age_words(age_s: int) -> str:
    """Write an age in its largest whole unit.

    >>> age_words(90), age_words(900), age_words(21_600)
    ('90s', '15m', '6h')
    """
    size, unit = next((size, unit) for size, unit in _UNITS if age_s % size == 0)
    return f"{age_s // size}{unit}"


def _after(choices: tuple[int | None, ...], now: int | None) -> int | None:
    place = choices.index(now) if now in choices else -1
    return choices[(place + 1) % len(choices)]
