"""Images, as `GET /images/json` and `GET /images/{name}/history` describe them."""

from __future__ import annotations

from typing import Any

from dockertui.engine.payload.fields import Payload, labels, moment, text, whole, words
from dockertui.model import Image, Layer

_NONE = "<none>"
_SHORT_ID = 12


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


def _named(value: Any) -> tuple[str, ...]:
    return tuple(it for it in words(value) if it and not it.startswith(_NONE))
