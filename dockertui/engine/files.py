"""Files that are read and written for an engine, and why that may fail, in words."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Self

from dockertui.engine.errors import EngineError
from dockertui.text import clean

_REASONS = {
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "it can only be read there",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "it would be larger than a file may be there",
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "a part of its path is no folder",
    errno.EISDIR: "that is a folder",
    errno.ENAMETOOLONG: "the name is too long",
}
_READING = {
    errno.EACCES: "you may not read it",
    errno.EPERM: "you may not read it",
    errno.ENOENT: "there is no such file",
}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}


class FileThereError(EngineError):
    """There is such a file already."""


def reason(error: OSError) -> str:
    """Why a file could not be written, in words.

    >>> reason(PermissionError(13, "Permission denied"))
    'you may not write there'
    """
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()


def reason_not_read(error: OSError) -> str:
    """Why a file could not be read, in words.

    >>> reason_not_read(FileNotFoundError(2, "No such file or directory"))
    'there is no such file'
    """
    return _READING.get(error.errno or 0) or reason(error)


class NewFile:
    """A file that appears under its name when it is whole, and not at all before.

    Meant for a `with` statement; what has not been kept by its end leaves nothing behind.
    """

    def __init__(self, path: Path, *, replace: bool) -> None:
        """Open it.

        Args:
            path: Where it will be.
            replace: May one that is there be replaced?

        Raises:
            FileThereError: There is one, and it may not.
            EngineError: It cannot be written, and why.
        """
        self.path = path.expanduser()
        self._replace = replace
        try:
            if self.path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "is a folder")
            if not replace and self.path.exists():
                raise FileExistsError(errno.EEXIST, "is there")
            descriptor, name = mkstemp(prefix=f".{self.path.name[:64]}.", dir=self.path.parent)
            self._draft, self._file = Path(name), os.fdopen(descriptor, "wb", buffering=0)
        except OSError as error:
            raise self._failure(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._draft.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Write some more of it.

        Raises:
            EngineError: It cannot be written, and why.
        """
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) or 0 :]
        except OSError as error:
            raise self._failure(error) from error

    def keep(self) -> None:
        """Let it appear: all of it is there.

        Raises:
            FileThereError: Another has appeared there meanwhile.
            EngineError: It cannot be written, and why.
        """
        try:
            # As the Docker CLI has it, nobody else may read what is saved.
            if self._replace and self.path.exists():
                shutil.copymode(self.path, self._draft)
            self._file.close()
            self._appear()
        except OSError as error:
            raise self._failure(error) from error

    def _appear(self) -> None:
        if self._replace:
            self._draft.replace(self.path)
            return
        try:
            os.link(self._draft, self.path)
        except OSError as error:
            # Not every file system has links.
            if error.errno not in _NO_LINKS or self.path.exists():
                raise
            self._draft.replace(self.path)

    def _failure(self, error: OSError) -> EngineError:
        where = clean(str(self.path))
        if error.errno == errno.EEXIST:
            return FileThereError(f"There is such a file already: {where}. Nothing was written.")
        return EngineError(f"{where} cannot be written: {reason(error)}. Nothing is left of it.")
