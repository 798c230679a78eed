"""An engine at an address, spoken to through docker-py and raw wires.

Short calls go through docker-py's client and its pool. Whatever streams goes over a `Wire` of its
own, and so do the first questions and signs of life: see `wire.py` for why.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Collection, Iterator, Mapping
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakSet

from dockertui.engine.address import Address
from dockertui.engine.connection import READ_TIMEOUT_S
from dockertui.engine.errors import NotSupported
from dockertui.engine.payload.bodies import object_in, objects_in
from dockertui.engine.payload.container import parse_container
from dockertui.engine.payload.image import parse_image, parse_layer
from dockertui.engine.payload.status import steadied
from dockertui.engine.payload.system import parse_event, parse_processes
from dockertui.engine.prefetch import CONTAINERS, IMAGES, Prefetch
from dockertui.engine.protocol import LogRequest, Meter
from dockertui.engine.threads import in_thread
from dockertui.engine.wire import Wire
from dockertui.engine.workers import Workers
from dockertui.model import Container, DockerObject, Event, Image, Layer, ProcessTable
from dockertui.text import clean_json

if TYPE_CHECKING:
    from dockertui.engine.client import Client
    from dockertui.model.container_detail import ContainerDetail

T = TypeVar("T", bound=DockerObject)

_EVENT_KINDS = ("container", "image", "volume", "network")
_EVENT_ACTIONS = (
    *("create", "start", "restart", "stop", "kill", "die", "oom", "pause", "unpause", "rename"),
    *("update", "destroy", "health_status", "attach", "detach", "commit", "copy", "export"),
    *("pull", "push", "tag", "untag", "delete", "load", "import", "save", "prune"),
    *("mount", "unmount", "connect", "disconnect", "remove"),
)
"""Everything but `exec_*` and `top`: a health check sends three of the former at each probe."""
_FILTER_AT_MOST = 64
_EVENTS_ROOM = 4096
_LOG_ROOM = 2 * 1024 * 1024
_QUIET_S = 0.2
_BUSY_BYTES = 1024
_GATHER_S = 0.0005
"""A flood read line by line costs twice as much, here and in the engine; 2 ms would slow it down,
for a socket holds some 300 writes."""
_FLOOD_BYTES_PER_S = 100_000
_NS = 1_000_000_000


class DockerEngine(Workers):
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

    async def events(self, *, since_ns: int | None = None) -> AsyncGenerator[Event]:
        """Yield events as they happen, first those since a time. Ends when the engine goes."""
        async with aclosing(self._stream(self._reads_events(since_ns), room=_EVENTS_ROOM)) as all_:
            async for batch in all_:
                for events in batch:
                    for event in events:
                        yield event

    async def past_events(
        self, since_ns: int, until_ns: int, container_id: str = ""
    ) -> tuple[Event, ...]:
        """What happened between two moments, as far as the engine remembers."""
        past: list[Event] = []
        reads = self._reads_events(since_ns, until_ns, container_id)
        stream = self._stream(reads, room=_EVENTS_ROOM)
        # An engine whose clock is behind ours goes on until it is as late there.
        with suppress(TimeoutError):
            async with asyncio.timeout(READ_TIMEOUT_S), aclosing(stream) as batches:
                async for batch in batches:
                    past += [event for events in batch for event in events]
        return tuple(past)

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

    async def logs(self, request: LogRequest) -> AsyncGenerator[bytes]:
        """Yield a container's log in large pieces of whole records; see the protocol."""
        # Not for the first screen.
        from dockertui.engine.frames import deframer

        # Records are made here and not by the thread that reads. What a thread holds up while it
        # runs, it holds up for much longer on a busy machine, where it is stopped amid its work.
        records = deframer(tty=request.tty)
        stream = self._stream(self._reads_log(request), room=_LOG_ROOM, quiet_s=_QUIET_S)
        async with aclosing(stream) as batches:
            async for batch in batches:
                if block := records.feed(b"".join(batch)) if batch else records.flush():
                    yield block
        if block := records.flush():
            yield block

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

    def _reads_events(
        self, since_ns: int | None, until_ns: int | None = None, container_id: str = ""
    ) -> Callable[[Wire], Iterator[tuple[Event, ...]]]:
        params = {"filters": json.dumps(self._event_filters(container_id))}
        for name, at_ns in (("since", since_ns), ("until", until_ns)):
            if at_ns is not None:
                params[name] = "{}.{:09}".format(*divmod(at_ns, _NS))

        def read(wire: Wire) -> Iterator[tuple[Event, ...]]:
            with self._reaching():
                wire.open(self._target("/events", **params))
            rest = b""
            for piece in self._pieces(wire):
                *lines, rest = (rest + piece).split(b"\n")
                events = (parse_event(object_in(line)) for line in lines)
                yield tuple(it for it in events if it is not None)

        return read

    def _event_filters(self, container_id: str) -> dict[str, tuple[str, ...]]:
        if container_id:
            return {"type": ("container",), "container": (container_id,)}
        filters: dict[str, tuple[str, ...]] = {"type": _EVENT_KINDS}
        # Podman filters by names of its own (`died`), and then sends Docker's.
        if self._info is not None and self._info.product == "Docker":
            filters["event"] = _EVENT_ACTIONS
        return filters

    def _reads_log(self, request: LogRequest) -> Callable[[Wire], Iterator[bytes]]:
        params = {"stdout": "1", "stderr": "1", "timestamps": "1"}
        params["follow"] = "1" if request.follow else "0"
        params["tail"] = "all" if request.tail is None else str(request.tail)
        if request.since:
            params["since"] = request.since
        if request.until:
            params["until"] = request.until

        def read(wire: Wire) -> Iterator[bytes]:
            with self._reaching():
                wire.open(self._target("/containers/{0}/logs", request.container_id, **params))
            yield from self._pieces(wire, request.patience_s)

        return read

    @staticmethod
    def _pieces(wire: Wire, patience_s: float = 0.0) -> Iterator[bytes]:
        """What a wire brings, until it ends; an engine that dies ends it, too."""
        with suppress(OSError):
            before = time.monotonic()
            while piece := wire.recv():
                yield piece
                before, waited_s = (now := time.monotonic()), now - before
                if patience_s and len(piece) < _FLOOD_BYTES_PER_S * waited_s:
                    time.sleep(patience_s)
                elif len(piece) > _BUSY_BYTES:
                    time.sleep(_GATHER_S)
