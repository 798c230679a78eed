"""`python -m dockertui.sim`: a simulated engine in a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys

from dockertui.sim import scenario
from dockertui.sim.server import SimulatedEngine


def main() -> int:
    """Serve a scenario until stdin closes or a signal comes."""
    parser = argparse.ArgumentParser(prog="python -m dockertui.sim", description=main.__doc__)
    parser.add_argument("--scenario", default="demo", help="demo, flood, odd, bare or many:10000")
    parser.add_argument("--socket", help="where to listen; a place of its own if not given")
    parser.add_argument("--seed", type=int, default=7, help="what chance depends on")
    parser.add_argument(
        "--flood", action="store_true", help="add a container that writes without end"
    )
    parser.add_argument("--tidy", action="store_true", help="remove the socket's directory, too")
    options = parser.parse_args()
    name = "flood" if options.flood and options.scenario == "demo" else options.scenario
    try:
        world = scenario.named(name, options.seed)
    except ValueError as error:
        parser.error(str(error))
    stand_in = os.path.dirname(options.socket) if options.tidy and options.socket else ""
    engine = SimulatedEngine(world, options.socket, stand_in=stand_in)
    asyncio.run(_serve(engine))
    if options.tidy:
        with contextlib.suppress(OSError):
            engine.socket_path.parent.rmdir()
    return 0


async def _serve(engine: SimulatedEngine) -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, over.set)
    # Whoever started us holds the other end; when they are gone, however that came, so are we.
    with contextlib.suppress(OSError):
        loop.add_reader(sys.stdin.fileno(), lambda: None if os.read(0, 4096) else over.set())
    async with engine:
        print(f"ready {engine.base_url}", flush=True)
        await over.wait()


if __name__ == "__main__":
    raise SystemExit(main())
