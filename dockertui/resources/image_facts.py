"""What the Info tab says of an image."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from shlex import join
from typing import Any

from dockertui.model import Image
from dockertui.resources.container_facts import grouped, label_facts
from dockertui.resources.moments import moment_and_age
from dockertui.resources.tab import Fact
from dockertui.secrecy import masked, masked_url
from dockertui.text import counted, decimal_size

Json = Mapping[str, Any]


def image_facts(image: Image, inspected: Json, now: datetime) -> tuple[Fact, ...]:
    """Everything worth reading of an image, in the order in which one asks.

    Args:
        image: What the list says.
        inspected: The engine's JSON for it; whatever is missing in it is left out.
        now: The time to count ages from, in UTC.
    """
    config = _mapping(inspected.get("Config"))
    groups = (
        ("", _identity(image, inspected, now)),
        ("Program", _program(config)),
        ("Environment", _environment(config)),
        ("Labels", label_facts(image.labels or _labels(config))),
    )
    return tuple(grouped(groups))


def _identity(image: Image, inspected: Json, now: datetime) -> Iterator[Fact]:
    for place, tag in enumerate(image.tags):
        yield Fact("" if place else "Tags", tag)
    if image.is_dangling:
        yield Fact("Tags", "none: it is dangling", "$dim")
    used = f"{counted(image.containers, 'container')}" if image.containers else "no container"
    yield Fact("Used by", used, "" if image.containers else "$dim")
    yield Fact("Size", f"{decimal_size(image.size_bytes)}, with the layers that it shares")
    yield from _said("Created", moment_and_age(image.created, now))
    platform = [_text(inspected.get(name)) for name in ("Os", "Architecture", "Variant")]
    yield from _said("Platform", "/".join(filter(None, platform)))
    yield from _said("Author", _text(inspected.get("Author")))
    yield from _said("Comment", _text(inspected.get("Comment")))
    for place, digest in enumerate(image.digests):
        yield Fact("" if place else "Digests", digest)
    yield Fact("ID", image.id)


def _program(config: Json) -> Iterator[Fact]:
    yield from _said("Entrypoint", masked_url(_command(config.get("Entrypoint"))))
    yield from _said("Command", masked_url(_command(config.get("Cmd"))))
    yield from _said("User", _text(config.get("User")) or ("root" if config else ""))
    yield from _said("Folder", _text(config.get("WorkingDir")))
    yield from _said("Exposes", ", ".join(_mapping(config.get("ExposedPorts"))))
    yield from _said("Volumes", ", ".join(_mapping(config.get("Volumes"))))
    yield from _said("Stop signal", _text(config.get("StopSignal")))


def _environment(config: Json) -> Iterator[Fact]:
    for entry in _words(config.get("Env")):
        name, _, value = entry.partition("=")
        shown = masked(name, value)
        yield Fact(name, value, masked=shown if shown != value else "")


def _labels(config: Json) -> Mapping[str, str]:
    return {name: _text(value) for name, value in _mapping(config.get("Labels")).items()}


def _said(label: str, value: str) -> Iterator[Fact]:
    if value:
        yield Fact(label, value)


def _command(value: object) -> str:
    return value if isinstance(value, str) else join(_words(value))


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}
