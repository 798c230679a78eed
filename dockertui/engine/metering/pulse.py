"""Is the engine still there?"""

from __future__ import annotations

from collections.abc import Callable

_QUIET_S = 4.0
"""How long nothing may come of what was asked before one wonders."""
_PATIENCE_S = 1.8
_APART_S = 0.5


class Pulse:
    """Looks after an engine that seems to be gone, and only then."""

    def __init__(self, ping: Callable[[float], None]) -> None:
        """Begin without a doubt.

        Args:
            ping: Asks for a sign of life; it is given the time.
        """
        self._ping = ping
        self._heard_s: float | None = None
        self._pinged_s = 0.0
        self._is_waiting = False
        self._is_in_doubt = False

    def heard(self, now_s: float) -> None:
        """Something has come, which is a sign of life as well."""
        self._heard_s, self._is_waiting = now_s, False

    def doubt(self) -> None:
        """Something ended that should not have, unless a container did."""
        self._is_in_doubt = True

    def check(self, now_s: float, *, expects: bool) -> None:
        """Look after it, if there is reason to.

        Args:
            now_s: The time.
            expects: Is there anything that should come?

        Raises:
            TimeoutError: When it does not answer.
        """
        if self._is_waiting:
            if now_s - self._pinged_s > _PATIENCE_S:
                raise TimeoutError
            return
        if not expects or self._heard_s is None:
            self._heard_s = now_s
        is_quiet = now_s - self._heard_s > _QUIET_S
        if (self._is_in_doubt or is_quiet) and now_s - self._pinged_s > _APART_S:
            self._is_in_doubt, self._is_waiting, self._pinged_s = False, True, now_s
            self._ping(now_s)
