"""Specs as lines: `docker run …`, `docker update …`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dockertui.model.run.field import Kind, RunField
from dockertui.model.run.fields import FLAGS
from dockertui.model.run.shell import quoted
from dockertui.model.run.spec import RunSpec
from dockertui.secrecy import masked_assignment, masked_url

_ON = "  "
_SECRETIVE = frozenset(("env", "labels", "annotations", "log_opts", "storage_opts"))
"""Flags whose values are names and values, which a name may tell to be secret."""


def run_line(spec: RunSpec, *, masked: bool = False) -> str:
    """The `docker run` line of a spec, ready to be pasted into a shell.

    Args:
        spec: What is to run.
        masked: Put dots for what looks like a secret?

    >>> run_line(RunSpec(image="nginx:1.27", detach=True, name="web", ports=("8080:80",)))
    'docker run -d --name web -p 8080:80 nginx:1.27'
    """
    return " ".join(run_parts(spec, masked=masked))


def run_parts(spec: RunSpec, *, masked: bool = False) -> list[str]:
    """The same in pieces that belong together: each flag with its value, the command as one."""
    command = [masked_url(it) if masked else it for it in spec.command]
    rest = [quoted(spec.image)] if spec.image else []
    if command:
        rest.append(" ".join(map(quoted, command)))
    return ["docker run", *_flags(spec, FLAGS, masked=masked), *rest]


def update_parts(spec: RunSpec, names: Sequence[str]) -> list[str]:
    """The pieces of a `docker update` line for what a spec changes."""
    from dockertui.model.run.fields import updatable

    return ["docker update", *_flags(spec, updatable(), masked=False), *map(quoted, names)]


def wrapped(parts: Iterable[str], width: int, *, joint: str = " \\") -> list[str]:
    r"""Pieces on lines that are no wider than need be, each but the last ending in a joint.

    >>> wrapped(["docker run", "-d", "--name web", "nginx"], 22)
    ['docker run -d \\', '  --name web nginx']
    """
    lines: list[str] = []
    for part in parts:
        room = width - len(joint)
        if lines and len(lines[-1]) + 1 + len(part) <= room:
            lines[-1] += f" {part}"
        else:
            lines.append(f"{_ON if lines else ''}{part}")
    return [*(f"{it}{joint}" for it in lines[:-1]), *lines[-1:]]


def unmasked(spec: RunSpec, before: RunSpec) -> RunSpec:
    """A spec that was read from a masked line, with the secrets that the dots stand for.

    Args:
        spec: What was read.
        before: What the line was written from.
    """
    for field in FLAGS:
        value = field.read(spec)
        known = {_masked(field, it): it for it in field.values(before)}
        if isinstance(value, tuple):
            spec = field.write(spec, tuple(known.get(it, it) for it in value))
        elif isinstance(value, str) and value in known:
            spec = field.write(spec, known[value])
    words = {masked_url(it): it for it in before.command}
    return replace(spec, command=tuple(words.get(it, it) for it in spec.command))


def _flags(spec: RunSpec, fields: Iterable[RunField], *, masked: bool) -> Iterator[str]:
    """Those with no value first, the short ones of them as one."""
    on = [it for it in fields if it.kind is Kind.SWITCH and it.read(spec)]
    if letters := "".join(it.short for it in on if it.short):
        yield f"-{letters}"
    yield from (f"--{it.flag}" for it in on if not it.short)
    for each in fields:
        if each.kind is not Kind.SWITCH and each.flag:
            yield from (_flag(each, it, masked=masked) for it in each.values(spec))


def _flag(field: RunField, value: str, *, masked: bool) -> str:
    value = _masked(field, value) if masked else value
    dashed = f"-{field.short}" if field.short else f"--{field.flag}"
    return f"{dashed} {quoted(value)}"


def _masked(field: RunField, value: str) -> str:
    return masked_assignment(value) if field.name in _SECRETIVE else masked_url(value)
