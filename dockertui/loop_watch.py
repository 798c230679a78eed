"""How long the event loop was blocked, for the benchmarks. Off unless asked for."""

from __future__ import annotations

import asyncio
from pathlib import Path

_STEP_S = 0.005


async def watch_loop(report: Path) -> None:
    """Append the longest block of each second, in milliseconds, to a file, until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        longest_s, end = 0.0, loop.time() + 1
        while (before := loop.time()) < end:
            await asyncio.sleep(_STEP_S)
            longest_s = max(longest_s, loop.time() - before - _STEP_S)
        # A line a second, only while measuring: not worth a thread.
        with report.open("a", encoding="ascii") as lines:
            lines.write(f"{longest_s * 1000:.1f}\n")
