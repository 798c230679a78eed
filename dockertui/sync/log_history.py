"""The part of a log that is there already, asked for in as few lines as will do."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import aclosing
from dataclasses import replace

from dockertui.engine import Engine, LogRequest
from dockertui.sync.log_times import ns_of, stamp_in

_PART_BYTES = 16 * 1024
"""An engine counts each such part of a long line as a line."""
_STEPS = 1, 8, 64, 512


def most_lines(block: bytes) -> int:
    """How many lines a block may have been to the engine, at most."""
    return block.count(b"\n") + len(block) // _PART_BYTES


async def fetch(engine: Engine, request: LogRequest, *, keep: int | None = None) -> bytes:
    """Read a log to its end for now.

    Args:
        engine: Whom to ask.
        request: What for; nothing is followed.
        keep: How many of the last lines are enough; `None` for all.
    """
    blocks, counts, held = deque[bytes](), deque[int](), 0
    async with aclosing(engine.logs(replace(request, follow=False))) as stream:
        async for block in stream:
            blocks.append(block)
            counts.append(block.count(b"\n"))
            held += counts[-1]
            while keep is not None and held - counts[0] >= keep:
                held -= counts.popleft()
                blocks.popleft()
    return b"".join(blocks)


async def last_until(
    engine: Engine, request: LogRequest, *, wanted: int, later: int
) -> tuple[bytes, bool]:
    """The last lines of a log up to the time `request.until`.

    An engine takes its tail of the whole log and then leaves out what is later, so it is asked
    for more until there is enough, or nothing new comes.

    Args:
        engine: Whom to ask.
        request: Of whose log, and up to when.
        wanted: How many lines would be enough.
        later: How many lines are known to be later.

    Returns:
        The lines, as many as wanted at most, and whether there are older ones.
    """
    first = b""
    for step in _STEPS:
        asked = replace(request, tail=(later + wanted) * step)
        block = await fetch(engine, asked, keep=wanted)
        before, first = first, block[: block.find(b"\n") + 1]
        if block.count(b"\n") >= wanted:
            return last_lines(block, wanted), True
        if first and first == before:
            return block, False
    block = await fetch(engine, replace(request, tail=None), keep=wanted)
    return last_lines(block, wanted), block.count(b"\n") > wanted


def without_known(block: bytes, known: Counter[bytes]) -> bytes:
    """Leave out the lines at the end of a block that are known, each as often as it is known."""
    known = known.copy()
    if not known:
        return block
    first_ns = min(ns_of(stamp_in(line)) for line in known)
    kept: list[bytes] = []
    lines = block.split(b"\n")[:-1]
    while lines and ns_of(stamp_in(lines[-1])) >= first_ns:
        line = lines.pop() + b"\n"
        if known[line] > 0:
            known[line] -= 1
        else:
            kept.append(line)
    return b"".join([*(line + b"\n" for line in lines), *reversed(kept)])


def last_lines(block: bytes, count: int) -> bytes:
    r"""The last lines of a block.

    >>> last_lines(b"1a\n1b\n1c\n", 2)
    b'1b\n1c\n'
    """
    surplus = block.count(b"\n") - count
    if surplus <= 0:
        return block
    return b"\n".join(block.split(b"\n")[surplus:])
