"""Every flag of `docker run` that says what a container is to be, in the order of a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dockertui.model.run.field import Group, RunField
from dockertui.model.run.fields_limits import HEALTH, LIMITS
from dockertui.model.run.fields_main import COMMAND, FILES, IMAGE, MAIN, PROGRAM
from dockertui.model.run.fields_network import LABELS, NETWORK
from dockertui.model.run.fields_rights import RARE, RIGHTS
from dockertui.model.run.mistakes import Finding
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings

FLAGS: tuple[RunField, ...] = (
    *MAIN,
    *PROGRAM,
    *NETWORK,
    *FILES,
    *LIMITS,
    *HEALTH,
    *LABELS,
    *RIGHTS,
    *RARE,
)
"""The parser, the writer, the form, its help and the manual are made of these."""

EVERY_FIELD: tuple[RunField, ...] = (IMAGE, COMMAND, *FLAGS)
"""The same, and what is no flag."""

BY_NAME: Mapping[str, RunField] = MappingProxyType({it.name: it for it in EVERY_FIELD})
"""The same, by the field of `RunSpec`."""


def in_group(group: Group) -> tuple[RunField, ...]:
    """The flags that stand in a part of the form."""
    return tuple(it for it in FLAGS if it.group is group)


def updatable() -> tuple[RunField, ...]:
    """What can be changed while a container runs."""
    return tuple(it for it in FLAGS if it.is_limit)


def problems(spec: RunSpec, around: Surroundings) -> Iterator[tuple[RunField, Finding]]:
    """Everything that there is to know of a spec, by the field that it is about."""
    if not spec.image:
        yield IMAGE, Finding("Which image is to run?")
    for each in EVERY_FIELD:
        for finding in each.findings(spec, around):
            if finding is not None:
                yield each, finding
