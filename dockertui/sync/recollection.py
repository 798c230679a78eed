"""What happened before we looked: an engine remembers its last events for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dockertui.engine import EngineError

if TYPE_CHECKING:
    from dockertui.sync.fleet import Member
    from dockertui.sync.watcher import Watcher

_NS = 10**9
_HOUR_NS = 3600 * _NS
_AFTER_S = 0.5
"""After the lists, which are what one waits for."""


async def recall(member: Member, *, after_s: float = _AFTER_S) -> None:
    """Add to a member's chronicle, whenever its engine begins to answer, what it remembers.

    Whoever remembers nothing, or refuses, is left in peace.

    Args:
        member: Whose engine is asked.
        after_s: How long after it has begun to answer.
    """
    watcher = member.watcher
    while True:
        await _until(watcher, lambda: watcher.link.is_up)
        await asyncio.sleep(after_s)
        now_ns = round(datetime.now(UTC).timestamp() * _NS)
        with suppress(EngineError):
            # Podman replays nothing up to a moment that has passed.
            past = await member.engine.past_events(now_ns - _HOUR_NS, now_ns + _NS)
            for event in past:
                member.chronicle.heed(event)
        await _until(watcher, lambda: not watcher.link.is_up)


async def _until(watcher: Watcher, condition: Callable[[], bool]) -> None:
    changed = asyncio.Event()
    leave = watcher.on_link(lambda _: changed.set())
    try:
        while not condition():
            await changed.wait()
            changed.clear()
    finally:
        leave()
