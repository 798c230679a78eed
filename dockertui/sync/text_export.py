"""A text, written to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import IO

from dockertui.engine.threads import in_thread
from dockertui.sync.draft import save


class TextExport:
    """Writes a text whole."""

    noun = "line"

    def __init__(self, text: str) -> None:
        """Prepare to write; `text` is what."""
        self.done = 0
        self.total = text.count("\n")
        self._bytes = text.encode("utf-8", "replace")

    async def save(self, path: Path, *, replace: bool = False) -> None:
        """Write a file. A failure leaves none behind, and one that was there as it was.

        Raises:
            FileExistsError: There is one, and it may not be replaced.
            OSError: It could not be written.
        """
        await save(path, self._write_to, replace=replace)

    async def _write_to(self, file: IO[bytes]) -> None:
        await in_thread(partial(file.write, self._bytes))
        self.done = self.total
