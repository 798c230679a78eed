"""What a builder is sent: a folder without what its `.dockerignore` names, as a tar archive."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from dockertui.engine.errors import EngineError
from dockertui.engine.files import reason_not_read
from dockertui.text import clean

_PIECE = 256 * 1024
_BLOCK = 512
USUAL_NAME = "Dockerfile"
_IGNORE = ".dockerignore"
_OUTSIDE = ".dockerfile.from-outside"
"""What a Dockerfile from elsewhere is called within the context."""


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What will be sent, found but not read yet."""

    folder: Path
    """Where it is."""
    dockerfile: str
    """The Dockerfile's name within the archive."""
    names: tuple[str, ...]
    """Every file and folder, by its path in the folder, in order."""
    size_bytes: int
    """How many bytes the files have."""
    added: tuple[tuple[str, bytes], ...] = ()
    """Files that are not in the folder: their names and contents."""


def build_context(folder: Path, dockerfile: str) -> BuildContext:
    """Find what is to be sent.

    Args:
        folder: The context.
        dockerfile: Where the Dockerfile is, from the folder or anywhere; empty for the usual one.

    Raises:
        EngineError: When a part of it cannot be read.
    """
    from docker.utils.build import exclude_paths

    root = folder.expanduser().resolve()
    given = root / (Path(dockerfile).expanduser() if dockerfile else USUAL_NAME)
    try:
        content = given.read_bytes()
        ignored = _patterns(root, given)
        inside = given.resolve().is_relative_to(root) and not given.is_symlink()
        name = str(given.resolve().relative_to(root)) if inside else _OUTSIDE
        # What tells the builder what to do is sent, whatever is ignored.
        names = tuple(sorted(exclude_paths(str(root), ignored, name if inside else None)))
        size = sum(_size(root / each) for each in names)
    except OSError as error:
        where = clean(str(error.filename or given))
        raise EngineError(f"{where} cannot be read: {reason_not_read(error)}.") from error
    added = () if inside else ((_OUTSIDE, content),)
    return BuildContext(root, name, names, size, added)


def archived(context: BuildContext) -> Iterator[bytes]:
    """The archive, piece by piece; no file is ever held whole.

    Raises:
        EngineError: When a file cannot be read.
    """
    sink = _Sink()
    with tarfile.open(fileobj=sink, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in context.added:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
        for name in context.names:
            yield from _entry(archive, sink, context.folder / name, name)
    yield sink.taken()


class _Sink(BytesIO):
    """What an archive is written to, and taken from in between."""

    _before = 0

    def tell(self) -> int:
        return self._before + super().tell()

    def taken(self) -> bytes:
        data = self.getvalue()
        self._before += len(data)
        self.seek(0)
        self.truncate()
        return data


def _entry(archive: tarfile.TarFile, sink: _Sink, path: Path, name: str) -> Iterator[bytes]:
    try:
        entry = archive.gettarinfo(str(path), arcname=name)
        if entry is None:  # A socket, which no archive can hold.
            return
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = int(entry.mtime)
        archive.addfile(entry)
        if entry.isreg() and entry.size:
            yield sink.taken()
            yield from _content(path, entry.size)
            archive.offset += entry.size + -entry.size % _BLOCK
    except OSError as error:
        where = clean(str(path))
        raise EngineError(f"{where} cannot be read: {reason_not_read(error)}.") from error
    if sink.tell() and len(sink.getvalue()) >= _PIECE:
        yield sink.taken()


def _content(path: Path, size: int) -> Iterator[bytes]:
    """A file's content, of the size that was promised though it may have changed since."""
    left = size
    with path.open("rb", buffering=0) as file:
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
    while left:
        piece = bytes(min(_PIECE, left))
        left -= len(piece)
        yield piece
    if size % _BLOCK:
        yield bytes(-size % _BLOCK)


def _patterns(root: Path, dockerfile: Path) -> list[str]:
    """What is left out: as the Dockerfile's own list of it says, or the folder's."""
    for path in (dockerfile.with_name(f"{dockerfile.name}{_IGNORE}"), root / _IGNORE):
        if path.is_file():
            lines = path.read_text("utf-8", "replace").removeprefix("\ufeff").splitlines()
            stripped = (line.strip() for line in lines)
            return [line for line in stripped if line and not line.startswith("#")]
    return []


def _size(path: Path) -> int:
    stat = os.lstat(path)
    return stat.st_size if path.is_file() and not path.is_symlink() else 0
