"""Signals by name and number."""

from __future__ import annotations

import signal

from dockertui.sim.answers import Refusal

_MOST = 64


def signal_number(name: str) -> int:
    """Read a signal's name or number, or refuse as the engine does."""
    if name.isdigit():
        number = int(name)
        if not 0 < number <= _MOST:
            raise LookupError(f"The linux daemon does not support signal {number}")
        return number
    try:
        return int(signal.Signals[f"SIG{name.upper().removeprefix('SIG')}"])
    except KeyError:
        raise Refusal(400, f"Invalid signal: {name}") from None
