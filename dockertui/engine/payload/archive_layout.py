"""Which parts of a saved image are its layers, and in which order they lie on each other.

Source: the Docker Image Specification v1.2 (`manifest.json`) and the OCI image layout
(`index.json`); an engine writes the first, or both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dockertui.engine.payload.fields import Payload, rows, table, text, words

MANIFEST = "manifest.json"
INDEX = "index.json"
_BLOB = re.compile(r"blobs/sha256/[0-9a-f]{64}")
_LAYER = re.compile(r"[^/]+/layer\.tar|[0-9a-f]{64}\.tar")
_DEEPEST = 4


def is_layer_name(name: str) -> bool:
    """Is an entry a layer by its name, as engines before 25 have it, and Podman?

    >>> is_layer_name("2f1c/layer.tar"), is_layer_name("manifest.json")
    (True, False)
    """
    return _LAYER.fullmatch(name) is not None


def is_blob_name(name: str) -> bool:
    """Is an entry a blob, of which only its content tells whether it is a layer?"""
    return _BLOB.fullmatch(name) is not None


def blob_name(digest: str) -> str:
    """Where a blob is in the archive."""
    return f"blobs/{digest.replace(':', '/', 1)}"


def layer_order(
    documents: Mapping[str, bytes], image_id: str, layers: Collection[str]
) -> tuple[str, ...] | None:
    """The names of an image's layers in its archive, the lowest first.

    Args:
        documents: The JSON that was in the archive, by its name.
        image_id: Which image; an archive may hold several, as for several platforms.
        layers: The layers that were in the archive.

    Returns:
        `None` if nothing in it says which layers the image has.
    """
    found = [*_by_manifest(documents, image_id), *_by_index(documents)]
    whole = [it for it in found if all(name in layers for name in it)]
    return next(iter(whole), next(iter(found), None))


def _by_manifest(documents: Mapping[str, bytes], image_id: str) -> Iterator[tuple[str, ...]]:
    """What Docker's own list says, that of the image before others."""
    listed = [*rows(_json(documents.get(MANIFEST)))]
    digits = image_id.removeprefix("sha256:")
    listed.sort(key=lambda it: digits not in text(it.get("Config")))
    for each in listed:
        if "Layers" in each:
            yield words(each.get("Layers"))


def _by_index(documents: Mapping[str, bytes]) -> Iterator[tuple[str, ...]]:
    for manifest in _manifests(documents, documents.get(INDEX), _DEEPEST):
        digests = [text(it.get("digest")) for it in rows(manifest.get("layers"))]
        if digests:
            yield tuple(map(blob_name, digests))


def _manifests(
    documents: Mapping[str, bytes], index: bytes | None, deepest: int
) -> Iterator[Payload]:
    """The manifests that an index leads to, however many indexes are between."""
    for each in rows(table(_json(index)).get("manifests")):
        document = documents.get(blob_name(text(each.get("digest"))))
        content = table(_json(document))
        if "layers" in content:
            yield content
        elif "manifests" in content and deepest:
            yield from _manifests(documents, document, deepest - 1)


def _json(document: bytes | None) -> Any:
    try:
        return json.loads(document or b"null")
    except (ValueError, RecursionError):
        return None
