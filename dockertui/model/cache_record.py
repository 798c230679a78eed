"""What BuildKit keeps in order to build faster the next time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CacheRecord:
    """One piece of a build cache."""

    id: str
    """Its ID."""
    description: str = ""
    """What made it, in BuildKit's words."""
    size_bytes: int = 0
    """What it takes on disk."""
    is_used: bool = False
    """Is it in use, so that it stays whatever is asked?"""
    is_shared: bool = False
    """Is it shared with an image? Then removing it frees nothing."""
