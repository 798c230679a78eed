"""The counters of containers, sent again and again by their engine."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Protocol

from dockertui.engine.metering.answer import LIMIT, head_of
from dockertui.engine.metering.channel import Dial
from dockertui.engine.wire import NotHTTPError

_OK = 200


class Listener(Protocol):
    """Who is told of what a stream brings."""

    def sampled(self, container_id: str, body: bytes) -> None:
        """It has brought the counters once more."""
        ...

    def ended(self, container_id: str, status: int) -> None:
        """It has ended: with the status of a refusal, or with 0."""
        ...


class Stream:
    """A connection that brings a line of JSON at each tick of the engine."""

    def __init__(self, container_id: str, target: str, dial: Dial, listener: Listener) -> None:
        """Begin.

        Args:
            container_id: Whose counters.
            target: The path and query to ask for.
            dial: Begins to connect.
            listener: Whom to tell.

        Raises:
            OSError: When nobody listens.
        """
        self._container_id = container_id
        self._listener = listener
        self._rest = b""
        self._has_begun = False
        self._channel = dial(self._ready)
        try:
            self._channel.ask(target, is_kept=False)
        except OSError:
            self._channel.close()
            raise

    def close(self) -> None:
        """Hear no more of it."""
        self._channel.close()

    def _ready(self) -> None:
        try:
            if (data := self._channel.read()) is None:
                return
            status = 0 if not data else self._take(self._rest + data if self._rest else data)
        except (OSError, NotHTTPError):
            status = 0
        if status != _OK:
            self._listener.ended(self._container_id, status)

    def _take(self, data: bytes) -> int:
        """Take what has come; the status of the answer."""
        self._rest = data
        if not self._has_begun:
            if (found := head_of(data)) is None:
                return _OK
            status, start = found
            if status != _OK:
                return status
            self._has_begun, data = True, data[start:]
        lines, end, self._rest = data.rpartition(b"\n")
        if len(self._rest) > LIMIT:
            raise NotHTTPError(data[:16])
        if end:
            # Of several that came together only the last is news.
            self._listener.sampled(self._container_id, lines[lines.rfind(b"\n") + 1 :])
        return _OK


class Streams:
    """The streams that are open, by container."""

    def __init__(
        self, dial: Dial, target: Callable[[str], str], listener: Listener, most: int
    ) -> None:
        """Begin with none.

        Args:
            dial: Begins to connect.
            target: Makes the path and query for a container.
            listener: Whom to tell.
            most: How many there may be.
        """
        self._dial = dial
        self._target = target
        self._listener = listener
        self._most = most
        self._open: dict[str, Stream] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self._open)

    def __contains__(self, container_id: str) -> bool:
        """Is this container streamed?"""
        return container_id in self._open

    @property
    def is_full(self) -> bool:
        """Are there as many as there may be?"""
        return len(self._open) >= self._most

    @property
    def ids(self) -> Set[str]:
        """Which containers are streamed."""
        return self._open.keys()

    def open(self, container_id: str) -> None:
        """Open one more.

        Raises:
            OSError: When nobody listens.
        """
        target = self._target(container_id)
        self._open[container_id] = Stream(container_id, target, self._dial, self._listener)

    def close(self, container_id: str) -> None:
        """Close one, if it is there."""
        if (stream := self._open.pop(container_id, None)) is not None:
            stream.close()
