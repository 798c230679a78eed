"""Limits of a container that there is, changed."""

from __future__ import annotations

from collections.abc import Iterator

from dockertui.model.run.field import RunField
from dockertui.model.run.fields import updatable
from dockertui.model.run.mistakes import BadValue, Finding
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.values import memory, size_text

_LIFTED = {"restart": "no", "pids_limit": "-1"}
"""What lifts a limit, where an engine can."""


def changes(before: RunSpec, after: RunSpec) -> RunSpec:
    """What to ask an engine for, so that limits become others.

    Memory and swap go together: an engine refuses more memory than there was with swap, and would
    leave the container without swap where it has less.

    >>> wish = changes(RunSpec(memory="64m", restart="always"), RunSpec(memory="128m"))
    >>> wish.restart, wish.memory, wish.memory_swap
    ('no', '128m', '256m')
    """
    made = RunSpec()
    for field in updatable():
        old, new = field.read(before), str(field.read(after))
        if new != old:
            made = field.write(made, new or _LIFTED.get(field.name, ""))
    if made.memory and not made.memory_swap:
        made = _with_swap(made, after)
    return made


def cannot_lift(field: RunField, before: RunSpec) -> Finding | None:
    """What there is to know of a limit that was cleared."""
    if not field.read(before) or field.name in _LIFTED:
        return None
    return Finding("An engine can change this limit, but not lift it: a very large one is as good.")


def effects(before: RunSpec, after: RunSpec) -> Iterator[str]:
    """What has become of limits, in words.

    >>> list(effects(RunSpec(memory="64m"), RunSpec(memory="128m", restart="always")))
    ['restart none → always', 'memory 64m → 128m']
    """
    for field in updatable():
        old, new = str(field.read(before)), str(field.read(after))
        if old != new:
            label = field.label if field.label.isupper() or field.label[1].isupper() else None
            yield f"{label or field.label.lower()} {old or 'none'} → {new or 'none'}"


def _with_swap(made: RunSpec, after: RunSpec) -> RunSpec:
    from dataclasses import replace

    if after.memory_swap:
        return replace(made, memory_swap=after.memory_swap)
    try:
        return replace(made, memory_swap=size_text(2 * memory(made.memory)))
    except BadValue:
        return made
