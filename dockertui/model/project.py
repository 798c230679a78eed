"""Compose projects, as the labels of their containers tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dockertui.model.base import DockerObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(DockerObject):
    """A Compose project that has containers. Its `id` is `project:` and its name. Derived."""

    kind: ClassVar[str] = "project"
    is_listed: ClassVar[bool] = False

    services: tuple[str, ...] = ()
    """The names of its services that have containers, in order."""
    containers: int = 0
    """How many containers it has, running or not."""
    running: int = 0
    """How many of them run, or are paused."""
    unhealthy: int = 0
    """How many of them are unhealthy."""
    failed: int = 0
    """How many of them ended with an error."""
    folder: str = ""
    """The folder it was started from; empty if it is not said."""
    files: tuple[str, ...] = ()
    """The Compose files it was started with."""


def project_id(name: str) -> str:
    """The ID of the project of a name: no container's.

    >>> project_id("shop")
    'project:shop'
    """
    return f"project:{name}"
