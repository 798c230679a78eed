"""Volumes and folders, as `--volume`, `--mount` and `--tmpfs` take them.

Source: https://github.com/docker/cli, `opts/mount.go` and `cli/compose/loader/volume.go`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dockertui.model.run.mistakes import BadValue

_KINDS = ("bind", "volume", "tmpfs", "npipe", "cluster", "image")
_LONG = {"src": "source", "dst": "target", "destination": "target", "ro": "readonly"}
_KEYS = frozenset(
    (
        *("type", "source", "target", "readonly", "consistency", "bind-propagation"),
        *("bind-nonrecursive", "bind-recursive", "volume-subpath", "volume-nocopy"),
        *("volume-label", "volume-driver", "volume-opt", "image-subpath"),
        *("tmpfs-size", "tmpfs-mode"),
    )
)
_SWITCHES = frozenset(("readonly", "volume-nocopy", "bind-nonrecursive"))
_MANY = frozenset(("volume-label", "volume-opt"))
_MODES = frozenset(
    (
        *("ro", "rw", "z", "Z", "nocopy", "volume-nocopy", "consistent", "cached", "delegated"),
        *("shared", "rshared", "slave", "rslave", "private", "rprivate"),
    )
)
_VOLUME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_WINDOWS = re.compile(r"[a-zA-Z]:[\\/]")
_TRUE = frozenset(("1", "t", "true"))
_FALSE = frozenset(("0", "f", "false"))


@dataclass(frozen=True, slots=True)
class Volume:
    """What a `--volume` mounts."""

    source: str
    """A folder of the host, or a volume's name; empty for a volume without a name."""
    target: str
    """Where it is in the container."""
    mode: str = ""
    """How: `ro`, `z`…"""

    @property
    def is_folder(self) -> bool:
        """Is it a folder of the host, and no volume?"""
        return self.source.startswith(("/", ".", "~")) or bool(_WINDOWS.match(self.source))


def volume(text: str) -> Volume:
    """Take a `--volume` apart.

    >>> volume("data:/var/lib/data:ro")
    Volume(source='data', target='/var/lib/data', mode='ro')
    >>> volume("/cache")
    Volume(source='', target='/cache', mode='')

    Raises:
        BadValue: When it is none.
    """
    parts = _parts(text.strip())
    if not all(parts):
        raise BadValue("There is nothing between two colons, or before or after one.")
    match parts:
        case [target]:
            found = Volume("", target)
        case [source, target]:
            found = Volume(source, target)
        case [source, target, mode]:
            found = Volume(source, target, mode)
        case _:
            raise BadValue("It has too many colons: source:target:mode is the most.")
    return _checked(found)


def mount(text: str) -> Mapping[str, str | tuple[str, ...]]:
    """Take a `--mount` apart: its parts by their long names.

    Raises:
        BadValue: When it is none.
    """
    said = _said(text)
    kind = said.setdefault("type", "volume")
    if kind not in _KINDS:
        raise BadValue(f"{kind} is no type; there is {', '.join(_KINDS)}.")
    if not said.get("target"):
        raise BadValue("A mount has a target: the folder in the container.")
    if kind in {"bind", "npipe", "image"} and not said.get("source"):
        raise BadValue(f"A mount of type {kind} has a source.")
    for name in _SWITCHES & said.keys():
        is_true(str(said[name]))
    return said


def _said(text: str) -> dict[str, str | tuple[str, ...]]:
    """The parts of a `--mount` by their long names, whatever is in them."""
    said: dict[str, str | tuple[str, ...]] = {}
    for part in csv_fields(text):
        name, equals, value = part.partition("=")
        name = _LONG.get(name.strip().lower(), name.strip().lower())
        if name not in _KEYS:
            raise BadValue(f"{name or part} is no part of a mount, as type, source and target are.")
        if not equals and name not in _SWITCHES:
            raise BadValue(f"{name} needs a value: {name}=…")
        if name in _MANY:
            said[name] = (*said.get(name, ()), value)
        else:
            said[name] = value if equals else "true"
    return said


def is_true(text: str) -> bool:
    """A boolean as Go reads it.

    Raises:
        BadValue: When it is none.
    """
    if (lowered := text.lower()) in _TRUE | _FALSE:
        return lowered in _TRUE
    raise BadValue(f"{text} is neither true nor false.")


def tmpfs(text: str) -> tuple[str, str]:
    """A folder in memory, and its options.

    Raises:
        BadValue: When it is none.
    """
    target, _, options = text.strip().partition(":")
    if not target.startswith("/"):
        raise BadValue("It is a folder in the container, such as /run or /run:size=64m.")
    return target, options


def csv_fields(text: str) -> list[str]:
    """What stands between commas, which a part in quotes may contain.

    Raises:
        BadValue: When there is nothing, or a quote is not closed.
    """
    try:
        (fields,) = csv.reader([text.strip()], strict=True)
    except (csv.Error, ValueError):
        fields = []
    if not any(fields):
        raise BadValue("It is a list of name=value with commas between.")
    return fields


def csv_text(fields: list[str]) -> str:
    """The same, written."""
    return ",".join(
        '"{}"'.format(it.replace('"', '""')) if _needs_quotes(it) else it for it in fields
    )


def _needs_quotes(text: str) -> bool:
    return any(it in text for it in ',"\r\n')


def _parts(text: str) -> list[str]:
    """Part at colons, but for that of a drive of Windows."""
    drive = _WINDOWS.match(text)
    head, rest = (text[:2], text[2:]) if drive else ("", text)
    first, *others = rest.split(":")
    return [head + first, *others]


def _checked(found: Volume) -> Volume:
    if not found.target.startswith("/") and not _WINDOWS.match(found.target):
        raise BadValue(f"{found.target} is no folder in the container: they begin with a slash.")
    if found.target == "/":
        raise BadValue("Nothing can be mounted over the whole container.")
    if found.source and not found.is_folder and not _VOLUME.fullmatch(found.source):
        raise BadValue(f"{found.source} is neither a folder, as /srv/data is, nor a volume's name.")
    for mode in filter(None, found.mode.split(",")):
        if mode not in _MODES:
            raise BadValue(f"{mode} is no way to mount; ro mounts it read only.")
    return found
