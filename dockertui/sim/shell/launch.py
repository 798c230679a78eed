"""How a program is started."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Launch:
    """A program, and what it is given on its way."""

    command: Sequence[str]
    """The program and its arguments."""
    has_terminal: bool = False
    """Is it on a terminal?"""
    reads: bool = False
    """Is its stdin open?"""
    user: str = ""
    """Who runs it; empty is the container's own."""
    directory: str = ""
    """Where it begins; empty is the container's own."""
    environment: Sequence[str] = ()
    """More than the container's own, as `NAME=value`."""


@dataclass(frozen=True, slots=True)
class Streams:
    """What a command reads and writes."""

    out: Callable[[str], None]
    """Takes what goes to stdout."""
    err: Callable[[str], None]
    """Takes what goes to stderr."""
    read_line: Callable[[], Awaitable[str | None]]
    """Gives the next line; `None` at the end."""
