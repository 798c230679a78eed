"""What a row says of newer images."""

from __future__ import annotations

from enum import StrEnum


class Update(StrEnum):
    """What is known of newer images, in a word."""

    NONE = ""
    """Nobody has looked yet."""
    CHECKING = "…"
    """The registry is being asked."""
    NEWER = "update"
    """The registry has a newer one."""
    OLDER = "older"
    """It is here already, and the container still runs the one before: create it again."""
    UNKNOWN = "?"
    """It cannot be told; the detail says why."""
    CURRENT = "current"
    """It is what the registry has."""
