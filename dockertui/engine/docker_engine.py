"""An engine at an address, spoken to through docker-py and raw wires.

Short calls go through docker-py's client and its pool. Whatever streams goes over a `Wire` of its
own, and so do the first questions and signs of life: see `wire.py` for why.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakSet

from dockertui.engine.address import Address
from dockertui.engine.errors import NotSupported
from dockertui.engine.feeds import Feeds
from dockertui.engine.image_reads import ImageReads
from dockertui.engine.payload.bodies import object_in, objects_in
from dockertui.engine.payload.container import parse_container
from dockertui.engine.payload.image import parse_image, parse_layer
from dockertui.engine.payload.status import steadied
from dockertui.engine.payload.system import parse_processes
from dockertui.engine.prefetch import CONTAINERS, IMAGES, Prefetch
from dockertui.engine.protocol import Meter
from dockertui.engine.threads import in_thread
from dockertui.engine.workers import Workers
from dockertui.model import Container, DockerObject, Image, Layer, ProcessTable
from dockertui.text import clean_json

if TYPE_CHECKING:
    from dockertui.engine.client import Client
    from dockertui.model.container_detail import ContainerDetail

T = TypeVar("T", bound=DockerObject)

_FILTER_AT_MOST = 64


class DockerEngine(Workers, ImageReads, Feeds):
    """The `Engine` of the protocol, on a real one."""

    def __init__(
        self, address: Address, *, read_only: bool = False, prefetch: Prefetch | None = None
    ) -> None:
        """Describe the engine; nothing is sent until the first call.

        Args:
            address: Where it is.
            read_only: Refuse whatever is not a read.
            prefetch: Has asked the first questions already; the first answers come from it.
        """
        super().__init__(address, read_only=read_only, prefetch=prefetch)
        # As last listed: what has not changed is listed as the same object again.
        self._listed: Mapping[str, Container] = {}
        self._meters: WeakSet[Meter] = WeakSet()

    async def list(self, kind: type[T], ids: Collection[str] = ()) -> tuple[T, ...]:
        """List every object of a kind, stopped containers included, or only those named."""
        if kind is Container:
            return cast("tuple[T, ...]", await self._containers(frozenset(ids)))
        if kind is Image:
            images = await self._images()
            return cast("tuple[T, ...]", tuple(it for it in images if not ids or it.id in ids))
        raise NotSupported(f"{kind.__name__} objects cannot be listed.")

    async def inspect(self, target: DockerObject) -> dict[str, Any]:
        """Everything the engine knows of an object, as its JSON, cleaned."""
        path = {"container": "/containers/{0}/json", "image": "/images/{0}/json"}.get(target.kind)
        if path is None:
            raise NotSupported(f"A {target.kind} cannot be inspected.")
        seen: dict[str, Any] = await self._call(
            lambda client: clean_json(object_in(client.read(path, target.id)))
        )
        return seen

    async def detail(self, container_id: str) -> ContainerDetail:
        """What the list leaves out of a container."""
        # Not for the first screen, and one of the larger imports.
        from dockertui.engine.payload.container_detail import parse_container_detail

        return await self._call(
            lambda client: parse_container_detail(client.inspection(container_id))
        )

    async def processes(self, container_id: str) -> ProcessTable:
        """The processes in a running container."""
        body = await self._call(lambda client: client.read("/containers/{0}/top", container_id))
        # Podman says nothing at all of a container that does not run.
        return parse_processes(object_in(body))

    async def history(self, image_id: str) -> tuple[Layer, ...]:
        """The layers of an image, newest first."""

        def ask(client: Client) -> tuple[Layer, ...]:
            body = client.read("/images/{0}/history", image_id)
            return tuple(parse_layer(it) for it in objects_in(body))

        return await self._call(ask)

    def meter(self) -> Meter:
        """What reads the use of processors, memory, networks and disks; for one consumer."""
        # Not for the first screen.
        from dockertui.engine.meter import EngineMeter

        meter = EngineMeter(self._address, self._known)
        self._meters.add(meter)
        return meter

    async def close(self) -> None:
        """Close every connection and end every stream, at once."""
        for meter in tuple(self._meters):
            meter.close()
        await super().close()

    async def _containers(self, ids: frozenset[str]) -> tuple[Container, ...]:
        if not ids and (body := self._foreseen(CONTAINERS)) is not None:
            return await in_thread(lambda: self._parsed(body, ids))
        params = {"all": "1"}
        if 0 < len(ids) <= _FILTER_AT_MOST:
            params["filters"] = json.dumps({"id": sorted(ids)})
        return await self._call(
            lambda client: self._parsed(client.read("/containers/json", params=params), ids)
        )

    def _parsed(self, body: bytes, ids: frozenset[str]) -> tuple[Container, ...]:
        now, known = datetime.now(UTC), self._listed
        listed: dict[str, Container] = {}
        for payload in objects_in(body):
            container = parse_container(payload, engine=self.name, now=now)
            # The engine's filter matches the beginnings of IDs.
            if container.id and (not ids or container.id in ids):
                before = known.get(container.id)
                listed[container.id] = steadied(before, container, now) if before else container
        rest = dict(known) if ids else {}
        for id_ in ids:
            rest.pop(id_, None)
        self._listed = rest | listed
        return tuple(listed.values())

    async def _images(self) -> tuple[Image, ...]:
        if (body := self._foreseen(IMAGES)) is not None:
            return await in_thread(lambda: self._parsed_images(body))
        return await self._call(lambda client: self._parsed_images(client.read("/images/json")))

    def _parsed_images(self, body: bytes) -> tuple[Image, ...]:
        images = (parse_image(it, engine=self.name) for it in objects_in(body))
        return tuple({it.id: it for it in images if it.id}.values())
