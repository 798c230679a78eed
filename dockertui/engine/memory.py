"""Giving memory back to the machine. Only the GNU C library can; elsewhere nothing happens."""

from __future__ import annotations

from contextlib import suppress

_MMAP_THRESHOLD = -3
"""The number of the parameter in the C library's own header."""
_LARGE_BYTES = 1 << 20


def keep_large_apart() -> None:
    """From now on, let what is large have pages of its own, which go when it goes.

    The C library puts larger and larger things into its pools otherwise, and each thread has
    some: of half a million files, 20 MB stayed in use that nothing was in any more.
    """
    # Not for the first screen.
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)


def give_back() -> None:
    """Give back what was used for a moment and is free again; 1 ms, others go on meanwhile."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
