"""In which way an engine is asked with the least work, which is found by trying."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import quote

AT_ONCE_S = 0.25
"""An engine that answers within this does not wait for a tick of its own."""


class Way(StrEnum):
    """How containers are read, in words."""

    SHOTS = "asked for one by one: the engine answers at once"
    STREAMS = "streamed by the engine each second; asked for one by one where wanted less often"


class Trial:
    """Tries how fast an engine answers.

    Docker before 23.0.8 reads containers once a second, whenever it is asked. The first question
    may wake it up, and be answered at once all the same: only the second one tells.
    """

    def __init__(self) -> None:
        """Begin before the first question."""
        self.container_id = ""
        """The container that is asked for; empty while none is."""
        self._is_first = True

    def begin(self, container_id: str) -> None:
        """Ask for a container, for the first time."""
        self.container_id, self._is_first = container_id, True

    def spoil(self) -> None:
        """Learn nothing from it: it is decided, or the container does not run."""
        self.container_id = ""

    def answered(self, took_s: float) -> Way | None:
        """Learn from an answer; `None` if the same is to be asked again."""
        if took_s > AT_ONCE_S:
            return Way.STREAMS
        if not self._is_first:
            return Way.SHOTS
        self._is_first = False
        return None


class Targets:
    """What to ask an engine for: paths and queries."""

    def __init__(self, api_version: str) -> None:
        """Speak an API version.

        Args:
            api_version: As in `1.41`.
        """
        self._containers = f"/v{api_version}/containers/"

    def shot(self, container_id: str) -> str:
        """What a container uses now."""
        return self._of(container_id, "stats?stream=0&one-shot=1")

    def stream(self, container_id: str) -> str:
        """What a container uses, again and again."""
        return self._of(container_id, "stats?stream=1")

    def look(self, container_id: str) -> str:
        """Where a container is."""
        return self._of(container_id, "json")

    def _of(self, container_id: str, what: str) -> str:
        return f"{self._containers}{quote(container_id, safe='')}/{what}"
