"""Pulling images from a registry and pushing them to one, with progress."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass, replace

from dockertui.sim.answers import JSON, Refusal, dumps
from dockertui.sim.image import check_repository, familiar
from dockertui.sim.manifests import kept
from dockertui.sim.world import World

_STEP_S = 0.1
_BAR = 50
_EXTRACTS_FASTER = 4
_REFUSED = "dial tcp 127.0.0.1:5000: connect: connection refused"
_LOCAL = ("localhost:", "127.0.0.1:")


@dataclass(slots=True)
class _Layer:
    """A layer on its way."""

    id: str
    """Twelve digits."""
    total: int
    """Its bytes."""
    done: int = 0
    """How many have come, or gone."""


def check_pull(world: World, repository: str, tag: str) -> str:
    """Say which reference is meant, or refuse as a registry does."""
    check_repository(repository)
    reference = familiar(f"{repository}:{tag}" if tag else repository)
    if reference in world.registry or world.images.meaning(reference):
        return reference
    name = reference.rpartition(":")[0]
    host = name.partition("/")[0]
    if "." in host or (":" in host and not host.startswith(_LOCAL)):
        raise Refusal(
            500,
            f'Get "https://{host}/v2/": dial tcp: lookup {host.partition(":")[0]}: no such host',
        )
    if any(each.rpartition(":")[0] == name for each in world.registry):
        raise Refusal(
            404, f"manifest for {reference} not found: manifest unknown: manifest unknown"
        )
    raise Refusal(
        404,
        f"pull access denied for {name}, repository does not exist or may require "
        "'docker login': denied: requested access to the resource is denied",
    )


async def pull(world: World, reference: str) -> AsyncIterator[bytes]:
    """Pull an image that is there, telling how it goes; nothing is kept of one cut short."""
    name, _, tag = reference.rpartition(":")
    yield _say(f"Pulling from {name if '/' in name else f'library/{name}'}", id=tag)
    image = world.registry.get(reference)
    if image is None:
        image = world.images.find(reference)
    digest = next((it.partition("@")[2] for it in image.digests), image.id)
    if world.images.get(image.id) is not None:
        yield _say(f"Digest: {digest}")
        yield _say(f"Status: Image is up to date for {reference}")
        return
    there = world.images.layer_users
    layers = []
    for layer_id, size_bytes in image.layers.items():
        if there[layer_id]:
            yield _say("Already exists", id=layer_id[7:19], progressDetail={})
            continue
        layers.append(_Layer(layer_id[7:19], size_bytes))
        yield _say("Pulling fs layer", id=layers[-1].id, progressDetail={})
    async for line in _download(layers, world, world.stalls.get(reference, 1.0)):
        yield line
    if world.registry_is_down and layers:
        yield _fail(f'Get "http://{name}/blobs": {_REFUSED}')
        return
    world.images.add(image)
    world.events.emit("image", "pull", reference, {"name": reference})
    yield _say(f"Digest: {digest}")
    yield _say(f"Status: Downloaded newer image for {reference}")


async def push(world: World, repository: str, tag: str) -> AsyncIterator[bytes]:
    """Push an image, telling how it goes; what is wrong comes as the last line."""
    repository = repository.removeprefix("docker.io/")
    where = repository if "/" in repository else f"library/{repository}"
    host = repository.partition("/")[0]
    has_host = "." in host or ":" in host
    yield _say(
        f"The push refers to repository [{repository if has_host else f'docker.io/{where}'}]"
    )
    reference = f"{repository}:{tag or 'latest'}"
    image = world.images.get(world.images.meaning(reference) or "")
    if image is None:
        yield _fail(f"An image does not exist locally with the tag: {repository}")
        return
    layers = [_Layer(id_[7:19], size_bytes) for id_, size_bytes in image.layers.items()]
    for layer in layers:
        yield _say("Preparing", id=layer.id, progressDetail={})
    if not has_host:
        yield _fail("denied: requested access to the resource is denied")
        return
    there = {id_[7:19] for each in world.registry.values() for id_ in each.layers}
    async for line in _upload(layers, there, world):
        yield line
    if world.registry_is_down:
        yield _fail(f'Put "http://{host}/v2/": {_REFUSED}')
        return
    digest = kept(image, repository).top.digest
    size = 500 + 212 * len(layers)
    yield _say(f"{tag or 'latest'}: digest: {digest} size: {size}")
    yield (
        dumps({"progressDetail": {}, "aux": {"Tag": tag, "Digest": digest, "Size": size}}) + b"\r\n"
    )
    world.registry[reference] = replace(image, tags=[reference], digests=[f"{repository}@{digest}"])
    world.events.emit("image", "push", reference, {"name": reference})


async def _download(layers: list[_Layer], world: World, most: float) -> AsyncIterator[bytes]:
    """Three at a time, then extract each in its order."""
    for layer in layers[3:]:
        yield _say("Waiting", id=layer.id, progressDetail={})
    async for line in _move(layers, "Downloading", world, most=most):
        yield line
    for layer in layers:
        layer.done = 0
        async for line in _move([layer], "Extracting", world, faster=_EXTRACTS_FASTER):
            yield line
        if world.registry_is_down:
            return
        yield _say("Pull complete", id=layer.id, progressDetail={})


async def _upload(
    layers: list[_Layer], there: Collection[str], world: World
) -> AsyncIterator[bytes]:
    for layer in layers:
        if layer.id in there:
            yield _say("Layer already exists", id=layer.id, progressDetail={})
    async for line in _move([it for it in layers if it.id not in there], "Pushing", world):
        yield line


async def _move(
    layers: list[_Layer], verb: str, world: World, *, faster: int = 1, most: float = 1.0
) -> AsyncIterator[bytes]:
    """Move some at a time, until the registry is gone; the last of them no further than `most`."""
    ends = {"Downloading": ("Verifying Checksum", "Download complete"), "Pushing": ("Pushed",)}
    left = list(layers)
    while left and not world.registry_is_down:
        moving = left[:3]
        share = max(1, round(world.bytes_per_s * faster * _STEP_S / len(moving)))
        await asyncio.sleep(_STEP_S)
        for layer in moving:
            end = layer.total if layer is not layers[-1] else round(layer.total * most)
            layer.done = min(end, layer.done + share)
            for line in _progress(layer, verb, ends.get(verb, ())):
                yield line
            if layer.done == layer.total:
                left.remove(layer)


def _progress(layer: _Layer, verb: str, ends: tuple[str, ...]) -> Iterator[bytes]:
    filled = layer.done * _BAR // max(1, layer.total)
    bar = f"{'=' * filled}>".ljust(_BAR)[:_BAR]
    text = f"[{bar}]  {layer.done / 1e6:.4g}MB/{layer.total / 1e6:.4g}MB"
    detail = {"current": layer.done, "total": layer.total}
    yield _say(verb, id=layer.id, progressDetail=detail, progress=text)
    if layer.done == layer.total:
        for end in ends:
            yield _say(end, id=layer.id, progressDetail={})


def _say(status: str, **more: object) -> bytes:
    return dumps({"status": status, **more}) + b"\r\n"


def _fail(message: str) -> bytes:
    body: JSON = {"errorDetail": {"message": message}, "error": message}
    return dumps(body) + b"\r\n"
