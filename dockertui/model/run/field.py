"""A flag of `docker run`, declared once for the line, the form, its help and the manual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dockertui.model.run.limits import Limits
from dockertui.model.run.mistakes import BadValue, Finding
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings

Value = str | bool | tuple[str, ...]
Check = Callable[[str, RunSpec, Surroundings], Finding | None]
"""Says what there is to know of a value, given all the others and what is around."""


class Kind(StrEnum):
    """What a flag takes."""

    TEXT = "text"
    """A value."""
    SWITCH = "switch"
    """None: it is there, or it is not."""
    LIST = "list"
    """A value each time that it is there."""


class Group(StrEnum):
    """What belongs together in the form."""

    MAIN = ""
    PROGRAM = "Program"
    NETWORK = "Network"
    FILES = "Files"
    LIMITS = "Limits"
    HEALTH = "Health check"
    LABELS = "Labels and log"
    RIGHTS = "Rights and devices"
    RARE = "Isolation"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunField:
    """One flag: where its value is kept, how it is written, and what may be wrong with it."""

    name: str
    """The field of `RunSpec` that holds its value."""
    flag: str
    """Its long form, without the dashes; empty for what is no flag, as the image is."""
    kind: Kind
    """What it takes."""
    group: Group
    """Where it stands in the form."""
    label: str
    """What the form calls it."""
    help: str
    """What it does, in a sentence."""
    short: str = ""
    """Its one letter; empty for none."""
    also: tuple[str, ...] = ()
    """Other long forms that mean the same."""
    hint: str = ""
    """What a value looks like."""
    check: Check = lambda _text, _spec, _around: None
    """What there is to know of a value that is not empty."""

    @property
    def is_limit(self) -> bool:
        """May `docker update` change it while the container runs?"""
        return self.name in _LIMITS

    def read(self, spec: RunSpec) -> Value:
        """Its value in a spec."""
        value: Value | None = getattr(spec, self.name)
        return "" if value is None else value

    def write(self, spec: RunSpec, value: Value) -> RunSpec:
        """The spec with another value."""
        changed: dict[str, Any] = {self.name: value}
        return replace(spec, **changed)

    def values(self, spec: RunSpec) -> tuple[str, ...]:
        """Its values, where it has some."""
        value = self.read(spec)
        if isinstance(value, str):
            return (value,) if value else ()
        return value if isinstance(value, tuple) else ()

    def findings(self, spec: RunSpec, around: Surroundings) -> list[Finding | None]:
        """What there is to know of each of its values."""
        return [self.check(it, spec, around) if it else None for it in self.values(spec)]


def syntax(parse: Callable[[str], object]) -> Check:
    """A check for what is no value at all."""

    def check(text: str, _spec: RunSpec, _around: Surroundings) -> Finding | None:
        try:
            parse(text)
        except BadValue as mistake:
            return Finding(str(mistake))
        return None

    return check


def both(parse: Callable[[str], object], then: Check) -> Check:
    """A check for what is no value, and one for what is."""
    first = syntax(parse)
    return lambda text, spec, around: first(text, spec, around) or then(text, spec, around)


_LIMITS = frozenset(
    name
    for name in Limits.__slots__
    if name not in {"ulimits", "memory_swappiness", "oom_kill_disable", "oom_score_adj"}
    and not name.startswith(("device_", "blkio_weight_"))
)
