"""Short forms of declaring a flag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dockertui.model.run.field import Group, Kind, RunField, Value
from dockertui.model.run.shell import joined, words_in
from dockertui.model.run.spec import RunSpec

Declare = Callable[..., RunField]


class EntrypointField(RunField):
    """The program before the command, which may be none at all: that is typed as `""`."""

    def read(self, spec: RunSpec) -> Value:
        """Its value in a spec."""
        return '""' if spec.entrypoint == "" else spec.entrypoint or ""

    def write(self, spec: RunSpec, value: Value) -> RunSpec:
        """The spec with another value."""
        text = str(value)
        return replace(spec, entrypoint="" if text in {'""', "''"} else text or None)

    def values(self, spec: RunSpec) -> tuple[str, ...]:
        """Its value, which may be empty."""
        return () if spec.entrypoint is None else (spec.entrypoint,)


class CommandField(RunField):
    """The words of the command, which are typed as a shell takes them."""

    def read(self, spec: RunSpec) -> Value:
        """The words on one line."""
        return joined(spec.command)

    def write(self, spec: RunSpec, value: Value) -> RunSpec:
        """The spec with other words.

        Raises:
            BadValue: When a quote is not closed.
        """
        return replace(spec, command=words_in(str(value)))

    def values(self, spec: RunSpec) -> tuple[str, ...]:
        """None: what is wrong with a command shows in how it was typed."""
        del spec
        return ()


_MADE = {"entrypoint": EntrypointField, "command": CommandField}


def declarer(group: Group) -> tuple[Declare, Declare, Declare]:
    """What declares the flags of a group: those with a value, with none, and with many."""

    def of(kind: Kind) -> Declare:
        def declare(name: str, label: str, help_: str, **more: Any) -> RunField:  # noqa: ANN401
            more.setdefault("flag", name.replace("_", "-"))
            made = _MADE.get(name, RunField)
            return made(name=name, kind=kind, group=group, label=label, help=help_, **more)

        return declare

    return of(Kind.TEXT), of(Kind.SWITCH), of(Kind.LIST)
