"""What a job has said, kept and read as a log is."""

from __future__ import annotations

from datetime import UTC, datetime

from dockertui.store.log_record import STDOUT, rule
from dockertui.store.log_store import LogStore

LIMIT_BYTES = 2 << 20
"""How much of it is kept: some 20,000 lines, the last."""


class JobOutput(LogStore):
    """The lines, each with the time when it came."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(limit_bytes=LIMIT_BYTES)

    def say(self, *lines: str) -> None:
        """Add lines of the work itself."""
        head = STDOUT + _stamp().encode("ascii") + b" "
        texts = (it.replace("\n", " ").encode("utf-8", "replace") for it in lines)
        self.append(b"".join(head + it + b"\n" for it in texts))

    def note(self, words: str) -> None:
        """Add a word of ours on the work."""
        self.append(rule(_stamp(), words.replace("\n", " ")))

    def text(self) -> str:
        """All of it, as plain text."""
        from dockertui.sync.log_export import Form, written

        return "".join(written(self.lines(self.first, self.total), form=Form.BARE))


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
