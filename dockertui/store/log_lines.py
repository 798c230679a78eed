"""Numbered lines: a whole log, or what filters leave of one."""

from __future__ import annotations

from typing import Protocol


class Lines(Protocol):
    """Lines in an order, each at a place that it keeps while others come and go.

    Places are whole numbers without gaps. Older lines may yet come before the first one, so a
    place may be negative.
    """

    @property
    def first(self) -> int:
        """The place of the oldest line."""
        ...

    @property
    def total(self) -> int:
        """One more than the place of the newest line; equal to `first` when there are none."""
        ...

    @property
    def revision(self) -> int:
        """Grows whenever the lines have changed."""
        ...

    @property
    def dropped(self) -> int:
        """How many older lines the store had to let go."""
        ...

    def __len__(self) -> int: ...

    def lines(self, start: int, end: int) -> list[bytes]:
        """The records from the place `start` to before `end`, without those that are not held."""
        ...

    def number(self, place: int) -> int:
        """The number that the store gave to the line at a place."""
        ...

    def place(self, number: int) -> int:
        """Where the line with this number stands; else the next one that does, or `total`."""
        ...
