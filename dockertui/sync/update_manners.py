"""How often registries are asked whether there is anything newer: seldom, and never to the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dockertui.engine.errors import EngineError, RateLimited, RegistryUnreachable
from dockertui.model.registry import RateLimit
from dockertui.text import counted

LEAST_S = 60.0
"""How long an answer counts, however often it is asked for."""
REFUSED_S = 15 * 60.0
"""For how long a registry is left alone that was asked too often, unless it says for how long."""
SILENT_S = 10.0
"""For how long one is left alone that does not answer."""
_LONGEST_S = 6 * 3600.0
_LEFT_TO_PERSON = 0.1
_LEFT_BY_ITSELF = 0.5
"""What part of the pulls that a registry allows is left for pulls, when nobody has asked."""
_LEAST_LEFT = 3


@dataclass(slots=True)
class _Host:
    """What a registry has said of being asked."""

    limit: RateLimit | None = None
    barred_until: datetime | None = None
    because: str = ""
    refusals: int = 0


class Manners:
    """Whether registries may be asked now."""

    def __init__(self) -> None:
        """Begin with registries that have said nothing."""
        self._hosts: dict[str, _Host] = {}

    def why_not(self, host: str, now: datetime, *, by_person: bool) -> str:
        """Why a registry is not to be asked now, in a sentence; empty if it may be.

        Args:
            host: The registry.
            now: The time, in UTC.
            by_person: Does a person wait for the answer? Then less is left for pulls.
        """
        known = self._hosts.get(host)
        if known is None:
            return ""
        if known.barred_until is not None and now < known.barred_until:
            return f"{known.because} It is left alone for now."
        return _spare(known.limit, now, _LEFT_TO_PERSON if by_person else _LEFT_BY_ITSELF)

    def answered(self, host: str, limit: RateLimit | None) -> None:
        """Note that a registry has answered, and what it allows still."""
        self._hosts[host] = _Host(limit=limit)

    def refused(self, host: str, error: EngineError, now: datetime) -> None:
        """Note that a registry has not answered, and leave it alone if that is why."""
        known = self._hosts.setdefault(host, _Host())
        match error:
            case RateLimited():
                known.refusals += 1
                usual_s = REFUSED_S * 2 ** (known.refusals - 1)
                wait_s = max(error.retry_s or 0.0, usual_s)
            case RegistryUnreachable():
                wait_s = SILENT_S
            case _:
                return
        known.barred_until = now + timedelta(seconds=min(wait_s, _LONGEST_S))
        known.because = str(error)


def _spare(limit: RateLimit | None, now: datetime, share: float) -> str:
    """Why what is left of a limit is left alone; empty if there is enough."""
    if limit is None or limit.limit <= 0:
        return ""
    kept = max(_LEAST_LEFT, int(limit.limit * share))
    is_over = limit.window_s and now >= limit.seen + timedelta(seconds=limit.window_s)
    if is_over or limit.remaining > kept:
        return ""
    return (
        f"The registry allows {counted(limit.remaining, 'more pull')} of {limit.limit:,}: they "
        "are left for pulls."
    )
