"""Whose lines a log holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSource:
    """A container whose lines are in a log, through all its lives."""

    tag: bytes = b""
    """What stands before its records; empty where a log has one source alone."""
    number: int = 0
    """Which of the sources it is, from 0; its colour follows from that."""
    name: str
    """The container's name."""
    short: str
    """As much of the name as tells it from the other sources."""
    service: str = ""
    """Its Compose service."""
    project: str = ""
    """Its Compose project."""
    image: str = ""
    """The image it was created from."""
    engine: str = ""
    """The name of its engine."""
