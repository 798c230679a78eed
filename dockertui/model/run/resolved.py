"""A spec that no longer depends on where it was typed: files read, paths in full, values put in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dockertui.model.run.choices import seccomp_file
from dockertui.model.run.here import Here
from dockertui.model.run.mistakes import BadValue
from dockertui.model.run.mounts import csv_fields, csv_text, volume
from dockertui.model.run.shell import shown
from dockertui.model.run.spec import RunSpec

_LARGEST_FILE = 1 << 20


def resolved(spec: RunSpec, here: Here) -> RunSpec:
    """What the CLI makes of a spec before it asks an engine. Reads files, and so may block.

    Args:
        spec: What was typed.
        here: Where that was.

    Raises:
        BadValue: When a file cannot be read, or says nothing that one can use.
    """
    from_files = [it for path in spec.env_files for it in _env_in(path, here)]
    labels = [it for path in spec.label_files for it in lines_in(path, here)]
    return replace(
        with_paths(spec, here),
        env=(*from_files, *(_with_value(it, here) for it in spec.env)),
        env_files=(),
        labels=(*labels, *spec.labels),
        label_files=(),
        security_opts=tuple(_with_profile(it, here) for it in spec.security_opts),
    )


def with_paths(spec: RunSpec, here: Here) -> RunSpec:
    """The same spec with the folders of this host in full."""
    return replace(
        spec,
        volumes=tuple(_volume(it, here) for it in spec.volumes),
        mounts=tuple(_mount(it, here) for it in spec.mounts),
    )


def lines_in(path: str, here: Here) -> Iterator[str]:
    """The lines of a file of names and values, without remarks and blanks.

    Raises:
        BadValue: When it cannot be read, or a name has spaces.
    """
    for number, line in enumerate(_text_in(path, here).split("\n"), 1):
        stripped = line.removesuffix("\r").lstrip()
        if not stripped or stripped.startswith("#"):
            continue
        name = stripped.partition("=")[0]
        if not name or any(it.isspace() for it in name):
            raise BadValue(f"Line {number} of {shown(path)} is no NAME=value.")
        yield stripped


def _env_in(path: str, here: Here) -> Iterator[str]:
    """A name alone stands for the value it has here, or for nothing."""
    for line in lines_in(path, here):
        if "=" in line:
            yield line
        elif line in here.environ:
            yield f"{line}={here.environ[line]}"


def _with_value(text: str, here: Here) -> str:
    """A name alone takes the value it has here; without one, the container is to have none."""
    return f"{text}={here.environ[text]}" if "=" not in text and text in here.environ else text


def _with_profile(text: str, here: Here) -> str:
    if not (path := seccomp_file(text)):
        return text
    try:
        profile = json.loads(_text_in(path, here))
    except ValueError:
        raise BadValue(f"{shown(path)} is no seccomp profile: it is not JSON.") from None
    return f"seccomp={json.dumps(profile, separators=(',', ':'))}"


def _text_in(path: str, here: Here) -> str:
    try:
        with Path(here.path(path)).open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadValue(f"{shown(path)} cannot be read: {why}.") from None
    if len(content) > _LARGEST_FILE:
        raise BadValue(f"{shown(path)} is larger than 1 MiB, too large for what it should be.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadValue(f"{shown(path)} is no text in UTF-8.") from None


def _volume(text: str, here: Here) -> str:
    try:
        found = volume(text)
    except BadValue:
        return text
    if not found.source.startswith((".", "~")):
        return text
    return here.path(found.source) + text.removeprefix(found.source)


def _mount(text: str, here: Here) -> str:
    try:
        fields = csv_fields(text)
    except BadValue:
        return text
    return csv_text([*_paths_of(fields, here)])


def _paths_of(fields: Iterable[str], here: Here) -> Iterator[str]:
    for each in fields:
        name, equals, value = each.partition("=")
        is_path = name.strip().lower() in {"source", "src"} and value.startswith((".", "~"))
        yield f"{name}{equals}{here.path(value)}" if is_path else each
