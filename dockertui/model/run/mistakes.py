"""What can be wrong with what somebody typed."""

from __future__ import annotations

from dataclasses import dataclass

from dockertui.text import clean


class Mistake(ValueError):
    """Something that will not do; `str()` is a sentence that says why, and may be drawn."""

    def __init__(self, sentence: str) -> None:
        """Say why.

        Args:
            sentence: May quote what was typed, whatever that is.
        """
        super().__init__(clean(sentence))


class BadValue(Mistake):
    """A value that no engine would take."""


class BadLine(Mistake):
    """No line that runs a container."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about a value."""

    sentence: str
    """What it is, for a person."""
    blocks: bool = True
    """Would it fail? Otherwise it may be meant so."""
