"""What an engine goes on sending: events, and logs."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, suppress

from dockertui.engine.connection import READ_TIMEOUT_S, Connection
from dockertui.engine.courtesy import COURTESY, Courtesy
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.payload.system import parse_event
from dockertui.engine.protocol import LogRequest
from dockertui.engine.wire import Wire
from dockertui.model import Event

_EVENT_KINDS = ("container", "image", "volume", "network")
_EVENT_ACTIONS = (
    *("create", "start", "restart", "stop", "kill", "die", "oom", "pause", "unpause", "rename"),
    *("update", "destroy", "health_status", "attach", "detach", "commit", "copy", "export"),
    *("pull", "push", "tag", "untag", "delete", "load", "import", "save", "prune"),
    *("mount", "unmount", "connect", "disconnect", "remove"),
)
"""Everything but `exec_*` and `top`: a health check sends three of the former at each probe."""
_EVENTS_ROOM = 4096
_LOG_ROOM = 2 * 1024 * 1024
_QUIET_S = 0.2
_GATHER_S = 0.0008
"""After each piece, for the next to gather. A flood that is read as it comes does so in 30,000
pieces a second, of four lines each, and takes the processor from everything else. With 0.5 ms a
quarter more lines come than without, to nobody's use; with 1 ms fewer, as a socket holds some 300
writes."""
_BUSY_BYTES = 1024
"""What gathers more than this is a flood. What is less steps back for nobody: the first lines of a
log come right after the key that asks for them."""
_FLOOD_BYTES_PER_S = 100_000
_NS = 1_000_000_000


def rest_s(size: int, courtesy: Courtesy = COURTESY) -> float:
    """How long to wait after a piece of so many bytes, for the next to gather, or for a key."""
    return _GATHER_S + (courtesy.left_s if size > _BUSY_BYTES else 0.0)


class Feeds(Connection):
    """Streams with a wire of their own each, which end when the engine goes."""

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
                else:
                    time.sleep(rest_s(len(piece)))
