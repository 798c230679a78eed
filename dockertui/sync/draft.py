"""Files that are written here, whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from dockertui.engine.threads import in_thread

_REASONS = {
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "it can only be read there",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "a part of its path is no folder",
    errno.EISDIR: "that is a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


class Draft:
    """A file that takes its place when it is whole."""

    def __init__(self, path: Path, *, replace: bool = False) -> None:
        """Open it; blocking work, as all that it does.

        Args:
            path: Where it will be.
            replace: May one that is there be replaced?

        Raises:
            FileExistsError: There is one, and it may not.
            OSError: It cannot be written.
        """
        self._path = path.expanduser().resolve()
        if self._path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        if replace and self._path.exists():
            fd, name = mkstemp(prefix=f".{self._path.name[:64]}.", dir=self._path.parent)
            self._draft = Path(name)
            self.file = os.fdopen(fd, "wb")
            shutil.copymode(self._path, self._draft)
        else:
            self._draft = self._path
            self.file = self._path.open("xb")

    def keep(self) -> None:
        """Put it in its place.

        Raises:
            OSError: It could not be written to its end.
        """
        self.file.close()
        if self._draft != self._path:
            self._draft.replace(self._path)

    def discard(self) -> None:
        """Leave nothing behind, and what was there as it was."""
        # Closing writes what is left, which fails again on a full disk.
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self._draft.unlink(missing_ok=True)


async def save(
    path: Path, write: Callable[[IO[bytes]], Awaitable[None]], *, replace: bool = False
) -> None:
    """Write a file. A failure leaves none behind, and one that was there as it was.

    Args:
        path: Where.
        write: Writes to the open file.
        replace: May one that is there be replaced?

    Raises:
        FileExistsError: There is one, and it may not.
        OSError: It could not be written.
    """
    draft = await in_thread(partial(Draft, path, replace=replace))
    try:
        await write(draft.file)
        await in_thread(draft.keep)
    except BaseException:
        await in_thread(draft.discard)
        raise


def reason(error: OSError) -> str:
    """Why a file could not be written, in words.

    >>> reason(PermissionError(13, "Permission denied"))
    'you may not write there'
    """
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
