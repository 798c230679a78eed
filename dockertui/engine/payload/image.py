"""Images, as `GET /images/json` and `GET /images/{name}/history` describe them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from dockertui.engine.payload.fields import (
    Payload,
    labels,
    moment,
    table,
    text,
    whole,
    words,
)
from dockertui.model import Image, Layer

_NONE = "<none>"
_SHORT_ID = 12
_NO_LAYER = re.compile(
    r"(?:/bin/sh -c #\(nop\)\s+)?(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER"
    r"|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b"
)
"""Begins an instruction that changes the configuration alone."""


def parse_image(payload: Payload, *, engine: str) -> Image:
    """Read one image of a list.

    Args:
        payload: Its summary.
        engine: The name of the engine that listed it.
    """
    id_ = text(payload.get("Id"))
    tags = _named(payload.get("RepoTags"))
    return Image(
        id=id_,
        name=tags[0] if tags else id_.removeprefix("sha256:")[:_SHORT_ID],
        engine=engine,
        tags=tags,
        digests=_named(payload.get("RepoDigests")),
        created=moment(payload.get("Created")),
        size_bytes=max(0, whole(payload.get("Size")) or whole(payload.get("VirtualSize"))),
        labels=labels(payload.get("Labels")),
    )


def parse_layer(payload: Payload) -> Layer:
    """Read one step of an image's history."""
    id_ = text(payload.get("Id"))
    return Layer(
        id="" if id_ == "<missing>" else id_,
        created=moment(payload.get("Created")),
        created_by=text(payload.get("CreatedBy")),
        size_bytes=max(0, whole(payload.get("Size"))),
        tags=_named(payload.get("Tags")),
        comment=text(payload.get("Comment")),
    )


def parse_references(payload: Payload) -> tuple[str, ...]:
    """Every tag and digest in an inspected image."""
    return (*_named(payload.get("RepoTags")), *_named(payload.get("RepoDigests")))


def parse_layer_sizes(
    inspected: Payload, history: Iterable[Payload]
) -> tuple[tuple[str, int], ...]:
    """Say how large each layer of an image is, by its digest, the lowest first.

    The history has an entry for each instruction, and only some have made a layer: those that
    added something, and a few that happened to add nothing. Where these cannot be told apart
    a layer's size is -1.
    """
    digests = words(table(inspected.get("RootFS")).get("Layers"))
    steps = [(whole(it.get("Size")), text(it.get("CreatedBy"))) for it in history][::-1]
    for chosen in (
        [size for size, made_by in steps if size > 0 or not _NO_LAYER.match(made_by)],
        [size for size, _ in steps if size > 0],
        [size for size, _ in steps],
    ):
        if len(chosen) == len(digests):
            return tuple((it, max(0, size)) for it, size in zip(digests, chosen, strict=True))
    nothing = all(size <= 0 for size, _ in steps)
    return tuple((it, 0 if nothing else -1) for it in digests)


def _named(value: Any) -> tuple[str, ...]:
    return tuple(it for it in words(value) if it and not it.startswith(_NONE))
