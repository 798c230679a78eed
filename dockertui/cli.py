"""The command line. Nothing heavy is imported before the first frame is drawn."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dockertui import __version__
from dockertui.engine.address import Address, resolve
from dockertui.engine.errors import AddressError
from dockertui.splash import LEAVE, skeleton

if TYPE_CHECKING:
    from dockertui.engine import Engine

FRAMES_PER_S = "120"
"""How often Textual draws at most; twice its own measure. What comes right after the first answer
to a key would wait up to two frames."""
WRONG_USE = 2
"""The exit code for an option or an address that is none."""

_UNITS_S = {"m": 60, "h": 3600, "d": 86_400}
_QUICKEST_S = 15 * 60
_LONGEST_PACE = 6


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the application, or answer a question about it."""
    options = _parser().parse_args(arguments)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _refuse("needs a terminal: its input and output are something else here.")
    try:
        address = None if options.demo else resolve(options.host, os.environ, Path.home())
    except AddressError as error:
        _refuse(str(error))
    # The collector would look at half a million new objects again and again.
    gc.disable()
    size = os.get_terminal_size()
    os.write(1, skeleton(size.columns, size.lines, colour="NO_COLOR" not in os.environ))
    try:
        code = _run(options, address)
    except BaseException:
        os.write(1, LEAVE)
        raise
    # Nothing is left to do; a thread that waits for a silent engine must not hold us up.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run(options: Namespace, address: Address | None) -> int:
    """Run the app; whoever has to answer first is asked before the heavy imports."""
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_PER_S)
    prefetch = None
    if address is not None:
        from dockertui.engine.prefetch import Prefetch

        prefetch = Prefetch(address)
        prefetch.start()
    from dockertui.demo import Demo

    demo = Demo(read_only=options.read_only)
    if address is None:
        demo.launch()
    from dockertui.app import DockerTUI
    from dockertui.engine.docker_engine import DockerEngine

    engine: Engine
    if address is None:
        try:
            engine = demo.engine()
        except (OSError, RuntimeError) as error:
            _refuse(f"cannot start its demo engine: {error}.")
    else:
        engine = DockerEngine(address, read_only=options.read_only, prefetch=prefetch)
    app = DockerTUI(
        [engine],
        demo.start,
        measures=not options.no_stats,
        updates_every_s=options.check_updates,
    )
    try:
        app.run()
    finally:
        demo.close()
    return app.return_code or 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="dockertui", description="A terminal for Docker.")
    parser.add_argument(
        "--host",
        metavar="URL",
        help="the engine: unix:///path, tcp://host:port (default: DOCKER_HOST, or the context "
        "that the docker command uses)",
    )
    parser.add_argument("--read-only", action="store_true", help="refuse whatever is not a read")
    parser.add_argument(
        "--no-stats",
        action="store_true",
        default=os.environ.get("DOCKERTUI_STATS", "").lower() in {"0", "off", "no"},
        help="do not measure what containers use (or DOCKERTUI_STATS=off)",
    )
    parser.add_argument(
        "--check-updates",
        metavar="PACE",
        type=pace,
        default=os.environ.get("DOCKERTUI_CHECK_UPDATES", "") or "off",
        help="ask registries by itself for newer images than those in use, e.g. every 6h; at most "
        "every 15m, and off as a rule (or DOCKERTUI_CHECK_UPDATES=6h)",
    )
    parser.add_argument("--demo", action="store_true", help="look around in a simulated engine")
    parser.add_argument("--version", action="version", version=f"dockertui {__version__}")
    return parser


def pace(text: str) -> float:
    """How often something is done, in seconds; 0 for never.

    >>> pace("6h"), pace("90m"), pace("1d"), pace("off")
    (21600.0, 5400.0, 86400.0, 0.0)

    Raises:
        ArgumentTypeError: When it is no pace, or too quick for registries.
    """
    word = text.strip().lower()
    if word in {"", "0", "off", "no", "never"}:
        return 0.0
    unit_s = _UNITS_S.get(word[-1], 0)
    if not unit_s or not word[:-1].isdecimal() or len(word) > _LONGEST_PACE:
        raise ArgumentTypeError(f"{text!r} is no pace: write 6h, 90m or 1d, or off")
    seconds = float(int(word[:-1]) * unit_s)
    if seconds < _QUICKEST_S:
        raise ArgumentTypeError(f"{text} is too often for registries: 15m at least")
    return seconds


def _refuse(reason: str) -> None:
    sys.stderr.write(f"dockertui: {reason}\n")
    raise SystemExit(WRONG_USE)


if __name__ == "__main__":
    main()
