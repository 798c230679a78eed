"""What a person fills in before a container is run or its limits are changed, as a value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dockertui.model.run.spec import RunSpec

if TYPE_CHECKING:
    from dockertui.model.run.field import RunField
    from dockertui.model.run.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class RunForm:
    """A form over fields of a `RunSpec`; its result is a spec without anything that blocks."""

    title: str
    """What it is about: `Run nginx:1.27`."""
    verb: str
    """The button that does it."""
    spec: RunSpec
    """What stands in it to begin with."""
    declared: RunSpec = field(default_factory=RunSpec)
    """What holds where a field is empty: what the image declares."""
    around: Callable[[], Surroundings]
    """What is around now; asked at each change."""
    declare: Callable[[str], Awaitable[RunSpec]] | None = None
    """Finds out what another image declares; `None` where the image cannot be changed."""
    fields: tuple[RunField, ...] = ()
    """Which fields; empty for all."""
    updates: str = ""
    """The container whose limits these are; empty where one is to be run."""
    trouble: str = ""
    """What went wrong when it was tried before, in the engine's words."""
    notes: tuple[str, ...] = ()
    """What else to know, a sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Lines that make a container like one that there is, to be read and copied."""

    name: str
    """Whose."""
    spec: RunSpec
    """What it was made from."""
    notes: tuple[str, ...] = ()
    """What they leave out, a sentence each."""
