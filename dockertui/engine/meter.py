"""What containers use, read from an engine on one thread; `metering` holds how."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path
from threading import Thread

from dockertui.engine.address import Address
from dockertui.engine.metering.kernel import Kernel
from dockertui.engine.metering.reader import Reader
from dockertui.engine.metering.way import Targets
from dockertui.engine.streams import Handover
from dockertui.model import EngineInfo
from dockertui.model.usage import Reading

ROOT: Path | None = Path("/")
"""Where this machine's kernel is found; `None` to ask engines only."""
_ROOM = 4096
"""How many readings may wait for the event loop before nothing more is read."""
_ONE_SHOT_SINCE = (1, 41)


class EngineMeter:
    """The `Meter` of the protocol, on a real engine; for the event loop's thread."""

    def __init__(self, address: Address, known: Callable[[], Awaitable[EngineInfo]]) -> None:
        """Prepare; nothing is read before `readings` is iterated.

        Args:
            address: Where the engine is.
            known: Says what is spoken with it, and connects if need be.
        """
        self._address = address
        # Behind any other address the engine is on another machine, or takes us for one.
        is_here = sys.platform == "linux" and address.socket_path
        self._root = ROOT if is_here else None
        self._known = known
        self._periods_s: dict[str, float] = {}
        self._reader: Reader | None = None
        self._is_closed = False

    @property
    def way(self) -> str:
        """How it reads, in words: which way this engine was found to do more cheaply."""
        return "" if self._reader is None else self._reader.way

    @property
    def behind_s(self) -> float:
        """How much later than wanted the readings come; 0 while it keeps up."""
        return 0.0 if self._reader is None else self._reader.behind_s

    def want(self, periods_s: Mapping[str, float]) -> None:
        """Read these containers from now on, and no others; see the protocol."""
        if periods_s == self._periods_s:
            return
        self._periods_s = dict(periods_s)
        if self._reader is not None:
            self._reader.want(self._periods_s)

    async def readings(self) -> AsyncGenerator[list[Reading]]:
        """Yield counters as they come, until closed; anew after the engine was lost."""
        info = await self._known()
        if self._is_closed:
            return
        handover: Handover[list[Reading]] = Handover(_ROOM)
        shots = _version(info.api_version) >= _ONE_SHOT_SINCE
        targets, kernel = Targets(info.api_version), Kernel(self._root)
        self._reader = reader = Reader(self._address, targets, handover, kernel, shots=shots)
        reader.want(self._periods_s)
        Thread(target=reader.run, name="engine-meter", daemon=True).start()
        try:
            while batches := await handover.take():
                yield [reading for batch in batches for reading in batch]
        finally:
            handover.abandon()
            reader.shut()

    def close(self) -> None:
        """Read nothing more, at once."""
        self._is_closed = True
        if self._reader is not None:
            self._reader.shut()


def _version(said: str) -> tuple[int, ...]:
    return tuple(int(it) for it in said.split(".") if it.isascii() and it.isdigit())
