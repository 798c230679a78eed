"""What a Dockerfile says before anything is built: its stages, and the images they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dockertui.model.reference import Reference, reference_in
from dockertui.text import clean

_FROM = re.compile(
    r"\s*FROM\s+(?:--\S+\s+)*(?P<base>\S+)(?:\s+AS\s+(?P<name>\S+))?\s*$", re.IGNORECASE
)
_ARG = re.compile(r"\s*ARG\s+(?P<name>\w+)(?:=(?P<value>\S*))?", re.IGNORECASE)
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)(?::-(?P<default>[^}]*))?\}|(?P<bare>\w+))")
_CONTINUED = re.compile(r"\\\s*\n")


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a Dockerfile."""

    names: tuple[str, ...] = ()
    """Those that have a name, in order."""
    bases: tuple[Reference, ...] = ()
    """The images that they begin with, each once, but for those that are stages themselves."""


def stages_in(text: str, args: Mapping[str, str]) -> Stages:
    r"""Find the stages of a Dockerfile.

    Args:
        text: What it says.
        args: Values for its `ARG` instructions.

    >>> stages_in("ARG V=1\nFROM alpine:$V AS build\nFROM build", {}).names
    ('build',)
    """
    values: dict[str, str] = {}
    names: list[str] = []
    bases: dict[Reference, None] = {}
    for line in _instructions(text):
        if (arg := _ARG.match(line)) and not names and not bases:
            values[arg["name"]] = args.get(arg["name"], (arg["value"] or "").strip("\"'"))
        elif found := _FROM.match(line):
            base = _VARIABLE.sub(lambda it: _value(it, values), found["base"])
            if base.lower() not in names and (reference := reference_in(base)) is not None:
                bases[reference] = None
            if found["name"]:
                names.append(clean(found["name"].lower()))
    return Stages(tuple(names), tuple(it for it in bases if it.familiar_name != "scratch"))


def _instructions(text: str) -> Iterator[str]:
    for line in _CONTINUED.sub(" ", text).splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    name = found["braced"] or found["bare"]
    return values.get(name) or found["default"] or ""
