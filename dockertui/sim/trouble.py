"""Everything that can be wrong with an engine, on request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dockertui.sim.answers import Refusal


@dataclass(slots=True)
class Failure:
    """Calls that are refused."""

    method: str
    """Which method; `*` is any."""
    pattern: re.Pattern[str]
    """What the path, without its API version, must match from its beginning."""
    status: int
    """The HTTP status to answer with."""
    message: str
    """What to say."""
    times: int | None
    """How many more times; `None` is for ever."""


@dataclass(slots=True)
class Trouble:
    """What the engine does wrong at the moment; nothing at first."""

    delay_s: float = 0.0
    """How long every answer is held back."""
    silent: bool = False
    """Accept requests and never answer them."""
    rubbish: bytes = b""
    """What to answer with instead of HTTP."""
    failures: list[Failure] = field(default_factory=list)
    """Calls that are refused; the first that matches counts."""

    def fail(
        self,
        method: str,
        path: str,
        status: int = 500,
        message: str = "something went wrong",
        times: int | None = None,
    ) -> None:
        """Refuse calls whose path matches the regular expression `path`."""
        self.failures.append(Failure(method, re.compile(path), status, message, times))

    def check(self, method: str, path: str) -> None:
        """Refuse this call if it is one of those that fail."""
        for failure in self.failures:
            if failure.times == 0 or failure.method not in {"*", method}:
                continue
            if failure.pattern.match(path):
                if failure.times is not None:
                    failure.times -= 1
                raise Refusal(failure.status, failure.message)

    def clear(self) -> None:
        """Be well again."""
        self.delay_s, self.silent, self.rubbish = 0.0, False, b""
        self.failures.clear()
