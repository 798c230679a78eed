"""Reading an image's files, which a person starts and may stop."""

from __future__ import annotations

import asyncio

from dockertui.engine import EngineError
from dockertui.sync.image_reading import ImageReading, ReadingState
from tests.support.layers import BUILT
from tests.support.told_images import ToldEngine, reading_of, until


def state_of(reading: ImageReading) -> ReadingState:
    return reading.state


async def test_nothing_is_read_before_somebody_asks() -> None:
    reading = reading_of(ToldEngine())
    await asyncio.sleep(0.01)
    assert (reading.state, reading.table.count) == (ReadingState.UNREAD, 0)


async def test_a_reading_goes_from_packing_to_read() -> None:
    engine = ToldEngine()
    engine.pace.clear()
    reading, states = reading_of(engine), list[ReadingState]()
    reading.on_change(lambda: states.append(reading.state))
    reading.start()
    reading.start()
    await asyncio.sleep(0.01)
    assert state_of(reading) is ReadingState.PACKING
    engine.pace.set()
    await reading.wait()
    assert (reading.state, reading.bytes_read) == (ReadingState.READ, 4000)
    assert [len(it) for it in reading.layers] == [len(it) for it in BUILT]
    assert list(dict.fromkeys(states)) == [
        ReadingState.PACKING,
        ReadingState.READING,
        ReadingState.READ,
    ]
    reading.start()
    assert state_of(reading) is ReadingState.READ


async def test_a_reading_that_is_stopped_keeps_what_came_and_can_begin_anew() -> None:
    engine = ToldEngine()
    engine.holds_at = 1
    reading = reading_of(engine)
    reading.start()
    await until(lambda: reading.table.count)
    reading.stop()
    assert state_of(reading) is ReadingState.STOPPED
    assert reading.table.count
    await until(lambda: engine.closed == 1)
    engine.pace.set()
    engine.holds_at = 0
    reading.start()
    await reading.wait()
    assert state_of(reading) is ReadingState.READ


async def test_a_reading_that_fails_says_why() -> None:
    engine = ToldEngine()
    engine.error = EngineError("It ends too early.")
    reading = reading_of(engine)
    reading.start()
    await reading.wait()
    assert (reading.state, reading.problem) == (ReadingState.FAILED, "It ends too early.")
    assert reading.layers == ()
