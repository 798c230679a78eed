"""A meter that is read in the background, and what it has said so far."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

from dockertui.engine import EngineError, Meter
from dockertui.model.usage import Reading, Usage, usage_of

PATIENCE_S = 20.0


class Measuring:
    """What a meter has said so far."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.readings: dict[str, list[Reading]] = {}
        self.batches = 0
        self.failure: EngineError | None = None
        self._came = asyncio.Event()
        self.task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        try:
            async for batch in self.meter.readings():
                self.batches += 1
                for reading in batch:
                    self.readings.setdefault(reading.container_id, []).append(reading)
                self._came.set()
        except EngineError as error:
            self.failure = error
        finally:
            self._came.set()

    def count(self, container_id: str) -> int:
        """How many readings there are of a container."""
        return len(self.readings.get(container_id, ()))

    def usage(self, container_id: str) -> Usage:
        """What follows from its last two readings."""
        before, now = self.readings[container_id][-2:]
        return usage_of(now, before)

    async def until(self, condition: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
        """Wait until something is so, looking whenever something has come."""
        try:
            async with asyncio.timeout(patience_s):
                while not condition():
                    self._came.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._came.wait(), 0.02)
        except TimeoutError:
            counts = {id_[:6]: len(it) for id_, it in self.readings.items()}
            said = f"waited in vain; {counts}, {self.meter.way}, {self.failure}"
            raise AssertionError(said) from None

    async def reads(self, *container_ids: str, times: int = 1) -> None:
        """Wait for so many more readings of some containers."""
        enough = {it: self.count(it) + times for it in container_ids}
        await self.until(lambda: all(self.count(it) >= least for it, least in enough.items()))


@asynccontextmanager
async def measuring(
    meter: Meter, periods_s: Mapping[str, float] | None = None
) -> AsyncIterator[Measuring]:
    """Read a meter in the background, until the block ends."""
    meter.want(periods_s or {})
    one = Measuring(meter)
    try:
        yield one
    finally:
        meter.close()
        await asyncio.wait_for(one.task, 5)


def meter_threads() -> int:
    """How many threads read."""
    return sum(it.name == "engine-meter" for it in threading.enumerate())
