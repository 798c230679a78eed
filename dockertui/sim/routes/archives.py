"""Images saved to a file, and loaded from one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from dockertui.sim import archive, saving
from dockertui.sim.answers import Answer, Refusal, Stream
from dockertui.sim.routing import Call, route


@route("GET", "/images/get")
def save_images(call: Call) -> Answer:
    """Save images."""
    names = call.several("names")
    if not names:
        raise Refusal(500, "no images were named")
    images = saving.named(call.world, names)
    pieces = saving.sent(images, call.world.host, bytes_per_s=call.world.bytes_per_s)
    return Stream(pieces, "application/x-tar")


@route("POST", "/images/load")
def load_images(call: Call) -> Answer:
    """Load what was saved."""
    lines = list(archive.load(call.world, call.content))
    return Stream(_each(lines), "application/json")


async def _each(lines: Iterable[bytes]) -> AsyncIterator[bytes]:
    for line in lines:
        yield line
