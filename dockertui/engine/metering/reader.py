"""The thread that reads containers: one, however many they are."""

from __future__ import annotations

import math
import select
import socket
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from dockertui.engine.address import Address
from dockertui.engine.errors import EngineError
from dockertui.engine.metering.channel import Channel, Peer, reach
from dockertui.engine.metering.kernel import Kernel
from dockertui.engine.metering.post import Post
from dockertui.engine.metering.rounds import Rounds
from dockertui.engine.metering.way import Targets, Way
from dockertui.engine.problems import unavailable
from dockertui.engine.streams import Handover
from dockertui.engine.wire import NotHTTPError
from dockertui.model.usage import Reading

_CONNECT_TIMEOUT_S = 2.5
_LOOK_AFTER_S = 1.0
_PAUSE_S = 0.05
"""How long what streams is gathered: waking up for each would cost as much as reading it."""
_MOST, _FEWEST = 512, 32
"""How many connections there may be."""


class Reader:
    """Reads the containers of an engine, on the thread that calls `run`."""

    def __init__(
        self,
        address: Address,
        targets: Targets,
        handover: Handover[list[Reading]],
        kernel: Kernel,
        *,
        shots: bool,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            address: Where the engine is.
            targets: What to ask for.
            handover: Where readings go.
            kernel: Knows the containers that run on this machine.
            shots: Can the engine be asked for a single reading?
        """
        self._address = address
        self._handover = handover
        self._post = Post(handover)
        self._rounds = Rounds(self._dial, targets, self._post, kernel, most=_most(), shots=shots)
        self._selector = DefaultSelector()
        self._peer: Peer | None = None
        self._first: socket.socket | None = None
        # One after the other, for who is wanted anew was not wanted in between.
        self._wanted: deque[Mapping[str, float]] = deque()
        self._is_shut = False
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        self._selector.register(self._ear, EVENT_READ, self._heed)

    @property
    def behind_s(self) -> float:
        """How much later than wanted readings come."""
        return self._rounds.behind_s

    @property
    def way(self) -> str:
        """In which way it reads, in words."""
        return self._rounds.way

    def want(self, periods_s: Mapping[str, float]) -> None:
        """Read these from now on, and no others; from any thread."""
        self._wanted.append(periods_s)
        self._ring()

    def shut(self) -> None:
        """End it from any thread, at once."""
        self._is_shut = True
        self._ring()

    def run(self) -> None:
        """Read until shut, or until the engine is gone; for a thread of its own."""
        failure: BaseException | None = None
        try:
            while not self._is_shut:
                self._step()
        except (OSError, NotHTTPError, EngineError) as error:
            failure = unavailable(error, self._address)
        except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
            failure = error
        finally:
            # Told first, for closing hundreds of connections takes some milliseconds.
            self._handover.end(None if self._is_shut else failure)
            self._close()

    def _step(self) -> None:
        rounds, now_s = self._rounds, time.monotonic()
        while self._wanted:
            rounds.want(self._wanted.popleft(), now_s)
        if self._post.is_unread:
            rounds.rest(now_s)
        else:
            self._reach()
            rounds.begin(now_s)
        self._wait(now_s)
        now_s = time.monotonic()
        self._post.send(now_s)
        rounds.look_after(now_s)

    def _wait(self, now_s: float) -> None:
        due_s = min(self._post.due_s or math.inf, now_s + _LOOK_AFTER_S)
        if not self._post.is_unread:
            due_s = min(due_s, self._rounds.next_due_s(now_s))
        for key, _ in self._selector.select(max(0.0, due_s - now_s)):
            key.data()
        requests = self._rounds.requests
        if requests.way is Way.STREAMS and requests.is_waiting and not self._is_shut:
            poll = select.poll()
            poll.register(self._ear, select.POLLIN)
            poll.poll(_PAUSE_S * 1000)

    def _reach(self) -> None:
        """Find the engine, as soon as there is something to ask it."""
        if self._peer is None and self._rounds.is_anybody_wanted:
            self._peer, self._first = reach(self._address, _CONNECT_TIMEOUT_S)

    def _dial(self, ready: Callable[[], None]) -> Channel:
        assert self._peer is not None
        sock, self._first = self._first, None
        return Channel(self._peer, self._selector, ready, sock)

    def _ring(self) -> None:
        with suppress(OSError):  # It has ended, or many have rung already.
            self._bell.send(b"\0")

    def _heed(self) -> None:
        with suppress(BlockingIOError):
            self._ear.recv(4096)

    def _close(self) -> None:
        # First what waits for them: to take hundreds off it one by one takes 10 ms.
        self._selector.close()
        self._rounds.requests.close()
        if self._first is not None:
            self._first.close()
        self._ear.close()
        self._bell.close()


def _most() -> int:
    """How many connections there may be, given how many files a process may have open."""
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST if soft == resource.RLIM_INFINITY else max(_FEWEST, min(_MOST, soft // 2))
