"""Files of a layer, and the archive that they make."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BLOCK = 512
_END = bytes(2 * _BLOCK)
_PIECE = bytes(1 << 18)
_TYPES = {
    "file": tarfile.REGTYPE,
    "folder": tarfile.DIRTYPE,
    "symlink": tarfile.SYMTYPE,
    "link": tarfile.LNKTYPE,
}


@dataclass(frozen=True, slots=True)
class LayerFile:
    """What a layer says of a path."""

    path: str
    """Where it is, without a slash before it."""
    size_bytes: int = 0
    """How large it is; it is full of zeros."""
    kind: str = "file"
    """`file`, `folder`, `symlink` or `link`; `hidden` and `emptied` for what is gone."""
    link: str = ""
    """What a link leads to."""
    mode: int = 0
    """Its permissions; 0 for the usual."""
    user: int = 0
    """Whose it is."""

    def header(self, time_s: int) -> bytes:
        """What stands before its content in an archive."""
        name, kind = self.path, self.kind
        if kind in {"hidden", "emptied"}:
            folder, _, last = self.path.rpartition("/")
            prefix = f"{folder}/" if folder else ""
            gone = f"{prefix}.wh.{last}"
            name, kind = (gone if kind == "hidden" else f"{self.path}/.wh..wh..opq"), "file"
        entry = tarfile.TarInfo(name)
        entry.type, entry.size, entry.linkname = _TYPES[kind], self.size_bytes, self.link
        entry.mode = self.mode or (0o755 if kind == "folder" else 0o644)
        entry.uid = entry.gid = self.user
        entry.mtime = time_s
        return entry.tobuf(tarfile.PAX_FORMAT)


def archive(files: Sequence[LayerFile], time_s: int) -> Iterator[bytes]:
    """The archive of a layer, in pieces."""
    for each in files:
        yield each.header(time_s)
        yield from zeros(each.size_bytes + -each.size_bytes % _BLOCK)
    yield _END


def archive_size(files: Sequence[LayerFile], time_s: int) -> int:
    """How many bytes that archive has."""
    sizes = (it.size_bytes + -it.size_bytes % _BLOCK + len(it.header(time_s)) for it in files)
    return sum(sizes) + len(_END)


def zeros(count: int) -> Iterator[bytes]:
    """So many zeros, in pieces."""
    while count:
        piece = _PIECE[:count]
        count -= len(piece)
        yield piece
