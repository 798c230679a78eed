"""What is said of an image in a registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from shlex import join

from dockertui.model.remote_image import RemoteImage
from dockertui.resources.container_facts import grouped, label_facts
from dockertui.resources.moments import moment_and_age
from dockertui.resources.registries.rows import Sameness
from dockertui.resources.tab import Fact
from dockertui.secrecy import masked, masked_url
from dockertui.text import decimal_size

_HERE = {
    Sameness.SAME: "$image-used",
    Sameness.OTHER: "$health-starting",
    Sameness.NONE: "$dim",
}


def remote_facts(
    image: RemoteImage, sizes: Mapping[str, int], now: datetime, here: Sameness
) -> tuple[Fact, ...]:
    """Everything that a registry tells of an image, in the order in which one asks.

    Args:
        image: What it tells.
        sizes: What pulling takes for each platform, by the digest of its manifest, as far as that
            is known.
        now: The time to count ages from, in UTC.
        here: How it compares with what the engine has.
    """
    groups = (
        ("", _identity(image, now, here)),
        ("Platforms", _platforms(image, sizes)),
        ("Program", _program(image)),
        ("Environment", _environment(image.config.env)),
        ("Labels", label_facts(image.config.labels)),
        ("Annotations", label_facts(_annotations(image))),
        ("Layers, the lowest first", _layers(image)),
        ("Made by, the last step first", _history(image)),
    )
    return tuple(grouped(groups))


def _identity(image: RemoteImage, now: datetime, here: Sameness) -> Iterator[Fact]:
    yield Fact("Image", image.reference.familiar)
    yield Fact("Here", str(here), _HERE[here])
    yield Fact("Digest", image.digest)
    yield Fact("Platform", str(image.config.platform))
    if image.index is not None:
        yield Fact("Its digest", image.manifest.digest)
    yield from _said("Created", moment_and_age(image.config.created, now))
    yield Fact("Download", decimal_size(image.manifest.download_bytes))
    yield from _said("Author", image.config.author)
    yield from _said("ID", image.manifest.config_digest)


def _platforms(image: RemoteImage, sizes: Mapping[str, int]) -> Iterator[Fact]:
    for each in image.index.images if image.index is not None else ():
        size = sizes.get(each.digest)
        is_shown = each.digest == image.manifest.digest
        words = f"{decimal_size(size) if size else '':>9}  {each.digest}"
        yield Fact(str(each.platform), words, "" if is_shown else "$dim")


def _program(image: RemoteImage) -> Iterator[Fact]:
    config = image.config
    yield from _said("Entrypoint", masked_url(join(config.entrypoint)))
    yield from _said("Command", masked_url(join(config.command)))
    yield Fact("User", config.user or "root")
    yield from _said("Folder", config.working_dir)
    yield from _said("Exposes", ", ".join(config.ports))
    yield from _said("Volumes", ", ".join(config.volumes))
    yield from _said("Stop signal", config.stop_signal)


def _environment(env: Sequence[tuple[str, str]]) -> Iterator[Fact]:
    for name, value in env:
        shown = masked(name, value)
        yield Fact(name, value, masked=shown if shown != value else "")


def _annotations(image: RemoteImage) -> Mapping[str, str]:
    of_index = image.index.annotations if image.index is not None else {}
    return {**of_index, **image.manifest.annotations}


def _layers(image: RemoteImage) -> Iterator[Fact]:
    for place, each in enumerate(image.manifest.layers, 1):
        elsewhere = "  fetched from elsewhere" if each.is_elsewhere else ""
        yield Fact(f"{place}", f"{decimal_size(each.size_bytes):>9}  {each.digest}{elsewhere}")


def _history(image: RemoteImage) -> Iterator[Fact]:
    for each in image.config.history:
        size = decimal_size(each.size_bytes) if each.size_bytes else ""
        yield Fact(size, masked_url(each.created_by))


def _said(label: str, value: str) -> Iterator[Fact]:
    if value:
        yield Fact(label, value)
