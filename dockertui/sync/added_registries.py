"""The registries that a person has added: a line each, in a file among their settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from dockertui.engine.threads import in_thread
from dockertui.model.reference import is_host
from dockertui.sync.draft import Draft

_FILE = "registries"
_MOST_BYTES = 64 * 1024


class AddedRegistries:
    """Remembers hosts from one run to the next. No file is as good as an empty one."""

    def __init__(self, folder: Path) -> None:
        """Find it; nothing is read yet.

        Args:
            folder: Where settings are kept; it is made when there is something to keep.
        """
        self._folder = folder
        self._path = folder / _FILE

    async def hosts(self) -> tuple[str, ...]:
        """The hosts, in the order in which they were added; what is none is passed over."""
        return await in_thread(self._read)

    async def add(self, host: str) -> bool:
        """Remember a host; false if it was known already.

        Raises:
            OSError: It cannot be written down.
        """
        hosts = await self.hosts()
        if host in hosts:
            return False
        await in_thread(partial(self._write, (*hosts, host)))
        return True

    async def forget(self, host: str) -> bool:
        """Remember a host no more; false if it was not known.

        Raises:
            OSError: It cannot be written down.
        """
        hosts = await self.hosts()
        if host not in hosts:
            return False
        await in_thread(partial(self._write, [it for it in hosts if it != host]))
        return True

    def _read(self) -> tuple[str, ...]:
        try:
            with self._path.open("rb") as file:
                lines = file.read(_MOST_BYTES).decode(errors="replace").splitlines()
        except OSError:
            return ()
        return tuple(dict.fromkeys(it for it in map(str.strip, lines) if is_host(it)))

    def _write(self, hosts: Sequence[str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = Draft(self._path, replace=True)
        try:
            draft.file.write("".join(f"{it}\n" for it in hosts).encode())
            draft.keep()
        except BaseException:
            draft.discard()
            raise
